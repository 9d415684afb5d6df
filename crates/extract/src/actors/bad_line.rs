//! A line of an actor file that could not be used, and what to do about it.

use std::fmt;

/// A line of an actor file that could not be used, or not wholly; the rest of the file was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// The number of the line, from 1.
    pub line: usize,
    /// What stood there, cut if it is long.
    pub read: String,
    /// What was expected in its place.
    pub expected: &'static str,
    /// What became of it and how to mend it.
    pub cure: &'static str,
}

impl BadLine {
    pub(super) fn new(
        number: usize,
        read: &str,
        expected: &'static str,
        cure: &'static str,
    ) -> Self {
        const SHOWN: usize = 60;
        let mut shown: String = read.chars().take(SHOWN).collect();
        if shown.len() < read.len() {
            shown.push('…');
        }
        Self { line: number, read: shown, expected, cure }
    }
}

/// All but the line number: what was read, what was expected, and the cure.
impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "read `{}`, expected {}; {}", self.read, self.expected, self.cure)
    }
}
