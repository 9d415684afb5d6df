//! TIMEX3 values, as text and as calendar intervals.

mod parse;

use std::{fmt, str::FromStr};

use super::{Clock, Period, Place, Unit};
use crate::{Interval, TimeMod};

/// The value of a time expression: the `value` attribute of a TIMEX3 tag.
///
/// Parses and prints the values that TimeML 1.2.1 defines on top of TIDES TIMEX2 (2005):
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
/// Every value round-trips through text. The parser also accepts `2021-W9` for `2021-W09`, `2021-W18-5` for a day, and the
/// single letters of TIDES for decades, centuries and millennia (`P2E`, `P1C`, `P1L`).
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
/// The value does not tell if an open place such as `XXXX-03` means one March of an unknown year or every March; the kind of
/// the expression does ([`TimeKind::Set`](crate::TimeKind::Set)). Hours without minutes (`T10`), time zones (`T10:30Z`) and
/// ranges of times of day are not supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimexValue {
    /// A place on the calendar, optionally with a time of day: `2021-05-08T10:30`. Places without a year recur: `XXXX-WXX-2TMO`.
    Point(Place, Option<Clock>),
    /// An unknown unit within a longer place: `2021-WXX`, `2021-XX`, `2021-QX`, `2021-05-XX`, `198X`, `19XX`.
    ///
    /// Combinations that TIMEX3 cannot express print as the place alone.
    Within(Place, Unit),
    /// Some or every unit: `XXXX` a year, `XXXX-QX`, `XXXX-XX` a month, `XXXX-WXX`, `XXXX-WXX-WE`. Other units print as
    /// `XXXX-XX-XX`. A day is [`Place::Nowhere`].
    Any(Unit),
    /// From the first day of one place to the last day of another: `2021-05-03/2021-05-07`.
    Range(Place, Place),
    /// A duration: `P2Y6M`.
    Period(Period),
    /// The past, the present or the future in general.
    Reference(Reference),
}

/// A time known only as past, present or future.
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
    /// Returns the interval on the calendar, or `None` for values without a year, durations and references.
    ///
    /// The interval is half-open and precise to the day, or to the minute if there is a time of day. START, MID and END narrow it
    /// to the first, middle or last third of the days. A single day or a time of day is not divided (*late Friday night* is the
    /// whole night), and MID needs at least three days. Other modifiers (APPROX, BEFORE, AFTER, …) have no effect, because the
    /// calendar does not define how far *about* reaches.
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

/// Returns the suffix for an unknown unit within a place; empty if TIMEX3 has none.
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

/// Error for text that is not a TIMEX3 value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimexValueError {
    read: String,
}

impl fmt::Display for TimexValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "read `{}` as a time value, expected TIMEX3 such as 2021-05-08, 2021-W18, XXXX-12-25, P2W or PRESENT_REF",
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
