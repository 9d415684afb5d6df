//! The one door to the language layer.

use crate::{Analysis, Segmentation, lemma, net::Predictor, segment};

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
        Self::with_weights(include_bytes!("../model/english.bin"))
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
