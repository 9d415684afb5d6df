//! Words to pieces: the longest match in the vocabulary, from left to right (Wu et al. 2016).

use dateline_data::fnv;

use super::{
    characters::{Classes, LONGEST_PART, Parts},
    weights::Weights,
};

/// Maximum number of pieces of a token. Further ones are left out.
pub(crate) const MOST_PIECES: usize = 12;

/// Prefix, in the list of pieces, of those that continue a word.
const CONTINUES: &str = "##";

/// The pieces, by text.
#[derive(Debug, Clone)]
pub(crate) struct Vocabulary {
    classes: Classes,
    /// Text of each piece, without the prefix, and true if it continues a word.
    pieces: Vec<(&'static [u8], bool)>,
    /// Open addressing by hash: the end of the hash and the number of a piece. [`EMPTY`] marks an empty slot.
    slots: Vec<(u32, u32)>,
    /// Length of the longest piece in bytes.
    longest: usize,
    unknown: u32,
    first: u32,
    last: u32,
}

const EMPTY: u32 = u32::MAX;

impl Vocabulary {
    /// Reads the list of pieces.
    pub(crate) fn new(weights: &Weights<'static>) -> Self {
        let list = weights.list("pieces");
        let number = |name: &str| {
            let found = list.iter().position(|piece| *piece == name);
            number(found.unwrap_or_else(|| panic!("the vocabulary has no {name}")))
        };
        let capacity = (list.len() * 2).next_power_of_two();
        let mut vocabulary = Self {
            classes: Classes::new(),
            pieces: Vec::with_capacity(list.len()),
            slots: vec![(0, EMPTY); capacity],
            longest: 0,
            unknown: number("[UNK]"),
            first: number("[CLS]"),
            last: number("[SEP]"),
        };
        for piece in list {
            let (text, continues) = match piece.strip_prefix(CONTINUES) {
                Some(text) if !text.is_empty() => (text, true),
                _ => (*piece, false),
            };
            let state = text.bytes().fold(u64::from(continues), step);
            let (mut slot, rest) = vocabulary.slot(state);
            while vocabulary.slots[slot].1 != EMPTY {
                slot = (slot + 1) % capacity;
            }
            vocabulary.slots[slot] = (rest, self::number(vocabulary.pieces.len()));
            vocabulary.longest = vocabulary.longest.max(text.len());
            vocabulary.pieces.push((text.as_bytes(), continues));
        }
        vocabulary
    }

    /// The piece before the first of a window.
    pub(crate) fn first(&self) -> u32 {
        self.first
    }

    /// The piece after the last of a window.
    pub(crate) fn last(&self) -> u32 {
        self.last
    }

    /// Appends the pieces of a token: at least one, [`MOST_PIECES`] at most.
    pub(crate) fn split(&self, token: &str, parts: &mut Parts, pieces: &mut Vec<u32>) {
        let start = pieces.len();
        self.classes.cut(token, MOST_PIECES, parts);
        for (part, n_characters) in parts.iter() {
            let from = pieces.len();
            let is_known = n_characters <= LONGEST_PART && self.split_part(part, pieces);
            if !is_known {
                pieces.truncate(from);
                pieces.push(self.unknown);
            }
        }
        pieces.truncate(start + MOST_PIECES);
        if pieces.len() == start {
            pieces.push(self.unknown);
        }
    }

    /// Returns false if a rest has no pieces.
    fn split_part(&self, part: &str, pieces: &mut Vec<u32>) -> bool {
        let mut rest = part;
        while !rest.is_empty() {
            let Some((piece, length)) = self.longest_match(rest, rest.len() < part.len()) else {
                return false;
            };
            pieces.push(piece);
            rest = &rest[length..];
        }
        true
    }

    /// Finds the longest piece that the text begins with; returns its number and its length in bytes.
    fn longest_match(&self, text: &str, continues: bool) -> Option<(u32, usize)> {
        let mut state = u64::from(continues);
        let mut best = None;
        for (at, byte) in text.bytes().take(self.longest).enumerate() {
            state = step(state, byte);
            let (mut slot, rest) = self.slot(state);
            while self.slots[slot].1 != EMPTY {
                let (found_rest, piece) = self.slots[slot];
                if found_rest == rest
                    && self.pieces[piece as usize] == (&text.as_bytes()[..=at], continues)
                {
                    best = Some((piece, at + 1));
                    break;
                }
                slot = (slot + 1) % self.slots.len();
            }
        }
        best
    }

    /// Returns the slot to look at first, and what to compare before the text.
    fn slot(&self, state: u64) -> (usize, u32) {
        let hash = state.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let slot = usize::try_from(hash >> 32).expect("32 bits fit") % self.slots.len();
        (slot, u32::try_from(state & 0xFFFF_FFFF).expect("32 bits fit"))
    }
}

/// Takes a byte into the state of the hash.
fn step(state: u64, byte: u8) -> u64 {
    fnv::hash_64(state, [byte])
}

fn number(index: usize) -> u32 {
    u32::try_from(index).expect("few pieces")
}

#[cfg(all(test, careful))]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_pieces_of_the_training() {
        let weights = Weights::read(crate::encoder::WEIGHTS.expect("weights"));
        let vocabulary = Vocabulary::new(&weights);
        for row in dateline_data::rows(include_str!("../../tests/data/pieces.tsv")) {
            let [word, expected] = row.columns().unwrap();
            let mut pieces = Vec::new();
            vocabulary.split(word, &mut Parts::default(), &mut pieces);
            let list = weights.list("pieces");
            let read: Vec<&str> = pieces.iter().map(|piece| list[*piece as usize]).collect();
            assert_eq!(read.join(" "), expected, "{word}");
        }
    }
}
