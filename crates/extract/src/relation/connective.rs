//! The connectives: `data/connectives.tsv`, whose columns are explained on top of it.

use std::sync::LazyLock;

use dateline_core::RelationKind;

use crate::table::entries;

/// What a connective says of the two acts it joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Connective {
    words: &'static str,
    shape: Shape,
    pub(super) kind: RelationKind,
    /// The relation runs from the second act to the first.
    pub(super) backward: bool,
}

impl Connective {
    /// The same connective with its acts exchanged, as in the passive.
    pub(super) fn turned(self) -> Self {
        Self { backward: !self.backward, ..self }
    }
}

/// How a connective stands between two acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
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
    entries(include_str!("../../data/connectives.tsv"))
        .map(|line| read_row(line).expect("data/connectives.tsv is read by a test"))
        .collect()
});

fn read_row(line: &'static str) -> Option<Connective> {
    let columns: Vec<&'static str> = line.split('\t').collect();
    let [words, shape, kind, _source] = columns.try_into().ok()?;
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

/// The connective of these words in this shape.
pub(super) fn find(words: &str, shape: Shape) -> Option<Connective> {
    let at = CONNECTIVES
        .binary_search_by(|entry| (entry.words, entry.shape).cmp(&(words, shape)))
        .ok()?;
    Some(CONNECTIVES[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_every_row_reads() {
        for line in include_str!("../../data/connectives.tsv").lines() {
            assert!(line.starts_with('#') || read_row(line).is_some(), "no connective: {line}");
        }
        assert!(CONNECTIVES.is_sorted_by_key(|entry| (entry.words, entry.shape)));
        assert!(find("over", Shape::Preposition).is_some_and(|over| over.backward));
    }
}
