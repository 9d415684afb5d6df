//! Time expressions as TIMEX3, placed on the calendar.
//!
//! One pass over the tokens: at each word of the calendar every rule family is tried, and the longest find stands. What
//! words name ([`atom`]) is read apart from what it means together ([`parts`], [`phrase`], [`point`]) and from where that
//! lies on the calendar ([`resolve`], against [`context`]). Lengths, sets and what is told by them are families of their
//! own: [`duration`], [`set`], [`offset`], [`comparison`], [`definite`], [`narrowed`], [`reference`].

mod atom;
mod bound;
mod comparison;
mod context;
mod definite;
mod direction;
mod duration;
mod found;
mod holiday;
mod narrowed;
mod number;
mod offset;
mod parts;
mod phrase;
mod point;
mod reference;
mod resolve;
mod set;
mod words;

use dateline_core::{Interval, TimeKind, TimeMod};
use dateline_nlp::{Span, TokenIdx};

pub(crate) use self::context::Anchor;
use self::{
    context::Context,
    direction::Direction,
    found::{Found, Meaning},
    point::Points,
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
    /// Of a set, which ones.
    pub(crate) quant: Option<&'static str>,
    /// Of a set, how often in each period.
    pub(crate) freq: Option<String>,
    pub(crate) interval: Option<Interval>,
    /// The expression that ends the range this one begins.
    pub(crate) until: Option<TimeIdx>,
    pub(crate) trace: Trace,
}

/// How an expression was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Trace {
    /// In kebab-case.
    pub(crate) rule: &'static str,
    pub(crate) anchor: Anchor,
    /// Which way the clause looks, where that was asked.
    pub(crate) direction: Option<Direction>,
}

impl TimeExpression {
    /// The stretch of the calendar it tells, to the end of the range where it begins one.
    pub(crate) fn stretch(&self, times: &[Self]) -> Option<Interval> {
        let own = self.interval?;
        let last = self.until.and_then(|until| times.get(until.0 as usize)?.interval);
        last.and_then(|last| Interval::new(own.from(), last.to())).or(Some(own))
    }
}

/// The time expressions of a document, in the order of the text; none overlap.
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
            for found in std::iter::once(&points.first).chain(rest) {
                at = found.end;
                out.push(expression(&words, found, out.len()));
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

/// The longest find of all families at a word; of two as long, the one of the earlier family.
fn longest(words: &Words<'_>, context: &Context, at: usize) -> Option<Points> {
    type Family = fn(&Words<'_>, &Context, usize) -> Option<Found>;
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
                // "a year earlier" is a comparison before it is anything else as long, "mid-June" the middle of June.
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

/// "in the past three months" counts from "the": a phrase that begins outside its expression gives way to what begins there.
fn runs_into(words: &Words<'_>, context: &Context, at: usize, found: &Found) -> bool {
    found.first > at
        && longest(words, context, found.first).is_some_and(|inner| inner.first.end > found.end)
}

/// Makes the expression of what was found; it gets number `idx`.
fn expression(words: &Words<'_>, found: &Found, idx: usize) -> TimeExpression {
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

/// A TIMEX3 modifier by its name in the word list.
fn modifier(name: &str) -> Option<TimeMod> {
    Some(match name {
        "START" => TimeMod::Start,
        "MID" => TimeMod::Mid,
        "END" => TimeMod::End,
        "APPROX" => TimeMod::Approx,
        "LESS_THAN" => TimeMod::LessThan,
        "MORE_THAN" => TimeMod::MoreThan,
        "EQUAL_OR_LESS" => TimeMod::EqualOrLess,
        "EQUAL_OR_MORE" => TimeMod::EqualOrMore,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use dateline_core::Moment;
    use dateline_nlp::English;

    use super::*;
    use crate::read_document;

    /// What is found in a text published on Saturday, May 8, 2021: words and value, a modifier behind a blank.
    fn found(text: &str, published: Option<&str>) -> Vec<(String, String)> {
        let mut document = read_document(text);
        document.published = published.map(|day| day.parse::<Moment>().unwrap());
        let analysis = English::new().analyze(text);
        let reading = Reading { document: &document, analysis: &analysis };
        let show = |time: &TimeExpression| {
            let modifier = time.modifier.map(|modifier| format!(" {modifier:?}"));
            (
                time.span.of(text).to_owned(),
                format!("{}{}", time.value, modifier.unwrap_or_default()),
            )
        };
        read(reading).iter().map(show).collect()
    }

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = found(text, Some("2021-05-08"));
        let found: Vec<_> =
            found.iter().map(|(words, value)| (words.as_str(), value.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn weekdays_and_months_follow_their_verb() {
        check("The mayor said on Friday that talks had ended.", &[("Friday", "2021-05-07")]);
        check("The council will meet on Tuesday.", &[("Tuesday", "2021-05-11")]);
        check("He spoke of the trip scheduled in June.", &[("June", "2021-06")]);
        check("They expelled two envoys in December.", &[("December", "2020-12")]);
        check("They expelled two envoys last month.", &[("last month", "2021-04")]);
    }

    #[test]
    fn whole_dates_are_read_in_all_forms() {
        for date in [
            "May 4, 2019",
            "4 May 2019",
            "2019-05-04",
            "the 4th of May 2019",
            "Saturday, May 4, 2019",
        ] {
            check(&format!("The bridge was closed on {date}."), &[(date, "2019-05-04")]);
        }
        check("It closed on 31 April 2019.", &[("2019", "2019")]);
        check("It closed on 4/5/2019.", &[("4/5/2019", "2019-04-05")]);
        check(
            "It opened on 8 May 2019 and closed on 4/6/2019.",
            &[("8 May 2019", "2019-05-08"), ("4/6/2019", "2019-06-04")],
        );
    }

    #[test]
    fn places_are_narrowed() {
        check("Talks are planned for mid-June.", &[("mid-June", "2021-06 Mid")]);
        check("It opened in early 2019.", &[("early 2019", "2019 Start")]);
        check("It will open later this year.", &[("later this year", "2021 End")]);
        check("It closed at the end of March.", &[("the end of March", "2021-03 End")]);
    }

    #[test]
    fn lengths_and_sets_are_no_points() {
        check("Talks went on for three months.", &[("three months", "P3M")]);
        check("The two-day visit ended.", &[("two-day", "P2D")]);
        check("They met every Tuesday.", &[("every Tuesday", "XXXX-WXX-2")]);
        check("They meet twice a year.", &[("twice a year", "P1Y")]);
        check("Nothing was built in the past decade.", &[("the past decade", "P10Y")]);
    }

    #[test]
    fn what_is_not_time_is_left() {
        for text in [
            "May said she would resign.",
            "A Boeing 747 landed.",
            "They voted for Resolution 1973.",
            "Article 5 was invoked.",
            "The prize is $2018.",
            "They may march on the palace.",
            "A second envoy left.",
            "His 6-year-old son left.",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn references_have_no_place() {
        check(
            "There is no plan at this point in time.",
            &[("at this point in time", "PRESENT_REF")],
        );
    }

    #[test]
    fn without_a_day_of_writing_only_whole_dates_are_placed() {
        assert_eq!(
            found("He said on Friday.", None),
            [("Friday".to_owned(), "XXXX-WXX-5".to_owned())]
        );
        assert_eq!(found("He left last month.", None), []);
        assert_eq!(
            found("He left in June 2019.", None),
            [("June 2019".to_owned(), "2019-06".to_owned())]
        );
    }
}
