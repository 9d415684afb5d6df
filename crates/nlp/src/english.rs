//! The one door to the language layer.

use crate::{Analysis, Segmentation, lemma, segment};

/// English, ready to read: the compiled-in model.
///
/// Reading takes `&self`; one value serves any number of threads.
#[derive(Debug)]
pub struct English {}

impl English {
    /// Unpacks the compiled-in model.
    pub fn new() -> Self {
        Self {}
    }

    /// Reads a text: sentences, tokens, tags, lemmas, trees and names. Never fails; a text without words has no sentence.
    pub fn analyze<'t>(&self, text: &'t str) -> Analysis<'t> {
        self.annotate(text, &segment(text))
    }

    /// Reads a text whose sentences and tokens are known already.
    pub fn annotate<'t>(&self, text: &'t str, segmentation: &Segmentation) -> Analysis<'t> {
        let mut analysis = Analysis::from_segmentation(text, segmentation);
        lemma::lemmatize(&mut analysis);
        analysis
    }
}

impl Default for English {
    fn default() -> Self {
        Self::new()
    }
}
