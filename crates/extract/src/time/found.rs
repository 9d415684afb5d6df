//! What a rule found: the words, what they mean, and how that came about.

use dateline_core::{
    Interval, TimeKind, TimeMod,
    calendar::{Clock, Period, Place, TimexValue},
};
use jiff::civil::Date;

use super::{context::Anchor, direction::Direction};

/// A time expression as a rule found it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) first: usize,
    /// The token after the last.
    pub(super) end: usize,
    /// The rule, in kebab-case.
    pub(super) rule: &'static str,
    pub(super) meaning: Meaning,
    pub(super) modifier: Option<TimeMod>,
    /// Of a set, which ones.
    pub(super) quant: Option<&'static str>,
    /// Of a set, how often in each period.
    pub(super) times: Option<u32>,
    pub(super) anchor: Anchor,
    pub(super) direction: Option<Direction>,
    /// A length or a year that a report turns to.
    pub(super) reports: bool,
    /// A point that only compares: *a year earlier* leaves the text where it was.
    pub(super) compares: bool,
    /// The expression behind it is the end of a range that this one begins.
    pub(super) begins_range: bool,
}

/// What an expression means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
    Point(Place, Option<Clock>),
    /// A run of days, from its first to its last.
    Days(Date, Date),
    /// A length, and the stretch of days it covers where that is known.
    Duration(Period, Option<(Date, Date)>),
    /// How long from one to the next: *every two weeks*.
    Every(Period),
    /// A place or time of day that recurs: *every Tuesday morning*.
    Recurring(Place, Option<Clock>),
    Reference(&'static str),
}

impl Found {
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

    /// Whether its place has a value of four figures: nothing is told of years before 9999 BC or behind 9999.
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
