//! Candidate expressions: what a rule found, what it means, and how it was read.

use dateline_core::{
    Interval, TimeKind, TimeMod,
    calendar::{Clock, Period, Place, TimexValue},
};
use jiff::civil::Date;

use super::{context::Anchor, direction::Direction};

/// Time expression as a rule found it. At each word, the longest candidate wins.
#[derive(Debug, Clone, Copy)]
pub(super) struct TimeCandidate {
    pub(super) first: usize,
    /// Index of the token after the last.
    pub(super) end: usize,
    /// Rule name in kebab-case.
    pub(super) rule: &'static str,
    pub(super) meaning: Meaning,
    pub(super) modifier: Option<TimeMod>,
    /// TIMEX3 `quant` of a set.
    pub(super) quant: Option<&'static str>,
    /// Occurrences in each period of a set.
    pub(super) times: Option<u32>,
    pub(super) anchor: Anchor,
    pub(super) direction: Option<Direction>,
    /// Length or year that a report turns to.
    pub(super) reports: bool,
    /// Point that only serves to compare: *a year earlier* does not move the focus of the text.
    pub(super) compares: bool,
    /// The next expression ends the range that this one begins.
    pub(super) begins_range: bool,
}

/// Meaning of an expression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
    Point(Place, Option<Clock>),
    /// Range of days, both ends included.
    Days(Date, Date),
    /// Length, and the days it covers if they are known.
    Duration(Period, Option<(Date, Date)>),
    /// Period between occurrences: *every two weeks*.
    Every(Period),
    /// Place or time of day that recurs: *every Tuesday morning*.
    Recurring(Place, Option<Clock>),
    Reference(&'static str),
}

impl TimeCandidate {
    pub(super) fn of(rule: &'static str, first: usize, end: usize, meaning: Meaning) -> Self {
        Self {
            first,
            end,
            rule,
            meaning,
            modifier: None,
            quant: None,
            times: None,
            anchor: Anchor::None,
            direction: None,
            reports: false,
            compares: false,
            begins_range: false,
        }
    }

    pub(super) fn duration(rule: &'static str, first: usize, end: usize, period: Period) -> Self {
        Self::of(rule, first, end, Meaning::Duration(period, None))
    }

    /// Returns true if its year has a four-digit value. Years before 9999 BC and after AD 9999 are not reported.
    pub(super) fn is_on_calendar(&self) -> bool {
        match self.meaning {
            Meaning::Point(place, _) => {
                place.year().is_none_or(|year| (-9998..=9999).contains(&year))
            }
            _ => true,
        }
    }

    pub(super) fn kind(&self) -> TimeKind {
        match self.meaning {
            Meaning::Point(_, Some(_)) => TimeKind::Time,
            Meaning::Point(..) | Meaning::Days(..) | Meaning::Reference(_) => TimeKind::Date,
            Meaning::Duration(..) => TimeKind::Duration,
            Meaning::Every(_) | Meaning::Recurring(..) => TimeKind::Set,
        }
    }

    pub(super) fn value(&self) -> String {
        match self.meaning {
            Meaning::Point(place, clock) | Meaning::Recurring(place, clock) => place.value(clock),
            Meaning::Days(first, last) => days(first, last).to_string(),
            Meaning::Duration(period, _) | Meaning::Every(period) => period.to_string(),
            Meaning::Reference(value) => value.to_owned(),
        }
    }

    pub(super) fn interval(&self) -> Option<Interval> {
        match self.meaning {
            Meaning::Point(place, clock) => place.interval(clock, self.modifier),
            Meaning::Days(first, last) => days(first, last).interval(self.modifier),
            Meaning::Duration(_, Some((from, to))) => Interval::new(from, to),
            _ => None,
        }
    }
}

fn days(first: Date, last: Date) -> TimexValue {
    TimexValue::Range(Place::Day(first), Place::Day(last))
}
