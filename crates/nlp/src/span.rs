//! Spans: half-open byte ranges into the text as read.

use std::{fmt, ops::Range};

/// A half-open range of bytes in a text, on character boundaries.
///
/// Holds `start <= end`. Offsets are `u32`: a text longer than 4 GiB is not read in one piece.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span from byte `start` up to, not including, byte `end`.
    ///
    /// # Panics
    ///
    /// If `start > end` or `end` does not fit in 32 bits.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span runs forward, not from {start} to {end}");
        let fit = |offset: usize| u32::try_from(offset).expect("texts are shorter than 4 GiB");
        Self { start: fit(start), end: fit(end) }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// The range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words of the span.
    ///
    /// # Panics
    ///
    /// If the span was made for another text and does not lie on character boundaries of this one.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether all of `other` lies in this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
