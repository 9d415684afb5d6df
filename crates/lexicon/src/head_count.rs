//! Words that say what happened to a number of people: *killed 12 people*, *three soldiers died*.
//!
//! The table is `data/en/head-counts.tsv`.

use std::sync::LazyLock;

use dateline_core::SizeKind;
use dateline_data::{Row, rows};
use dateline_nlp::{Token, Upos};

/// Entry for a verb or adjective.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadCount {
    lemma: &'static str,
    pos: Upos,
    /// True if the number counts those it is done to, false if those who do it.
    pub of_object: bool,
    /// Kind of number: dead, injured, arrested, taking part.
    pub kind: SizeKind,
}

static TABLE: LazyLock<Vec<HeadCount>> = LazyLock::new(|| {
    rows(include_str!("../data/en/head-counts.tsv"))
        .map(|row| read(row).expect("head-counts.tsv is read by a test"))
        .collect()
});

fn read(row: Row<'static>) -> Option<HeadCount> {
    let [lemma, pos, counted, kind, _source] = row.columns()?;
    Some(HeadCount {
        lemma,
        pos: match pos {
            "verb" => Upos::Verb,
            "adj" => Upos::Adj,
            _ => return None,
        },
        of_object: match counted {
            "obj" => true,
            "subj" => false,
            _ => return None,
        },
        kind: kind.parse().ok()?,
    })
}

/// Returns the entry for a verb or adjective.
///
/// # Panics
///
/// Never: a test reads the table.
pub fn of(word: Token<'_>) -> Option<&'static HeadCount> {
    if !matches!(word.upos(), Upos::Verb | Upos::Adj) {
        return None;
    }
    let at = TABLE.binary_search_by_key(&word.lemma(), |entry| entry.lemma).ok()?;
    Some(&TABLE[at]).filter(|entry| entry.pos == word.upos())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_reads_and_the_table_is_sorted() {
        for row in rows(include_str!("../data/en/head-counts.tsv")) {
            assert!(read(row).is_some(), "{}", row.text());
        }
        assert!(TABLE.is_sorted_by_key(|entry| entry.lemma));
    }
}
