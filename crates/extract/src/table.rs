//! Word lists as this crate looks words up: tables of `dateline-data`, by lowercase words without a full stop.

pub(crate) use dateline_data::Table;

/// Returns the lines of a table that hold an entry: all but comments and empty ones.
pub(crate) fn entries(tsv: &'static str) -> impl Iterator<Item = &'static str> {
    dateline_data::rows(tsv).map(|row| row.text())
}

/// A short word in ASCII lowercase, on the stack. A word that is too long or has other letters is in no list and becomes the
/// empty word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lower(dateline_data::Lower<20>);

impl Lower {
    /// Lowercases a word, without a full stop at its end: *Sept.* becomes `sept`.
    pub(crate) fn of(word: &str) -> Self {
        Self(dateline_data::Lower::without_stop(word))
    }

    /// Returns the word.
    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }
}
