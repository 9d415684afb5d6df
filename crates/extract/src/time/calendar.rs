//! Places on the calendar: the days, months, seasons and decades expressions point to, with their TIMEX3 value and interval.

use std::fmt::Write;

use dateline_core::{Interval, Moment, TimeMod};
use jiff::{
    ToSpan,
    civil::{Date, DateTime, Weekday},
};

use crate::calendar_words::Unit;

/// A stretch of the calendar that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Day(Date),
    /// A week, by its Monday.
    Week(Date),
    /// A weekend, by the Monday of its week.
    Weekend(Date),
    Month(i16, i8),
    Quarter(i16, i8),
    Half(i16, i8),
    /// A season, by its TIMEX3 code; winter belongs to the year it begins in.
    Season(i16, &'static str),
    Year(i16),
    /// A decade, by its first year over ten.
    Decade(i16),
    /// A century, by its first year over a hundred.
    Century(i16),
    BeforeChrist(i16),
    /// A day whose year is not known.
    OpenDay(i8, i8),
    OpenMonth(i8),
    OpenWeekday(i8),
    OpenSeason(&'static str),
    /// A time of day whose day is not known.
    Nowhere,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// A part of the day, by its TIMEX3 code.
    Part(&'static str),
    /// Hour and minute; hour 24 is the midnight that ends the day.
    Minute(i8, i8),
}

impl Place {
    /// The unit of this size that holds a day.
    pub(super) fn around(unit: Unit, day: Date) -> Self {
        let (year, month) = (day.year(), day.month());
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Self::Day(day),
            Unit::Week | Unit::Fortnight => Self::Week(monday(day)),
            Unit::Weekend => Self::Weekend(monday(day)),
            Unit::Month => Self::Month(year, month),
            Unit::Quarter => Self::Quarter(year, (month - 1) / 3 + 1),
            Unit::Year => Self::Year(year),
            Unit::Decade => Self::Decade(year.div_euclid(10)),
            Unit::Century | Unit::Millennium => Self::Century(year.div_euclid(100)),
        }
    }

    /// The place as many of its units later; `None` off the calendar.
    pub(super) fn shift(self, by: i32) -> Option<Self> {
        let small = i16::try_from(by).ok()?;
        let years = |year: i16| year.checked_add(small).filter(|year| (1..=9998).contains(year));
        Some(match self {
            Self::Day(day) => Self::Day(plus_days(day, by)?),
            Self::Week(day) => Self::Week(plus_days(day, by.checked_mul(7)?)?),
            Self::Weekend(day) => Self::Weekend(plus_days(day, by.checked_mul(7)?)?),
            Self::Month(year, month) => {
                let (year, month) = cycle(year, month, 12, by)?;
                Self::Month(year, month)
            }
            Self::Quarter(year, quarter) => {
                let (year, quarter) = cycle(year, quarter, 4, by)?;
                Self::Quarter(year, quarter)
            }
            Self::Half(year, half) => {
                let (year, half) = cycle(year, half, 2, by)?;
                Self::Half(year, half)
            }
            Self::Season(year, season) => Self::Season(years(year)?, season),
            Self::Year(year) => Self::Year(years(year)?),
            Self::Decade(decade) => Self::Decade(in_range(decade.checked_add(small)?, 998)?),
            Self::Century(century) => Self::Century(in_range(century.checked_add(small)?, 98)?),
            _ => return None,
        })
    }

    /// The year it lies in, if it lies in one.
    pub(super) fn year(self) -> Option<i16> {
        match self {
            Self::Day(day) | Self::Week(day) | Self::Weekend(day) => Some(day.year()),
            Self::Month(year, _)
            | Self::Quarter(year, _)
            | Self::Half(year, _)
            | Self::Season(year, _)
            | Self::Year(year) => Some(year),
            _ => None,
        }
    }

    /// First day, and first day after it.
    pub(super) fn days(self) -> Option<(Date, Date)> {
        let months = |year: i16, month: i8, count: i32| {
            let from = Date::new(year, month, 1).ok()?;
            Some((from, from.checked_add(count.months()).ok()?))
        };
        let years = |year: i16, count: i32| {
            let from = Date::new(year.max(1), 1, 1).ok()?;
            Some((from, Date::new(year, 1, 1).ok()?.checked_add(count.years()).ok()?))
        };
        match self {
            Self::Day(day) => Some((day, day.tomorrow().ok()?)),
            Self::Week(day) => Some((day, plus_days(day, 7)?)),
            Self::Weekend(day) => Some((plus_days(day, 5)?, plus_days(day, 7)?)),
            Self::Month(year, month) => months(year, month, 1),
            Self::Quarter(year, quarter) => months(year, quarter * 3 - 2, 3),
            Self::Half(year, half) => months(year, half * 6 - 5, 6),
            Self::Season(year, season) => months(year, first_month(season), 3),
            Self::Year(year) => years(year, 1),
            Self::Decade(decade) => years(decade.checked_mul(10)?, 10),
            Self::Century(century) => years(century.checked_mul(100)?, 100),
            _ => None,
        }
    }

    /// Writes the TIMEX3 value.
    pub(super) fn value(self, clock: Option<Clock>) -> String {
        let mut out = String::with_capacity(16);
        let written = match self {
            Self::Day(day) => write!(out, "{day}"),
            Self::Week(day) => {
                let week = day.iso_week_date();
                write!(out, "{:04}-W{:02}", week.year(), week.week())
            }
            Self::Weekend(day) => {
                let week = day.iso_week_date();
                write!(out, "{:04}-W{:02}-WE", week.year(), week.week())
            }
            Self::Month(year, month) => write!(out, "{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => write!(out, "{year:04}-Q{quarter}"),
            Self::Half(year, half) => write!(out, "{year:04}-H{half}"),
            Self::Season(year, season) => write!(out, "{year:04}-{season}"),
            Self::Year(year) => write!(out, "{year:04}"),
            Self::Decade(decade) => write!(out, "{decade:03}"),
            Self::Century(century) => write!(out, "{century:02}"),
            Self::BeforeChrist(year) => write!(out, "BC{year:04}"),
            Self::OpenDay(month, day) => write!(out, "XXXX-{month:02}-{day:02}"),
            Self::OpenMonth(month) => write!(out, "XXXX-{month:02}"),
            Self::OpenWeekday(day) => write!(out, "XXXX-WXX-{day}"),
            Self::OpenSeason(season) => write!(out, "XXXX-{season}"),
            Self::Nowhere => write!(out, "XXXX-XX-XX"),
        };
        written.expect("a string takes all that is written");
        match clock {
            None => {}
            Some(Clock::Part(part)) => {
                out.push('T');
                out.push_str(part);
            }
            Some(Clock::Minute(hour, minute)) => {
                write!(out, "T{hour:02}:{minute:02}").expect("a string takes all that is written");
            }
        }
        out
    }

    /// Its stretch of the calendar, narrowed by a time of day or a modifier.
    pub(super) fn interval(
        self,
        clock: Option<Clock>,
        modifier: Option<TimeMod>,
    ) -> Option<Interval> {
        let (from, to) = self.days()?;
        if let Some(clock) = clock {
            return clock.interval(from);
        }
        let third = (from.until(to).ok()?.get_days() / 3).max(1);
        let (from, to) = match modifier {
            Some(TimeMod::Start) => (from, plus_days(from, third)?),
            Some(TimeMod::Mid) => (plus_days(from, third)?, plus_days(to, -third)?),
            Some(TimeMod::End) => (plus_days(to, -third)?, to),
            _ => (from, to),
        };
        Interval::new(from, to)
    }
}

impl Clock {
    fn interval(self, day: Date) -> Option<Interval> {
        let hours = |from: i8, to: i8| {
            let end = at(day, to)?;
            Interval::new(Moment::Minute(at(day, from)?), Moment::Minute(end))
        };
        match self {
            Self::Part("MO") => hours(6, 12),
            Self::Part("AF") => hours(12, 18),
            Self::Part("EV") => hours(18, 24),
            Self::Part("DT") => hours(6, 18),
            Self::Part(_) => {
                let next = day.tomorrow().ok()?;
                Interval::new(Moment::Minute(at(day, 20)?), Moment::Minute(at(next, 6)?))
            }
            Self::Minute(hour, minute) => {
                let from = at(day, hour)?.checked_add(i64::from(minute).minutes()).ok()?;
                let to = from.checked_add(1.minute()).ok()?;
                Interval::new(Moment::Minute(from), Moment::Minute(to))
            }
        }
    }
}

/// An hour of a day; hour 24 is the next day's first.
fn at(day: Date, hour: i8) -> Option<DateTime> {
    if hour == 24 { Some(day.tomorrow().ok()?.at(0, 0, 0, 0)) } else { Some(day.at(hour, 0, 0, 0)) }
}

/// The Monday of the ISO week of a day.
pub(super) fn monday(day: Date) -> Date {
    let back = i32::from(day.weekday().to_monday_zero_offset());
    plus_days(day, -back).unwrap_or(day)
}

/// Days later; `None` off the calendar.
pub(super) fn plus_days(day: Date, by: i32) -> Option<Date> {
    day.checked_add(by.days()).ok()
}

/// The number of a weekday, Monday being 1.
pub(super) fn weekday(day: Date) -> i8 {
    Weekday::to_monday_one_offset(day.weekday())
}

/// The first month of a season, as weather services count on the northern half of the earth.
pub(super) fn first_month(season: &str) -> i8 {
    match season {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        _ => 12,
    }
}

/// Counts on in a year that has `size` of something, numbered from 1.
fn cycle(year: i16, number: i8, size: i32, by: i32) -> Option<(i16, i8)> {
    let count = i32::from(year) * size + i32::from(number) - 1;
    let count = count.checked_add(by)?;
    let year =
        i16::try_from(count.div_euclid(size)).ok().filter(|year| (1..=9998).contains(year))?;
    Some((year, i8::try_from(count.rem_euclid(size)).ok()? + 1))
}

fn in_range(number: i16, most: i16) -> Option<i16> {
    (0..=most).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn check(place: Place, modifier: Option<TimeMod>, expected: (&str, &str, &str)) {
        let interval = place.interval(None, modifier).unwrap();
        let (from, to) = (interval.from().to_string(), interval.to().to_string());
        assert_eq!((place.value(None).as_str(), from.as_str(), to.as_str()), expected);
    }

    #[test]
    fn places_have_values_and_intervals() {
        check(Place::Week(day("2021-05-03")), None, ("2021-W18", "2021-05-03", "2021-05-10"));
        check(Place::Weekend(day("2021-05-03")), None, ("2021-W18-WE", "2021-05-08", "2021-05-10"));
        check(Place::Quarter(2021, 4), None, ("2021-Q4", "2021-10-01", "2022-01-01"));
        check(Place::Season(2020, "WI"), None, ("2020-WI", "2020-12-01", "2021-03-01"));
        check(Place::Decade(198), None, ("198", "1980-01-01", "1990-01-01"));
        check(Place::Month(2021, 6), Some(TimeMod::Mid), ("2021-06", "2021-06-11", "2021-06-21"));
        check(Place::Month(2021, 6), Some(TimeMod::End), ("2021-06", "2021-06-21", "2021-07-01"));
    }

    #[test]
    fn shifts_cross_years() {
        assert_eq!(Place::Month(2021, 1).shift(-1), Some(Place::Month(2020, 12)));
        assert_eq!(Place::Quarter(2021, 4).shift(1), Some(Place::Quarter(2022, 1)));
        assert_eq!(Place::Year(9998).shift(i32::MAX), None);
    }
}
