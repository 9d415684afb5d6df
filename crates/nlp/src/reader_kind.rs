//! The two readers of English.

use std::fmt;

use dateline_data::labels;

use crate::encoder;

labels! {
    /// One of the two readers of English.
    ///
    /// Both share segmentation, so the sentences and tokens of a text do not depend on the reader. The careful one finds better
    /// tags, trees and names; the fast one takes a fraction of the time and memory. The careful reader is compiled in with the
    /// feature `careful`.
    ///
    /// The default is always the fast reader, so that a library reads the same whatever features another crate switches on.
    ///
    /// ```
    /// use dateline_nlp::{English, ReaderKind};
    ///
    /// let kind: ReaderKind = "fast".parse()?;
    /// assert!(kind.is_available());
    /// assert_eq!(English::new(kind).kind(), ReaderKind::default());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub enum ReaderKind, "a reader, `careful` or `fast`" {
        /// A contextual encoder: more accurate, slower.
        Careful = "careful",
        /// A small network: less accurate, many times faster.
        Fast = "fast",
    }
}

impl ReaderKind {
    /// Returns whether this build has the reader. Every build has the fast one.
    pub fn is_available(self) -> bool {
        match self {
            Self::Careful => encoder::WEIGHTS.is_some(),
            Self::Fast => true,
        }
    }

    /// Returns the reader if this build has it.
    ///
    /// # Errors
    ///
    /// [`MissingReader`] if it is not compiled in.
    pub fn require(self) -> Result<Self, MissingReader> {
        if self.is_available() { Ok(self) } else { Err(MissingReader(self)) }
    }

    /// Returns the most accurate reader of this build.
    pub fn best() -> Self {
        if Self::Careful.is_available() { Self::Careful } else { Self::Fast }
    }
}

/// The error that a build does not have a reader.
///
/// ```
/// use dateline_nlp::ReaderKind;
///
/// if let Err(error) = ReaderKind::Careful.require() {
///     let expected = "this build has no careful reader; it was built without the feature `careful`";
///     assert_eq!(error.to_string(), expected);
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingReader(ReaderKind);

impl fmt::Display for MissingReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.0;
        write!(f, "this build has no {kind} reader; it was built without the feature `{kind}`")
    }
}

impl std::error::Error for MissingReader {}

impl Default for ReaderKind {
    /// The fast reader, in every build.
    fn default() -> Self {
        Self::Fast
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_reader_is_available() {
        assert!(ReaderKind::best().is_available());
        assert_eq!(ReaderKind::best() == ReaderKind::Careful, ReaderKind::Careful.is_available());
    }

    #[test]
    fn the_default_reader_does_not_depend_on_features() {
        assert_eq!(ReaderKind::default(), ReaderKind::Fast);
    }
}
