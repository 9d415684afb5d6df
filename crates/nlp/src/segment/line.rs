//! Single line breaks: those that end something (a headline, a byline, an item of a list) and those that only wrap.
//!
//! In a wrapped paragraph each line is as full as it can be. A line that had room for the first word of the next one was
//! broken on purpose, and so was one longer than any page is wide.

use crate::Span;

use super::{
    chunk::Gap,
    token::{Kind, Piece},
};

/// Text wrapped by hand or machine is at least this wide, in bytes.
const NARROWEST: usize = 60;
/// And at most this wide.
const WIDEST: usize = 130;

/// Makes each single line break either the end of a paragraph or a blank.
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

/// A bullet, or the number of an item, before a word.
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
