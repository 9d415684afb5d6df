//! Words in front of a number that bound it: *at least 12*, *nearly 300*.

use std::sync::LazyLock;

use dateline_core::Bound;
use dateline_data::Table;

const TABLE: &str = include_str!("../data/en/number-bounds.tsv");

static BOUNDS: LazyLock<Table<Bound>> = LazyLock::new(|| {
    Table::read(TABLE, |columns| bound(columns[1]).expect("number-bounds.tsv is read by a test"))
});

fn bound(cell: &str) -> Option<Bound> {
    match cell {
        "about" => Some(Bound::About),
        "at-least" => Some(Bound::AtLeast),
        "at-most" => Some(Bound::AtMost),
        _ => None,
    }
}

/// Returns the bound that words put on the number after them; two words are separated by a space.
///
/// ```
/// use dateline_core::Bound;
/// use dateline_lexicon::number_bound;
///
/// assert_eq!(number_bound::of("at least"), Some(Bound::AtLeast));
/// assert_eq!(number_bound::of("the"), None);
/// ```
///
/// # Panics
///
/// Never: a test reads the table.
pub fn of(words: &str) -> Option<Bound> {
    BOUNDS.get(words)
}

#[cfg(test)]
mod tests {
    use dateline_data::rows;

    use super::*;

    #[test]
    fn every_row_reads() {
        for row in rows(TABLE) {
            let [_, cell, _] = row.columns().expect("three columns");
            assert!(bound(cell).is_some(), "{}", row.text());
        }
    }
}
