//! Where a list goes on: the place of an item in the order of its list, to begin behind.
//!
//! A list that is asked for in parts is asked by place, not by number: items that come or go meanwhile neither repeat others nor
//! push them out.

use std::{fmt, str::FromStr};

use crate::error::{Result, StoreError};

/// Parts of a cursor, between two of which stands this.
const BETWEEN: char = '_';

/// The place of an item in its list. Its text is to be handed back as it came; what it says is the list's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(Vec<String>);

impl Cursor {
    /// The place behind so many items, in a list that has no other order than its own.
    pub fn behind(n: usize) -> Self {
        Self(vec![n.to_string()])
    }

    /// So many items, in such a list.
    ///
    /// # Errors
    ///
    /// If it is the cursor of another list.
    pub fn passed(&self) -> std::result::Result<usize, StoreError> {
        self.to_string().parse().map_err(|_| StoreError::Cursor(self.to_string()))
    }

    pub(crate) fn new<const N: usize>(parts: [String; N]) -> Self {
        Self(parts.into())
    }

    /// The parts, for a list whose items are placed by so many.
    pub(crate) fn parts<const N: usize>(&self) -> Result<[&str; N]> {
        let parts: Vec<&str> = self.0.iter().map(String::as_str).collect();
        parts.try_into().map_err(|_| self.refused())
    }

    /// A part that is a number.
    pub(crate) fn number(&self, part: &str) -> Result<i64> {
        part.parse().map_err(|_| self.refused())
    }

    fn refused(&self) -> crate::error::Failure {
        StoreError::Cursor(self.to_string()).into()
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, part) in self.0.iter().enumerate() {
            if nth > 0 {
                write!(f, "{BETWEEN}")?;
            }
            f.write_str(part)?;
        }
        Ok(())
    }
}

impl FromStr for Cursor {
    type Err = StoreError;

    fn from_str(text: &str) -> std::result::Result<Self, StoreError> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-:.+".contains(c) || c == BETWEEN;
        if text.is_empty() || text.len() > 200 || !text.chars().all(is_plain) {
            return Err(StoreError::Cursor(text.to_owned()));
        }
        Ok(Self(text.split(BETWEEN).map(str::to_owned).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was() {
        let cursor = Cursor::new(["2021-06-16T10:00".to_owned(), "48".to_owned()]);
        assert_eq!(cursor.to_string(), "2021-06-16T10:00_48");
        assert_eq!("2021-06-16T10:00_48".parse::<Cursor>().unwrap(), cursor);
        assert_eq!(cursor.parts::<2>().unwrap()[1], "48");
        assert!(cursor.parts::<3>().is_err());
        assert!("' OR 1".parse::<Cursor>().is_err());
        assert!("".parse::<Cursor>().is_err());
    }
}
