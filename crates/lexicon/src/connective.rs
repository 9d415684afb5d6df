//! Connectives: words that relate two acts: *A after B*, *A led to B*.
//!
//! The table is `data/en/connectives.tsv`.

use std::sync::LazyLock;

use dateline_core::RelationKind;

use dateline_data::{Row, rows};

/// Connective between two acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connective {
    words: &'static str,
    shape: Shape,
    /// Relation it expresses.
    pub kind: RelationKind,
    /// True if the relation runs from the second act to the first.
    pub backward: bool,
}

impl Connective {
    /// Returns the same connective with its acts exchanged, as in the passive.
    #[must_use]
    pub fn turned(self) -> Self {
        Self { backward: !self.backward, ..self }
    }
}

/// Grammar of a connective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// *A, while B*
    Mark,
    /// *A, followed by B*
    Participle,
    /// *A in response to B*
    Phrase,
    /// *A over B*
    Preposition,
    /// *A led to B*
    Verb,
}

static CONNECTIVES: LazyLock<Vec<Connective>> = LazyLock::new(|| {
    rows(include_str!("../data/en/connectives.tsv"))
        .map(|row| read(row).expect("connectives.tsv is read by a test"))
        .collect()
});

fn read(row: Row<'static>) -> Option<Connective> {
    let [words, shape, kind, _source] = row.columns()?;
    let (kind, backward) = kind.strip_suffix("<-").map_or((kind, false), |kind| (kind, true));
    Some(Connective {
        words,
        shape: match shape {
            "mark" => Shape::Mark,
            "participle" => Shape::Participle,
            "phrase" => Shape::Phrase,
            "prep" => Shape::Preposition,
            "verb" => Shape::Verb,
            _ => return None,
        },
        kind: match kind {
            "before" => RelationKind::Before,
            "after" => RelationKind::After,
            "during" => RelationKind::During,
            "response" => RelationKind::Response,
            "cause" => RelationKind::Cause,
            _ => return None,
        },
        backward,
    })
}

/// Returns the connective that words are in a shape. The words are matched in lowercase, verbs by their lemma.
///
/// ```
/// use dateline_lexicon::connective::{Shape, find};
///
/// assert!(find("over", Shape::Preposition).unwrap().backward);
/// assert!(find("over", Shape::Verb).is_none());
/// ```
///
/// # Panics
///
/// Never: a test reads the table.
pub fn find(words: &str, shape: Shape) -> Option<Connective> {
    let at = CONNECTIVES
        .binary_search_by(|entry| (entry.words, entry.shape).cmp(&(words, shape)))
        .ok()?;
    Some(CONNECTIVES[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_reads_and_the_table_is_sorted() {
        for row in rows(include_str!("../data/en/connectives.tsv")) {
            assert!(read(row).is_some(), "{}", row.text());
        }
        assert!(CONNECTIVES.is_sorted_by_key(|entry| (entry.words, entry.shape)));
        assert!(find("over", Shape::Preposition).is_some_and(|over| over.backward));
    }
}
