//! Points at a distance from another: *two days earlier*, *a year ago*, *three weeks from now*, *two weeks before May
//! 13*, *the day after Christmas*, *will meet in two weeks*.
//!
//! Years, months and weeks from today give a year, a month, a week: the result is as precise as the words. From a
//! named day they give a day.
//!
//! - fires: *two days earlier*, *a week from Tuesday*, *the day before yesterday*
//! - silent: *two days after the vote* (a length: the vote has no date yet), *within two days*

use dateline_core::calendar::{Clock, Count, DayPart, Period, Place, Unit};
use jiff::{
    ToSpan,
    civil::{Date, DateTime},
};

use super::{
    bound::bound,
    candidate::{Meaning, TimeCandidate},
    context::{Anchor, Context},
    direction::{self, Direction},
    duration::or_so,
    length::{Length, length},
    number,
    phrase::phrase,
    resolve::resolve,
    words::Words,
};
use crate::calendar_words::Sense;

/// Returns the point that starts with a length at a word.
pub(super) fn offset(words: &Words<'_>, context: &Context, at: usize) -> Option<TimeCandidate> {
    let (modifier, from) = bound(words, at).map_or((None, at), |(name, end)| (Some(name), end));
    let mut found = next_to(words, context, from).or_else(|| measured(words, context, from))?;
    found.first = at;
    found.modifier = modifier;
    Some(found)
}

fn measured(words: &Words<'_>, context: &Context, at: usize) -> Option<TimeCandidate> {
    if let Sense::Units(unit) = words.sense(at) {
        return uncounted(words, at, unit);
    }
    if let Some(found) = weekdays(words, context, at) {
        return Some(found);
    }
    let mut length = length(words, at)?;
    length.end += or_so(words, length.end);
    let end = length.end;
    match words.sense(end) {
        Sense::Ago => from(words, context, at, &length, -1, Start::Publication, end + 1),
        Sense::Hence => from(words, context, at, &length, 1, Start::Publication, end + 1),
        Sense::From if words.is(end + 1, "now") || words.is(end + 1, "today") => {
            from(words, context, at, &length, 1, Start::Publication, end + 2)
        }
        Sense::From => nested(words, context, at, &length, 1, end + 1),
        Sense::Earlier | Sense::Later => {
            let sign = if words.sense(end) == Sense::Earlier { -1 } else { 1 };
            let preposition = words.is(end, "before") || words.is(end, "after");
            if preposition && words.goes_on(end + 1) {
                return nested(words, context, at, &length, sign, end + 1);
            }
            from(words, context, at, &length, sign, Start::Focus, end + 1)
        }
        // "in two days' time"
        _ if words.is(end + 1, "time")
            && (words.mark(end) == b'\'' || words.is(end, "'s"))
            && words.before(at).sense == Sense::In =>
        {
            from(words, context, at, &length, 1, Start::Publication, end + 2)
        }
        _ if is_set_ahead(words, context, at) => {
            let mut found = from(words, context, at, &length, 1, Start::Publication, end)?;
            found.rule = "offset-ahead";
            found.direction = Some(Direction::Ahead);
            Some(found)
        }
        _ => None,
    }
}

/// Counts weekdays from the publication date: *two Fridays ago*, *three Sundays from now*.
fn weekdays(words: &Words<'_>, context: &Context, at: usize) -> Option<TimeCandidate> {
    let (Count::Thousandths(count), day_at) = number::count(words, at)? else { return None };
    let (Sense::Weekdays(number) | Sense::Weekday(number)) = words.sense(day_at) else {
        return None;
    };
    let (sign, end) = match words.sense(day_at + 1) {
        Sense::Ago => (-1, day_at + 2),
        Sense::Hence => (1, day_at + 2),
        Sense::From if words.is(day_at + 2, "now") || words.is(day_at + 2, "today") => {
            (1, day_at + 3)
        }
        _ => return None,
    };
    let weeks = i32::try_from(count / 1000).ok().filter(|weeks| (1..=520).contains(weeks))?;
    let (day, anchor) = origin(context, Start::Publication);
    let day = day?;
    // The nearest such day before or after today is the first.
    let to_nearest = i32::from(number) - i32::from(day.weekday().to_monday_one_offset());
    let first = if sign < 0 {
        if to_nearest < 0 { to_nearest } else { to_nearest - 7 }
    } else if to_nearest > 0 {
        to_nearest
    } else {
        to_nearest + 7
    };
    let place = Place::Day(day).shift(first + sign * 7 * (weeks - 1))?;
    Some(TimeCandidate {
        anchor,
        ..TimeCandidate::of("offset", at, end, Meaning::Point(place, None))
    })
}

/// Reads an offset of unknown size: *years ago*, *weeks earlier*, *days later*.
fn uncounted(words: &Words<'_>, at: usize, unit: Unit) -> Option<TimeCandidate> {
    let value = match words.sense(at + 1) {
        Sense::Ago => "PAST_REF",
        Sense::Earlier if !words.is(at + 1, "before") => "PAST_REF",
        Sense::Later if !words.is(at + 1, "after") => "FUTURE_REF",
        _ => return None,
    };
    (unit >= Unit::Day).then(|| TimeCandidate::of("offset", at, at + 2, Meaning::Reference(value)))
}

/// Start of an offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// Publication date.
    Publication,
    /// Date in focus.
    Focus,
}

/// Resolves a length before or after the publication date or the date in focus.
fn from(
    words: &Words<'_>,
    context: &Context,
    at: usize,
    length: &Length,
    sign: i32,
    start: Start,
    end: usize,
) -> Option<TimeCandidate> {
    let _ = words;
    let found = |meaning| TimeCandidate::of("offset", at, end, meaning);
    let Some(only) = length.only else {
        if length.unit < Unit::Day {
            return within_day(context, at, end, length, sign, start);
        }
        let (day, anchor) = origin(context, start);
        let place = moved(day?, length, sign)?;
        return Some(TimeCandidate { anchor, ..found(Meaning::Point(place, None)) });
    };
    let Count::Thousandths(thousandths) = only else {
        let value = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
        return Some(found(Meaning::Reference(value)));
    };
    if length.unit < Unit::Day {
        return within_day(context, at, end, length, sign, start);
    }
    let (day, anchor) = origin(context, start);
    let day = day?;
    // From a day in focus, "two weeks later" is a day; a year later is a year.
    let focus_day = matches!(anchor, Anchor::Expression(_))
        && context.focus.is_some_and(|focus| matches!(focus.place, Place::Day(_)));
    let ahead = sign > 0 && anchor == Anchor::Published;
    let exact = length.unit == Unit::Week && (focus_day || ahead);
    let place = if exact || thousandths % 1000 != 0 {
        moved(day, length, sign)?
    } else {
        let number = i32::try_from(thousandths / 1000).ok()?.checked_mul(sign)?;
        Context::shifted(length.unit, Some(day), number)?
    };
    Some(TimeCandidate { anchor, ..found(Meaning::Point(place, None)) })
}

fn origin(context: &Context, start: Start) -> (Option<Date>, Anchor) {
    match start {
        Start::Publication if context.published.is_some() => context.publication(),
        _ => context.spoken_of(),
    }
}

/// Returns the date at a distance from another.
fn moved(day: Date, length: &Length, sign: i32) -> Option<Place> {
    let moved = if sign < 0 {
        length.period.checked_sub_from(day)
    } else {
        length.period.checked_add_to(day)
    };
    moved.map(Place::Day)
}

/// Resolves hours and minutes from the minute of publication; if that is unknown, only the distance is given.
fn within_day(
    context: &Context,
    at: usize,
    end: usize,
    length: &Length,
    sign: i32,
    start: Start,
) -> Option<TimeCandidate> {
    let minute = context.minute.filter(|_| start == Start::Publication || context.focus.is_none());
    let Some(minute) = minute else {
        return Some(TimeCandidate::duration("offset-length", at, end, length.period));
    };
    let then = minutes_away(minute, length.period, sign)?;
    let clock = Clock::Minute(then.hour(), then.minute());
    let meaning = Meaning::Point(Place::Day(then.date()), Some(clock));
    Some(TimeCandidate {
        anchor: Anchor::Published,
        ..TimeCandidate::of("offset", at, end, meaning)
    })
}

/// Returns the minute at a distance from another; `None` for unknown counts.
fn minutes_away(minute: DateTime, period: Period, sign: i32) -> Option<DateTime> {
    let mut then = minute;
    for (unit, count) in period.parts() {
        let Count::Thousandths(thousandths) = count else { return None };
        let number = i64::try_from(thousandths).ok()?.checked_mul(i64::from(sign))?;
        let seconds = match unit {
            Unit::Second => 1,
            Unit::Minute => 60,
            Unit::Hour => 3600,
            _ => {
                let part = Period::of(unit, count);
                let day = then.date();
                let moved =
                    if sign < 0 { part.checked_sub_from(day) } else { part.checked_add_to(day) };
                then = moved?.to_datetime(then.time());
                continue;
            }
        };
        then = then.checked_add((number.checked_mul(seconds)? / 1000).seconds()).ok()?;
    }
    Some(then)
}

/// Resolves a length before or after a named date: *two weeks before May 13*.
fn nested(
    words: &Words<'_>,
    context: &Context,
    at: usize,
    length: &Length,
    sign: i32,
    anchor_at: usize,
) -> Option<TimeCandidate> {
    let base = phrase(words, anchor_at).filter(|base| !base.parts.is_time_alone())?;
    let mut resolved = resolve(&base.parts, words, context, anchor_at)?;
    // "a week from Tuesday" counts from the coming Tuesday.
    if words.sense(anchor_at - 1) == Sense::From
        && base.parts.weekday.is_some()
        && base.parts.day.is_none()
        && resolved.place.days()?.0 < context.publication().0?
    {
        resolved.place = resolved.place.shift(7)?;
    }
    let (day, after) = resolved.place.days()?;
    let place = if after == day.tomorrow().ok()? || length.only.is_none() {
        moved(day, length, sign)?
    } else {
        // Two months before June 2020 is a month, because the unit is that of the date.
        let Some(Count::Thousandths(number)) = length.only else { return None };
        let number = i32::try_from(number / 1000).ok()?.checked_mul(sign)?;
        Context::shifted(length.unit.max(Unit::Day), Some(day), number)?
    };
    let found = TimeCandidate::of("offset-nested", at, base.end, Meaning::Point(place, None));
    Some(TimeCandidate { anchor: resolved.anchor, direction: resolved.direction, ..found })
}

/// *the day before Christmas*, *the week after May 3*, *the day before*, *the year before*.
fn next_to(words: &Words<'_>, context: &Context, at: usize) -> Option<TimeCandidate> {
    let the = usize::from(words.sense(at) == Sense::The);
    if let Sense::Part(part) = words.sense(at + the) {
        return next_part(words, context, at, part);
    }
    let Sense::Unit(unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Weekend)) =
        words.sense(at + the)
    else {
        return None;
    };
    let relation = at + the + 1;
    let sign = match words.sense(relation) {
        Sense::Earlier if words.is(relation, "before") => -1,
        Sense::Later if words.is(relation, "after") => 1,
        Sense::Relative(1) if words.is(relation, "following") => 1,
        _ => return None,
    };
    if words.goes_on(relation + 1) {
        let base = phrase(words, relation + 1).filter(|base| !base.parts.is_time_alone())?;
        let resolved = resolve(&base.parts, words, context, relation + 1)?;
        let day = resolved.place.days()?.0;
        let place = Context::shifted(unit, Some(day), sign)?;
        let found = TimeCandidate::of("offset-nested", at, base.end, Meaning::Point(place, None));
        return Some(TimeCandidate {
            anchor: resolved.anchor,
            direction: resolved.direction,
            ..found
        });
    }
    (the == 1).then_some(())?;
    let (day, anchor) = context.spoken_of();
    let place = Context::shifted(unit, day, sign)?;
    let found = TimeCandidate::of("offset", at, relation + 1, Meaning::Point(place, None));
    Some(TimeCandidate { anchor, ..found })
}

/// *the night before*, *the morning after*.
fn next_part(
    words: &Words<'_>,
    context: &Context,
    at: usize,
    part: DayPart,
) -> Option<TimeCandidate> {
    let relation = at + 2;
    (words.sense(at) == Sense::The && !words.goes_on(relation + 1)).then_some(())?;
    let sign = if words.is(relation, "before") {
        -1
    } else if words.is(relation, "after") {
        1
    } else {
        return None;
    };
    let (day, anchor) = context.spoken_of();
    let place = Context::shifted(Unit::Day, day, sign)?;
    let meaning = Meaning::Point(place, Some(Clock::Part(part)));
    Some(TimeCandidate { anchor, ..TimeCandidate::of("offset", at, relation + 1, meaning) })
}

/// Returns true for a point in the future rather than a duration: *will meet in two weeks*.
fn is_set_ahead(words: &Words<'_>, context: &Context, at: usize) -> bool {
    words.before(at).sense == Sense::In
        && words.holds(at)
        && !context.narrative
        && (context.direction(words, at) == Direction::Ahead
            || direction::is_arranged(words.token(at)))
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::check;

    #[test]
    fn offsets_from_today() {
        check("He left two days ago.", &[("two days ago", "2021-05-06")]);
        check("She returned a year ago.", &[("a year ago", "2020")]);
        check("The vote is three weeks from now.", &[("three weeks from now", "2021-05-29")]);
        check("They will meet in two weeks.", &[("two weeks", "2021-05-22")]);
        check("Trials begin in three weeks.", &[("three weeks", "2021-05-29")]);
        check("They came two Fridays ago.", &[("two Fridays ago", "2021-04-30")]);
        check(
            "It happened the day before yesterday.",
            &[("the day before yesterday", "2021-05-06")],
        );
        check("He left years ago.", &[("years ago", "PAST_REF")]);
    }

    #[test]
    fn offsets_from_a_named_day() {
        check("It came two weeks before May 13.", &[("two weeks before May 13", "2021-04-29")]);
        check("He left the day after Christmas.", &[("the day after Christmas", "2020-12-26")]);
        check("The vote is a week from Tuesday.", &[("a week from Tuesday", "2021-05-18")]);
        check("A week from Tuesday they vote.", &[("A week from Tuesday", "2021-05-18")]);
    }

    #[test]
    fn offsets_from_the_date_in_focus() {
        check(
            "They met on May 3. Two days later they signed.",
            &[("May 3", "2021-05-03"), ("Two days later", "2021-05-05")],
        );
        check(
            "In June 2015 the bridge fell. The following year it was rebuilt.",
            &[("June 2015", "2015-06"), ("The following year", "2016")],
        );
    }

    #[test]
    fn no_date_is_invented() {
        check("It fell two days after the vote.", &[("two days", "P2D")]);
        check("Five years after the war began, he left.", &[("Five years", "P5Y")]);
        check("They must leave within two days.", &[("two days", "P2D")]);
        check("Wounds heal in two weeks.", &[("two weeks", "P2W")]);
    }
}
