//! Training of the statement model.

use dateline_core::Document;

use crate::Extractor;
pub use crate::statement::model::train::{Annotated, Example, Reach, Settings, train};

/// The words of a document with their candidates, and the right ones by its annotation.
pub fn examples(
    extractor: &Extractor,
    document: &Document,
    annotated: &[Annotated],
    reach: &mut Reach,
) -> Vec<Example> {
    extractor.statement_examples(document, annotated, reach)
}
