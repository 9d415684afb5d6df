//! Words that bound a length or a point: *more than*, *nearly*, *at least*, *about*.
//!
//! The phrases are data, `data/calendar/bounds.tsv`.

use std::sync::LazyLock;

use dateline_core::TimeMod;

use super::{modifier, words::Words};
use crate::table::Table;

static PHRASES: LazyLock<Table<TimeMod>> = LazyLock::new(|| {
    Table::read(include_str!("../../data/calendar/bounds.tsv"), |columns| {
        modifier(columns[1]).expect("every row of the list has a TIMEX3 modifier")
    })
});

/// The longest phrase of the list that begins at a word, and where it ends.
pub(super) fn bound(words: &Words<'_>, at: usize) -> Option<(TimeMod, usize)> {
    words.longest_phrase(&PHRASES, at)
}
