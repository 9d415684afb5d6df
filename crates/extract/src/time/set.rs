//! What recurs: *every Tuesday*, *each year*, *twice a year*, *daily*, *on Mondays*, *every two weeks*.
//!
//! - fires: *They meet every Tuesday morning.*, *three times a week*
//! - silent: *the Daily Courier*, *once again*

use dateline_core::calendar::{Clock, Count, Period, Place, Unit};
use dateline_nlp::Upos;

use super::{
    context::Context,
    duration,
    found::{Found, Meaning},
    number,
    words::Words,
};
use crate::calendar_words::Sense;

/// A recurring time that begins at a word.
pub(super) fn set(words: &Words<'_>, _: &Context, at: usize) -> Option<Found> {
    let found = |end, meaning| Some(Found::of("set", at, end, meaning));
    match words.sense(at) {
        Sense::Every => every(words, at),
        Sense::Per => {
            let (period, end) = per(words, at)?;
            found(end, Meaning::Every(period))
        }
        Sense::Frequency(value) => {
            // "the Daily Courier"
            let is_name = words.at(at).capital
                && (words.upos(at) == Some(Upos::Propn) || words.at(at + 1).capital);
            // "its quarterly dividend": which one, not how often.
            let names = words.is(at, "quarterly") && words.upos(at) != Some(Upos::Adv);
            if is_name || names { None } else { found(at + 1, Meaning::Every(value.parse().ok()?)) }
        }
        Sense::Weekdays(day) => found(at + 1, Meaning::Recurring(Place::OpenWeekday(day), None)),
        Sense::Weekday(day)
            if matches!(words.sense(at + 1), Sense::Part(_)) && ends_in_s(words, at + 1) =>
        {
            let Sense::Part(part) = words.sense(at + 1) else { return None };
            let clock = Some(Clock::Part(part));
            found(at + 2, Meaning::Recurring(Place::OpenWeekday(day), clock))
        }
        Sense::Times => {
            let times = if words.is(at, "once") { 1 } else { 2 };
            frequency(words, at, at + 1, if words.is(at, "thrice") { 3 } else { times })
        }
        _ => {
            let (times, end) = number::plain(words, at)?;
            words.is(end, "times").then_some(())?;
            frequency(words, at, end + 1, u32::try_from(times).ok()?)
        }
    }
}

fn frequency(words: &Words<'_>, at: usize, rate: usize, times: u32) -> Option<Found> {
    let (period, end) = per(words, rate)?;
    Some(Found { times: Some(times), ..Found::of("set", at, end, Meaning::Every(period)) })
}

/// *every Tuesday morning*, *each year*, *every two weeks*, *every other day*.
fn every(words: &Words<'_>, at: usize) -> Option<Found> {
    let next = at + 1;
    let (quant, next) = match words.lower(at).as_str() {
        "every" if words.is(next, "other") => ("EVERY OTHER", next + 1),
        "each" => ("EACH", next),
        _ => ("EVERY", next),
    };
    let other = quant == "EVERY OTHER";
    let clock = |at: usize| match words.sense(at) {
        Sense::Part(part) => (Some(Clock::Part(part)), at + 1),
        _ => (None, at),
    };
    let unit = |unit: Unit| {
        let count = 1 + u32::from(other);
        match unit {
            Unit::Quarter => Period::of(Unit::Month, Count::whole(3 * count)),
            _ => Period::of(unit, Count::whole(count)),
        }
    };
    let (meaning, end) = match words.sense(next) {
        Sense::Weekday(day) => {
            let (clock, end) = clock(next + 1);
            (Meaning::Recurring(Place::OpenWeekday(day), clock), end)
        }
        Sense::Month(month) if words.at(next).capital => {
            (Meaning::Recurring(Place::OpenMonth(month), None), next + 1)
        }
        Sense::Season(season) => (Meaning::Recurring(Place::OpenSeason(season), None), next + 1),
        Sense::Part(part) => {
            (Meaning::Recurring(Place::Nowhere, Some(Clock::Part(part))), next + 1)
        }
        Sense::Unit(named) => (Meaning::Every(unit(named)), next + 1),
        Sense::Fortnight => (Meaning::Every(Period::of(Unit::Week, Count::whole(2))), next + 1),
        Sense::Second => return None,
        _ => {
            let length = duration::length(words, next).filter(|length| length.end > next + 1)?;
            (Meaning::Every(length.period), length.end)
        }
    };
    Some(Found { quant: Some(quant), ..Found::of("set", at, end, meaning) })
}

/// *a year*, *per day*, *each week* after a number of times.
fn per(words: &Words<'_>, at: usize) -> Option<(Period, usize)> {
    let led = matches!(words.sense(at), Sense::Article | Sense::Every | Sense::Per);
    match words.sense(at + 1) {
        Sense::Unit(unit) if led => Some((Period::of(unit, Count::whole(1)), at + 2)),
        _ => None,
    }
}

fn ends_in_s(words: &Words<'_>, at: usize) -> bool {
    words.token(at).text().ends_with('s')
}
