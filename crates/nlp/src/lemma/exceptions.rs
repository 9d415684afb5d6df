//! Words whose lemma no rule gives: a table of word, tag and lemma counted from treebanks, and one of irregular verbs and
//! nouns that goes first. Both are sorted and compiled in.

use std::sync::LazyLock;

use crate::Xpos;

type Row = (&'static str, Xpos, &'static str);

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| read(include_str!("../../data/lemmas.tsv")));

/// Verbs and nouns that are irregular whatever the treebanks hold, with their class.
static IRREGULAR: LazyLock<Vec<(&'static str, &'static str, &'static str)>> = LazyLock::new(|| {
    let rows =
        include_str!("../../data/irregular.tsv").lines().filter(|line| !line.starts_with("# "));
    let columns = rows.filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.next()?, columns.next()?))
    });
    columns.collect()
});

/// The base form of an irregular verb or noun in lowercase.
pub(super) fn irregular(lower: &str, xpos: Xpos) -> Option<&'static str> {
    let class = match xpos {
        Xpos::VBD | Xpos::VBN | Xpos::VBG | Xpos::VBZ => "verb",
        Xpos::NNS => "noun",
        _ => return None,
    };
    let table = &*IRREGULAR;
    let found = table.binary_search_by(|row| row.0.cmp(lower).then(row.1.cmp(class)));
    found.ok().map(|at| table[at].2)
}

/// Prefixes that leave an irregular verb irregular: *overtook*, *undergone*.
const PREFIXES: &[&str] = &["over", "under", "out", "fore", "mis", "re", "up", "un"];

/// The base form of an irregular verb behind a prefix, in two pieces.
pub(super) fn prefixed(lower: &str, xpos: Xpos) -> Option<(&'static str, &'static str)> {
    if !matches!(xpos, Xpos::VBD | Xpos::VBN | Xpos::VBG) {
        return None;
    }
    PREFIXES.iter().find_map(|prefix| {
        let verb = lower.strip_prefix(prefix)?.trim_start_matches('-');
        Some((*prefix, irregular(verb, xpos)?))
    })
}

/// The lemma the tables have for a word in lowercase and its tag.
pub(super) fn lemma(lower: &str, xpos: Xpos) -> Option<&'static str> {
    if let Some(irregular) = irregular(lower, xpos) {
        return Some(irregular);
    }
    let table = &*TABLE;
    let found =
        table.binary_search_by(|row| row.0.cmp(lower).then(row.1.as_str().cmp(xpos.as_str())));
    found.ok().map(|at| table[at].2)
}

fn read(tsv: &'static str) -> Vec<Row> {
    let rows = tsv.lines().filter(|line| !line.starts_with("# ")).filter_map(|line| {
        let mut columns = line.split('\t');
        let (word, xpos, lemma) = (columns.next()?, columns.next()?, columns.next()?);
        Some((word, xpos.parse().ok()?, lemma))
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(IRREGULAR.is_sorted_by(|a, b| (a.0, a.1) < (b.0, b.1)));
        assert!(TABLE.is_sorted_by(|a, b| (a.0, a.1.as_str()) < (b.0, b.1.as_str())));
    }
}
