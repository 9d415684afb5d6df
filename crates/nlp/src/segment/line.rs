//! Single line breaks: those that end something (a headline, byline or list item) and those that only wrap.
//!
//! In a wrapped paragraph, each line is as full as possible. A line that had room for the first word of the next was broken on
//! purpose, and so was a line longer than any page width.

use crate::Span;

use super::{chunk::Gap, kind::Kind, token::Piece};

/// Minimum width of wrapped text, in bytes.
const NARROWEST: usize = 60;
/// Maximum width of wrapped text, in bytes.
const WIDEST: usize = 130;

/// Turns each single line break into a paragraph end or a space.
pub(super) fn settle_breaks(text: &str, pieces: &mut [Piece]) {
    let mut start = 0;
    while start < pieces.len() {
        let end = pieces[start + 1..]
            .iter()
            .position(|piece| piece.gap == Gap::Paragraph)
            .map_or(pieces.len(), |next| start + 1 + next);
        settle_paragraph(text, &mut pieces[start..end]);
        start = end;
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
        let breaks = written > WIDEST || opens_item(text, &pieces[idx..]) || had_room && !goes_on;
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
            bullet.kind == Kind::Mark
                && matches!(
                    word,
                    "•" | "*" | "-" | "–" | "—" | "·" | "▪" | "◦" | "‣" | "●" | "■" | "+"
                )
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
