//! Words beside names and titles that change their meaning: *thousands of Nigerians*, *Sindh province*, *former
//! president*.
//!
//! The words are data, `data/en/entity/near-names.tsv`.

use std::sync::LazyLock;

use dateline_data::{Lower, Table};

/// Class of a word beside a name or title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NearName {
    /// *vice*, *deputy*: not the office named after it.
    Deputy,
    /// *former*, *late*: no longer in office.
    Former,
    /// *president*, *king*: an office that a country's *leader* may hold.
    Head,
    /// *thousands*: counts the people after *of*.
    Measure,
    /// *province*: makes the name beside it a region.
    Region,
}

/// Classes by their names in the table.
const CLASSES: [(&str, NearName); 5] = [
    ("deputy", NearName::Deputy),
    ("former", NearName::Former),
    ("head", NearName::Head),
    ("measure", NearName::Measure),
    ("region", NearName::Region),
];

static WORDS: LazyLock<Table<NearName>> = LazyLock::new(|| {
    Table::read(include_str!("../../data/en/entity/near-names.tsv"), |columns| {
        let class = CLASSES.iter().find(|(name, _)| *name == columns[1]);
        class.expect("every row has a known class").1
    })
});

impl NearName {
    /// Returns true if a word or phrase belongs to this class, in any case.
    pub(super) fn has(self, word: &str) -> bool {
        WORDS.get(Lower::<16>::of(word).as_str()) == Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_class_in_any_case() {
        assert!(NearName::Region.has("Province") && NearName::Head.has("prime minister"));
        assert!(!NearName::Region.has("president") && !NearName::Former.has("new"));
    }
}
