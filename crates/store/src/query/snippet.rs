//! Snippets: the part of a document that shows the words a search found.

use dateline_core::Record;

use crate::{
    packed::Offsets,
    query::quote::{self, Quote},
};

/// Code points of context before and after the word found.
const CONTEXT: usize = 80;

/// A word of a search, in lowercase.
struct Wanted {
    word: String,
    /// Whether all words that begin with it match.
    is_beginning: bool,
}

impl Wanted {
    fn of(words: &str) -> Vec<Self> {
        let mut wanted: Vec<Self> = Vec::new();
        for piece in words.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
            if !word.is_empty() && !matches!(word, "OR" | "AND" | "NOT" | "NEAR") {
                let is_beginning = piece.ends_with('*');
                wanted.push(Self { word: word.to_lowercase(), is_beginning });
            }
        }
        wanted
    }

    fn is(&self, word: &str) -> bool {
        self.word == word || self.is_beginning && word.starts_with(&self.word)
    }
}

/// Returns the part of a text around the first occurrence of the longest word searched for, the half-open ranges of all such words
/// within it, and whether the first occurrence is part of a statement.
pub(crate) fn snippet(record: &Record, words: &str) -> (Quote, Vec<[u32; 2]>, bool) {
    let wanted = Wanted::of(words);
    let text = &record.document.text;
    // Words before the first sentence are metadata, and less telling than those of the text.
    let opening = record.sentences.first().map_or(0, |sentence| sentence.start as usize);
    let mut best: Option<(bool, usize, usize)> = None;
    for (point, piece) in pieces(text) {
        let word = piece.to_lowercase();
        let Some(wanted) = wanted.iter().find(|wanted| wanted.is(&word)) else { continue };
        let found = (point >= opening, wanted.word.len());
        if best.is_none_or(|(is_told, length, _)| found > (is_told, length)) {
            best = Some((found.0, found.1, point));
        }
    }
    let point = best.map_or(opening, |(_, _, point)| point);
    let (start, end) = around(text, point, if point >= opening { opening } else { 0 });
    let (start, end) = (u32::try_from(start).unwrap_or(0), u32::try_from(end).unwrap_or(u32::MAX));
    debug_assert!(Offsets::of(text).byte(start as usize).is_some());
    let mut snippet = quote::quote(record, start, end);
    snippet.text = quote::line(&snippet.text);
    let marks = pieces(&snippet.text)
        .filter(|(_, piece)| {
            let word = piece.to_lowercase();
            wanted.iter().any(|wanted| wanted.is(&word))
        })
        .map(|(point, piece)| {
            let end = point + piece.chars().count();
            [point, end].map(|point| u32::try_from(point).unwrap_or(u32::MAX))
        })
        .collect();
    let place = u32::try_from(point).unwrap_or(u32::MAX);
    let is_said = best.is_some()
        && record
            .statements
            .iter()
            .flat_map(|statement| &statement.content)
            .any(|span| span.start <= place && place < span.end);
    (snippet, marks, is_said)
}

/// Returns the range of whole words around a code point, beginning no earlier than `first`.
fn around(text: &str, point: usize, first: usize) -> (usize, usize) {
    let (from, to) = (point.saturating_sub(CONTEXT).max(first), point + 2 * CONTEXT);
    let (mut start, mut end) = (None, point);
    for (at, piece) in pieces(text) {
        if at >= from && at <= point {
            start = start.or(Some(at));
        }
        let last = at + piece.chars().count();
        if at >= point && last <= to || end == point && last > point {
            end = last.min(to);
        }
        if at > to {
            break;
        }
    }
    (start.unwrap_or(point), end)
}

/// Returns the words of a text with the code points they begin at.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut point = 0;
    text.split_inclusive(|c: char| !c.is_alphanumeric()).map(move |piece| {
        let start = point;
        point += piece.chars().count();
        (start, piece.trim_end_matches(|c: char| !c.is_alphanumeric()))
    })
}

/// Whether a text contains a word, normalized.
#[cfg(test)]
fn has(text: &str, word: &str) -> bool {
    pieces(text).any(|(_, piece)| crate::name::folded(piece) == crate::name::folded(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_count_code_points() {
        assert_eq!(pieces("ä, bc").collect::<Vec<_>>(), [(0, "ä"), (2, ""), (3, "bc")]);
        assert!(has("Talks (Geneva)", "geneva"));
    }

    #[test]
    fn a_snippet_begins_and_ends_with_whole_words() {
        let text = "one two three ".repeat(40);
        let (start, end) = around(&text, 140, 0);
        let words = &text[start..end];
        assert!(words.starts_with("one") || words.starts_with("two") || words.starts_with("three"));
        assert!(words.ends_with("one") || words.ends_with("two") || words.ends_with("three"));
        assert!((140 - CONTEXT..140).contains(&start) && end <= 140 + 2 * CONTEXT && end > 200);
        assert_eq!(around("a bc", 2, 2), (2, 4));
        assert_eq!(around("", 0, 0), (0, 0));
        assert_eq!(around(&"x".repeat(500), 0, 0), (0, 2 * CONTEXT));
    }

    #[test]
    fn a_star_matches_all_words_with_the_prefix() {
        let wanted = Wanted::of("summ* OR \"red line\"");
        let is = |word: &str| wanted.iter().any(|wanted| wanted.is(word));
        assert!(is("summit") && is("red") && is("line"));
        assert!(!is("or") && !is("lines"));
    }
}
