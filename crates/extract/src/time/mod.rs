//! Time expressions as TIMEX3, placed on the calendar.
//!
//! One pass over the tokens: at each word of the calendar every rule family is tried, and the longest find stands. The
//! families are a file each; [`context`] holds what they are read against.

mod clock;
mod context;
mod date;
mod direction;
mod found;
#[cfg_attr(not(test), expect(dead_code, reason = "the rules that place it are on their way"))]
mod holiday;
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
    take(reference::reference(words, at).filter(|found| {
        // "in the past three months" counts from "the".
        found.first == at
            || longest(words, context, found.first).is_none_or(|inner| inner.end <= found.end)
    }));
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
        check("It closed on 4/5/2019.", &[]);
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
