//! Time expressions as TIMEX3, placed on the calendar.
//!
//! One pass over the tokens: at each word of the calendar every rule family is tried, and the longest find stands. The
//! families are a file each; [`context`] holds what they are read against.

mod calendar;
mod clock;
mod context;
mod date;
mod direction;
mod found;
mod narrowed;
mod number;
mod numeric;
mod reference;
mod relative;
mod set;
mod span_of_time;
mod words;
mod year;

use dateline_core::{Interval, TimeKind, TimeMod};
use dateline_nlp::{Span, TokenIdx};

use self::{
    context::Context,
    found::{Found, Meaning},
    words::Words,
};
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
pub(crate) fn read(reading: Reading<'_>) -> Vec<TimeExpression> {
    let mut words = Words::new(reading);
    let mut context = Context::new(&words, reading.published(), reading.analysis.n_tokens());
    let mut out = Vec::new();
    for sentence in reading.analysis.sentences() {
        let (first, end) = (sentence.first().idx().index(), sentence.last().idx().index() + 1);
        words.enter(first, end);
        let mut at = first;
        while at < end {
            let Some(found) = longest(&words, &context, at) else {
                at += 1;
                continue;
            };
            if let Meaning::Point(place, _) = found.meaning {
                context.went_to(place);
            }
            at = found.end;
            out.push(expression(&words, &found));
        }
    }
    out
}

/// The longest find of all families at a word; of two as long, the one of the earlier family.
fn longest(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    if !words.may_begin(at) {
        return reference::reference(words, at);
    }
    let mut best: Option<Found> = None;
    let mut take = |found: Option<Found>| {
        if let Some(found) = found
            && best.as_ref().is_none_or(|best| best.end < found.end)
        {
            best = Some(found);
        }
    };
    take(numeric::date(words, at));
    take(set::set(words, at));
    take(narrowed::narrowed(words, context, at));
    take(clock::clock(words, context, at));
    take(point(words, context, at));
    take(span_of_time::length(words, context, at));
    take(span_of_time::uncounted(words, at));
    take(reference::reference(words, at));
    best
}

/// A place on the calendar that begins at a word: a date, a year, a relative date.
fn point(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    let dated = numeric::date(words, at).or_else(|| date::date(words, context, at));
    let relative = relative::relative(words, context, at);
    let year = year::year(words, at);
    [dated, relative, year]
        .into_iter()
        .flatten()
        .reduce(|best, next| if next.end > best.end { next } else { best })
}

fn expression(words: &Words<'_>, found: &Found) -> TimeExpression {
    let idx = |at: usize| words.token(at).idx();
    TimeExpression {
        span: words.span(found.first, found.end),
        first: idx(found.first),
        last: idx(found.end - 1),
        kind: found.kind(),
        value: found.value(),
        modifier: found.modifier,
        interval: found.interval(),
    }
}

/// A TIMEX3 modifier by its name in the word list.
fn modifier(name: &str) -> Option<TimeMod> {
    Some(match name {
        "START" => TimeMod::Start,
        "MID" => TimeMod::Mid,
        "END" => TimeMod::End,
        "APPROX" => TimeMod::Approx,
        "LESS_THAN" => TimeMod::LessThan,
        "MORE_THAN" => TimeMod::MoreThan,
        _ => return None,
    })
}
