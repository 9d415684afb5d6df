//! Short lowercase words on the stack.

/// A short word in ASCII lowercase, to look up in a word list without allocating.
///
/// A word that is longer than `LONGEST` bytes or has letters beyond ASCII is in no list, and becomes the empty word.
/// Typographic apostrophes become straight ones.
///
/// ```
/// use dateline_data::Lower;
/// assert_eq!(Lower::<20>::of("O’Clock").as_str(), "o'clock");
/// assert_eq!(Lower::<4>::of("Wednesday").as_str(), "");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lower<const LONGEST: usize> {
    bytes: [u8; LONGEST],
    len: u8,
}

impl<const LONGEST: usize> Lower<LONGEST> {
    const EMPTY: Self = Self { bytes: [0; LONGEST], len: 0 };

    /// Lowercases a word.
    pub fn of(word: &str) -> Self {
        Self::of_chars(word.chars())
    }

    /// Lowercases an abbreviation or word: like [`of`](Self::of), without one full stop at the end (`Sept.` is `sept`).
    pub fn without_stop(word: &str) -> Self {
        Self::of(word.strip_suffix('.').unwrap_or(word))
    }

    /// Lowercases a word given by its characters.
    pub fn of_chars(characters: impl IntoIterator<Item = char>) -> Self {
        const { assert!(LONGEST <= u8::MAX as usize, "the length is kept in a byte") };
        let mut lower = Self::EMPTY;
        for character in characters {
            let character = if is_apostrophe(character) { '\'' } else { character };
            if !character.is_ascii() || usize::from(lower.len) == LONGEST {
                return Self::EMPTY;
            }
            lower.bytes[usize::from(lower.len)] = character.to_ascii_lowercase() as u8;
            lower.len += 1;
        }
        lower
    }

    /// The word.
    ///
    /// # Panics
    ///
    /// Never: only ASCII is put in.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).expect("only ASCII is written")
    }
}

/// Whether a character is used as an apostrophe inside a word.
///
/// Texts use quotation marks, grave and acute accents, primes and full-width forms for it.
pub fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | '′' | '＇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_foreign_words_are_empty() {
        assert_eq!(Lower::<20>::without_stop("Sept.").as_str(), "sept");
        assert_eq!(Lower::<20>::of("Sept.").as_str(), "sept.");
        assert_eq!(Lower::<20>::of("O’Clock").as_str(), "o'clock");
        assert_eq!(Lower::<20>::of("février").as_str(), "");
        assert_eq!(Lower::<20>::of(&"x".repeat(20)).as_str().len(), 20);
        assert_eq!(Lower::<20>::of(&"x".repeat(21)).as_str(), "");
    }
}
