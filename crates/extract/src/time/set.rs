//! Sets, times that recur: *every Tuesday*, *each year*, *twice a year*, *daily*, *on Mondays*, *every two weeks*.
//!
//! - fires: *They meet every Tuesday morning.*, *three times a week*
//! - silent: *the Daily Courier*, *once again*

use dateline_core::calendar::{Clock, Count, Period, Place, Unit};
use dateline_nlp::Upos;

use super::{
    candidate::{Meaning, TimeCandidate},
    length, number,
    phrase::{Phrase, phrase},
    point::Points,
    words::Words,
};
use crate::calendar_words::Sense;

/// Returns the recurring times that start at a word: one, or several as in *every Monday and Thursday*.
pub(super) fn sets(words: &Words<'_>, at: usize) -> Option<Points> {
    let mut first = set(words, at)?;
    let mut rest: Vec<TimeCandidate> = Vec::new();
    loop {
        let last = rest.last().unwrap_or(&first);
        let gap = usize::from(words.mark(last.end) == b',' || words.sense(last.end) == Sense::And);
        let next = last.end + gap;
        let Meaning::Recurring(Place::OpenWeekday(_), clock) = last.meaning else { break };
        let (1, Sense::Weekday(day)) = (gap, words.sense(next)) else { break };
        let (part, end) = part(words, next + 1);
        let meaning = Meaning::Recurring(Place::OpenWeekday(day), part.or(clock));
        rest.push(TimeCandidate {
            quant: first.quant,
            ..TimeCandidate::of("set", next, end, meaning)
        });
    }
    if rest.is_empty() {
        (first.meaning, first.end) = at_hour(words, first.meaning, first.end);
    }
    Some(Points { first, rest })
}

/// Returns the recurring time that starts at a word.
fn set(words: &Words<'_>, at: usize) -> Option<TimeCandidate> {
    let found = |end, meaning| Some(TimeCandidate::of("set", at, end, meaning));
    match words.sense(at) {
        Sense::Every => every(words, at),
        Sense::The | Sense::Ordinal(_) | Sense::Shift(-1) => nth_of_every(words, at),
        Sense::Per => {
            let (period, end) = per(words, at)?;
            found(end, Meaning::Every(period))
        }
        Sense::Frequency(value) => {
            // "the Daily Courier"
            let is_name = words.at(at).capital
                && (words.upos(at) == Some(Upos::Propn) || words.at(at + 1).capital);
            // "its quarterly dividend": which dividend, not how often.
            let names = words.is(at, "quarterly") && words.upos(at) != Some(Upos::Adv);
            if is_name || names { None } else { found(at + 1, Meaning::Every(value.parse().ok()?)) }
        }
        Sense::Weekdays(day) => found(at + 1, Meaning::Recurring(Place::OpenWeekday(day), None)),
        Sense::Weekday(day) => weekday_parts(words, at, day),
        Sense::Times(times) => frequency(words, at, at + 1, u32::try_from(times).ok()?),
        _ => {
            let (times, end) = number::plain(words, at)?;
            words.is(end, "times").then_some(())?;
            frequency(words, at, end + 1, u32::try_from(times).ok()?)
        }
    }
}

/// *Friday nights*, *Monday and Tuesday nights*.
fn weekday_parts(words: &Words<'_>, at: usize, day: i8) -> Option<TimeCandidate> {
    let (mut last, mut end) = (at, at + 1);
    if words.sense(at + 1) == Sense::And && matches!(words.sense(at + 2), Sense::Weekday(_)) {
        last = at + 2;
    }
    let (clock, after) = part(words, last + 1);
    (clock.is_some() && words.token(last + 1).text().ends_with('s')).then_some(())?;
    if last == at {
        end = after;
    }
    Some(TimeCandidate::of("set", at, end, Meaning::Recurring(Place::OpenWeekday(day), clock)))
}

/// Reads *the first Monday of every month*, which recurs with the month.
fn nth_of_every(words: &Words<'_>, at: usize) -> Option<TimeCandidate> {
    let next = at + usize::from(words.sense(at) == Sense::The);
    let of = match words.sense(next) {
        Sense::Shift(-1) => next + 1,
        _ => number::ordinal(words, next)?.1,
    };
    let counted = matches!(words.sense(of), Sense::Weekday(_) | Sense::Unit(_))
        && matches!(words.sense(of + 1), Sense::Of | Sense::In)
        && words.sense(of + 2) == Sense::Every;
    counted.then_some(())?;
    let found = every(words, of + 2)?;
    matches!(found.meaning, Meaning::Every(_)).then_some(TimeCandidate { first: at, ..found })
}

fn part(words: &Words<'_>, at: usize) -> (Option<Clock>, usize) {
    match words.sense(at) {
        Sense::Part(part) => (Some(Clock::Part(part)), at + 1),
        _ => (None, at),
    }
}

/// Adds an hour to what recurs: *every morning at 9*, *daily at 3 p.m.*.
fn at_hour(words: &Words<'_>, meaning: Meaning, end: usize) -> (Meaning, usize) {
    let place = match meaning {
        Meaning::Recurring(place, None | Some(Clock::Part(_))) => place,
        Meaning::Every(period) if period == Period::of(Unit::Day, Count::whole(1)) => {
            Place::Nowhere
        }
        _ => return (meaning, end),
    };
    let at = usize::from(words.sense(end) == Sense::At);
    match phrase(words, end + at) {
        Some(Phrase { parts, end }) if parts.is_time_alone() && parts.clock.is_some() => {
            (Meaning::Recurring(place, parts.clock), end)
        }
        _ => (meaning, end),
    }
}

fn frequency(words: &Words<'_>, at: usize, rate: usize, times: u32) -> Option<TimeCandidate> {
    let (period, end) = per(words, rate)?;
    Some(TimeCandidate {
        times: Some(times),
        ..TimeCandidate::of("set", at, end, Meaning::Every(period))
    })
}

/// *every Tuesday morning*, *each year*, *every two weeks*, *every other day*.
fn every(words: &Words<'_>, at: usize) -> Option<TimeCandidate> {
    let next = at + 1;
    let (quant, next) = match words.lower(at).as_str() {
        "every" if words.is(next, "other") => ("EVERY OTHER", next + 1),
        "each" => ("EACH", next),
        _ => ("EVERY", next),
    };
    let other = quant == "EVERY OTHER";
    let unit = |unit: Unit| {
        let count = 1 + u32::from(other);
        match unit {
            Unit::Quarter => Period::of(Unit::Month, Count::whole(3 * count)),
            _ => Period::of(unit, Count::whole(count)),
        }
    };
    let (meaning, end) = match words.sense(next) {
        Sense::Weekday(day) => {
            let (clock, end) = part(words, next + 1);
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
            let length = length::length(words, next).filter(|length| length.end > next + 1)?;
            (Meaning::Every(length.period), length.end)
        }
    };
    Some(TimeCandidate { quant: Some(quant), ..TimeCandidate::of("set", at, end, meaning) })
}

/// Reads *a year*, *per day*, *each week* after a number of times.
fn per(words: &Words<'_>, at: usize) -> Option<(Period, usize)> {
    let led = matches!(words.sense(at), Sense::Article | Sense::Every | Sense::Per);
    match words.sense(at + 1) {
        Sense::Unit(unit) if led => Some((Period::of(unit, Count::whole(1)), at + 2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::{check_sets, silent};

    #[test]
    fn recurring_times() {
        check_sets("They met every Tuesday.", &[("every Tuesday", "XXXX-WXX-2 EVERY")]);
        check_sets("They meet twice a year.", &[("twice a year", "P1Y 2X")]);
        check_sets("They meet every two weeks.", &[("every two weeks", "P2W EVERY")]);
        check_sets("They meet on Mondays.", &[("Mondays", "XXXX-WXX-1")]);
        check_sets("Flights leave daily.", &[("daily", "P1D")]);
        check_sets(
            "They meet every Tuesday morning.",
            &[("every Tuesday morning", "XXXX-WXX-2TMO EVERY")],
        );
        check_sets("They train three times a week.", &[("three times a week", "P1W 3X")]);
        check_sets("It is held each year.", &[("each year", "P1Y EACH")]);
    }

    #[test]
    fn phrases_that_are_not_sets() {
        silent("The Daily Courier said so.");
        silent("Once again they met.");
    }
}
