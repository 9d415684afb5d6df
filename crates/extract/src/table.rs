//! Word lists: the tables of `dateline-data`, and the key this crate looks words up by.

pub(crate) use dateline_data::Table;

/// Returns the lines of a table that hold an entry.
pub(crate) fn entries(tsv: &'static str) -> impl Iterator<Item = &'static str> {
    dateline_data::rows(tsv).map(|row| row.text())
}

/// Word in lowercase, without a full stop at its end, on the stack.
///
/// A word that is longer than 20 bytes or has letters outside ASCII is in no list, and becomes the empty word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lower(dateline_data::Lower<20>);

impl Lower {
    /// Lowercases a word.
    pub(crate) fn of(word: &str) -> Self {
        Self(dateline_data::Lower::without_stop(word))
    }

    /// Returns the word.
    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_lose_their_full_stop() {
        assert_eq!(Lower::of("Sept.").as_str(), "sept");
        assert_eq!(Lower::of("O’Clock").as_str(), "o'clock");
    }
}
