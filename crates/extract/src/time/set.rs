//! What recurs: *every Tuesday*, *each year*, *twice a year*, *daily*, *on Mondays*, *every two weeks*.
//!
//! - silent: *the Daily Courier*, *once again*

use dateline_nlp::Upos;

use super::{
    found::{Found, Meaning},
    number::{self, Count},
    words::Words,
};
use crate::calendar_words::{Sense, Unit};

/// A recurring time that begins at a word.
pub(super) fn set(words: &Words<'_>, at: usize) -> Option<Found> {
    let found = |end, meaning| Some(Found::of(at, end, meaning));
    match words.sense(at) {
        Sense::Every => every(words, at),
        Sense::Frequency(value) => {
            let is_name = words.at(at).capital && words.upos(at) == Some(Upos::Propn);
            if is_name { None } else { found(at + 1, Meaning::Recurring(value)) }
        }
        Sense::Weekdays(day) => found(at + 1, Meaning::EveryWeekday(day, None)),
        Sense::Weekday(day)
            if matches!(words.sense(at + 1), Sense::Part(_)) && ends_in_s(words, at + 1) =>
        {
            let Sense::Part(part) = words.sense(at + 1) else { return None };
            found(at + 2, Meaning::EveryWeekday(day, Some(part)))
        }
        Sense::Times => per(words, at + 1)
            .and_then(|(unit, end)| found(end, Meaning::Every(Count::whole(1), unit))),
        _ => {
            let (_, end) = number::plain(words, at)?;
            words.is(end, "times").then_some(())?;
            let (unit, end) = per(words, end + 1)?;
            found(end, Meaning::Every(Count::whole(1), unit))
        }
    }
}

/// *every Tuesday morning*, *each year*, *every two weeks*, *every other day*.
fn every(words: &Words<'_>, at: usize) -> Option<Found> {
    let found = |end, meaning| Some(Found::of(at, end, meaning));
    let next = at + 1;
    match words.sense(next) {
        Sense::Weekday(day) => match words.sense(next + 1) {
            Sense::Part(part) => found(next + 2, Meaning::EveryWeekday(day, Some(part))),
            _ => found(next + 1, Meaning::EveryWeekday(day, None)),
        },
        Sense::Month(month) if words.at(next).capital => {
            found(next + 1, Meaning::EveryMonth(month))
        }
        Sense::Season(season) => found(next + 1, Meaning::EverySeason(season)),
        Sense::Part(part) => found(next + 1, Meaning::EveryPart(part)),
        Sense::Unit(unit) => found(next + 1, Meaning::Every(Count::whole(1), unit)),
        _ if words.is(next, "other") => match words.sense(next + 1) {
            Sense::Unit(unit) => found(next + 2, Meaning::Every(Count::whole(2), unit)),
            Sense::Weekday(day) => found(next + 2, Meaning::EveryWeekday(day, None)),
            _ => None,
        },
        _ => {
            let (count, end) = number::count(words, next)?;
            match words.sense(end) {
                Sense::Units(unit) => found(end + 1, Meaning::Every(count, unit)),
                _ => None,
            }
        }
    }
}

/// *a year*, *per day*, *each week* after a number of times.
fn per(words: &Words<'_>, at: usize) -> Option<(Unit, usize)> {
    let led = matches!(words.sense(at), Sense::Article | Sense::Every) || words.is(at, "per");
    match words.sense(at + 1) {
        Sense::Unit(unit) if led => Some((unit, at + 2)),
        _ => None,
    }
}

fn ends_in_s(words: &Words<'_>, at: usize) -> bool {
    words.token(at).text().ends_with('s')
}
