//! Word lists: tab-separated, sorted by their first column, compiled in.

/// The lines of a list that hold an entry: all but comments and blank ones.
pub(crate) fn entries(tsv: &'static str) -> impl Iterator<Item = &'static str> {
    tsv.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// A sorted word list: a value for each word or phrase.
#[derive(Debug)]
pub(crate) struct Table<T> {
    rows: Vec<(&'static str, T)>,
    /// Where the entries begin whose first byte is at least that: most words of a text are told from the list by it.
    starts: [u16; 257],
}

impl<T: Copy> Table<T> {
    /// Reads a list; `value` makes the value of an entry of its columns, the first being the entry itself.
    pub(crate) fn read(tsv: &'static str, value: impl Fn(&[&'static str]) -> T) -> Self {
        let rows: Vec<_> = entries(tsv)
            .map(|line| {
                let columns: Vec<_> = line.split('\t').collect();
                (columns[0], value(&columns))
            })
            .collect();
        debug_assert!(rows.is_sorted_by(|a, b| a.0 < b.0), "the list is sorted by bytes");
        let starts = std::array::from_fn(|byte| {
            let from = rows.partition_point(|row| usize::from(first_byte(row.0)) < byte);
            u16::try_from(from).expect("lists are short")
        });
        Self { rows, starts }
    }

    /// The entries that share their first byte with a word.
    fn bucket(&self, word: &str) -> &[(&'static str, T)] {
        let byte = usize::from(first_byte(word));
        &self.rows[usize::from(self.starts[byte])..usize::from(self.starts[byte + 1])]
    }

    /// The value of an entry, if the list has it.
    pub(crate) fn get(&self, word: &str) -> Option<T> {
        let bucket = self.bucket(word);
        let at = bucket.binary_search_by(|row| row.0.cmp(word)).ok()?;
        Some(bucket[at].1)
    }

    /// Whether the list has an entry.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.get(word).is_some()
    }

    /// The entries that begin with a word and a blank, or are that word; in the order of the list.
    pub(crate) fn beginning_with(&self, word: &str) -> impl Iterator<Item = (&'static str, T)> {
        self.starting_with(word)
            .filter(move |row| matches!(row.0.as_bytes().get(word.len()), None | Some(b' ')))
    }

    /// All entries, in the order of the list.
    #[cfg(test)]
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&'static str, T)> {
        self.rows.iter().copied()
    }

    /// The entries whose first letters are those of a word; in the order of the list.
    pub(crate) fn starting_with(&self, word: &str) -> impl Iterator<Item = (&'static str, T)> {
        let bucket = self.bucket(word);
        let from = bucket.partition_point(|row| row.0 < word);
        bucket[from..].iter().take_while(move |row| row.0.starts_with(word)).copied()
    }
}

fn first_byte(word: &str) -> u8 {
    word.as_bytes().first().copied().unwrap_or(0)
}

/// A short word in ASCII lowercase, on the stack. A word that is longer or holds other letters is in no list and becomes
/// the empty one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lower {
    bytes: [u8; Self::LONGEST],
    len: u8,
}

impl Lower {
    const LONGEST: usize = 20;

    /// Lowercases a word; typographic apostrophes become straight ones, and a full stop at the end goes.
    pub(crate) fn of(word: &str) -> Self {
        let mut lower = Self { bytes: [0; Self::LONGEST], len: 0 };
        let word = word.strip_suffix('.').unwrap_or(word);
        for character in word.chars() {
            let character = if character == '’' { '\'' } else { character };
            if !character.is_ascii() || usize::from(lower.len) == Self::LONGEST {
                return Self { bytes: [0; Self::LONGEST], len: 0 };
            }
            lower.bytes[usize::from(lower.len)] = character.to_ascii_lowercase() as u8;
            lower.len += 1;
        }
        lower
    }

    /// The word.
    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).expect("only ASCII was put in")
    }
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
    }

    #[test]
    fn long_and_foreign_words_are_in_no_list() {
        assert_eq!(Lower::of("Sept.").as_str(), "sept");
        assert_eq!(Lower::of("O’Clock").as_str(), "o'clock");
        assert_eq!(Lower::of("février").as_str(), "");
        assert_eq!(Lower::of(&"x".repeat(21)).as_str(), "");
    }
}
