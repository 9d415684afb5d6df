//! Lines of an actor file that could not be used.

use std::fmt;

/// Line of an actor file that was ignored, in full or in part. The rest of the file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BadLine {
    /// Line number, from 1.
    pub line: usize,
    /// Text of the line; cut if it is long.
    pub read: String,
    /// Description of what was expected instead.
    pub expected: &'static str,
    /// Consequence for the line, and how to correct it.
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

/// Displays what was read, what was expected, and the cure, without the line number.
impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "read `{}`, expected {}; {}", self.read, self.expected, self.cure)
    }
}
