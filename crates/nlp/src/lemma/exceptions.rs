//! Words whose lemma no rule gives: a table of irregular verbs and nouns, then a table of words, tags and lemmas counted in
//! treebanks. Both are sorted and compiled in.

use std::sync::LazyLock;

use dateline_data::{fnv, rows};

use crate::Xpos;

/// A word, its tag and its lemma.
type Exception = (&'static str, Xpos, &'static str);

static EXCEPTIONS: LazyLock<Index<Xpos>> =
    LazyLock::new(|| Index::new(read(include_str!("../../data/en/lemmas.tsv"))));

/// Irregular verbs and nouns: form, class and base form. They take precedence over the treebanks.
static IRREGULAR: LazyLock<Index<Class>> =
    LazyLock::new(|| Index::new(read_irregular(include_str!("../../data/en/irregular.tsv"))));

/// Word class of an irregular form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Noun,
    Verb,
}

/// Rows of a table by word. Most words are in neither table, which the hash of a word tells without comparing any letters.
#[derive(Debug)]
struct Index<K> {
    rows: Vec<(&'static str, K, &'static str)>,
    /// Open addressing by hash of the word: the upper half of the hash, and the number of a row from 1; 0 marks an empty slot. The
    /// number of slots is a power of two.
    slots: Vec<(u32, u32)>,
}

impl<K: Copy + PartialEq> Index<K> {
    fn new(rows: Vec<(&'static str, K, &'static str)>) -> Self {
        let mut slots = vec![(0, 0); (rows.len() * 2).next_power_of_two().max(2)];
        for (row, number) in rows.iter().zip(1..) {
            let (mut slot, tag) = Self::place(hash(row.0), slots.len());
            while slots[slot].1 != 0 {
                slot = (slot + 1) & (slots.len() - 1);
            }
            slots[slot] = (tag, number);
        }
        Self { rows, slots }
    }

    /// Splits a hash into the first slot to look at and the half that is kept there.
    #[expect(clippy::cast_possible_truncation, reason = "two halves of a hash are wanted")]
    fn place(hash: u64, n_slots: usize) -> (usize, u32) {
        (hash as u32 as usize & (n_slots - 1), (hash >> 32) as u32)
    }

    fn lemma(&self, hash: u64, word: &str, key: K) -> Option<&'static str> {
        let (mut slot, tag) = Self::place(hash, self.slots.len());
        loop {
            let (kept, number) = self.slots[slot];
            let row = &self.rows[(number as usize).checked_sub(1)?];
            if kept == tag && row.1 == key && row.0 == word {
                return Some(row.2);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }
}

fn hash(word: &str) -> u64 {
    let hash = fnv::hash_64(0, word.bytes());
    hash ^ (hash >> 29)
}

/// Returns the base form of an irregular verb or noun, given in lowercase.
pub(super) fn irregular(lower: &str, xpos: Xpos) -> Option<&'static str> {
    IRREGULAR.lemma(hash(lower), lower, class(xpos)?)
}

fn class(xpos: Xpos) -> Option<Class> {
    match xpos {
        Xpos::VBD | Xpos::VBN | Xpos::VBG | Xpos::VBZ => Some(Class::Verb),
        Xpos::NNS => Some(Class::Noun),
        _ => None,
    }
}

/// Prefixes of irregular verbs: *overtook*, *undergone*.
const PREFIXES: &[&str] = &["over", "under", "out", "fore", "mis", "re", "up", "un"];

/// Returns the prefix and the base form of an irregular verb with a prefix.
pub(super) fn prefixed(lower: &str, xpos: Xpos) -> Option<(&'static str, &'static str)> {
    if !matches!(xpos, Xpos::VBD | Xpos::VBN | Xpos::VBG) {
        return None;
    }
    PREFIXES.iter().find_map(|prefix| {
        let verb = lower.strip_prefix(prefix)?.trim_start_matches('-');
        Some((*prefix, irregular(verb, xpos)?))
    })
}

/// Looks up a lowercase word and its tag in both tables.
pub(super) fn lemma(lower: &str, xpos: Xpos) -> Option<&'static str> {
    let hash = hash(lower);
    class(xpos)
        .and_then(|class| IRREGULAR.lemma(hash, lower, class))
        .or_else(|| EXCEPTIONS.lemma(hash, lower, xpos))
}

fn read(tsv: &'static str) -> Vec<Exception> {
    let exception =
        |[word, xpos, lemma]: [&'static str; 3]| Some((word, xpos.parse().ok()?, lemma));
    rows(tsv).filter_map(|row| row.first_columns().and_then(exception)).collect()
}

fn read_irregular(tsv: &'static str) -> Vec<(&'static str, Class, &'static str)> {
    let class = |class| match class {
        "noun" => Some(Class::Noun),
        "verb" => Some(Class::Verb),
        _ => None,
    };
    rows(tsv)
        .filter_map(|row| {
            row.first_columns().and_then(|[form, kind, base]| Some((form, class(kind)?, base)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_every_row_is_found() {
        let irregular = &IRREGULAR.rows;
        assert!(irregular.is_sorted_by(|a, b| (a.0, a.1 as u8) < (b.0, b.1 as u8)));
        let exceptions = &EXCEPTIONS.rows;
        assert!(exceptions.is_sorted_by(|a, b| (a.0, a.1.as_str()) < (b.0, b.1.as_str())));
        for (word, class, base) in irregular {
            assert_eq!(IRREGULAR.lemma(hash(word), word, *class), Some(*base), "{word}");
        }
        for (word, xpos, base) in exceptions {
            assert_eq!(EXCEPTIONS.lemma(hash(word), word, *xpos), Some(*base), "{word}");
        }
    }
}
