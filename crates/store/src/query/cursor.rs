//! Cursors: positions in a list, for reading it in parts.
//!
//! A cursor is the position of an item in the order of its list, not a count. Items added or removed between two parts do not make
//! others appear twice or not at all.

use std::{fmt, str::FromStr};

use crate::error::{Result, StoreError};

/// Separator between the parts of a cursor.
const BETWEEN: char = '_';

/// Position of an item in a list. The functions that list items give one with each, and the `after` of a filter takes it.
///
/// Its text is opaque: print it with [`Display`](fmt::Display) and read it back with [`FromStr`].
///
/// ```
/// use std::path::Path;
/// use dateline_store::{EventFilter, Ledger};
///
/// # fn main() -> Result<(), dateline_store::StoreError> {
/// let ledger = Ledger::open(Path::new("tests/data/schema-5.db"))?;
/// let filter = EventFilter::new().limit(2);
/// let mut last = None;
/// ledger.each_event_row(&filter, &mut |_, cursor| {
///     last = Some(cursor);
///     true
/// })?;
/// let next_page = ledger.timeline(&filter.clone().after(last))?;
/// assert_ne!(next_page[0].id, ledger.timeline(&filter)?[0].id);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(Vec<String>);

impl Cursor {
    /// Returns the cursor after the first `n` items, for a list that is ordered by relevance and has no other positions.
    pub fn at_offset(n: usize) -> Self {
        Self(vec![n.to_string()])
    }

    /// Returns the number of items before the position, the inverse of [`Cursor::at_offset`].
    ///
    /// # Errors
    ///
    /// [`StoreError::Cursor`] if this is the cursor of another list.
    pub fn offset(&self) -> std::result::Result<usize, StoreError> {
        self.to_string().parse().map_err(|_| StoreError::Cursor(self.to_string()))
    }

    pub(crate) fn new<const N: usize>(parts: [String; N]) -> Self {
        Self(parts.into())
    }

    /// Returns the parts, for a list whose cursors have `N` of them.
    pub(crate) fn parts<const N: usize>(&self) -> Result<[&str; N]> {
        let parts: Vec<&str> = self.0.iter().map(String::as_str).collect();
        parts.try_into().map_err(|_| self.refused())
    }

    /// Reads a part as a number.
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
    fn the_text_of_a_cursor_reads_back() {
        let cursor = Cursor::new(["2021-06-16T10:00".to_owned(), "48".to_owned()]);
        assert_eq!(cursor.to_string(), "2021-06-16T10:00_48");
        assert_eq!("2021-06-16T10:00_48".parse::<Cursor>().unwrap(), cursor);
        assert_eq!(cursor.parts::<2>().unwrap()[1], "48");
        assert!(cursor.parts::<3>().is_err());
        assert!("' OR 1".parse::<Cursor>().is_err());
        assert!("".parse::<Cursor>().is_err());
    }
}
