//! Word lists of the segmenter: tab-separated, sorted by their first column, compiled in.

/// A sorted word list: a value for each word.
pub(super) struct Table<T> {
    rows: Vec<(&'static str, T)>,
}

impl<T: Copy> Table<T> {
    /// Reads a list; `value` makes the value of a word from its second column.
    pub(super) fn read(tsv: &'static str, value: impl Fn(&'static str) -> T) -> Self {
        let rows: Vec<_> = tsv
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .map(|(word, rest)| (word, value(rest.split('\t').next().unwrap_or(rest))))
            .collect();
        debug_assert!(rows.is_sorted_by(|a, b| a.0 < b.0), "the list is sorted by bytes");
        Self { rows }
    }

    /// The value of a word, if the list has it.
    pub(super) fn get(&self, word: &str) -> Option<T> {
        let at = self.rows.binary_search_by(|row| row.0.cmp(word)).ok()?;
        Some(self.rows[at].1)
    }

    /// Whether the list has a word.
    pub(super) fn has(&self, word: &str) -> bool {
        self.get(word).is_some()
    }
}

/// A short word in ASCII lowercase, on the stack. A word that is longer or holds other letters is in no list and becomes
/// the empty one.
#[derive(Clone, Copy)]
pub(super) struct Lower {
    bytes: [u8; Self::LONGEST],
    len: usize,
}

impl Lower {
    const LONGEST: usize = 16;

    /// Lowercases characters; typographic apostrophes become straight ones.
    pub(super) fn of(chars: impl IntoIterator<Item = char>) -> Self {
        let mut lower = Self { bytes: [0; Self::LONGEST], len: 0 };
        for character in chars {
            let character = if is_apostrophe(character) { '\'' } else { character };
            if !character.is_ascii() || lower.len == Self::LONGEST {
                return Self { bytes: [0; Self::LONGEST], len: 0 };
            }
            lower.bytes[lower.len] = character.to_ascii_lowercase() as u8;
            lower.len += 1;
        }
        lower
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).expect("only ASCII was put in")
    }
}

/// What stands for an apostrophe inside a word.
pub(super) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | '′' | '＇')
}
