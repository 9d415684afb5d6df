//! Which words name one kind of act: *acquisition* and *acquire*, *quake* and *tremor*.
//!
//! The facts are those of `WordNet` (Fellbaum 1998): derivational links in `data/likeness/kin.tsv`, shared senses in
//! `data/likeness/synonyms.tsv`.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::table::{Table, entries};

static KIN: LazyLock<Table<&'static str>> = LazyLock::new(|| {
    Table::read(include_str!("../../data/likeness/kin.tsv"), |columns| columns[1])
});

static SENSES: LazyLock<BTreeMap<&'static str, Vec<u32>>> = LazyLock::new(|| {
    let mut senses: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (number, row) in (0..).zip(entries(include_str!("../../data/likeness/synonyms.tsv"))) {
        for word in row.split('\t') {
            senses.entry(word).or_default().push(number);
        }
    }
    senses
});

/// The verb a noun of acts is made of, or the word itself.
pub(super) fn verb_of(lemma: &str) -> &str {
    KIN.get(lemma).unwrap_or(lemma)
}

/// The sets of synonyms a word is in, in their order.
pub(super) fn senses(lemma: &str) -> &'static [u32] {
    SENSES.get(lemma).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_of_acts_lead_to_their_verbs() {
        assert_eq!(verb_of("acquisition"), "acquire");
        assert_eq!(verb_of("oslo"), "oslo");
    }

    #[test]
    fn synonyms_share_a_sense() {
        let share = |a, b| senses(a).iter().any(|sense| senses(b).contains(sense));
        assert!(share("earthquake", "quake"));
        assert!(!share("earthquake", "acquire"));
    }
}
