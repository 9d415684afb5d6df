//! The closed code lists a record draws on: PLOVER types, modes, contexts, sectors and quad classes, CAMEO codes with
//! their Goldstein scores, and country codes.
//!
//! PLOVER is read as in its 0.8 draft (the 16 types POLECAT uses); sources and licenses are in `NOTICE`.

mod cameo;
mod country;
mod plover;

use std::fmt;

pub use cameo::Cameo;
pub use country::Country;
pub use plover::{Context, Mode, PloverType, Quad, Sector};

/// Text that is no code of the list it was read for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeError {
    read: String,
    expected: &'static str,
}

impl CodeError {
    pub(crate) fn new(read: &str, expected: &'static str) -> Self {
        Self { read: read.to_owned(), expected }
    }
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "read `{}`, expected {}", self.read, self.expected)
    }
}

impl std::error::Error for CodeError {}
