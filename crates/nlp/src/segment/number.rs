//! Numbers: the marks inside them (*1,200.50*, *7:30*, *9/11*) and units split from them (*10km*, *7:30pm*).

use std::sync::LazyLock;

use dateline_data::Table;

use super::{Lower, chunk::Chunk};

fn is_digit(chunk: &Chunk, idx: usize) -> bool {
    chunk.at(idx).is_ascii_digit()
}

/// A point between digits.
pub(super) fn holds_point(chunk: &Chunk, point: usize) -> bool {
    is_digit(chunk, point - 1) && is_digit(chunk, point + 1)
}

/// A comma before a group of three digits.
pub(super) fn holds_comma(chunk: &Chunk, comma: usize) -> bool {
    is_digit(chunk, comma - 1)
        && (1..=3).all(|n| is_digit(chunk, comma + n))
        && !is_digit(chunk, comma + 4)
}

/// A slash in a date or a fraction: *9/11*, *11/28/2000*, *1/2*; not *2001/02*.
pub(super) fn holds_slash(chunk: &Chunk, part: usize, slash: usize) -> bool {
    (1..=2).contains(&(slash - part))
        && (part..slash).all(|idx| is_digit(chunk, idx))
        && is_digit(chunk, slash + 1)
        && {
            let right = (slash + 1..slash + 6).take_while(|&idx| is_digit(chunk, idx)).count();
            right <= 4 && !chunk.at(slash + 1 + right).is_alphabetic()
        }
}

/// Returns the start of a unit that is joined to a number.
pub(super) fn unit(chunk: &Chunk, from: usize, to: usize) -> Option<usize> {
    static UNITS: LazyLock<Table<()>> =
        LazyLock::new(|| Table::read(include_str!("../../data/en/segment/units.tsv"), |_| ()));
    if !is_digit(chunk, from) && chunk.at(from) != '.' {
        return None;
    }
    let letters = chunk.chars(from, to).rev().take_while(|c| c.is_ascii_alphabetic() || *c == '.');
    let unit = to - letters.take(8).count();
    let unit = if chunk.at(unit) == '.' { unit + 1 } else { unit };
    // A dot inside the unit belongs to *a.m.*; one before it belongs to the number.
    let is_unit = from < unit
        && unit < to
        && is_digit(chunk, unit - 1)
        && UNITS.has(Lower::of_chars(chunk.chars(unit, to)).as_str());
    is_unit.then_some(unit)
}
