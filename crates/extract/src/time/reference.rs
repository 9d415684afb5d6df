//! The present, the past and the future as such: *now*, *at this point in time*, *recently*, *the near future*.
//!
//! - silent: *now that talks have ended*, *as soon as*

use std::sync::LazyLock;

use super::{
    found::{Found, Meaning},
    words::Words,
};
use crate::table::Table;

/// A value, and how many first words stand outside the expression.
static PHRASES: LazyLock<Table<(&'static str, usize)>> = LazyLock::new(|| {
    Table::read(include_str!("../../data/calendar/references.tsv"), |columns| {
        (columns[1], columns[2].parse().expect("the column holds a number"))
    })
});

/// The longest phrase of the list that begins at a word.
pub(super) fn reference(words: &Words<'_>, at: usize) -> Option<Found> {
    let first = words.lower(at);
    let mut best: Option<Found> = None;
    for (phrase, (value, skip)) in PHRASES.beginning_with(first.as_str()) {
        let n_words = phrase.split(' ').count();
        let fits = phrase.split(' ').enumerate().skip(1).all(|(n, word)| words.is(at + n, word));
        if fits && best.as_ref().is_none_or(|best| best.end < at + n_words) {
            best = Some(Found::of(at + skip, at + n_words, Meaning::Reference(value)));
        }
    }
    let found = best?;
    // "now that …", "as soon as …" bind clauses.
    let next = words.lower(found.end);
    let one = found.end == at + 1;
    let binds = one && ["that", "as", "after", "enough"].contains(&next.as_str());
    // "the future of the dam", "at the time talks began" are no times of their own.
    let of = words.is(found.end - 1, "future") && next.as_str() == "of";
    let clause = words.is(found.end - 1, "time")
        && words.is(found.end - 2, "the")
        && words.holds(found.end)
        && words.mark(found.end) == 0;
    if clause || of || binds { None } else { Some(found) }
}
