//! Ranges run forward: what one end leaves out is told by the other.

use dateline_core::calendar::{Clock, Place};
use jiff::civil::Date;

use super::{
    context::Context,
    direction::Direction,
    found::{Found, Meaning},
    parts::Parts,
};

/// *from 10 p.m. to 6 a.m.*, *from Friday to Sunday*, *from March to November*: a range runs forward. Where both ends lie
/// behind, its beginning is the one before its end; else its end is the next after its beginning.
pub(super) fn put_in_order(
    begin: &mut Found,
    end: &mut Found,
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
    // "from 10 p.m. on Monday to 6 a.m.": of the same day, or of the night after it.
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
    // History lies behind.
    let behind = |found: &Found| match found.direction {
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

/// The same weekday a week away, the same month or day a year away.
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
