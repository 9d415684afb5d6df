//! The families of parts: each file reads one kind of word that names a piece of a date.
//!
//! A family says what the words name, never which day that is; the day follows from all parts together.

mod clock;
mod day_part;
mod deictic;
mod month_day;
mod named_day;
mod nth;
mod numeric;
mod season;
mod shifted;
mod stance;
mod stretch;
mod weekday;
mod year;

pub(super) use self::{
    clock::half_of,
    month_day::day_of_month,
    stance::{Atom, Stance},
    year::fiscal_or_plain as plain_year,
};

use super::words::Words;

/// Reads what one kind of word names of a date.
type Family = fn(&Words<'_>, usize, Stance<'_>) -> Option<Atom>;

/// In the order they are tried; the first of the longest wins.
const FAMILIES: [Family; 12] = [
    numeric::atom,
    named_day::atom,
    clock::atom,
    month_day::atom,
    weekday::atom,
    nth::atom,
    deictic::atom,
    shifted::atom,
    season::atom,
    day_part::atom,
    stretch::atom,
    year::atom,
];

/// The longest atom at a word of those that `take` makes something of.
pub(super) fn longest(
    words: &Words<'_>,
    at: usize,
    stance: Stance<'_>,
    take: impl Fn(Atom) -> Option<Atom>,
) -> Option<Atom> {
    let mut best: Option<Atom> = None;
    for atom in FAMILIES.iter().filter_map(|family| family(words, at, stance).and_then(&take)) {
        if best.as_ref().is_none_or(|best| best.1 < atom.1) {
            best = Some(atom);
        }
    }
    best
}
