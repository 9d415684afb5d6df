//! Words that bound a length or a point: *more than*, *nearly*, *at least*, *about*.
//!
//! The phrases are data, `data/en/calendar/bounds.tsv`.

use std::sync::LazyLock;

use dateline_core::TimeMod;

use super::words::Words;
use crate::table::Table;

static PHRASES: LazyLock<Table<TimeMod>> = LazyLock::new(|| {
    Table::read(include_str!("../../data/en/calendar/bounds.tsv"), |columns| {
        columns[1].parse().expect("every row has a TIMEX3 modifier")
    })
});

/// Returns the longest listed phrase that starts at a word, and the index after it.
pub(super) fn bound(words: &Words<'_>, at: usize) -> Option<(TimeMod, usize)> {
    words.longest_phrase(&PHRASES, at)
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::check;

    #[test]
    fn bounds_become_modifiers() {
        check("Talks took more than three months.", &[("more than three months", "P3M MoreThan")]);
        check("Nearly two years passed.", &[("Nearly two years", "P2Y LessThan")]);
        check("They waited at least 48 hours.", &[("at least 48 hours", "PT48H EqualOrMore")]);
        check(
            "It began about 10:35 a.m. on Friday.",
            &[("about 10:35 a.m. on Friday", "2021-05-07T10:35 Approx")],
        );
        check("No more than two weeks remain.", &[("No more than two weeks", "P2W EqualOrLess")]);
        check("It rose over the past decade.", &[("the past decade", "P10Y")]);
    }
}
