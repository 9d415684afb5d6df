//! Ranges run forward: each end completes the other.

use dateline_core::calendar::{Clock, Place};
use jiff::civil::Date;

use super::{
    candidate::{Meaning, TimeCandidate},
    context::Context,
    direction::Direction,
    parts::Parts,
};

/// Orders the ends of a range: *from 10 p.m. to 6 a.m.*, *from Friday to Sunday*, *from March to November*. If both
/// ends lie in the past, the beginning is the last one before the end; else the end is the first one after the
/// beginning.
pub(super) fn put_in_order(
    begin: &mut TimeCandidate,
    end: &mut TimeCandidate,
    [before, parts]: [&Parts; 2],
    context: &Context,
) {
    let (Meaning::Point(from, from_clock), Meaning::Point(to, clock)) =
        (begin.meaning, end.meaning)
    else {
        return;
    };
    let starts = |place: Place, clock: Option<Clock>| {
        place.interval(clock, None).map(dateline_core::Interval::from)
    };
    // "from 10 p.m. on Monday to 6 a.m.": the same day, or the night after it.
    if parts.is_time_alone() {
        let same = starts(from, from_clock) <= starts(from, clock);
        if let Some(day) = if same { Some(from) } else { from.shift(1) } {
            end.meaning = Meaning::Point(day, clock);
            end.anchor = begin.anchor;
        }
        return;
    }
    if starts(from, from_clock) <= starts(to, clock) {
        return;
    }
    // A history lies in the past.
    let behind = |found: &TimeCandidate| match found.direction {
        Some(direction) => context.narrative || direction == Direction::Behind,
        None => false,
    };
    if behind(begin) && behind(end) {
        if let Some(earlier) = turned(from, before, -1) {
            begin.meaning = Meaning::Point(earlier, from_clock);
        }
    } else if let Some(later) = turned(to, parts, 1) {
        end.meaning = Meaning::Point(later, clock);
    }
}

/// Returns the same weekday a week away, or the same month or day a year away.
fn turned(place: Place, parts: &Parts, by: i8) -> Option<Place> {
    (parts.year.is_none() && parts.shift.is_none()).then_some(())?;
    match place {
        Place::Month(..) => place.shift(12 * i32::from(by)),
        Place::Day(_) if parts.weekday.is_some() && parts.day.is_none() => {
            place.shift(7 * i32::from(by))
        }
        Place::Day(day) if parts.month.is_some() => {
            Date::new(day.year() + i16::from(by), day.month(), day.day()).ok().map(Place::Day)
        }
        _ => None,
    }
}
