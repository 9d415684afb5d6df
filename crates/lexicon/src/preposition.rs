//! Prepositions, and what the noun after them may be.
//!
//! The table is `data/en/prepositions.tsv`. It lists vocabulary: a rule that needs one preposition as grammar (*by* of a
//! passive, *of* of an owner) names it itself.

use std::sync::LazyLock;

use dateline_data::{Table, rows};

/// Use of the noun after a preposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Content of a statement: *called for talks*.
    Content,
    /// Somebody the act is about: *protested against Oslo*.
    Aim,
    /// Owner of the thing that the act is about: *rejected talks between Oslo and Bergen*.
    Owner,
    /// Place of the act: *talks in Oslo*.
    Place,
    /// Reason for the act: *expelled envoys over the attack*.
    Reason,
    /// An act to come: *prepared for talks*.
    Ahead,
}

const USES: [(&str, Use); 6] = [
    ("content", Use::Content),
    ("aim", Use::Aim),
    ("owner", Use::Owner),
    ("place", Use::Place),
    ("reason", Use::Reason),
    ("ahead", Use::Ahead),
];

const TABLE: &str = include_str!("../data/en/prepositions.tsv");

/// Each preposition with a bit for each use.
static PREPOSITIONS: LazyLock<Table<u8>> =
    LazyLock::new(|| Table::read(TABLE, |columns| uses(columns[1])));

fn uses(cell: &str) -> u8 {
    let listed = |name: &&(&str, Use)| cell.split(',').any(|other| other == name.0);
    USES.iter().filter(listed).fold(0, |bits, (_, one)| bits | 1 << *one as u8)
}

/// Returns true if the noun after a preposition may have this use. The lemma is matched in lowercase.
///
/// ```
/// use dateline_lexicon::preposition::{Use, has};
///
/// assert!(has("over", Use::Reason));
/// assert!(!has("near", Use::Reason));
/// ```
pub fn has(lemma: &str, one: Use) -> bool {
    PREPOSITIONS.get(lemma).is_some_and(|bits| bits & 1 << one as u8 != 0)
}

/// Returns the prepositions that may introduce the target of an act, the most likely first.
pub fn of_targets() -> &'static [&'static str] {
    static RANKED: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let rank = |[lemma, _, rank, _]: [&'static str; 4]| Some((rank.parse::<u8>().ok()?, lemma));
        let mut ranked: Vec<_> = rows(TABLE).filter_map(|row| rank(row.columns()?)).collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, lemma)| lemma).collect()
    });
    &RANKED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_reads() {
        for row in rows(TABLE) {
            let [_, uses, target, _] = row.columns().expect("four columns");
            let known = |name: &str| USES.iter().any(|(other, _)| *other == name);
            assert!(uses.split(',').all(known), "{}", row.text());
            assert!(target == "-" || target.parse::<u8>().is_ok(), "{}", row.text());
        }
        assert!(PREPOSITIONS.entries().count() > 15);
    }

    #[test]
    fn target_prepositions_are_ordered_by_rank() {
        assert_eq!(of_targets()[..3], ["with", "to", "against"]);
        assert_eq!(of_targets().len(), 9);
    }
}
