//! Single line breaks: those that end something (a headline, byline, list item or turn of a speaker) and those that only wrap.
//!
//! In a wrapped paragraph, each line is as full as possible. A line that had room for the first word of the next was broken on
//! purpose, and so was a line longer than any page width.

use crate::Span;

use super::{chunk::Gap, kind::Kind, list, token::Piece};

/// Minimum width of wrapped text, in bytes.
const NARROWEST: usize = 60;
/// Maximum width of wrapped text, in bytes.
const WIDEST: usize = 130;
/// Maximum number of tokens in the label of a speaker, with its colon.
const LONGEST_LABEL: usize = 6;

/// Turns each single line break into a paragraph end or a space.
pub(super) fn settle_breaks(text: &str, pieces: &mut [Piece]) {
    for paragraph in pieces.chunk_by_mut(|_, next| next.gap != Gap::Paragraph) {
        settle_paragraph(text, paragraph);
    }
}

fn settle_paragraph(text: &str, pieces: &mut [Piece]) {
    let mut width = NARROWEST;
    let mut line = 0;
    for idx in 1..pieces.len() {
        if pieces[idx].gap == Gap::Line {
            width = width.max(length(pieces, line, idx));
            line = idx;
        }
    }
    if line == 0 {
        return;
    }
    width = width.max(length(pieces, line, pieces.len()));
    line = 0;
    for idx in 1..pieces.len() {
        if pieces[idx].gap != Gap::Line {
            continue;
        }
        let written = length(pieces, line, idx);
        let word_end = (idx + 1..pieces.len())
            .find(|&next| pieces[next].gap != Gap::Glued)
            .map_or(pieces[pieces.len() - 1].span.end(), |next| pieces[next - 1].span.end());
        let word = word_end - pieces[idx].span.start();
        let had_room = written + 1 + word <= width;
        let goes_on = pieces[idx].span.of(text).starts_with(char::is_lowercase);
        let breaks = written > WIDEST
            || opens_item(text, &pieces[idx..])
            || opens_turn(text, &pieces[idx..])
            || had_room && !goes_on;
        pieces[idx].gap = if breaks { Gap::Paragraph } else { Gap::Blank };
        line = idx;
    }
}

fn length(pieces: &[Piece], from: usize, to: usize) -> usize {
    Span::new(pieces[from].span.start(), pieces[to - 1].span.end()).len()
}

/// Returns true for a bullet or item number before a word.
fn opens_item(text: &str, pieces: &[Piece]) -> bool {
    let word = pieces[0].span.of(text);
    match pieces {
        [bullet, next, ..] if next.gap != Gap::Glued => {
            bullet.kind == Kind::Mark && list::is_bullet(word)
        }
        [number, mark, next, ..] => {
            let mark_text = mark.span.of(text);
            mark.gap == Gap::Glued
                && matches!(mark_text, "." | ")")
                && next.gap != Gap::Glued
                && (number.kind == Kind::Number && word.len() <= 3
                    || word.len() == 1 && mark_text == ")")
        }
        _ => false,
    }
}

/// Returns true for the label of a speaker in a transcript: *QUESTION: Will he go?*, *MR. ITO: He will.*
fn opens_turn(text: &str, pieces: &[Piece]) -> bool {
    let is_colon = |piece: &Piece| piece.gap == Gap::Glued && piece.span.of(text) == ":";
    let Some(colon) = pieces.iter().take(LONGEST_LABEL).position(is_colon) else {
        return false;
    };
    let is_capital = |piece: &Piece| {
        let word = piece.span.of(text);
        matches!(piece.kind, Kind::Word | Kind::Abbreviation(_))
            && word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
    };
    colon > 0
        && pieces[..colon].iter().all(is_capital)
        && pieces.get(colon + 1).is_some_and(|next| next.gap == Gap::Blank)
}
