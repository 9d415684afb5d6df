//! The parser of TIMEX3 values: a year or part of one, further parts after dashes, a time of day after `T`.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::{Clock, Place, TimexValue, Unit};
use crate::calendar::{DayPart, Season};

/// Parses a value.
pub(super) fn value(text: &str) -> Option<TimexValue> {
    if let Ok(reference) = text.parse() {
        return Some(TimexValue::Reference(reference));
    }
    if text.starts_with('P') {
        return text.parse().ok().map(TimexValue::Period);
    }
    if let Some((first, last)) = text.split_once('/') {
        let (first, last) = (closed(first)?, closed(last)?);
        return (first.days()?.0 < last.days()?.1).then_some(TimexValue::Range(first, last));
    }
    match text.split_once('T') {
        None => place(text),
        Some((day, time)) => with_clock(place(day)?, clock(time)?),
    }
}

/// Parses a place with a year.
fn closed(text: &str) -> Option<Place> {
    match place(text)? {
        TimexValue::Point(place, None) => place.days().map(|_| place),
        _ => None,
    }
}

/// Joins a place and a time of day, removing the padding in between.
fn with_clock(day: TimexValue, clock: Clock) -> Option<TimexValue> {
    let place = match day {
        TimexValue::Within(place, Unit::Day) => place,
        // A time of day needs a day, at least as padding.
        TimexValue::Point(place, None) if place.padding().is_empty() => place,
        _ => return None,
    };
    Some(TimexValue::Point(place, Some(clock)))
}

/// Parses `MO`, `10:30` or `10:30:15`.
fn clock(text: &str) -> Option<Clock> {
    if let Some(part) = DayPart::of_code(text) {
        return Some(Clock::Part(part));
    }
    let mut parts = text.split(':').map(|part| number(part, 2));
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next();
    if parts.next().is_some() {
        return None;
    }
    let second = match second {
        None => None,
        Some(second) => Some(second?),
    };
    let fits = hour < 24 && minute < 60 && second.is_none_or(|second| second < 60);
    let is_midnight = hour == 24 && minute == 0 && second.unwrap_or(0) == 0;
    let (hour, minute) = (i8::try_from(hour).ok()?, i8::try_from(minute).ok()?);
    (fits || is_midnight).then_some(())?;
    match second {
        None => Some(Clock::Minute(hour, minute)),
        Some(second) => Some(Clock::Second(hour, minute, i8::try_from(second).ok()?)),
    }
}

/// The first part of a value: a year, a shorter prefix of one, or `XXXX`.
#[derive(Clone, Copy)]
enum Head {
    Open,
    Year(i16),
    /// `198`, `19`.
    Years(Place),
    /// `198X`, `19XX`.
    YearOf(Place),
}

fn place(text: &str) -> Option<TimexValue> {
    let mut parts = text.split('-');
    let head = head(parts.next()?)?;
    let (second, third) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    match head {
        Head::Years(place) => second.is_none().then_some(place.into()),
        Head::YearOf(place) => {
            let unit = match (second, third) {
                (None, _) => Unit::Year,
                (Some("XX"), None) => Unit::Month,
                (Some("XX"), Some("XX")) => Unit::Day,
                _ => return None,
            };
            Some(TimexValue::Within(place, unit))
        }
        Head::Open => open(second, third),
        Head::Year(year) => in_year(year, second, third),
    }
}

fn head(text: &str) -> Option<Head> {
    if text == "XXXX" {
        return Some(Head::Open);
    }
    let (figures, is_bc) = match text.strip_prefix("BC") {
        Some(figures) => (figures, true),
        None => (text, false),
    };
    let known = figures.trim_end_matches('X');
    let shared = |known: &str| {
        let figures = number(known, known.len())?;
        let figures = if is_bc { !figures } else { figures };
        match known.len() {
            3 => Some(Place::Decade(figures)),
            2 => Some(Place::Century(figures)),
            _ => None,
        }
    };
    match (known.len(), figures.len()) {
        (4, 4) => {
            let year = number(figures, 4).filter(|year| *year > 0)?;
            Some(Head::Year(if is_bc { 1 - year } else { year }))
        }
        (_, 4) => shared(known).map(Head::YearOf),
        (known_len, len) if known_len == len => shared(known).map(Head::Years),
        _ => None,
    }
}

/// Parses the parts after `XXXX`.
fn open(second: Option<&str>, third: Option<&str>) -> Option<TimexValue> {
    let point = |place: Place| Some(TimexValue::from(place));
    let Some(second) = second else { return Some(TimexValue::Any(Unit::Year)) };
    let month = || number(second, 2).filter(|month| (1..=12).contains(month)).map(narrow);
    match (second, third) {
        ("XX", None) => Some(TimexValue::Any(Unit::Month)),
        ("XX", Some("XX")) => point(Place::Nowhere),
        ("WXX", None) => Some(TimexValue::Any(Unit::Week)),
        ("WXX", Some("WE")) => Some(TimexValue::Any(Unit::Weekend)),
        ("WXX", Some(day)) => point(Place::OpenWeekday(nth(day, 7)?)),
        ("QX", None) => Some(TimexValue::Any(Unit::Quarter)),
        (_, Some("XX")) => Some(TimexValue::Within(Place::OpenMonth(month()?), Unit::Day)),
        (_, Some(day)) => {
            let (month, day) = (month()?, narrow(number(day, 2)?));
            // A year that has February 29.
            Date::new(2000, month, day).ok()?;
            point(Place::OpenDay(month, day))
        }
        (_, None) => {
            if let Some(season) = Season::of_code(second) {
                return point(Place::OpenSeason(season));
            }
            if let Some(quarter) = second.strip_prefix('Q') {
                return point(Place::OpenQuarter(nth(quarter, 4)?));
            }
            point(Place::OpenMonth(month()?))
        }
    }
}

/// Parses the parts after a year.
fn in_year(year: i16, second: Option<&str>, third: Option<&str>) -> Option<TimexValue> {
    let point = |place: Place| Some(TimexValue::from(place));
    let within = |unit| Some(TimexValue::Within(Place::Year(year), unit));
    let Some(second) = second else { return point(Place::Year(year)) };
    match (second, third) {
        ("XX", None) => return within(Unit::Month),
        ("XX", Some("XX")) => return within(Unit::Day),
        ("WXX", None) => return within(Unit::Week),
        ("WXX", Some("WE")) => return within(Unit::Weekend),
        ("QX", None) => return within(Unit::Quarter),
        _ => {}
    }
    if let Some(week) = second.strip_prefix('W')
        && !week.starts_with('I')
    {
        let week = number(week, week.len().clamp(1, 2)).map(narrow)?;
        let monday = ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date();
        return match third {
            None => point(Place::Week(monday)),
            Some("WE") => point(Place::Weekend(monday)),
            Some("X") => Some(TimexValue::Within(Place::Week(monday), Unit::Day)),
            Some(day) => {
                point(Place::Day(super::super::plus_days(monday, i32::from(nth(day, 7)?) - 1)?))
            }
        };
    }
    let month = || number(second, 2).filter(|month| (1..=12).contains(month)).map(narrow);
    match third {
        Some("XX") => Some(TimexValue::Within(Place::Month(year, month()?), Unit::Day)),
        Some(day) => point(Place::Day(
            Date::new(year, narrow(number(second, 2)?), narrow(number(day, 2)?)).ok()?,
        )),
        None => {
            if let Some(season) = Season::of_code(second) {
                return point(Place::Season(year, season));
            }
            if let Some(quarter) = second.strip_prefix('Q') {
                return point(Place::Quarter(year, nth(quarter, 4)?));
            }
            if let Some(half) = second.strip_prefix('H') {
                return point(Place::Half(year, nth(half, 2)?));
            }
            point(Place::Month(year, month()?))
        }
    }
}

/// Parses one digit from 1 to `most`.
fn nth(text: &str, most: i16) -> Option<i8> {
    number(text, 1).filter(|number| (1..=most).contains(number)).map(narrow)
}

/// Parses exactly `len` digits, at most four.
fn number(text: &str, len: usize) -> Option<i16> {
    let fits = text.len() == len && len <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

/// Converts a number of at most two digits.
fn narrow(number: i16) -> i8 {
    i8::try_from(number).unwrap_or(i8::MAX)
}
