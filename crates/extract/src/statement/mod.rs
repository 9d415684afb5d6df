//! Who said what: cue, source, content.

use dateline_core::StatementKind;
use dateline_nlp::{Span, TokenIdx};

use crate::{
    entity::{Entities, EntityIdx},
    reading::{Reading, When},
    time::TimeExpression,
};

/// Counts the statements of a document from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct StatementIdx(pub(crate) u32);

/// A statement.
#[derive(Debug, Clone)]
pub(crate) struct StatementDraft {
    pub(crate) kind: StatementKind,
    pub(crate) speaker: Option<EntityIdx>,
    pub(crate) source: Option<Span>,
    /// The words of the cue and the token its lemma is read from.
    pub(crate) cue: Option<(Span, TokenIdx)>,
    pub(crate) content: Vec<Span>,
    pub(crate) when: Option<When>,
    pub(crate) addressee: Option<EntityIdx>,
}

/// The statements of a document, in the order of the text.
pub(crate) fn read(
    _reading: Reading<'_>,
    _times: &[TimeExpression],
    _entities: &Entities,
) -> Vec<StatementDraft> {
    Vec::new()
}
