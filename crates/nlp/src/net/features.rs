//! Features of a token: a row of the embedding table for each of six views of its letters.
//!
//! The views are the folded word, the word as written, its last three and last two letters, its first three, and its shape.
//! Folded words are looked up in the vocabulary; the other views are hashed, and unrelated ones may share a row. Trainer and
//! predictor use the same functions, so they cannot drift apart.

use dateline_data::fnv;

use crate::typography::plain;

/// Number of views of a token. Each gives one row.
pub(crate) const VIEWS: usize = 6;

/// Number of hashed rows of each view except the first; powers of two.
const HASHED: [u32; VIEWS - 1] = [8192, 4096, 1024, 4096, 1024];

/// Maximum length of a folded word in bytes. Longer words are cut; no vocabulary has them.
const LONGEST: usize = 40;

/// Words with an embedding row of their own. Row 0 stands for all others.
#[derive(Debug, Clone)]
pub(crate) struct Vocabulary {
    /// Open addressing by hash: (hash, row). Row 0 marks an empty slot. The number of slots is a power of two.
    slots: Vec<(u64, u32)>,
    n_words: u32,
}

impl Vocabulary {
    /// Assigns rows 1, 2, … in order. Words must be folded and distinct.
    pub(crate) fn new<'w>(words: impl ExactSizeIterator<Item = &'w str>) -> Self {
        let capacity = (words.len() * 2).next_power_of_two().max(2);
        let mut slots = vec![(0, 0); capacity];
        let mut n_words = 0;
        for word in words {
            n_words += 1;
            let hash = hash(0, word.as_bytes());
            let mut slot = first_slot(hash, capacity);
            while slots[slot].1 != 0 {
                slot = (slot + 1) & (capacity - 1);
            }
            slots[slot] = (hash, n_words);
        }
        Self { slots, n_words }
    }

    /// Returns the row of a folded word, or 0 if it is unknown.
    fn row(&self, word: &[u8]) -> u32 {
        let hash = hash(0, word);
        let mut slot = first_slot(hash, self.slots.len());
        loop {
            match self.slots[slot] {
                (_, 0) => return 0,
                (found, row) if found == hash => return row,
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// Number of rows of the embedding table.
    #[cfg(any(feature = "train", test))]
    pub(crate) fn n_rows(&self) -> usize {
        (self.n_words + 1 + HASHED.iter().sum::<u32>()) as usize
    }
}

fn first_slot(hash: u64, capacity: usize) -> usize {
    usize::try_from(hash >> 20).expect("44 bits fit") & (capacity - 1)
}

/// Returns the rows of a token. `scratch` is reused from token to token.
pub(crate) fn rows(token: &str, vocabulary: &Vocabulary, scratch: &mut Scratch) -> [u32; VIEWS] {
    scratch.fill(token);
    let folded = &scratch.folded[..];
    let last = |count: usize| &folded[back(folded, count)..];
    let first = &folded[..forth(folded, 3)];
    let hashed = [&scratch.written[..], last(3), last(2), first, &scratch.shape[..]];
    let mut rows = [vocabulary.row(folded); VIEWS];
    let mut start = vocabulary.n_words + 1;
    for (view, (letters, size)) in hashed.into_iter().zip(HASHED).enumerate() {
        let hash = hash(u64::try_from(view).expect("few views") + 1, letters);
        rows[view + 1] =
            start + u32::try_from((hash >> 20) & u64::from(size - 1)).expect("a row fits");
        start += size;
    }
    rows
}

/// Folds a word as in the vocabulary: lowercase, digits as `0`, straight quotes.
#[cfg(feature = "train")]
pub(crate) fn fold(token: &str) -> String {
    let mut scratch = Scratch::default();
    scratch.fill(token);
    String::from_utf8_lossy(&scratch.folded).into_owned()
}

/// The current token: folded, as written, and as a shape.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    folded: Vec<u8>,
    written: Vec<u8>,
    shape: Vec<u8>,
}

impl Scratch {
    fn fill(&mut self, token: &str) {
        self.folded.clear();
        self.written.clear();
        self.shape.clear();
        let mut run = (0, 0);
        for character in token.chars() {
            if self.folded.len() >= LONGEST {
                break;
            }
            let plain = plain(character);
            push(&mut self.written, if plain.is_ascii_digit() { '0' } else { plain });
            if plain.is_ascii() {
                self.folded.push(if plain.is_ascii_digit() {
                    b'0'
                } else {
                    plain.to_ascii_lowercase() as u8
                });
            } else {
                plain.to_lowercase().for_each(|lower| push(&mut self.folded, lower));
            }
            let class = if plain.is_lowercase() {
                b'x'
            } else if plain.is_uppercase() {
                b'X'
            } else if plain.is_ascii_digit() {
                b'0'
            } else if plain.is_alphabetic() {
                b'o'
            } else {
                u8::try_from(plain).unwrap_or(b'~')
            };
            run = if class == run.0 { (class, run.1 + 1) } else { (class, 1) };
            if run.1 <= 3 {
                self.shape.push(class);
            }
        }
    }
}

fn push(bytes: &mut Vec<u8>, character: char) {
    bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

/// Returns the offset of the last `count` characters.
fn back(bytes: &[u8], count: usize) -> usize {
    let starts = |byte: &u8| byte & 0xC0 != 0x80;
    bytes
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, byte)| starts(byte))
        .nth(count - 1)
        .map_or(0, |(offset, _)| offset)
}

/// Returns the offset after the first `count` characters.
fn forth(bytes: &[u8], count: usize) -> usize {
    let starts = |byte: &u8| byte & 0xC0 != 0x80;
    bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| starts(byte))
        .nth(count)
        .map_or(bytes.len(), |(offset, _)| offset)
}

/// A seeded FNV-1a hash, mixed once more so that every bit depends on every byte. The model was trained with it.
fn hash(seed: u64, bytes: &[u8]) -> u64 {
    let mut hash = fnv::hash_64(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15), bytes.iter().copied());
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_share_a_row_in_any_case() {
        let vocabulary = Vocabulary::new(["talks", "0000", "don't"].into_iter());
        let row = |token: &str| rows(token, &vocabulary, &mut Scratch::default())[0];
        assert_eq!([row("Talks"), row("1998"), row("don\u{2019}t"), row("unheard")], [1, 2, 3, 0]);
    }

    #[test]
    fn every_row_is_within_the_table() {
        let vocabulary = Vocabulary::new(["a"].into_iter());
        for token in ["", "a", "\u{0}", "\u{1F600}\u{1F600}", "\u{301}\u{301}", &"x".repeat(10_000)]
        {
            for row in rows(token, &vocabulary, &mut Scratch::default()) {
                assert!((row as usize) < vocabulary.n_rows());
            }
        }
    }

    #[test]
    fn ends_are_cut_between_characters() {
        assert_eq!(
            &"\u{e9}t\u{e9}s".as_bytes()[back("\u{e9}t\u{e9}s".as_bytes(), 2)..],
            "\u{e9}s".as_bytes()
        );
        assert_eq!(forth("\u{e9}t\u{e9}s".as_bytes(), 3), 5);
    }
}
