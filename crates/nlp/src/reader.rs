//! The interface of a reader of text, of which there can be several.

use std::fmt::Debug;

use crate::{
    Analysis, English, Segmentation, Span,
    segment::{segment, segment_within},
};

/// A reader of text: it finds tags, lemmas, trees and names.
///
/// [`English`] implements it for both kinds of reader ([`ReaderKind`](crate::ReaderKind)). A model of your own, or another
/// language, is another implementation. The readers of a language share segmentation, so the tokens of a text do not depend on
/// the choice.
///
/// A program that chooses at run time holds a `Box<dyn Reader>`:
///
/// ```
/// use dateline_nlp::{English, Reader, ReaderKind};
///
/// fn reader(language: &str) -> Option<Box<dyn Reader>> {
///     match language {
///         "en" => Some(Box::new(English::new(ReaderKind::best()))),
///         _ => None,
///     }
/// }
///
/// let reader = reader("en").expect("a known language");
/// let analysis = reader.analyze("Talks resumed.");
/// assert_eq!(analysis.n_tokens(), 3);
/// ```
pub trait Reader: Debug + Send + Sync {
    /// Reads a text whose sentences and tokens are known.
    fn annotate<'t>(&self, text: &'t str, segmentation: &Segmentation) -> Analysis<'t>;

    /// Reads a text. Never fails; a text without words has no sentences.
    fn analyze<'t>(&self, text: &'t str) -> Analysis<'t> {
        self.annotate(text, &segment(text))
    }

    /// Reads part of a text as if nothing surrounded it. Spans count from the start of the whole text.
    ///
    /// # Panics
    ///
    /// If the part does not lie on character boundaries of the text.
    fn analyze_within<'t>(&self, text: &'t str, part: Span) -> Analysis<'t> {
        self.annotate(text, &segment_within(text, part))
    }
}

impl Reader for English {
    fn annotate<'t>(&self, text: &'t str, segmentation: &Segmentation) -> Analysis<'t> {
        Self::annotate(self, text, segmentation)
    }
}
