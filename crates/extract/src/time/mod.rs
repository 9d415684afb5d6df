//! Time expressions in TIMEX3, placed on the calendar.
//!
//! One pass over the tokens: at each calendar word every family of rules is tried, and the longest candidate wins.
//! There are three separate steps: the parts words name ([`atom`]), what a run of parts means ([`parts`], [`phrase`],
//! [`point`]), and where that lies on the calendar ([`resolve`], read against [`context`]). Lengths, sets, and
//! expressions built on lengths are families of their own: [`duration`], [`set`], [`offset`], [`comparison`],
//! [`definite`], [`narrowed`], [`reference`].

mod atom;
mod bound;
mod candidate;
mod comparison;
mod context;
mod definite;
mod direction;
mod duration;
mod expression;
mod figure;
mod habit;
mod holiday;
mod length;
mod narrowed;
mod number;
mod offset;
mod part_set;
mod parts;
mod phrase;
mod point;
mod range;
mod reference;
mod resolve;
#[cfg(test)]
mod sentence;
mod set;
mod word;
mod words;

pub(crate) use self::{
    context::Anchor,
    expression::{TimeExpression, TimeIdx, Trace, When},
};

use self::{
    candidate::{Meaning, TimeCandidate},
    context::Context,
    point::Points,
    words::Words,
};
use crate::reading::Reading;

/// Returns the time expressions of a document, in text order. None overlap.
pub(crate) fn read(reading: Reading<'_>) -> Vec<TimeExpression> {
    let mut words = Words::new(reading);
    let mut context = Context::new(&words, reading.document.published, reading.analysis.n_tokens());
    let mut out = Vec::new();
    for sentence in reading.analysis.sentences() {
        let (first, end) = (sentence.first().idx().index(), sentence.last().idx().index() + 1);
        words.enter(first, end, out.len());
        let mut at = first;
        while at < end {
            let Some(points) = longest(&words, &context, at).filter(|it| it.first.is_on_calendar())
            else {
                at += 1;
                continue;
            };
            let rest = points.rest.iter().take_while(|found| found.is_on_calendar());
            let mut kept = std::iter::once(&points.first).chain(rest).peekable();
            while let Some(found) = kept.next() {
                at = found.end;
                let mut expression = expression(&words, found, out.len());
                // A range whose end lies beyond the calendar has no end.
                expression.until = expression.until.filter(|_| kept.peek().is_some());
                out.push(expression);
                let idx = out.len() - 1;
                match found.meaning {
                    Meaning::Point(place, _) if !found.compares => {
                        context.went_to(place, idx, found.first < first + 3);
                    }
                    _ if found.reports => context.reported(idx),
                    _ => {}
                }
            }
        }
    }
    out
}

/// Returns the longest candidate of all families at a word; of equally long ones, that of the earlier family.
fn longest(words: &Words<'_>, context: &Context, at: usize) -> Option<Points> {
    type Family = fn(&Words<'_>, &Context, usize) -> Option<TimeCandidate>;
    const FAMILIES: [Family; 7] = [
        narrowed::narrowed,
        offset::offset,
        comparison::comparison,
        definite::definite,
        duration::duration,
        duration::uncounted,
        reference::reference,
    ];
    if !words.may_begin(at) && !holiday::may_begin(words, at) {
        return reference::reference(words, context, at).map(Points::one);
    }
    let mut best = point::points(words, context, at);
    if let Some(sets) = set::sets(words, at)
        && best.as_ref().is_none_or(|best| best.end() <= sets.end())
    {
        best = Some(sets);
    }
    for family in FAMILIES {
        let Some(found) = family(words, context, at) else { continue };
        let longer = best.as_ref().is_none_or(|best| {
            best.first.end < found.end
                // "a year earlier" is a comparison before it is anything else of that length, "mid-June" the middle
                // of June.
                || best.first.end == found.end
                    && (found.compares && !best.first.compares
                        || found.modifier.is_some() && best.first.modifier.is_none())
        });
        if longer && !runs_into(words, context, at, &found) {
            best = Some(Points::one(found));
        }
    }
    best
}

/// Returns true if a candidate that starts outside its expression overlaps a longer one inside it: "in the past three
/// months" counts from "the".
fn runs_into(words: &Words<'_>, context: &Context, at: usize, found: &TimeCandidate) -> bool {
    found.first > at
        && longest(words, context, found.first).is_some_and(|inner| inner.first.end > found.end)
}

/// Makes the expression with index `idx` from a candidate.
fn expression(words: &Words<'_>, found: &TimeCandidate, idx: usize) -> TimeExpression {
    let token = |at: usize| words.token(at).idx();
    let next = || TimeIdx(u32::try_from(idx + 1).expect("fewer times than bytes"));
    TimeExpression {
        span: words.span(found.first, found.end),
        first: token(found.first),
        last: token(found.end - 1),
        kind: found.kind(),
        value: found.value(),
        modifier: found.modifier,
        quant: found.quant,
        freq: found.times.map(|times| format!("{times}X")),
        interval: found.interval(),
        until: found.begins_range.then(next),
        trace: Trace { rule: found.rule, anchor: found.anchor, direction: found.direction },
    }
}
