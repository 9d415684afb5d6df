//! The one door to the language layer.

use crate::{
    Analysis, Segmentation, Span, lemma,
    net::Predictor,
    segment::{segment, segment_within},
};

/// English, ready to read: the compiled-in model.
///
/// Reading takes `&self`; one value serves any number of threads.
#[derive(Debug)]
pub struct English {
    predictor: Predictor,
}

impl English {
    /// Unpacks the compiled-in model.
    pub fn new() -> Self {
        Self::with_weights(include_bytes!("../model/english.weights"))
    }

    /// Unpacks weights other than the compiled-in ones.
    ///
    /// # Panics
    ///
    /// If they are not weights of this build.
    pub fn with_weights(weights: &[u8]) -> Self {
        Self { predictor: Predictor::new(weights) }
    }

    /// Reads a text: sentences, tokens, tags, lemmas, trees and names. Never fails; a text without words has no sentence.
    pub fn analyze<'t>(&self, text: &'t str) -> Analysis<'t> {
        self.annotate(text, &segment(text))
    }

    /// Reads a part of a text as if nothing stood around it; all spans count from the start of the whole text.
    ///
    /// # Panics
    ///
    /// If the part does not lie on character boundaries of the text.
    pub fn analyze_within<'t>(&self, text: &'t str, part: Span) -> Analysis<'t> {
        self.annotate(text, &segment_within(text, part))
    }

    /// Reads a text whose sentences and tokens are known already.
    pub fn annotate<'t>(&self, text: &'t str, segmentation: &Segmentation) -> Analysis<'t> {
        let mut analysis = Analysis::from_segmentation(text, segmentation);
        self.predictor.annotate(&mut analysis);
        lemma::lemmatize(&mut analysis);
        analysis
    }
}

impl Default for English {
    fn default() -> Self {
        Self::new()
    }
}
