//! Words whose lemma no rule gives: a table of irregular verbs and nouns, then a table of words, tags and lemmas counted in
//! treebanks. Both are sorted and compiled in.

use std::sync::LazyLock;

use dateline_data::rows;

use crate::Xpos;

/// A word, its tag and its lemma.
type Exception = (&'static str, Xpos, &'static str);

static EXCEPTIONS: LazyLock<Vec<Exception>> =
    LazyLock::new(|| read(include_str!("../../data/en/lemmas.tsv")));

/// Irregular verbs and nouns: form, class and base form. They take precedence over the treebanks.
static IRREGULAR: LazyLock<Vec<(&'static str, &'static str, &'static str)>> = LazyLock::new(|| {
    rows(include_str!("../../data/en/irregular.tsv"))
        .filter_map(|row| row.first_columns().map(|[form, class, base]| (form, class, base)))
        .collect()
});

/// Returns the base form of an irregular verb or noun, given in lowercase.
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
    if let Some(irregular) = irregular(lower, xpos) {
        return Some(irregular);
    }
    let table = &*EXCEPTIONS;
    let found =
        table.binary_search_by(|row| row.0.cmp(lower).then(row.1.as_str().cmp(xpos.as_str())));
    found.ok().map(|at| table[at].2)
}

fn read(tsv: &'static str) -> Vec<Exception> {
    let exception =
        |[word, xpos, lemma]: [&'static str; 3]| Some((word, xpos.parse().ok()?, lemma));
    rows(tsv).filter_map(|row| row.first_columns().and_then(exception)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(IRREGULAR.is_sorted_by(|a, b| (a.0, a.1) < (b.0, b.1)));
        assert!(EXCEPTIONS.is_sorted_by(|a, b| (a.0, a.1.as_str()) < (b.0, b.1.as_str())));
    }
}
