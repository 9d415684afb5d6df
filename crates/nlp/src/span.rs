//! Spans: half-open byte ranges of a text.

use std::{fmt, ops::Range};

/// A half-open range of bytes in a text, on character boundaries.
///
/// `start <= end` always holds. Offsets are `u32`, so a text is limited to 4 GiB.
///
/// ```
/// use dateline_nlp::Span;
///
/// let span = Span::new(6, 13);
/// assert_eq!(span.of("Talks resumed."), "resumed");
/// assert!(span.overlaps(Span::new(0, 7)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Creates the span from byte `start` up to, but not including, byte `end`.
    ///
    /// # Panics
    ///
    /// If `start > end` or `end` does not fit in 32 bits.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span runs forward, not from {start} to {end}");
        let fit = |offset: usize| u32::try_from(offset).expect("texts are shorter than 4 GiB");
        Self { start: fit(start), end: fit(end) }
    }

    /// Offset of the first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// Offset after the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Returns the span as a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Returns true if the span is empty.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns the text of the span.
    ///
    /// # Panics
    ///
    /// If the span does not lie on character boundaries of the text.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Returns the smallest span that contains both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Returns true if the spans share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns true if all of `other` lies in this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
