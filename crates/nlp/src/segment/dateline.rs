//! "MOSCOW (AP) - ": place, day and agency before the first sentence of a report form a sentence of their own.
//!
//! - fires: *MOSCOW (AP) -*, *WASHINGTON, Sept. 5 (Reuters) --*, *ST. LOUIS -*, *Geneva (AFP) -*
//! - silent: *UPDATE: The talks*, *Talks - and trade*, *US-led*, *IBM - the firm - said*

use crate::Span;

use super::{chunk::Gap, kind::Kind, token::Piece};

/// Maximum number of tokens in a dateline.
const LONGEST: usize = 16;

/// Returns the number of tokens of the dateline at the start of a paragraph, including the dash.
pub(super) fn end(text: &str, pieces: &[Piece]) -> Option<usize> {
    let word = |idx: usize| -> &str { pieces[idx].span.of(text) };
    if !word(0).starts_with(|c: char| c.is_uppercase() || c == '(') {
        return None;
    }
    let mut depth = 0;
    let mut has_agency = false;
    let mut has_place = false;
    for idx in 0..pieces.len().min(LONGEST) {
        let piece = &pieces[idx];
        if idx > 0 && piece.gap >= Gap::Paragraph {
            return None;
        }
        match piece.kind {
            Kind::Open if word(idx) == "(" => depth += 1,
            Kind::Close if word(idx) == ")" && depth > 0 => {
                depth -= 1;
                has_agency = true;
            }
            Kind::Mark if matches!(word(idx), "-" | "--" | "–" | "—") && depth == 0 => {
                let next = pieces.get(idx + 1)?;
                let is_apart = piece.gap != Gap::Glued
                    || has_agency && next.gap != Gap::Glued
                    || word(idx) != "-" && (has_agency || has_place);
                // *IBM - the firm - said*
                let goes_on = next.span.of(text).starts_with(char::is_lowercase);
                let is_dateline = idx > 0
                    && next.gap < Gap::Paragraph
                    && is_apart
                    && !goes_on
                    && (has_agency || has_place);
                if is_dateline {
                    return Some(idx + 1);
                }
                if piece.gap != Gap::Glued {
                    return None;
                }
            }
            Kind::Mark if word(idx) == "/" => {}
            Kind::Word | Kind::Abbreviation(_) => {
                let is_name = depth > 0 || word(idx).starts_with(char::is_uppercase);
                if !is_name {
                    return None;
                }
                has_place |= idx == 0 && is_place(text, piece.span);
            }
            Kind::Number | Kind::Comma if idx > 0 => {}
            _ => return None,
        }
    }
    None
}

/// Returns true for a word in capitals that is long enough to be a place name.
fn is_place(text: &str, span: Span) -> bool {
    let word = span.of(text);
    let letters = word.trim_end_matches('.');
    (letters.len() > 3 || word == "ST.") && letters.chars().all(char::is_uppercase)
}
