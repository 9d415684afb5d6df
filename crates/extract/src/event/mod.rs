//! What happened, or may: acts coded by PLOVER.

use dateline_core::{
    Certainty, Polarity, Status,
    codes::{Cameo, Context, Mode, PloverType},
};
use dateline_nlp::{Span, TokenIdx};

use crate::{
    entity::{Entities, EntityIdx},
    reading::{Reading, When},
    statement::{StatementDraft, StatementIdx},
    time::TimeExpression,
};

/// Counts the events of a document from 0, in the order of their triggers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct EventIdx(pub(crate) u32);

/// An act, with what the text tells of it.
#[derive(Debug, Clone)]
pub(crate) struct EventDraft {
    pub(crate) kind: PloverType,
    pub(crate) mode: Option<Mode>,
    pub(crate) cameo: Option<Cameo>,
    pub(crate) contexts: Vec<Context>,
    /// The words of the trigger and the token its lemma is read from.
    pub(crate) trigger: (Span, TokenIdx),
    /// Who did it; all parties of a symmetric act.
    pub(crate) sources: Vec<EntityIdx>,
    pub(crate) targets: Vec<EntityIdx>,
    pub(crate) when: Option<When>,
    pub(crate) places: Vec<EntityIdx>,
    pub(crate) status: Status,
    pub(crate) polarity: Polarity,
    pub(crate) certainty: Certainty,
    /// The statements that vouch for it, outermost first.
    pub(crate) attribution: Vec<StatementIdx>,
}

/// The events of a document, in the order of their triggers.
pub(crate) fn read(
    _reading: Reading<'_>,
    _times: &[TimeExpression],
    _entities: &Entities,
    _statements: &[StatementDraft],
) -> Vec<EventDraft> {
    Vec::new()
}
