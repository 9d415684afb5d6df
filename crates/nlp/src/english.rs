//! The readers of English.

use crate::{
    Analysis, ReaderKind, Segmentation, Span, TriggerLabels,
    encoder::{self, Annotator, Machine},
    lemma,
    net::Predictor,
    segment::{segment, segment_within},
};

/// A reader of English, with its compiled-in model.
///
/// Reading takes `&self`, so one value serves any number of threads. Creating one unpacks the model, which takes a few
/// milliseconds; create it once.
///
/// ```
/// use dateline_nlp::{English, ReaderKind};
///
/// let english = English::new(ReaderKind::Fast);
/// let analysis = english.analyze("Dr. Ito won't come.");
/// let words: Vec<&str> = analysis.tokens().map(|token| token.text()).collect();
/// assert_eq!(words, ["Dr.", "Ito", "wo", "n't", "come", "."]);
/// ```
#[derive(Debug)]
pub struct English {
    model: Model,
}

/// The model of a reader.
#[derive(Debug)]
enum Model {
    Careful(Box<Annotator>),
    Fast(Box<Predictor>),
}

impl English {
    /// Creates a reader of the given kind with its compiled-in model.
    ///
    /// # Panics
    ///
    /// If this build does not have the reader; see [`ReaderKind::is_available`].
    pub fn new(kind: ReaderKind) -> Self {
        Self::with_weights(match kind {
            ReaderKind::Careful => encoder::WEIGHTS.expect(
                "this build has no careful reader; it was built without the feature `careful`",
            ),
            ReaderKind::Fast => include_bytes!("../model/en/fast.weights"),
        })
    }

    /// Creates a reader with other weights. They decide which kind of reader it is.
    ///
    /// # Panics
    ///
    /// If the weights were not written for this build.
    pub fn with_weights(weights: &'static [u8]) -> Self {
        let model = if encoder::is_encoder(weights) {
            Model::Careful(Box::new(Annotator::new(weights)))
        } else {
            Model::Fast(Box::new(Predictor::new(weights)))
        };
        Self { model }
    }

    /// Returns which reader this is.
    pub fn kind(&self) -> ReaderKind {
        match self.model {
            Model::Careful(_) => ReaderKind::Careful,
            Model::Fast(_) => ReaderKind::Fast,
        }
    }

    /// Returns the names of what the scores of [`Triggers`](crate::Triggers) are for. They are empty for a reader without triggers.
    ///
    /// ```
    /// use dateline_nlp::{English, ReaderKind};
    ///
    /// let labels = English::new(ReaderKind::best()).trigger_labels();
    /// assert!(labels.types.iter().all(|name| !name.is_empty()));
    /// ```
    pub fn trigger_labels(&self) -> TriggerLabels {
        match &self.model {
            Model::Careful(annotator) => annotator.trigger_labels().clone(),
            Model::Fast(predictor) => predictor.trigger_labels().cloned().unwrap_or_default(),
        }
    }

    /// Reads a text: sentences, tokens, tags, lemmas, trees and names. Never fails; a text without words has no sentences.
    pub fn analyze<'t>(&self, text: &'t str) -> Analysis<'t> {
        self.annotate(text, &segment(text))
    }

    /// Reads part of a text as if nothing surrounded it. Spans count from the start of the whole text.
    ///
    /// # Panics
    ///
    /// If the part does not lie on character boundaries of the text.
    pub fn analyze_within<'t>(&self, text: &'t str, part: Span) -> Analysis<'t> {
        self.annotate(text, &segment_within(text, part))
    }

    /// Reads a text whose sentences and tokens are known.
    pub fn annotate<'t>(&self, text: &'t str, segmentation: &Segmentation) -> Analysis<'t> {
        self.annotate_on(Machine::detect(), text, segmentation)
    }

    /// Reads a text with some of the vector instructions of this machine, which must not show in the analysis.
    pub(crate) fn annotate_on<'t>(
        &self,
        machine: Machine,
        text: &'t str,
        segmentation: &Segmentation,
    ) -> Analysis<'t> {
        let mut analysis = Analysis::from_segmentation(text, segmentation);
        match &self.model {
            Model::Careful(annotator) => annotator.annotate(machine, &mut analysis),
            Model::Fast(predictor) => predictor.annotate(&mut analysis),
        }
        lemma::lemmatize(&mut analysis);
        analysis
    }
}

impl Default for English {
    /// Creates the default reader, which is the fast one.
    fn default() -> Self {
        Self::new(ReaderKind::default())
    }
}
