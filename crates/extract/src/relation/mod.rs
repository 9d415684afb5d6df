//! How events hang together.

use dateline_core::RelationKind;
use dateline_nlp::Span;

use crate::{
    event::{EventDraft, EventIdx},
    reading::Reading,
};

/// What holds between two events, read from the first to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RelationDraft {
    pub(crate) kind: RelationKind,
    pub(crate) from: EventIdx,
    pub(crate) to: EventIdx,
    pub(crate) evidence: Span,
}

/// The relations between the events of a document, in the order of their evidence.
pub(crate) fn read(_reading: Reading<'_>, _events: &[EventDraft]) -> Vec<RelationDraft> {
    Vec::new()
}
