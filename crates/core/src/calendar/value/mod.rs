//! TIMEX3 values: all that a time expression can point to, as text and as a stretch of the calendar.

mod parse;

use std::{fmt, str::FromStr};

use super::{Clock, Period, Place, Unit};
use crate::{Interval, TimeMod};

/// What a time expression points to: the `value` of a TIMEX3 tag.
///
/// It reads and prints what TimeML 1.2.1 defines on top of TIDES TIMEX2 (2005):
///
/// | text | value |
/// | --- | --- |
/// | *May 8, 2021*; *the 1980s*; *summer 2021* | `2021-05-08`; `198`; `2021-SU` |
/// | *10:30 on May 8*; *one night in August 1914* | `2021-05-08T10:30`; `1914-08-XXTNI` |
/// | *a week in 2021*; *some day of May 2021* | `2021-WXX`; `2021-05-XX` |
/// | *every Tuesday morning*; *each March*; *every Christmas* | `XXXX-WXX-2TMO`; `XXXX-03`; `XXXX-12-25` |
/// | *Ramadan 2021* | `2021-04-13/2021-05-12` |
/// | *two and a half years*; *several days* | `P2Y6M` or `P2.5Y`; `PXD` |
/// | *now*; *recently*; *soon* | `PRESENT_REF`; `PAST_REF`; `FUTURE_REF` |
///
/// Text as this crate prints it reads and prints back unchanged. Some more is understood: `2021-W9` for `2021-W09`,
/// `2021-W18-5` for the day it is, and the single letters of TIDES for decades, centuries and millennia (`P2E`, `P1C`, `P1L`).
///
/// ```
/// # use dateline_core::{TimeMod, calendar::TimexValue};
/// let june: TimexValue = "2021-06".parse()?;
/// let late = june.interval(Some(TimeMod::End)).expect("a month of the calendar");
/// assert_eq!((late.from().to_string(), late.to().to_string()), ("2021-06-21".into(), "2021-07-01".into()));
///
/// let mornings: TimexValue = "XXXX-WXX-2TMO".parse()?;
/// assert_eq!((mornings.to_string().as_str(), mornings.interval(None)), ("XXXX-WXX-2TMO", None));
/// # Ok::<(), dateline_core::calendar::TimexValueError>(())
/// ```
///
/// Whether an open place such as `XXXX-03` stands for one March of no known year or for each of them is said by the kind of
/// the expression ([`TimeKind::Set`](crate::TimeKind::Set)), not by its value. Not read: hours without minutes (`T10`),
/// zones (`T10:30Z`), ranges of times of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimexValue {
    /// A place on the calendar, with a time of day: `2021-05-08T10:30`. Places without a year recur: `XXXX-WXX-2TMO`.
    Point(Place, Option<Clock>),
    /// Some unit within a longer place, which one is not known: `2021-WXX`, `2021-XX`, `2021-QX`, `2021-05-XX`, `198X`, `19XX`.
    ///
    /// Pairs for which TIMEX3 has no sign print as the place alone.
    Within(Place, Unit),
    /// Some unit, or each: `XXXX` a year, `XXXX-QX`, `XXXX-XX` a month, `XXXX-WXX`, `XXXX-WXX-WE`; other units print as
    /// `XXXX-XX-XX`. A day is [`Place::Nowhere`].
    Any(Unit),
    /// From the first day of one place to the last day of another: `2021-05-03/2021-05-07`.
    Range(Place, Place),
    /// A length of time: `P2Y6M`.
    Period(Period),
    /// The present, the past or the future as such.
    Reference(Reference),
}

/// A time told only by which side of now it lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference {
    /// `PAST_REF`: *recently*.
    Past,
    /// `PRESENT_REF`: *now*.
    Present,
    /// `FUTURE_REF`: *soon*.
    Future,
}

impl TimexValue {
    /// Its stretch of the calendar; `None` where it has no year, for lengths of time and for references.
    ///
    /// Half-open, precise to the day, or to the minute where there is a time of day. START, MID and END keep the first, middle
    /// or last third of the days; a single day and a time of day are not cut further (*late Friday night* is no third of the
    /// night), and a middle needs three days. The other modifiers (APPROX, BEFORE, AFTER, …) narrow nothing: how far *about*
    /// reaches is not on the calendar.
    pub fn interval(self, modifier: Option<TimeMod>) -> Option<Interval> {
        match self {
            Self::Point(place, clock) => place.interval(clock, modifier),
            Self::Within(place, _) => place.interval(None, None),
            Self::Range(first, last) => {
                super::place::narrowed(first.days()?.0, last.days()?.1, modifier)
            }
            Self::Any(_) | Self::Period(_) | Self::Reference(_) => None,
        }
    }
}

impl From<Place> for TimexValue {
    fn from(place: Place) -> Self {
        Self::Point(place, None)
    }
}

impl From<Period> for TimexValue {
    fn from(period: Period) -> Self {
        Self::Period(period)
    }
}

impl fmt::Display for TimexValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Point(place, None) => write!(f, "{place}"),
            Self::Point(place, Some(clock)) => write!(f, "{place}{}{clock}", place.padding()),
            Self::Within(place, unit) => write!(f, "{place}{}", padding(*place, *unit)),
            Self::Any(unit) => f.write_str(match unit {
                Unit::Year => "XXXX",
                Unit::Quarter => "XXXX-QX",
                Unit::Month => "XXXX-XX",
                Unit::Week => "XXXX-WXX",
                Unit::Weekend => "XXXX-WXX-WE",
                _ => "XXXX-XX-XX",
            }),
            Self::Range(first, last) => write!(f, "{first}/{last}"),
            Self::Period(period) => write!(f, "{period}"),
            Self::Reference(reference) => write!(f, "{reference}"),
        }
    }
}

/// What stands behind a place for an unknown unit of it.
fn padding(place: Place, unit: Unit) -> &'static str {
    match (place, unit) {
        (Place::Century(_), Unit::Year) => "XX",
        (Place::Century(_), Unit::Month) => "XX-XX",
        (Place::Century(_), Unit::Day) => "XX-XX-XX",
        (Place::Decade(_), Unit::Year) => "X",
        (Place::Decade(_), Unit::Month) => "X-XX",
        (Place::Decade(_), Unit::Day) => "X-XX-XX",
        (Place::Year(_), Unit::Quarter) => "-QX",
        (Place::Year(_), Unit::Month) | (Place::Month(..) | Place::OpenMonth(_), Unit::Day) => {
            "-XX"
        }
        (Place::Year(_), Unit::Week) => "-WXX",
        (Place::Year(_), Unit::Weekend) => "-WXX-WE",
        (Place::Year(_), Unit::Day) => "-XX-XX",
        (Place::Week(_), Unit::Day) => "-X",
        _ => "",
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Past => "PAST_REF",
            Self::Present => "PRESENT_REF",
            Self::Future => "FUTURE_REF",
        })
    }
}

/// Text that is no value of a time expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimexValueError {
    read: String,
}

impl fmt::Display for TimexValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "read `{}` as the value of a time, expected one of TIMEX3 such as 2021-05-08, 2021-W18, XXXX-12-25, P2W or PRESENT_REF",
            self.read
        )
    }
}

impl std::error::Error for TimexValueError {}

impl FromStr for TimexValue {
    type Err = TimexValueError;

    fn from_str(text: &str) -> Result<Self, TimexValueError> {
        parse::value(text).ok_or_else(|| TimexValueError { read: text.to_owned() })
    }
}

impl FromStr for Reference {
    type Err = TimexValueError;

    fn from_str(text: &str) -> Result<Self, TimexValueError> {
        [Self::Past, Self::Present, Self::Future]
            .into_iter()
            .find(|reference| reference.to_string() == text)
            .ok_or_else(|| TimexValueError { read: text.to_owned() })
    }
}

impl FromStr for Place {
    type Err = TimexValueError;

    fn from_str(text: &str) -> Result<Self, TimexValueError> {
        match parse::value(text) {
            Some(TimexValue::Point(place, None)) => Ok(place),
            _ => Err(TimexValueError { read: text.to_owned() }),
        }
    }
}

#[cfg(test)]
mod tests;
