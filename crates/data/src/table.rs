//! Word lists: tables sorted by their first column, searched by word.

use crate::rows;

/// A sorted word list: a value for each word or phrase.
///
/// The words of a phrase are separated by one space. Keys are unique and sorted by their bytes, which debug builds check.
///
/// ```
/// use dateline_data::Table;
/// let phrases = Table::read("at last\t1\nat present\t2\nattic\t3\n", |columns| columns[1]);
/// assert_eq!(phrases.get("attic"), Some("3"));
/// let at: Vec<_> = phrases.beginning_with("at").collect();
/// assert_eq!(at, [("at last", "1"), ("at present", "2")]);
/// ```
#[derive(Debug)]
pub struct Table<T> {
    rows: Vec<(&'static str, T)>,
    /// For each byte, the index of the first entry whose first byte is at least that. It rules out most words of a text.
    starts: [u32; 257],
}

impl<T: Copy> Table<T> {
    /// Reads a table; `value` makes an entry's value from its columns, the first of which is the entry itself.
    ///
    /// # Panics
    ///
    /// In debug builds, if the table is not sorted or has an entry twice.
    pub fn read(tsv: &'static str, value: impl Fn(&[&'static str]) -> T) -> Self {
        let entries: Vec<_> = rows(tsv)
            .map(|row| {
                let columns: Vec<_> = row.cells().collect();
                (columns[0], value(&columns))
            })
            .collect();
        debug_assert!(entries.is_sorted_by(|a, b| a.0 < b.0), "a word list is sorted by its bytes");
        let starts = std::array::from_fn(|byte| {
            let from = entries.partition_point(|row| usize::from(first_byte(row.0)) < byte);
            u32::try_from(from).expect("a compiled-in list has fewer than 2^32 entries")
        });
        Self { rows: entries, starts }
    }

    /// The value of an entry, or `None` if the list lacks it.
    pub fn get(&self, word: &str) -> Option<T> {
        let bucket = self.bucket(word);
        let at = bucket.binary_search_by(|row| row.0.cmp(word)).ok()?;
        Some(bucket[at].1)
    }

    /// Returns true if the list has an entry.
    pub fn has(&self, word: &str) -> bool {
        self.get(word).is_some()
    }

    /// Entries that are a word or begin with it and a space, in the order of the list.
    pub fn beginning_with(&self, word: &str) -> impl Iterator<Item = (&'static str, T)> {
        self.starting_with(word)
            .filter(move |row| matches!(row.0.as_bytes().get(word.len()), None | Some(b' ')))
    }

    /// Entries whose first letters are those of a word, in the order of the list.
    pub fn starting_with(&self, word: &str) -> impl Iterator<Item = (&'static str, T)> {
        let bucket = self.bucket(word);
        let from = bucket.partition_point(|row| row.0 < word);
        bucket[from..].iter().take_while(move |row| row.0.starts_with(word)).copied()
    }

    /// All entries, in the order of the list.
    pub fn entries(&self) -> impl Iterator<Item = (&'static str, T)> {
        self.rows.iter().copied()
    }

    /// Entries that share their first byte with a word.
    fn bucket(&self, word: &str) -> &[(&'static str, T)] {
        let byte = usize::from(first_byte(word));
        &self.rows[self.starts[byte] as usize..self.starts[byte + 1] as usize]
    }
}

fn first_byte(word: &str) -> u8 {
    word.as_bytes().first().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_by_their_first_word() {
        let table = Table::read("# top\nat last\t1\nat present\t2\nattic\t3\n", |c| c[1]);
        let found: Vec<_> = table.beginning_with("at").collect();
        assert_eq!(found, [("at last", "1"), ("at present", "2")]);
        assert!(table.has("attic") && !table.has("at"));
        assert_eq!(table.starting_with("at").count(), 3);
    }

    #[test]
    fn empty_words_and_other_bytes_are_not_in_any_list() {
        let table = Table::read("a\t1\né\t2\n", |c| c[1]);
        assert_eq!(table.get(""), None);
        assert_eq!(table.get("é"), Some("2"));
        assert_eq!(table.get("\u{ffff}"), None);
        assert_eq!(table.entries().count(), 2);
    }

    #[test]
    #[should_panic(expected = "sorted")]
    #[cfg(debug_assertions)]
    fn an_unsorted_list_is_refused() {
        Table::read("b\na\n", |_| ());
    }
}
