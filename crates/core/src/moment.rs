//! Moments and intervals of the calendar, precise to the day or to the minute.

use std::{fmt, str::FromStr};

use jiff::civil::{Date, DateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A day, or a minute of a day, in the local time of the place of publication.
///
/// Serializes as ISO 8601: `2021-05-08` or `2021-05-08T09:30`. In comparisons, a day counts as its first instant. A moment has
/// no time zone: *Friday* in a news text is the Friday of the place where it was published.
///
/// ```
/// # use dateline_core::Moment;
/// let day: Moment = "2021-05-08".parse()?;
/// let minute: Moment = "2021-05-08T09:30".parse()?;
/// assert!(day < minute);
/// # Ok::<(), dateline_core::MomentError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A whole day.
    Day(Date),
    /// A minute. Seconds are not kept.
    Minute(DateTime),
}

impl Moment {
    /// Returns the day the moment falls on.
    pub fn date(self) -> Date {
        match self {
            Self::Day(date) => date,
            Self::Minute(minute) => minute.date(),
        }
    }

    fn first_instant(self) -> DateTime {
        match self {
            Self::Day(date) => date.at(0, 0, 0, 0),
            Self::Minute(minute) => minute,
        }
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let precision = |moment: &Self| matches!(moment, Self::Minute(_));
        (self.first_instant(), precision(self)).cmp(&(other.first_instant(), precision(other)))
    }
}

impl From<Date> for Moment {
    fn from(date: Date) -> Self {
        Self::Day(date)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Minute(minute) => {
                write!(f, "{}T{:02}:{:02}", minute.date(), minute.hour(), minute.minute())
            }
        }
    }
}

/// Error for text that is not a day or a minute of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MomentError {
    read: String,
}

impl fmt::Display for MomentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "read `{}` as a date, expected a day of the calendar such as 2021-05-08 or 2021-05-08T09:30",
            self.read
        )
    }
}

impl std::error::Error for MomentError {}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        // A day has no time after it. Years BC have six digits: -000489-01-01.
        let parsed = if text.contains(['T', 't', ' ']) {
            text.parse().map(Self::Minute).ok()
        } else {
            text.parse().map(Self::Day).ok()
        };
        parsed.ok_or_else(|| MomentError { read: text.to_owned() })
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Moment {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "ISO 8601: a day (2021-05-08) or a minute (2021-05-08T09:30)",
            "pattern": r"^-?\d{4,6}-\d{2}-\d{2}(T\d{2}:\d{2})?$"
        })
    }
}

/// A half-open interval of the calendar: from its first moment to the first moment after it.
///
/// `from < to` always holds.
///
/// ```
/// use dateline_core::{Interval, Moment};
///
/// let may = Interval::new("2021-05-01".parse::<Moment>()?, "2021-06-01".parse::<Moment>()?);
/// let day = Interval::day("2021-05-31".parse::<Moment>()?.date());
/// assert!(may.zip(day).is_some_and(|(may, day)| may.contains(day)));
/// # Ok::<(), dateline_core::MomentError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Interval {
    from: Moment,
    to: Moment,
}

impl Interval {
    /// Creates the interval between two moments, or `None` unless the first is before the second.
    pub fn new(from: impl Into<Moment>, to: impl Into<Moment>) -> Option<Self> {
        let (from, to) = (from.into(), to.into());
        (from < to).then_some(Self { from, to })
    }

    /// Creates the interval of one day, or `None` for the last day of the calendar (9999-12-31), which no day follows.
    pub fn day(date: Date) -> Option<Self> {
        Self::new(date, date.tomorrow().ok()?)
    }

    /// First moment in the interval.
    pub fn from(self) -> Moment {
        self.from
    }

    /// First moment after the interval.
    pub fn to(self) -> Moment {
        self.to
    }

    /// Returns true if all of `other` lies in this interval.
    pub fn contains(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }
}

impl<'de> Deserialize<'de> for Interval {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Ends {
            from: Moment,
            to: Moment,
        }
        let Ends { from, to } = Ends::deserialize(deserializer)?;
        Self::new(from, to).ok_or_else(|| {
            de::Error::custom(format_args!(
                "read an interval from {from} to {to}, expected `from` before `to`"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_round_trip() {
        for text in ["2021-05-08", "2021-05-08T09:30", "-000489-01-01", "-000489-01-01T12:00"] {
            assert_eq!(
                text.parse::<Moment>().map(|moment| moment.to_string()),
                Ok(text.to_owned())
            );
        }
    }

    #[test]
    fn an_impossible_day_is_refused() {
        let error = "2021-04-31".parse::<Moment>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "read `2021-04-31` as a date, expected a day of the calendar such as 2021-05-08 or 2021-05-08T09:30"
        );
    }

    #[test]
    fn an_interval_runs_forward() {
        let day = |text: &str| text.parse::<Moment>().unwrap();
        assert!(Interval::new(day("2021-05-08"), day("2021-05-08")).is_none());
        let may = Interval::new(day("2021-05-01"), day("2021-06-01")).unwrap();
        assert!(may.contains(Interval::day(day("2021-05-31").date()).unwrap()));
        assert!(
            serde_json::from_str::<Interval>(r#"{"from":"2021-05-09","to":"2021-05-08"}"#).is_err()
        );
    }
}
