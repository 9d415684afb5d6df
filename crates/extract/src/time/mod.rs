//! Time expressions as TIMEX3, placed on the calendar.

use dateline_core::{Interval, TimeKind, TimeMod};
use dateline_nlp::{Span, TokenIdx};

use crate::reading::Reading;

/// Counts the time expressions of a document from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TimeIdx(pub(crate) u32);

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TimeExpression {
    pub(crate) span: Span,
    pub(crate) first: TokenIdx,
    pub(crate) last: TokenIdx,
    pub(crate) kind: TimeKind,
    pub(crate) value: String,
    pub(crate) modifier: Option<TimeMod>,
    pub(crate) interval: Option<Interval>,
}

/// The time expressions of a document, in the order of the text; none overlap.
pub(crate) fn read(_reading: Reading<'_>) -> Vec<TimeExpression> {
    Vec::new()
}
