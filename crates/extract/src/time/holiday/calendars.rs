//! Days of the Islamic, Hebrew, Chinese and Persian calendars, in Gregorian years.
//!
//! The calendars are those of `icu_calendar`. Its Islamic calendar is Umm al-Qura, which is computed and official in
//! Saudi Arabia; where the new moon is observed, feasts may differ by a day or two. Days of the Islamic and the
//! Hebrew calendar begin at the preceding sunset; the date given is the one after that sunset.

use dateline_core::calendar::plus_days;
use icu_calendar::{
    AsCalendar, Date as CalendarDate, Iso,
    cal::{ChineseTraditional, Hebrew, Hijri, Persian},
    types::Month,
};
use jiff::civil::Date;

/// A day of a month, both counted from 1, or a whole month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MonthDay {
    pub(super) month: i8,
    /// `None` for the whole month.
    pub(super) day: Option<i8>,
}

/// A calendar other than the Gregorian one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Calendar {
    Islamic,
    Hebrew,
    Chinese,
    Persian,
}

impl Calendar {
    pub(super) fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "islamic" => Self::Islamic,
            "hebrew" => Self::Hebrew,
            "chinese" => Self::Chinese,
            "persian" => Self::Persian,
            _ => return None,
        })
    }

    /// Returns the first date of a month and day within a Gregorian year.
    pub(super) fn in_year(self, day: MonthDay, year: i16) -> Option<Date> {
        let year_number = i32::from(year);
        match self {
            // The Islamic year is eleven days shorter: two may begin in one Gregorian year.
            Self::Islamic => {
                let near = (year_number - 622) * 33 / 32;
                first(near..near + 3, day, year, Hijri::new_umm_al_qura())
            }
            Self::Hebrew => first(year_number + 3760..year_number + 3762, day, year, Hebrew::new()),
            Self::Chinese => {
                first(year_number - 1..year_number + 1, day, year, ChineseTraditional::new())
            }
            Self::Persian => first(year_number - 622..year_number - 620, day, year, Persian::new()),
        }
    }

    /// Returns the last day of a month, given its first day.
    pub(super) fn last_of_month(self, first: Date) -> Option<Date> {
        let day = iso(first)?;
        let days = match self {
            Self::Islamic => day.to_calendar(Hijri::new_umm_al_qura()).days_in_month(),
            Self::Hebrew => day.to_calendar(Hebrew::new()).days_in_month(),
            Self::Chinese => day.to_calendar(ChineseTraditional::new()).days_in_month(),
            Self::Persian => day.to_calendar(Persian::new()).days_in_month(),
        };
        plus_days(first, i32::from(days) - 1)
    }
}

/// Returns Diwali: the day before the new moon between mid-October and mid-November. The Chinese months, which begin
/// on the day of the new moon in Beijing, give the new moon.
///
/// What counts in India is the new moon relative to sunset there. A new moon late in the evening in Beijing makes
/// this result a day early, about one year in eleven.
pub(super) fn diwali(year: i16) -> Option<Date> {
    let last = iso(Date::new(year, 11, 15).ok()?)?.to_calendar(ChineseTraditional::new());
    let past = i32::from(last.day_of_month().0);
    plus_days(Date::new(year, 11, 15).ok()?, -past)
}

/// Returns the first date within a Gregorian year, trying several years of a calendar.
fn first<C: AsCalendar + Copy>(
    years: std::ops::Range<i32>,
    day: MonthDay,
    year: i16,
    calendar: C,
) -> Option<Date> {
    let (month, day) = (u8::try_from(day.month).ok()?, u8::try_from(day.day.unwrap_or(1)).ok()?);
    years
        .filter_map(|own| CalendarDate::try_new(own.into(), Month::new(month), day, calendar).ok())
        .filter_map(|date| gregorian(&date))
        .find(|date| date.year() == year)
}

fn gregorian<C: AsCalendar>(date: &CalendarDate<C>) -> Option<Date> {
    let iso = date.to_calendar(Iso);
    let small = |number: u8| i8::try_from(number).ok();
    let year = i16::try_from(iso.year().extended_year()).ok()?;
    Date::new(year, small(iso.month().number())?, small(iso.day_of_month().0)?).ok()
}

fn iso(day: Date) -> Option<CalendarDate<Iso>> {
    let small = |number: i8| u8::try_from(number).ok();
    CalendarDate::try_new_iso(i32::from(day.year()), small(day.month())?, small(day.day())?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Years from 2001 in which India celebrated on a single day.
    const DIWALI: [&str; 23] = [
        "2001-11-14",
        "2002-11-04",
        "2004-11-12",
        "2005-11-01",
        "2006-10-21",
        "2007-11-09",
        "2008-10-28",
        "2009-10-17",
        "2010-11-05",
        "2011-10-26",
        "2012-11-13",
        "2013-11-03",
        "2014-10-23",
        "2015-11-11",
        "2016-10-30",
        "2017-10-19",
        "2018-11-07",
        "2019-10-27",
        "2020-11-14",
        "2021-11-04",
        "2022-10-24",
        "2023-11-12",
        "2025-10-20",
    ];

    #[test]
    fn diwali_is_near_the_new_moon() {
        let mut n_right = 0;
        for kept in DIWALI {
            let kept: Date = kept.parse().unwrap();
            let found = diwali(kept.year()).unwrap();
            assert!(found == kept || plus_days(found, 1) == Some(kept), "{found} for {kept}");
            n_right += usize::from(found == kept);
        }
        assert_eq!(n_right, 21);
    }
}
