//! Windows: stretches of a sentence that are read in one piece, and batches of them.
//!
//! An ordinary sentence is one window. A longer one is cut after a comma or the like where there is one, so any text is read in
//! linear time with bounded memory. A batch holds several windows, because the weights are then loaded once for all of them;
//! no result depends on what else is in the batch.

use std::ops::Range;

use super::{
    characters::Parts,
    letter_case::{self, OUTSIDE},
    pieces::Vocabulary,
};
use crate::analysis::TokenRecord;

/// Maximum number of pieces of a window, without the two around it.
pub(crate) const MOST_PIECES: usize = 200;

/// Number of pieces from which a batch is full.
const FULL: usize = 128;

/// Consecutive tokens of a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Window {
    /// The tokens.
    pub(crate) tokens: Range<u32>,
    /// Their pieces, with one before and one after.
    pub(crate) pieces: Range<usize>,
    /// The vectors that the encoder returns: one for the root and one for each token.
    pub(crate) vectors: Range<usize>,
}

/// Windows that are encoded together.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) windows: Vec<Window>,
    pub(crate) pieces: Vec<u32>,
    /// Case of each piece.
    pub(crate) cases: Vec<u8>,
    /// The piece of each vector.
    pub(crate) leading: Vec<usize>,
    parts: Parts,
}

impl Batch {
    /// Removes all windows.
    pub(crate) fn clear(&mut self) {
        self.windows.clear();
        self.pieces.clear();
        self.cases.clear();
        self.leading.clear();
    }

    /// Returns true if it should be encoded before more is added.
    pub(crate) fn is_full(&self) -> bool {
        self.pieces.len() >= FULL
    }

    /// Adds the first tokens of the rest of a sentence, as many as a window has. Returns the number of tokens.
    pub(crate) fn add(
        &mut self,
        vocabulary: &Vocabulary,
        text: &str,
        rows: &[TokenRecord],
        sentence: u32,
        rest: Range<u32>,
    ) -> u32 {
        let from = self.pieces.len();
        let first_vector = self.leading.len();
        self.push(vocabulary.first());
        // Number of pieces and vectors after the last token that the window may end with.
        let mut cut = None;
        let mut end = rest.start;
        while end < rest.end {
            let token = rows[end as usize].span.of(text);
            let before = self.pieces.len();
            vocabulary.split(token, &mut self.parts, &mut self.pieces);
            if self.pieces.len() - from > MOST_PIECES + 1 {
                let (kept, pieces) = cut.unwrap_or((end, before));
                end = kept;
                self.pieces.truncate(pieces);
                self.cases.truncate(pieces);
                self.leading.truncate(first_vector + 1 + (kept - rest.start) as usize);
                break;
            }
            self.leading.push(before);
            self.cases.resize(self.pieces.len(), letter_case::case(token, end == sentence));
            end += 1;
            if is_stop(token) && self.pieces.len() - from > MOST_PIECES / 2 {
                cut = Some((end, self.pieces.len()));
            }
        }
        self.pieces.push(vocabulary.last());
        self.cases.push(OUTSIDE);
        self.windows.push(Window {
            tokens: rest.start..end,
            pieces: from..self.pieces.len(),
            vectors: first_vector..self.leading.len(),
        });
        end - rest.start
    }

    /// Adds a piece that is no part of a token.
    fn push(&mut self, piece: u32) {
        self.leading.push(self.pieces.len());
        self.pieces.push(piece);
        self.cases.push(OUTSIDE);
    }
}

/// Returns true for a mark after which a long sentence may be cut.
fn is_stop(token: &str) -> bool {
    token.ends_with([',', ';', ':', '.', '!', '?', '\u{2026}', '\u{2013}', '\u{2014}', '|', ')'])
}
