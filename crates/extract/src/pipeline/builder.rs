//! Settings of an extractor.

use dateline_nlp::ReaderKind;

use super::Extractor;
use crate::{
    actors::Actors,
    event::{LeastConfidence, codebook::Codebook},
};

/// Builds an [`Extractor`] from its settings.
///
/// ```
/// use dateline_extract::{Actors, Extractor, read_document};
///
/// let (actors, _) = Actors::read_tsv("Kivu Relief Network\tKRN\tCOD\tNGO\n");
/// let extractor = Extractor::builder().actors(actors).build();
/// let record = extractor.extract(&read_document("KRN officials met in Oslo.\n"));
/// assert_eq!(record.entities[0].code.as_deref(), Some("CODNGO"));
/// ```
#[derive(Debug, Default)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ExtractorBuilder {
    reader: ReaderKind,
    actors: Option<Actors>,
    codebook: Option<Codebook>,
    least: LeastConfidence,
}

impl ExtractorBuilder {
    /// Sets the reader of English. The default is the fast one, in every build.
    ///
    /// ```
    /// use dateline_extract::{Extractor, ReaderKind};
    ///
    /// let extractor = Extractor::builder().reader(ReaderKind::best()).build();
    /// assert_eq!(extractor.reader(), ReaderKind::best());
    /// ```
    pub fn reader(mut self, reader: ReaderKind) -> Self {
        self.reader = reader;
        self
    }

    /// Sets the user's list of actors, which takes precedence over the built-in lexicon; see
    /// [`Extractor::with_actors`].
    pub fn actors(mut self, actors: Actors) -> Self {
        self.actors = Some(actors);
        self
    }

    /// Sets the codebook that events are coded by. The default is the built-in PLOVER codebook.
    pub fn codebook(mut self, codebook: Codebook) -> Self {
        self.codebook = Some(codebook);
        self
    }

    /// Sets the least confidence of an event. It holds for readers that spot triggers; others keep every event.
    ///
    /// ```
    /// use dateline_extract::{Extractor, LeastConfidence, ReaderKind, read_document};
    ///
    /// let builder = || Extractor::builder().reader(ReaderKind::best());
    /// let document = read_document("Peru may yet protest. Chile bombed a base in Peru.\n");
    /// let all = builder().build().extract(&document);
    /// let few = builder().least_confidence(LeastConfidence::Precise).build().extract(&document);
    /// assert!(few.events.len() <= all.events.len());
    /// ```
    pub fn least_confidence(mut self, least: LeastConfidence) -> Self {
        self.least = least;
        self
    }

    /// Loads the reader and the built-in lexicons and returns the extractor.
    ///
    /// # Panics
    ///
    /// If this build does not have the reader that was chosen; see [`ReaderKind::is_available`].
    pub fn build(self) -> Extractor {
        let mut extractor = Extractor::with_reader(self.reader);
        extractor.least = self.least;
        if let Some(actors) = self.actors {
            extractor = extractor.with_actors(actors);
        }
        if let Some(codebook) = self.codebook {
            extractor = extractor.with_codebook(codebook);
        }
        extractor
    }
}

impl Extractor {
    /// Returns a builder with the default settings.
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder::default()
    }
}
