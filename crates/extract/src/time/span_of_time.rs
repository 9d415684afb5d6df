//! Lengths of time, and points told by them: *for three months*, *48 hours*, *two-day*, *the past decade*, *two days earlier*,
//! *a year ago*, *three weeks from now*.
//!
//! - silent: *seconds the motion*, *a second time*, *the last minutes of play* keep no count

use dateline_core::{TimeMod, calendar::Place};

use super::{
    context::Context,
    direction::Direction,
    found::{Found, Meaning, stretch},
    modifier,
    number::{self, Count},
    words::Words,
};
use crate::calendar_words::{Sense, Unit};

/// A length of time, or a point told by one, that begins at a word.
pub(super) fn length(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    let (bound, from) = bound(words, at);
    if let Some(found) = anchored(words, context, from) {
        // "over the past decade": a preposition, no bound.
        let over = from > at && words.is(at, "over");
        return (!over).then_some(Found { first: at, modifier: bound, ..found });
    }
    let (count, unit, end) = measured(words, from)?;
    // "a 6-year-old boy": an age, no stretch of the calendar.
    if words.mark(end) == b'-' && words.is(end + 1, "old") {
        return None;
    }
    let mut found = pointed(words, context, from, (count, unit, end))
        .unwrap_or_else(|| Found::of(from, end, Meaning::Duration(count, unit, None)));
    found.first = at;
    found.modifier = bound;
    Some(found)
}

/// *nearly*, *more than*, *at least*, *up to*, *about* before a count.
fn bound(words: &Words<'_>, at: usize) -> (Option<TimeMod>, usize) {
    if let Sense::Bound(name) = words.sense(at) {
        return (modifier(name), at + 1);
    }
    let than = words.is(at + 1, "than");
    let modifier = match words.lower(at).as_str() {
        "more" if than => TimeMod::MoreThan,
        "less" | "fewer" if than => TimeMod::LessThan,
        "at" if words.is(at + 1, "least") => TimeMod::EqualOrMore,
        "at" if words.is(at + 1, "most") => TimeMod::EqualOrLess,
        "up" if words.sense(at + 1) == Sense::To => TimeMod::EqualOrLess,
        "no" if words.is(at + 1, "more") && words.is(at + 2, "than") => {
            return (Some(TimeMod::EqualOrLess), at + 3);
        }
        _ => return (None, at),
    };
    (Some(modifier), at + 2)
}

/// *three months*, *a year*, *two-day*, *half an hour*, *several more weeks*.
pub(super) fn measured(words: &Words<'_>, at: usize) -> Option<(Count, Unit, usize)> {
    if words.sense(at) == Sense::Article || words.is(at, "another") {
        if let Some(unit) = single(words, at + 1) {
            // "a second", "a minute" are idioms more often than lengths.
            let idiom = matches!(unit, Unit::Second | Unit::Weekend | Unit::Quarter);
            let joined = words.mark(at + 2) == b'-';
            return (!idiom && !joined).then_some((Count::whole(1), unit, at + 2));
        }
        let full = matches!(words.lower(at + 1).as_str(), "full" | "whole" | "half");
        if full && let Some(unit) = single(words, at + 2) {
            let count =
                if words.sense(at + 1) == Sense::Half { Count(Some(500)) } else { Count::whole(1) };
            return Some((count, unit, at + 3));
        }
    }
    let (count, mut end) = number::count(words, at)?;
    while matches!(
        words.lower(end).as_str(),
        "more"
            | "full"
            | "consecutive"
            | "straight"
            | "long"
            | "additional"
            | "whole"
            | "successive"
    ) {
        end += 1;
    }
    if matches!(
        words.lower(end).as_str(),
        "past" | "last" | "recent" | "calendar" | "business" | "working"
    ) {
        end += 1;
    }
    let dash = usize::from(words.mark(end) == b'-');
    let at_unit = end + dash;
    let end = at_unit + 1;
    if let Some(unit) = plural(words, at_unit) {
        // "three-quarters of the city", "52 years old".
        let other = unit == Unit::Quarter && (dash == 1 || words.sense(end) == Sense::Of);
        return (!other && !words.is(end, "old")).then_some((count, unit, end));
    }
    // "two-day", "one year", "three month"; not "1988 second quarter".
    let unit = single(words, at_unit)?;
    let small = count.0.is_some_and(|count| count < 1_000_000);
    let named = matches!(unit, Unit::Second | Unit::Weekend | Unit::Quarter) && dash == 0;
    (small && !named).then_some((count, unit, end))
}

/// *two days earlier*, *a year ago*, *three weeks from now*: a point on the calendar.
fn pointed(
    words: &Words<'_>,
    context: &Context,
    at: usize,
    length: (Count, Unit, usize),
) -> Option<Found> {
    let (count, unit, end) = length;
    let (sign, day, after) = match words.sense(end) {
        Sense::Ago => (-1, context.published.or(context.anchor), end + 1),
        Sense::Earlier if !words.is(end, "before") || !goes_on(words, end + 1) => {
            (-1, context.spoken_of(), end + 1)
        }
        Sense::Later if !words.is(end, "after") || !goes_on(words, end + 1) => {
            (1, context.spoken_of(), end + 1)
        }
        Sense::Hence => (1, context.present(), end + 1),
        Sense::From if words.is(end + 1, "now") => (1, context.present(), end + 2),
        _ if is_set_ahead(words, context, at) => (1, context.present(), end),
        _ => return None,
    };
    let Some(number) = count.as_whole() else {
        let value = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
        return Some(Found::of(at, after, Meaning::Reference(value)));
    };
    let meaning = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => {
            // Without the hour of writing, hours only tell how far.
            Meaning::Duration(count, unit, None)
        }
        Unit::Fortnight => {
            Meaning::Point(Context::shifted(Unit::Week, day, sign * number * 2)?, None)
        }
        Unit::Millennium | Unit::Weekend => return None,
        // "… for the third quarter, up from … a year earlier": the same quarter.
        Unit::Year
            if number == 1 && sign < 0 && matches!(context.latest, Some(Place::Quarter(..))) =>
        {
            Meaning::Point(context.latest?.shift(-4)?, None)
        }
        _ => Meaning::Point(Context::shifted(unit, day, sign.checked_mul(number)?)?, None),
    };
    Some(Found::of(at, after, meaning))
}

/// *will meet in two weeks*: a point ahead, not how long it takes.
fn is_set_ahead(words: &Words<'_>, context: &Context, at: usize) -> bool {
    words.before(at).sense == Sense::In
        && words.holds(at)
        && !context.narrative
        && context.direction(words, at) == Direction::Ahead
}

/// *two days after the vote*: something follows that the length is counted from.
fn goes_on(words: &Words<'_>, at: usize) -> bool {
    words.holds(at) && words.mark(at) == 0
}

/// *the past three months*, *the next two weeks*, *the last decade*.
fn anchored(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    let the = usize::from(
        matches!(words.sense(at), Sense::The | Sense::Shift(0)) || words.is(at, "these"),
    );
    let shift = at + the;
    let back = match words.sense(shift) {
        Sense::Past | Sense::Shift(-1) | Sense::Relative(-1) => true,
        Sense::Shift(1) | Sense::Relative(1) => false,
        _ => return None,
    };
    let decade = Sense::Unit(Unit::Decade);
    let (count, unit, end) = if words.sense(shift + 1) == decade
        || words.sense(shift) == Sense::Past
            && the == 1
            && words.sense(shift + 1) == Sense::Unit(Unit::Century)
    {
        let Sense::Unit(unit) = words.sense(shift + 1) else { return None };
        (Count::whole(1), unit, shift + 2)
    } else {
        measured(words, shift + 1)?
    };
    if count.0.is_none() && unit > Unit::Hour && words.sense(shift + 1) != Sense::Vague {
        return None;
    }
    let days = context.present().and_then(|day| stretch(count, unit, day, back));
    Some(Found::of(at, end, Meaning::Duration(count, unit, days)))
}

fn single(words: &Words<'_>, at: usize) -> Option<Unit> {
    match words.sense(at) {
        Sense::Unit(unit) => Some(unit),
        Sense::Second => Some(Unit::Second),
        _ => None,
    }
}

fn plural(words: &Words<'_>, at: usize) -> Option<Unit> {
    match words.sense(at) {
        Sense::Units(unit) => Some(unit),
        _ => None,
    }
}

/// Years, months, weeks or days without a count: *for years*, *in weeks*.
pub(super) fn uncounted(words: &Words<'_>, at: usize) -> Option<Found> {
    let unit = plural(words, at)?;
    let led = ["for", "in", "within", "of", "took", "take", "after"]
        .contains(&words.before_lower(at).as_str());
    let fits = matches!(
        unit,
        Unit::Day
            | Unit::Week
            | Unit::Month
            | Unit::Year
            | Unit::Decade
            | Unit::Century
            | Unit::Hour
            | Unit::Minute
    );
    if !(fits && led) {
        return None;
    }
    if words.sense(at + 1) == Sense::Ago {
        return Some(Found::of(at, at + 2, Meaning::Reference("PAST_REF")));
    }
    Some(Found::of(at, at + 1, Meaning::Duration(Count(None), unit, None)))
}
