//! A token as the time layer sees it: its sense on the calendar, its figure, its mark.

use dateline_nlp::Token;

use super::figure::{Figure, figure};
use crate::{
    calendar_words::{Sense, sense},
    table::Lower,
};

/// Token with its calendar sense.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) sense: Sense,
    pub(super) figure: Option<Figure>,
    /// The byte of a one-byte mark (`,`, `-`, `'`, `(`), with typographic dashes and apostrophes normalized; 0 for
    /// words.
    pub(super) mark: u8,
    /// It starts with a capital.
    pub(super) capital: bool,
    /// It starts with *mid-*, and the sense is that of the rest.
    pub(super) mid: bool,
    /// It is part of a name of several words that is not a place.
    pub(super) named: bool,
}

pub(super) const NOTHING: Word =
    Word { sense: Sense::Other, figure: None, mark: 0, capital: false, mid: false, named: false };

pub(super) fn read(token: Token<'_>) -> Word {
    let text = token.text();
    let bytes = text.as_bytes();
    let Some(&first) = bytes.first() else { return NOTHING };
    if first.is_ascii_digit() || first == b'\'' && bytes.get(1).is_some_and(u8::is_ascii_digit) {
        let figure = figure(text);
        let sense = if figure.is_none() { Sense::Figures } else { Sense::Other };
        return Word { sense, figure, ..NOTHING };
    }
    if first.is_ascii_alphabetic() {
        let (mid, rest) = match text.get(..4) {
            Some(front) if front.eq_ignore_ascii_case("mid-") => (true, &text[4..]),
            _ => (false, text),
        };
        if mid && rest.starts_with(|c: char| c.is_ascii_digit()) {
            return Word { figure: figure(rest), mid, ..NOTHING };
        }
        // "FY2021" is one word.
        if let Some(year) = rest.strip_prefix("FY")
            && year.starts_with(|c: char| c.is_ascii_digit())
        {
            return Word { sense: Sense::Fiscal, figure: figure(year), capital: true, ..NOTHING };
        }
        let capital = rest.starts_with(|c: char| c.is_ascii_uppercase());
        return Word { sense: sense(&Lower::of(rest)), capital, mid, ..NOTHING };
    }
    let mark = match text {
        "–" | "—" | "‑" | "‐" => b'-',
        "’" | "‘" => b'\'',
        _ if bytes.len() == 1 => first,
        _ => 0,
    };
    Word { mark, ..NOTHING }
}
