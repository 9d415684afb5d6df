//! What sort of word embeds a clause: one that knows, thinks, says, wishes or pretends what stands in it.

use std::sync::LazyLock;

use dateline_nlp::{Token, Upos};

use crate::table::entries;

static CLASSES: LazyLock<Vec<(&'static str, &'static str, &'static str)>> = LazyLock::new(|| {
    entries(include_str!("../../data/complements.tsv"))
        .map(|line| read_row(line).expect("data/complements.tsv is read by a test"))
        .collect()
});

fn read_row(line: &'static str) -> Option<(&'static str, &'static str, &'static str)> {
    let columns: Vec<&'static str> = line.split('\t').collect();
    let [lemma, pos, class, _source] = columns.try_into().ok()?;
    matches!(pos, "verb" | "adj" | "noun").then_some((lemma, pos, class))
}

/// The class of a word, empty where it is in no list.
pub(super) fn of(word: Token<'_>) -> &'static str {
    let pos = match word.upos() {
        Upos::Verb => "verb",
        Upos::Noun => "noun",
        Upos::Adj => "adj",
        _ => return "",
    };
    let found = CLASSES.binary_search_by(|row| (row.0, row.1).cmp(&(word.lemma(), pos)));
    found.map_or("", |at| CLASSES[at].2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_every_row_reads() {
        for line in entries(include_str!("../../data/complements.tsv")) {
            assert!(read_row(line).is_some(), "no class: {line}");
        }
        assert!(CLASSES.is_sorted_by(|a, b| (a.0, a.1) < (b.0, b.1)));
    }
}
