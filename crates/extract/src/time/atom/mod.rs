//! Atoms: the parts of a date that single words or short runs name. Each file reads one kind.
//!
//! An atom says what the words name, not which day that is. The day follows from all parts together.

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

/// Reads one kind of atom at a word.
type Family = fn(&Words<'_>, usize, Stance<'_>) -> Option<Atom>;

/// Families in the order they are tried. The longest atom wins; of equally long ones, the first.
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

/// Returns the longest atom at a word that `take` accepts.
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
