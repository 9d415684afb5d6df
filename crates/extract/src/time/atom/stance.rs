//! Input and output of a family of atoms.

use crate::time::parts::Parts;

/// The parts a family read, and the index of the token after them.
pub(in crate::time) type Atom = (Parts, usize);

/// Position of an atom in its phrase: *2020* after *June* is a year; alone it needs more context to be one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::time) enum Stance<'p> {
    /// First in its phrase.
    Alone,
    /// After these parts of the same date.
    Behind(&'p Parts),
}

impl Stance<'_> {
    /// Returns true if the atom follows parts that pass a test, such as a weekday or a month.
    pub(in crate::time) fn is_behind(self, test: impl Fn(&Parts) -> bool) -> bool {
        match self {
            Self::Alone => false,
            Self::Behind(parts) => test(parts),
        }
    }
}
