//! Values of time expressions: places on the calendar, times of day, lengths of time, as TIMEX3 writes them.
//!
//! TIMEX3 is the time tag of TimeML 1.2.1; its values extend ISO 8601 and come from TIDES TIMEX2 (2005): `2021-W18` is a
//! week, `2021-SU` a summer, `198` the 1980s, `XXXX-12-25` a Christmas of no known year, `P2W` two weeks.
//!
//! - [`TimexValue`] is any of them, and reads and prints it;
//! - [`Place`] is a stretch of the calendar that has a name, [`Clock`] a time of day;
//! - [`Period`] is a length of time, in [`Unit`]s.
//!
//! All of it is the proleptic Gregorian calendar, from 9999 BC to AD 9999, without zones: [`Moment`](crate::Moment) says why.
//! Years are astronomical: year 0 is 1 BC, year -489 is 490 BC, and prints as `BC0490`.

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

/// The Monday of the ISO week of a day.
pub fn monday(day: Date) -> Date {
    let back = i32::from(day.weekday().to_monday_zero_offset());
    plus_days(day, -back).unwrap_or(day)
}

/// The day so many days later; `None` off the calendar.
pub fn plus_days(day: Date, by: i32) -> Option<Date> {
    day.checked_add(i64::from(by).days()).ok()
}

/// The number of a weekday, Monday being 1 and Sunday 7.
pub fn weekday(day: Date) -> i8 {
    day.weekday().to_monday_one_offset()
}
