//! Rules for named days, as in `data/en/calendar/holidays.tsv`, and the dates they give in a year.

use dateline_core::calendar::{Place, plus_days, weekday};
use jiff::civil::Date;

use super::{
    calendars::{self, Calendar, MonthDay},
    easter,
};

/// Rule that gives a day, or range of days, of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rule {
    base: Base,
    /// Moves to the last such weekday before the base.
    before: Option<i8>,
    offset: i16,
    /// Number of days; `None` for a whole month of its calendar.
    length: Option<i16>,
    /// Divisor and remainder of the years it occurs in.
    years: Option<(i16, i16)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    Fixed(MonthDay),
    /// Month, weekday, and which one; `None` for the last.
    Weekday(i8, i8, Option<i8>),
    Western,
    Eastern,
    Diwali,
    Other(Calendar, MonthDay),
}

impl Rule {
    /// Parses a rule; `None` if the text is not a rule.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let base = Base::read(&mut words)?;
        let mut rule = Self { base, before: None, offset: 0, length: Some(1), years: None };
        if let Base::Other(_, MonthDay { day: None, .. }) = base {
            rule.length = None;
        }
        while let Some(word) = words.next() {
            if word.starts_with(['+', '-']) {
                rule.offset = word.parse().ok()?;
            } else if let Some(weekday) = weekday_of(word) {
                (words.next()? == "before").then_some(())?;
                rule.before = Some(weekday);
            } else if word == "every" {
                let divisor = words.next()?.parse().ok().filter(|divisor| *divisor > 0)?;
                (words.next()? == "from").then_some(())?;
                rule.years = Some((divisor, words.next()?.parse().ok()?));
            } else {
                (words.next()? == "days").then_some(())?;
                rule.length = Some(word.parse().ok()?);
            }
        }
        Some(rule)
    }

    /// Returns the first and last day in a year. If it occurs twice in the year, the first occurrence.
    pub(super) fn days(self, year: i16) -> Option<(Date, Date)> {
        if !(1..=9998).contains(&year)
            || self.years.is_some_and(|(divisor, rest)| year % divisor != rest)
        {
            return None;
        }
        let base = self.base.in_year(year)?;
        let base = match self.before {
            None => base,
            Some(number) => {
                let back = (weekday(base) - number - 1).rem_euclid(7) + 1;
                plus_days(base, -i32::from(back))?
            }
        };
        let first = plus_days(base, i32::from(self.offset))?;
        let last = match self.length {
            Some(length) => plus_days(first, i32::from(length) - 1)?,
            None => self.base.last_of_month(first)?,
        };
        Some((first, last))
    }

    /// Returns the place of the day in an unknown year, if it is the same in every year.
    pub(super) fn open(self) -> Option<Place> {
        match self {
            Self { base: Base::Fixed(day), before: None, offset: 0, length: Some(1), .. } => {
                Some(Place::OpenDay(day.month, day.day?))
            }
            _ => None,
        }
    }
}

impl Base {
    fn read<'a>(words: &mut impl Iterator<Item = &'a str>) -> Option<Self> {
        let word = words.next()?;
        if let Some(calendar) = Calendar::of_name(word) {
            return Some(Self::Other(calendar, day(words.next()?)?));
        }
        Some(match word {
            "easter" => Self::Western,
            "orthodox" => Self::Eastern,
            "diwali" => Self::Diwali,
            _ if word.contains('-') => Self::Fixed(day(word)?),
            _ => {
                let weekday = weekday_of(words.next()?)?;
                let nth = match words.next()? {
                    "last" => None,
                    nth => Some(nth.parse().ok()?),
                };
                Self::Weekday(word.parse().ok()?, weekday, nth)
            }
        })
    }

    fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed(day) => Date::new(year, day.month, day.day?).ok(),
            Self::Weekday(month, number, nth) => {
                let first = Date::new(year, month, 1).ok()?;
                let to = i32::from((number - weekday(first)).rem_euclid(7));
                let last = i32::from((first.days_in_month() - 1 - i8::try_from(to).ok()?) / 7);
                let weeks = nth.map_or(last, |nth| i32::from(nth) - 1);
                plus_days(first, to + weeks * 7)
            }
            Self::Western => easter::western(year),
            Self::Eastern => easter::eastern(year),
            Self::Diwali => calendars::diwali(year),
            Self::Other(calendar, day) => calendar.in_year(day, year),
        }
    }

    /// Returns the last day of a month of the calendar, given its first day.
    fn last_of_month(self, first: Date) -> Option<Date> {
        let Self::Other(calendar, _) = self else { return None };
        calendar.last_of_month(first)
    }
}

/// Parses `12-25` or `9`.
fn day(text: &str) -> Option<MonthDay> {
    let Some((month, day)) = text.split_once('-') else {
        return Some(MonthDay { month: text.parse().ok()?, day: None });
    };
    Some(MonthDay { month: month.parse().ok()?, day: Some(day.parse().ok()?) })
}

fn weekday_of(text: &str) -> Option<i8> {
    let at =
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().position(|day| *day == text)?;
    i8::try_from(at).ok().map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: &str, year: i16, expected: &str) {
        let days = Rule::read(rule).unwrap().days(year);
        let shown = days.map_or(String::from("none"), |(first, last)| {
            if first == last { first.to_string() } else { format!("{first}/{last}") }
        });
        assert_eq!(shown, expected, "{rule} in {year}");
    }

    #[test]
    fn civil_days_fall_on_their_weekdays() {
        check("11 thu 4", 2021, "2021-11-25");
        check("11 thu 4 +1", 2019, "2019-11-29");
        check("05 mon last", 2021, "2021-05-31");
        check("05 mon last", 2020, "2020-05-25");
        check("09 mon 1", 2020, "2020-09-07");
        check("11 mon 1 +1", 2020, "2020-11-03");
        check("11 mon 1 +1", 2016, "2016-11-08");
        check("01 mon 3", 2021, "2021-01-18");
        check("05-25 mon before", 2020, "2020-05-18");
        check("05-25 mon before", 2021, "2021-05-24");
        check("05-25 mon before", 2026, "2026-05-18");
        check("12-25 sun before -21", 2022, "2022-11-27");
        check("12-25 sun before -21", 2023, "2023-12-03");
    }

    #[test]
    fn feasts_follow_easter() {
        check("easter -2", 2021, "2021-04-02");
        check("easter -46", 2020, "2020-02-26");
        check("easter +49", 2021, "2021-05-23");
        check("easter -46 46 days", 2020, "2020-02-26/2020-04-11");
    }

    #[test]
    fn feasts_of_other_calendars_are_movable() {
        check("islamic 10-1", 2021, "2021-05-13");
        check("islamic 12-10", 2021, "2021-07-20");
        check("islamic 1-10", 2021, "2021-08-18");
        check("islamic 9", 2021, "2021-04-13/2021-05-12");
        check("islamic 10-1 fri before", 2021, "2021-05-07");
        check("hebrew 1-1", 2021, "2021-09-07");
        check("hebrew 1-10", 1973, "1973-10-06");
        check("hebrew 7-15 8 days", 2021, "2021-03-28/2021-04-04");
        check("hebrew 3-25 8 days", 2021, "2021-11-29/2021-12-06");
        check("hebrew 6-14", 2024, "2024-03-24");
        check("hebrew 6-14", 2021, "2021-02-26");
        check("chinese 1-1", 2020, "2020-01-25");
        check("chinese 1-1", 2021, "2021-02-12");
        check("chinese 8-15", 2021, "2021-09-21");
        check("persian 1-1", 2020, "2020-03-20");
        check("persian 1-1", 2021, "2021-03-21");
    }

    #[test]
    fn some_days_occur_only_in_some_years() {
        check("01-20 every 4 from 1", 2021, "2021-01-20");
        check("01-20 every 4 from 1", 2022, "none");
        check("02-29", 2021, "none");
    }

    #[test]
    fn no_year_panics() {
        for rule in [
            "islamic 9",
            "hebrew 6-14",
            "chinese 1-1",
            "persian 1-1",
            "diwali",
            "easter",
            "orthodox",
        ] {
            let rule = Rule::read(rule).unwrap();
            for year in [
                i16::MIN,
                -1,
                0,
                1,
                2,
                33,
                621,
                622,
                1000,
                1582,
                1899,
                2101,
                4000,
                9997,
                9998,
                9999,
                i16::MAX,
            ] {
                if let Some((first, last)) = rule.days(year) {
                    assert!(first <= last && first.year() == year);
                }
            }
        }
    }
}
