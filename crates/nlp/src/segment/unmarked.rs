//! Sentence ends without a stop, as in letters and on web pages.
//!
//! - ends: *see www.example.org | The*, *so happy :) | My*, *Thanks, | Ana*, *Ana Ruiz | 05/17/2001 11:23 AM | We*
//! - goes on: *www.example.org and*, *:) and*, *Thanks, everyone*

use std::sync::LazyLock;

use dateline_data::Table;

use super::{Lower, chunk::Gap, kind::Kind, token::Piece};

/// Minimum length of a line across the page, drawn with hyphens or the like.
const SHORTEST_RULE: usize = 20;

/// Length of the start of the shortest web address.
const SHORTEST_LINK: usize = "www.".len();

/// Returns true if a sentence ends before a token, where no stop shows it. `pieces` starts with the sentence.
pub(super) fn ends(text: &str, pieces: &[Piece], idx: usize) -> bool {
    let next = &pieces[idx];
    if next.gap == Gap::Glued {
        return false;
    }
    let last = &pieces[idx - 1];
    let is_capitalized = || next.span.of(text).starts_with(char::is_uppercase);
    match last.kind {
        Kind::Emoticon => is_capitalized() && last.span.of(text) != "<3",
        Kind::Comma => is_closing(text, &pieces[..idx - 1]) && is_name(text, &pieces[idx..]),
        Kind::Mark => next.kind != Kind::Mark && is_rule(last.span.of(text)),
        Kind::Word if is_link(last.span.of(text)) => {
            is_capitalized() && next.kind == Kind::Word || is_link(next.span.of(text))
        }
        Kind::Word if idx >= 3 && is_stamp(text, &pieces[idx - 3..]) => true,
        _ => {
            next.kind == Kind::Number
                && is_stamp(text, &pieces[idx..])
                && !last.span.of(text).chars().all(char::is_lowercase)
        }
    }
}

fn is_link(word: &str) -> bool {
    word.len() > SHORTEST_LINK
        && ["http://", "https://", "www."].iter().any(|start| word.starts_with(start))
}

fn is_rule(word: &str) -> bool {
    word.len() >= SHORTEST_RULE && word.starts_with(['-', '_', '=', '*', '~'])
}

fn is_closing(text: &str, pieces: &[Piece]) -> bool {
    static CLOSINGS: LazyLock<Table<()>> =
        LazyLock::new(|| Table::read(include_str!("../../data/en/segment/closings.tsv"), |_| ()));
    let ([first] | [first, _]) = pieces else {
        return false;
    };
    let written = first.span.cover(pieces[pieces.len() - 1].span).of(text);
    CLOSINGS.has(Lower::of_chars(written.chars()).as_str())
}

/// Returns true for a capitalized word that no stop follows.
fn is_name(text: &str, pieces: &[Piece]) -> bool {
    let word = pieces[0].span.of(text);
    word.len() > 1
        && word.starts_with(char::is_uppercase)
        && pieces.get(1).is_none_or(|next| next.kind != Kind::Stop)
}

/// Returns true for the day and time of a message: *05/17/2001 11:23 AM*.
fn is_stamp(text: &str, pieces: &[Piece]) -> bool {
    let [day, time, half, ..] = pieces else {
        return false;
    };
    let word = |piece: &Piece| piece.span.of(text);
    day.kind == Kind::Number
        && time.kind == Kind::Number
        && matches!(word(half), "AM" | "PM")
        && word(day).bytes().filter(|&byte| byte == b'/').count() == 2
        && word(time).contains(':')
}

#[cfg(test)]
mod tests {
    use crate::segment;

    fn check(text: &str, n_sentences: usize) {
        assert_eq!(segment(text).sentences().len(), n_sentences, "{text}");
    }

    #[test]
    fn letters_end_before_the_name_that_signs_them() {
        check("Please call. Thanks, Ana Ruiz", 3);
        check("Thanks, Ana.", 1);
        check("Thanks, everyone, for this", 1);
    }

    #[test]
    fn the_time_of_a_message_is_a_sentence() {
        check("Ana Ruiz 05/17/2001 11:23 AM We met.", 3);
        check("They met on 05/17/2001 11:23 AM", 1);
        check("They met at 11:23 AM on Monday", 1);
    }

    #[test]
    fn links_emoticons_and_rules_end_before_a_capital() {
        check("See http://example.org/a The talks ended.", 2);
        check("See http://example.org/a for more.", 1);
        check("We won :) They left.", 2);
        check("We won :) and left.", 1);
        check("-------------------- They left.", 2);
        check("-- They left.", 1);
    }
}
