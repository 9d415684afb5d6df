//! All layers in their order, and the one step from bytes to code points.

use dateline_core::{Document, Record, SCHEMA};
use dateline_nlp::English;

use crate::{entity, reading::Reading, statement, time};

/// Makes records of documents.
///
/// Holds the language model and the lexicons; extraction takes `&self`, so one value serves any number of threads.
#[derive(Debug, Default)]
pub struct Extractor {
    english: English,
}

impl Extractor {
    /// Unpacks the compiled-in model and data.
    pub fn new() -> Self {
        Self { english: English::new() }
    }

    /// Reads one document. Never fails: what is not understood is not claimed.
    pub fn extract(&self, document: &Document) -> Record {
        let analysis = self.english.analyze(&document.text);
        let reading = Reading { document, analysis: &analysis };
        let times = time::read(reading);
        let entities = entity::read(reading, &times);
        let _statements = statement::read(reading, &times, &entities);
        Record {
            schema: SCHEMA.to_owned(),
            document: document.clone(),
            sentences: Vec::new(),
            entities: Vec::new(),
            times: Vec::new(),
            statements: Vec::new(),
            events: Vec::new(),
            relations: Vec::new(),
        }
    }
}
