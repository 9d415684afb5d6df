//! Values of time expressions in TIMEX3 notation: calendar places, times of day and durations.
//!
//! TIMEX3 is the time tag of TimeML 1.2.1. Its values extend ISO 8601 and come from TIDES TIMEX2 (2005): `2021-W18` is a week,
//! `2021-SU` a summer, `198` the 1980s, `XXXX-12-25` Christmas in an unknown year, `P2W` two weeks.
//!
//! - [`TimexValue`] is any such value; it parses and prints.
//! - [`Place`] is a named part of the calendar, [`Clock`] a time of day.
//! - [`Period`] is a duration, in [`Unit`]s.
//!
//! The calendar is the proleptic Gregorian calendar from 9999 BC to AD 9999, without time zones (see [`Moment`](crate::Moment)).
//! Years are astronomical: year 0 is 1 BC, and year -489 is 490 BC and prints as `BC0490`.

mod clock;
mod named;
mod period;
mod place;
mod unit;
mod value;

use jiff::{ToSpan, civil::Date};

pub use self::{
    clock::Clock,
    named::{DayPart, Season},
    period::{Count, Period, PeriodError},
    place::Place,
    unit::Unit,
    value::{Reference, TimexValue, TimexValueError},
};

/// Returns the Monday of the ISO week of a day.
pub fn monday(day: Date) -> Date {
    let back = i32::from(day.weekday().to_monday_zero_offset());
    plus_days(day, -back).unwrap_or(day)
}

/// Returns the day `by` days later, or `None` outside the calendar.
pub fn plus_days(day: Date, by: i32) -> Option<Date> {
    day.checked_add(i64::from(by).days()).ok()
}

/// Returns the number of the weekday, from 1 (Monday) to 7 (Sunday).
pub fn weekday(day: Date) -> i8 {
    day.weekday().to_monday_one_offset()
}
