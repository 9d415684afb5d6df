//! Places on the calendar: the days, months, seasons and decades that time expressions refer to.

use std::fmt;

use jiff::{ToSpan, civil::Date};

use super::{Clock, Season, Unit, monday, plus_days};
use crate::{Interval, TimeMod};

/// A named part of the calendar.
///
/// Years are astronomical: 0 is 1 BC. Months, quarters, halves and weekdays are numbered from 1.
///
/// ```
/// # use dateline_core::calendar::{Place, Season};
/// assert_eq!(Place::Season(2020, Season::Winter).value(None), "2020-WI");
/// let (from, to) = Place::Season(2020, Season::Winter).days().expect("a winter of the calendar");
/// assert_eq!((from.to_string(), to.to_string()), ("2020-12-01".into(), "2021-03-01".into()));
/// assert_eq!(Place::Year(-489).value(None), "BC0490");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// `2021-05-08`.
    Day(Date),
    /// A week, given by its Monday: `2021-W18`.
    Week(Date),
    /// A weekend, given by the Monday of its week: `2021-W18-WE`.
    Weekend(Date),
    /// `2021-05`.
    Month(i16, i8),
    /// `2021-Q2`.
    Quarter(i16, i8),
    /// `2021-H1`.
    Half(i16, i8),
    /// `2021-SU`. Winter belongs to the year it starts in.
    Season(i16, Season),
    /// `2021`.
    Year(i16),
    /// A decade, given by the digits its years share: 198 is the 1980s (`198`). BC, -1 is the years 9 to 1 BC (`BC000`) and -49
    /// is the 480s BC (`BC048`).
    Decade(i16),
    /// A century, given by the digits its years share: 19 is the 1900s (`19`). BC, -1 is the years 99 to 1 BC (`BC00`) and -5 is
    /// the 400s BC (`BC04`). See [`Place::century`].
    Century(i16),
    /// A day in an unknown year: `XXXX-05-04`.
    OpenDay(i8, i8),
    /// `XXXX-05`.
    OpenMonth(i8),
    /// `XXXX-WXX-5`.
    OpenWeekday(i8),
    /// `XXXX-SU`.
    OpenSeason(Season),
    /// `XXXX-Q2`.
    OpenQuarter(i8),
    /// An unknown day: `XXXX-XX-XX`.
    Nowhere,
}

impl Place {
    /// Returns the place of a unit's size that contains a day. Units shorter than a day give the day.
    pub fn around(unit: Unit, day: Date) -> Self {
        let (year, month) = (day.year(), day.month());
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Self::Day(day),
            Unit::Week => Self::Week(monday(day)),
            Unit::Weekend => Self::Weekend(monday(day)),
            Unit::Month => Self::Month(year, month),
            Unit::Quarter => Self::Quarter(year, (month - 1) / 3 + 1),
            Unit::Year => Self::Year(year),
            Unit::Decade => Self::Decade(shared(year, 10)),
            Unit::Century | Unit::Millennium => Self::Century(shared(year, 100)),
        }
    }

    /// Returns a year BC, or `None` outside 1 to 9999.
    pub fn before_christ(year: i16) -> Option<Self> {
        (1..=9999).contains(&year).then(|| Self::Year(1 - year))
    }

    /// Returns the n-th century, counted from 1: the 20th is the 1900s, the 5th BC the 400s BC.
    pub fn century(number: i16, before_christ: bool) -> Option<Self> {
        let century = if before_christ { -number } else { number - 1 };
        (1..=99).contains(&number).then_some(Self::Century(century))
    }

    /// Returns the place `by` of its own units later, or `None` outside the calendar and for places without a year.
    pub fn shift(self, by: i32) -> Option<Self> {
        let small = i16::try_from(by).ok()?;
        let years = |year: i16| year.checked_add(small).filter(is_year);
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
            Self::OpenDay(..)
            | Self::OpenMonth(_)
            | Self::OpenWeekday(_)
            | Self::OpenSeason(_)
            | Self::OpenQuarter(_)
            | Self::Nowhere => return None,
        })
    }

    /// Returns the year of the place, if it lies in one year. Weeks count by their Monday.
    pub fn year(self) -> Option<i16> {
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

    /// Returns the first day and the first day after the place, or `None` for places without a year.
    pub fn days(self) -> Option<(Date, Date)> {
        let months = |year: i16, month: i8, count: i32| {
            let from = Date::new(year, month, 1).ok()?;
            Some((from, from.checked_add(count.months()).ok()?))
        };
        let years = |(first, last): (i16, i16)| {
            let from = Date::new(first, 1, 1).ok()?;
            Some((from, Date::new(last, 1, 1).ok()?.checked_add(1.year()).ok()?))
        };
        match self {
            Self::Day(day) => Some((day, day.tomorrow().ok()?)),
            Self::Week(day) => Some((day, plus_days(day, 7)?)),
            Self::Weekend(day) => Some((plus_days(day, 5)?, plus_days(day, 7)?)),
            Self::Month(year, month) => months(year, month, 1),
            Self::Quarter(year, quarter) => months(year, first_of(quarter, 3)?, 3),
            Self::Half(year, half) => months(year, first_of(half, 6)?, 6),
            Self::Season(year, season) => months(year, season.first_month(), 3),
            Self::Year(year) => years((year, year)),
            Self::Decade(decade) => years(sharing(decade, 10)?),
            Self::Century(century) => years(sharing(century, 100)?),
            Self::OpenDay(..)
            | Self::OpenMonth(_)
            | Self::OpenWeekday(_)
            | Self::OpenSeason(_)
            | Self::OpenQuarter(_)
            | Self::Nowhere => None,
        }
    }

    /// Returns the TIMEX3 value, followed by a time of day if there is one.
    ///
    /// Between a place longer than a day and the time, the unknown day is padded with `X`.
    ///
    /// ```
    /// # use dateline_core::calendar::{Clock, DayPart, Place};
    /// let night = Some(Clock::Part(DayPart::Night));
    /// assert_eq!(Place::Month(1914, 8).value(night), "1914-08-XXTNI");
    /// ```
    pub fn value(self, clock: Option<Clock>) -> String {
        match clock {
            None => self.to_string(),
            Some(clock) => format!("{self}{}{clock}", self.padding()),
        }
    }

    /// Returns the padding that a time of day needs after the place.
    pub(super) fn padding(self) -> &'static str {
        match self {
            Self::Month(..) | Self::OpenMonth(_) => "-XX",
            Self::Week(_) => "-X",
            Self::Year(_) => "-XX-XX",
            Self::Decade(_) => "X-XX-XX",
            Self::Century(_) => "XX-XX-XX",
            _ => "",
        }
    }

    /// Returns the interval of the place, narrowed to a time of day, or to a third by START, MID or END.
    ///
    /// Other modifiers have no effect. A time of day in a place longer than a day may be on any of its days, so the interval is
    /// that of the whole place.
    pub fn interval(self, clock: Option<Clock>, modifier: Option<TimeMod>) -> Option<Interval> {
        let (from, to) = self.days()?;
        if let Some(clock) = clock
            && let Self::Day(day) = self
        {
            return clock.interval(day);
        }
        narrowed(from, to, modifier)
    }
}

/// Returns the first, middle or last third of some days, at least one day. The middle of one or two days is all of them.
pub(super) fn narrowed(from: Date, to: Date, modifier: Option<TimeMod>) -> Option<Interval> {
    let days = from.until(to).ok()?.get_days();
    let third = (days / 3).max(1);
    let (from, to) = match modifier {
        Some(TimeMod::Start) => (from, plus_days(from, third)?),
        Some(TimeMod::Mid) if days > 2 => (plus_days(from, third)?, plus_days(to, -third)?),
        Some(TimeMod::End) => (plus_days(to, -third)?, to),
        _ => (from, to),
    };
    Interval::new(from, to)
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Day(day) => {
                write!(f, "{}-{:02}-{:02}", YearText(day.year()), day.month(), day.day())
            }
            Self::Week(day) => {
                let week = day.iso_week_date();
                write!(f, "{}-W{:02}", YearText(week.year()), week.week())
            }
            Self::Weekend(day) => {
                let week = day.iso_week_date();
                write!(f, "{}-W{:02}-WE", YearText(week.year()), week.week())
            }
            Self::Month(year, month) => write!(f, "{}-{month:02}", YearText(year)),
            Self::Quarter(year, quarter) => write!(f, "{}-Q{quarter}", YearText(year)),
            Self::Half(year, half) => write!(f, "{}-H{half}", YearText(year)),
            Self::Season(year, season) => write!(f, "{}-{season}", YearText(year)),
            Self::Year(year) => write!(f, "{}", YearText(year)),
            Self::Decade(decade @ 0..) => write!(f, "{decade:03}"),
            Self::Decade(decade) => write!(f, "BC{:03}", !decade),
            Self::Century(century @ 0..) => write!(f, "{century:02}"),
            Self::Century(century) => write!(f, "BC{:02}", !century),
            Self::OpenDay(month, day) => write!(f, "XXXX-{month:02}-{day:02}"),
            Self::OpenMonth(month) => write!(f, "XXXX-{month:02}"),
            Self::OpenWeekday(day) => write!(f, "XXXX-WXX-{day}"),
            Self::OpenSeason(season) => write!(f, "XXXX-{season}"),
            Self::OpenQuarter(quarter) => write!(f, "XXXX-Q{quarter}"),
            Self::Nowhere => f.write_str("XXXX-XX-XX"),
        }
    }
}

/// A year of the calendar as TIMEX3 writes it: `2021`, `BC0490`.
struct YearText(i16);

impl fmt::Display for YearText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 > 0 {
            write!(f, "{:04}", self.0)
        } else {
            write!(f, "BC{:04}", 1 - i32::from(self.0))
        }
    }
}

/// Returns the digits a year shares with its decade or century of `size` years; BC, their bitwise complement.
fn shared(year: i16, size: i16) -> i16 {
    if year > 0 { year / size } else { !((1 - year) / size) }
}

/// Returns the first and last year of a decade or century. There is no year 0, neither BC nor AD.
fn sharing(figures: i16, size: i16) -> Option<(i16, i16)> {
    if figures >= 0 {
        let first = figures.checked_mul(size)?;
        Some((first.max(1), first.checked_add(size - 1)?))
    } else {
        let last = (!figures).checked_mul(size)?;
        Some((1 - last.checked_add(size - 1)?, 1 - last.max(1)))
    }
}

/// Returns the first month of the n-th group of `size` months.
fn first_of(number: i8, size: i8) -> Option<i8> {
    number.checked_sub(1)?.checked_mul(size)?.checked_add(1)
}

/// Adds `by` to a number from 1 to `size` within a year, carrying into the year.
fn cycle(year: i16, number: i8, size: i32, by: i32) -> Option<(i16, i8)> {
    let count = i32::from(year) * size + i32::from(number) - 1;
    let count = count.checked_add(by)?;
    let year = i16::try_from(count.div_euclid(size)).ok().filter(is_year)?;
    Some((year, i8::try_from(count.rem_euclid(size)).ok()? + 1))
}

/// Returns true for a year with another year after it on the calendar.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "`Option::filter` lends its value")]
fn is_year(year: &i16) -> bool {
    (-9998..=9998).contains(year)
}

fn in_range(number: i16, most: i16) -> Option<i16> {
    (!most..=most).contains(&number).then_some(number)
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
        check(Place::Season(2020, Season::Winter), None, ("2020-WI", "2020-12-01", "2021-03-01"));
        check(Place::Decade(198), None, ("198", "1980-01-01", "1990-01-01"));
        check(Place::Month(2021, 6), Some(TimeMod::Mid), ("2021-06", "2021-06-11", "2021-06-21"));
        check(Place::Month(2021, 6), Some(TimeMod::End), ("2021-06", "2021-06-21", "2021-07-01"));
    }

    #[test]
    fn places_bc_count_backward() {
        check(Place::Year(-489), None, ("BC0490", "-000489-01-01", "-000488-01-01"));
        check(Place::Decade(-49), None, ("BC048", "-000488-01-01", "-000478-01-01"));
        check(Place::Century(-5), None, ("BC04", "-000498-01-01", "-000398-01-01"));
        check(Place::Century(-1), None, ("BC00", "-000098-01-01", "0001-01-01"));
        check(Place::Decade(0), None, ("000", "0001-01-01", "0010-01-01"));
        assert_eq!(Place::century(5, true), Some(Place::Century(-5)));
        assert_eq!(Place::around(Unit::Century, day("-000489-05-01")), Place::Century(-5));
        assert_eq!(Place::Month(-479, 9).value(None), "BC0480-09");
        assert_eq!(Place::Day(day("-000479-09-20")).value(None), "BC0480-09-20");
        assert_eq!(Place::Season(-480, Season::Winter).value(None), "BC0481-WI");
    }

    #[test]
    fn shifts_cross_years() {
        assert_eq!(Place::Month(2021, 1).shift(-1), Some(Place::Month(2020, 12)));
        assert_eq!(Place::Quarter(2021, 4).shift(1), Some(Place::Quarter(2022, 1)));
        assert_eq!(Place::Year(1).shift(-1), Place::before_christ(1));
        assert_eq!(Place::Year(9998).shift(i32::MAX), None);
    }

    #[test]
    fn a_time_of_day_pads_what_is_longer_than_a_day() {
        let night = Some(Clock::Part(super::super::DayPart::Night));
        assert_eq!(Place::Year(1914).value(night), "1914-XX-XXTNI");
        assert_eq!(Place::Decade(198).value(night), "198X-XX-XXTNI");
        assert_eq!(Place::OpenWeekday(5).value(night), "XXXX-WXX-5TNI");
        assert_eq!(Place::Year(1914).interval(night, None), Place::Year(1914).interval(None, None));
    }
}
