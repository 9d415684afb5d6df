//! Times of day.

use std::fmt;

use jiff::{
    ToSpan,
    civil::{Date, DateTime},
};

use super::DayPart;
use crate::{Interval, Moment};

/// A time of day: a part of the day, a minute or a second.
///
/// Prints as the end of a TIMEX3 value, starting with `T`: `TMO`, `T10:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// A part of the day: `TNI`.
    Part(DayPart),
    /// Hour and minute: `T10:30`. Hour 24 is the midnight at the end of the day.
    Minute(i8, i8),
    /// Hour, minute and second: `T10:30:15`.
    Second(i8, i8, i8),
}

impl Clock {
    /// Returns the interval of this time on a day, precise to the minute. The night extends into the next day.
    ///
    /// `None` if the hour or minute does not exist.
    pub fn interval(self, day: Date) -> Option<Interval> {
        let midnight = day.at(0, 0, 0, 0);
        let after = |minutes: i64| midnight.checked_add(minutes.minutes()).ok();
        let between = |from: DateTime, to| Interval::new(Moment::Minute(from), Moment::Minute(to));
        match self {
            Self::Part(part) => {
                let (from, to) = part.hours();
                between(after(i64::from(from) * 60)?, after(i64::from(to) * 60)?)
            }
            Self::Minute(hour, minute) | Self::Second(hour, minute, _) => {
                let fits = (0..=24).contains(&hour) && (0..60).contains(&minute);
                let from = i64::from(hour) * 60 + i64::from(minute);
                if fits { between(after(from)?, after(from + 1)?) } else { None }
            }
        }
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Part(part) => write!(f, "T{part}"),
            Self::Minute(hour, minute) => write!(f, "T{hour:02}:{minute:02}"),
            Self::Second(hour, minute, second) => {
                write!(f, "T{hour:02}:{minute:02}:{second:02}")
            }
        }
    }
}
