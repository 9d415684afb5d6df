//! Time expressions as the other layers see them.

use dateline_core::{Interval, TimeKind, TimeMod};
use dateline_nlp::{Span, TokenIdx};

use super::{context::Anchor, direction::Direction};

/// Index of a time expression in its document, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TimeIdx(pub(crate) u32);

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TimeExpression {
    pub(crate) span: Span,
    /// First token.
    pub(crate) first: TokenIdx,
    /// Last token, inclusive.
    pub(crate) last: TokenIdx,
    pub(crate) kind: TimeKind,
    /// TIMEX3 value: `2021-05-08`, `P3M`.
    pub(crate) value: String,
    pub(crate) modifier: Option<TimeMod>,
    /// TIMEX3 `quant` of a set: `EVERY`.
    pub(crate) quant: Option<&'static str>,
    /// TIMEX3 `freq` of a set: `2X`.
    pub(crate) freq: Option<String>,
    pub(crate) interval: Option<Interval>,
    /// The expression that ends the range this one begins.
    pub(crate) until: Option<TimeIdx>,
    pub(crate) trace: Trace,
}

/// How an expression was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Trace {
    /// Rule name in kebab-case.
    pub(crate) rule: &'static str,
    pub(crate) anchor: Anchor,
    /// Direction in time that the clause gives, if the rule consulted it.
    pub(crate) direction: Option<Direction>,
}

/// When something was said or done: an interval, and the expression it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct When {
    pub(crate) interval: Interval,
    /// `None` if the interval was inferred.
    pub(crate) time: Option<TimeIdx>,
}

impl TimeExpression {
    /// Returns the interval of this expression, extended to the end of the range it begins.
    pub(crate) fn stretch(&self, times: &[Self]) -> Option<Interval> {
        let own = self.interval?;
        let last = self.until.and_then(|until| times.get(until.0 as usize)?.interval);
        last.and_then(|last| Interval::new(own.from(), last.to())).or(Some(own))
    }
}
