//! Classes of words that frames ask for: `classes.tsv`.

use super::BadRow;
use crate::event::class;

/// Classes and their lemmas.
#[derive(Debug, Clone, Default)]
pub(super) struct Classes {
    /// Pairs of class and lemma; sorted.
    rows: Vec<(Box<str>, Box<str>)>,
}

impl Classes {
    /// Adds the rows of a table.
    pub(super) fn add(&mut self, file: &str, text: &str, bad: &mut Vec<BadRow>) {
        for (number, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let mut columns = line.split('\t').map(str::trim);
            match (columns.next(), columns.next()) {
                (Some(class), Some(lemma)) if !class.is_empty() && !lemma.is_empty() => {
                    self.rows.push((class.into(), lemma.into()));
                }
                _ => bad.push(BadRow {
                    file: file.to_owned(),
                    line: Some(number + 1),
                    reason: "read 1 column, expected a class and a lemma with a tab between them"
                        .to_owned(),
                }),
            }
        }
        self.rows.sort();
    }

    /// Returns true if there is a class with a name, listed or known of entities.
    pub(super) fn has(&self, class: &str) -> bool {
        class::is_of_entities(class) || {
            let at = self.rows.partition_point(|(name, _)| &**name < class);
            self.rows.get(at).is_some_and(|(name, _)| &**name == class)
        }
    }

    /// Returns true if a lemma is listed in a class.
    pub(super) fn lists(&self, class: &str, lemma: &str) -> bool {
        let has = |lemma: &str| {
            self.rows.binary_search_by(|(c, l)| (&**c, &**l).cmp(&(class, lemma))).is_ok()
        };
        // Titles in front of a name are capitalized.
        has(lemma) || lemma.starts_with(char::is_uppercase) && has(&lemma.to_ascii_lowercase())
    }

    /// Returns each class with its lemmas.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.rows
            .chunk_by(|a, b| a.0 == b.0)
            .map(|rows| (&*rows[0].0, rows.iter().map(|(_, lemma)| &**lemma).collect()))
    }
}
