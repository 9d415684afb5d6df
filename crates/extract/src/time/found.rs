//! What a rule found: the words, and what they mean.

use dateline_core::{
    Interval, TimeKind, TimeMod,
    calendar::{Clock, DayPart, Place, Season},
};
use jiff::{ToSpan, civil::Date};

use super::number::Count;
use crate::calendar_words::Unit;

/// A time expression as a rule found it.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) first: usize,
    /// The token after the last.
    pub(super) end: usize,
    pub(super) meaning: Meaning,
    pub(super) modifier: Option<TimeMod>,
}

/// What an expression means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Point(Place, Option<Clock>),
    /// A range of days that no single place covers: *May 3 to 7*.
    Range(Date, Date),
    Duration(Count, Unit, Option<(Date, Date)>),
    /// How long from one to the next: *every two weeks*.
    Every(Count, Unit),
    /// *daily*, by its value.
    Recurring(&'static str),
    EveryWeekday(i8, Option<DayPart>),
    EveryMonth(i8),
    EverySeason(Season),
    EveryPart(DayPart),
    Reference(&'static str),
}

impl Found {
    pub(super) fn point(first: usize, end: usize, place: Place) -> Self {
        Self { first, end, meaning: Meaning::Point(place, None), modifier: None }
    }

    pub(super) fn of(first: usize, end: usize, meaning: Meaning) -> Self {
        Self { first, end, meaning, modifier: None }
    }

    /// The place and nothing but a place.
    pub(super) fn place(&self) -> Option<Place> {
        match self.meaning {
            Meaning::Point(place, None) => Some(place),
            _ => None,
        }
    }

    pub(super) fn kind(&self) -> TimeKind {
        match self.meaning {
            Meaning::Point(_, Some(_)) => TimeKind::Time,
            Meaning::Point(..) | Meaning::Range(..) | Meaning::Reference(_) => TimeKind::Date,
            Meaning::Duration(..) => TimeKind::Duration,
            _ => TimeKind::Set,
        }
    }

    pub(super) fn value(&self) -> String {
        match self.meaning {
            Meaning::Point(place, clock) => place.value(clock),
            Meaning::Range(from, to) => format!("{from}/{to}"),
            Meaning::Duration(count, unit, _) | Meaning::Every(count, unit) => period(count, unit),
            Meaning::Recurring(value) | Meaning::Reference(value) => value.to_owned(),
            Meaning::EveryWeekday(day, None) => format!("XXXX-WXX-{day}"),
            Meaning::EveryWeekday(day, Some(part)) => format!("XXXX-WXX-{day}T{part}"),
            Meaning::EveryMonth(month) => format!("XXXX-{month:02}"),
            Meaning::EverySeason(season) => format!("XXXX-{season}"),
            Meaning::EveryPart(part) => format!("XXXX-XX-XXT{part}"),
        }
    }

    pub(super) fn interval(&self) -> Option<Interval> {
        match self.meaning {
            Meaning::Point(place, clock) => place.interval(clock, self.modifier),
            Meaning::Range(from, to) => Interval::new(from, to.tomorrow().ok()?),
            Meaning::Duration(_, _, Some((from, to))) => Interval::new(from, to),
            _ => None,
        }
    }
}

/// The stretch of so many units that ends, or begins, with a day.
pub(super) fn stretch(count: Count, unit: Unit, day: Date, back: bool) -> Option<(Date, Date)> {
    let number = count.as_whole().filter(|number| (1..=3000).contains(number))?;
    let span = match unit {
        Unit::Second
        | Unit::Minute
        | Unit::Hour
        | Unit::Weekend
        | Unit::Century
        | Unit::Millennium => return None,
        Unit::Day => number.days(),
        Unit::Week => number.weeks(),
        Unit::Fortnight => (number * 2).weeks(),
        Unit::Month => number.months(),
        Unit::Quarter => (number * 3).months(),
        Unit::Year => number.years(),
        Unit::Decade => number.checked_mul(10).filter(|years| *years < 9000)?.years(),
    };
    if back {
        Some((day.checked_sub(span).ok()?, day))
    } else {
        Some((day, day.checked_add(span).ok()?))
    }
}

/// The TIMEX3 value of a length of time.
fn period(count: Count, unit: Unit) -> String {
    let (count, unit) = match unit {
        Unit::Fortnight => (Count(count.0.and_then(|n| n.checked_mul(2))), Unit::Week),
        Unit::Quarter => (Count(count.0.and_then(|n| n.checked_mul(3))), Unit::Month),
        Unit::Decade if count.0.is_some() => {
            (Count(count.0.and_then(|n| n.checked_mul(10))), Unit::Year)
        }
        Unit::Weekend => (Count(count.0.and_then(|n| n.checked_mul(2))), Unit::Day),
        _ => (count, unit),
    };
    let (letter, half) = match unit {
        Unit::Second => ("S", None),
        Unit::Minute => ("M", Some("30S")),
        Unit::Hour => ("H", Some("30M")),
        Unit::Day | Unit::Weekend => ("D", None),
        Unit::Week | Unit::Fortnight => ("W", None),
        Unit::Month | Unit::Quarter => ("M", None),
        Unit::Year => ("Y", Some("6M")),
        Unit::Decade => ("DE", None),
        Unit::Century => ("CE", None),
        Unit::Millennium => ("ML", None),
    };
    let clock = if unit <= Unit::Hour { "T" } else { "" };
    let Some(thousandths) = count.0 else { return format!("P{clock}X{letter}") };
    let (whole, rest) = (thousandths / 1000, thousandths % 1000);
    match (rest, half) {
        (0, _) => format!("P{clock}{whole}{letter}"),
        (500, Some(half)) if whole == 0 => format!("P{clock}{half}"),
        (500, Some(half)) => format!("P{clock}{whole}{letter}{half}"),
        _ => {
            let digits = format!("{rest:03}");
            format!("P{clock}{whole}.{}{letter}", digits.trim_end_matches('0'))
        }
    }
}
