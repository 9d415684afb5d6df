//! Windows: consecutive sentences that are read in one piece, and batches of them.
//!
//! A window takes sentences until it is full, so that each is read with what was told before. A sentence that is too long for any
//! window is cut after a comma or the like where there is one, so any text is read in linear time with bounded memory. A batch
//! holds several windows, because the weights are then loaded once for all of them; no result depends on what else is in the
//! batch.

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

/// Consecutive tokens that are read together.
#[derive(Debug, Clone)]
pub(crate) struct Window {
    /// The tokens.
    pub(crate) tokens: Range<u32>,
    /// Their pieces, with one before and one after.
    pub(crate) pieces: Range<usize>,
    /// The vectors that the encoder returns: one for the root and one for each token.
    pub(crate) vectors: Range<usize>,
}

/// A sentence in a window, or the part of one that the window holds.
#[derive(Debug, Clone)]
pub(crate) struct Stretch {
    /// The tokens.
    pub(crate) tokens: Range<u32>,
    /// Their vectors.
    pub(crate) vectors: Range<usize>,
    /// The vector of the root of the window.
    pub(crate) root: usize,
}

/// Windows that are encoded together.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) windows: Vec<Window>,
    pub(crate) stretches: Vec<Stretch>,
    pub(crate) pieces: Vec<u32>,
    /// Case of each piece.
    pub(crate) cases: Vec<u8>,
    /// The piece of each vector.
    pub(crate) leading: Vec<usize>,
    /// True while the last window takes more.
    is_open: bool,
    next: Next,
}

/// A stretch before it is put into a window.
#[derive(Debug, Default)]
struct Next {
    pieces: Vec<u32>,
    cases: Vec<u8>,
    /// First piece of each token.
    leading: Vec<usize>,
    parts: Parts,
}

impl Batch {
    /// Removes all windows.
    pub(crate) fn clear(&mut self) {
        self.windows.clear();
        self.stretches.clear();
        self.pieces.clear();
        self.cases.clear();
        self.leading.clear();
    }

    /// Returns true if it should be encoded before more is added: it has enough windows, and none is open.
    pub(crate) fn is_full(&self) -> bool {
        !self.is_open && self.pieces.len() >= FULL
    }

    /// Splits the first tokens of the rest of a sentence, as many as a window has. Returns the number of tokens, which
    /// [`add`](Self::add) adds.
    pub(crate) fn split(
        &mut self,
        vocabulary: &Vocabulary,
        text: &str,
        rows: &[TokenRecord],
        sentence: u32,
        rest: Range<u32>,
    ) -> u32 {
        let next = &mut self.next;
        next.pieces.clear();
        next.cases.clear();
        next.leading.clear();
        // Number of tokens and pieces that the stretch may end with.
        let mut cut = None;
        for at in rest.clone() {
            let token = rows[at as usize].span.of(text);
            let before = next.pieces.len();
            vocabulary.split(token, &mut next.parts, &mut next.pieces);
            if next.pieces.len() > MOST_PIECES {
                let (kept, pieces) = cut.unwrap_or((next.leading.len(), before));
                next.pieces.truncate(pieces);
                next.cases.truncate(pieces);
                next.leading.truncate(kept);
                break;
            }
            next.leading.push(before);
            next.cases.resize(next.pieces.len(), letter_case::case(token, at == sentence));
            if is_stop(token) && next.pieces.len() >= MOST_PIECES / 2 {
                cut = Some((next.leading.len(), next.pieces.len()));
            }
        }
        u32::try_from(self.next.leading.len()).expect("a window is short")
    }

    /// Returns true if the open window has no room for what was split, so that [`close`](Self::close) comes first. `room` is the
    /// number of pieces of an ordinary window.
    pub(crate) fn is_crowded(&self, room: usize) -> bool {
        let held = |window: &Window| self.pieces.len() - window.pieces.start - 1;
        self.is_open
            && self
                .windows
                .last()
                .is_some_and(|window| held(window) + self.next.pieces.len() > room)
    }

    /// Adds what was split, to the open window or as a new one. `start` is the first of its tokens.
    pub(crate) fn add(&mut self, vocabulary: &Vocabulary, start: u32) {
        if !self.is_open {
            let (pieces, vectors) = (self.pieces.len(), self.leading.len());
            self.leading.push(pieces);
            self.pieces.push(vocabulary.first());
            self.cases.push(OUTSIDE);
            self.windows.push(Window {
                tokens: start..start,
                pieces: pieces..pieces,
                vectors: vectors..vectors,
            });
            self.is_open = true;
        }
        let window = self.windows.last_mut().expect("a window is open");
        let (base, from) = (self.pieces.len(), self.leading.len());
        self.leading.extend(self.next.leading.iter().map(|first| base + first));
        self.pieces.extend_from_slice(&self.next.pieces);
        self.cases.extend_from_slice(&self.next.cases);
        let n_tokens = u32::try_from(self.next.leading.len()).expect("a window is short");
        window.tokens.end = start + n_tokens;
        self.stretches.push(Stretch {
            tokens: start..start + n_tokens,
            vectors: from..self.leading.len(),
            root: window.vectors.start,
        });
    }

    /// Closes the open window, if there is one.
    pub(crate) fn close(&mut self, vocabulary: &Vocabulary) {
        if !std::mem::take(&mut self.is_open) {
            return;
        }
        self.pieces.push(vocabulary.last());
        self.cases.push(OUTSIDE);
        let window = self.windows.last_mut().expect("a window is open");
        window.pieces.end = self.pieces.len();
        window.vectors.end = self.leading.len();
    }
}

/// Returns true for a mark after which a long sentence may be cut.
fn is_stop(token: &str) -> bool {
    token.ends_with([',', ';', ':', '.', '!', '?', '\u{2026}', '\u{2013}', '\u{2014}', '|', ')'])
}
