//! What the earlier layers have read in the document, as the steps of this layer pass it on.

use dateline_nlp::Span;

use super::{actor::Actors, attribution, codebook::Codebook, scare_quote};
use crate::{entity::Entities, reading::Reading, statement::StatementDraft, time::TimeExpression};

/// Layers before this one, and what this layer derives from them once a document.
#[derive(Debug)]
pub(super) struct Known<'a> {
    pub(super) codebook: &'a Codebook,
    pub(super) reading: Reading<'a>,
    pub(super) times: &'a [TimeExpression],
    pub(super) entities: &'a Entities,
    pub(super) statements: &'a [StatementDraft],
    pub(super) actors: Actors<'a>,
    /// Pairs of a sentence and a statement that has content in it; sorted.
    pub(super) content_sentences: Vec<(u32, u32)>,
    /// Words in scare quotes; sorted.
    pub(super) scare_quotes: Vec<Span>,
}

impl<'a> Known<'a> {
    pub(super) fn new(
        codebook: &'a Codebook,
        reading: Reading<'a>,
        times: &'a [TimeExpression],
        entities: &'a Entities,
        statements: &'a [StatementDraft],
    ) -> Self {
        Self {
            codebook,
            reading,
            times,
            entities,
            statements,
            actors: Actors::new(entities, statements),
            content_sentences: attribution::content_sentences(reading, statements),
            scare_quotes: scare_quote::find(reading, statements),
        }
    }
}
