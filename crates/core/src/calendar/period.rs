//! Durations.

use std::{fmt, str::FromStr};

use jiff::{Span, civil::Date};

use super::Unit;

/// A number of units, in thousandths, or an unknown number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// A number of thousandths: 2500 is two and a half.
    Thousandths(u64),
    /// An unknown number, as in *several days*: `X`.
    Unknown,
}

impl Count {
    /// Creates a whole number.
    pub fn whole(number: u32) -> Self {
        Self::Thousandths(u64::from(number) * 1000)
    }
}

/// A duration of one or more parts, in TIMEX3 notation.
///
/// Parts print from the longest unit to the shortest and are not converted: *18 months* is `P18M`, not `P1Y6M`.
///
/// ```
/// # use dateline_core::calendar::{Count, Period, Unit};
/// let period = Period::of(Unit::Year, Count::whole(2)).and(Unit::Month, Count::whole(6));
/// assert_eq!(period.to_string(), "P2Y6M");
/// let vague: Period = "PXD".parse()?;
/// assert_eq!(vague.count(Unit::Day), Some(Count::Unknown));
/// # Ok::<(), dateline_core::calendar::PeriodError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Thousandths by unit, or [`ABSENT`] or [`UNKNOWN`]. At least one is present.
    counts: [u64; Unit::ALL.len()],
}

const ABSENT: u64 = u64::MAX;
const UNKNOWN: u64 = u64::MAX - 1;
/// Largest number of thousandths.
const MOST: u64 = u64::MAX / 2;

impl Period {
    /// Creates a duration of one part.
    pub fn of(unit: Unit, count: Count) -> Self {
        Self { counts: [ABSENT; Unit::ALL.len()] }.and(unit, count)
    }

    /// Adds a part, replacing any part of the same unit. Counts are capped at nine quadrillion.
    #[must_use]
    pub fn and(mut self, unit: Unit, count: Count) -> Self {
        self.counts[unit as usize] = match count {
            Count::Unknown => UNKNOWN,
            Count::Thousandths(count) => count.min(MOST),
        };
        self
    }

    /// Returns the count of a unit, if the duration has a part of that unit.
    pub fn count(self, unit: Unit) -> Option<Count> {
        match self.counts[unit as usize] {
            ABSENT => None,
            UNKNOWN => Some(Count::Unknown),
            count => Some(Count::Thousandths(count)),
        }
    }

    /// Returns the parts, from the longest unit to the shortest.
    pub fn parts(self) -> impl Iterator<Item = (Unit, Count)> {
        Unit::ALL
            .into_iter()
            .rev()
            .filter_map(move |unit| self.count(unit).map(|count| (unit, count)))
    }

    /// Returns the day this much later.
    ///
    /// `None` if a count is unknown or not whole, a part is shorter than a day, or the day is outside the calendar. A day that
    /// the month does not have becomes its last day: a month after January 31 is the last day of February.
    pub fn checked_add_to(self, day: Date) -> Option<Date> {
        day.checked_add(self.span()?).ok()
    }

    /// Returns the day this much earlier, or `None` as for [`Period::checked_add_to`].
    pub fn checked_sub_from(self, day: Date) -> Option<Date> {
        day.checked_sub(self.span()?).ok()
    }

    /// Converts to months and days, if the result is whole: half a year is six months.
    fn span(self) -> Option<Span> {
        let (mut months, mut days) = (0_i64, 0_i64);
        for (unit, count) in self.parts() {
            let Count::Thousandths(count) = count else { return None };
            let count = i64::try_from(count).ok()?;
            let (into, each) = match unit {
                Unit::Second | Unit::Minute | Unit::Hour => return None,
                Unit::Day => (&mut days, 1),
                Unit::Weekend => (&mut days, 2),
                Unit::Week => (&mut days, 7),
                Unit::Month => (&mut months, 1),
                Unit::Quarter => (&mut months, 3),
                Unit::Year => (&mut months, 12),
                Unit::Decade => (&mut months, 120),
                Unit::Century => (&mut months, 1200),
                Unit::Millennium => (&mut months, 12_000),
            };
            let thousandths = count.checked_mul(each)?;
            if thousandths % 1000 != 0 {
                return None;
            }
            *into = into.checked_add(thousandths / 1000)?;
        }
        Span::new().try_months(months).ok()?.try_days(days).ok()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        let mut is_clock = false;
        for (unit, count) in self.parts() {
            if unit.is_clock() && !is_clock {
                is_clock = true;
                f.write_str("T")?;
            }
            match count {
                Count::Unknown => f.write_str("X")?,
                Count::Thousandths(count) => {
                    write!(f, "{}", count / 1000)?;
                    let rest = count % 1000;
                    match (rest % 10, rest % 100) {
                        _ if rest == 0 => {}
                        (_, 0) => write!(f, ".{}", rest / 100)?,
                        (0, _) => write!(f, ".{:02}", rest / 10)?,
                        _ => write!(f, ".{rest:03}")?,
                    }
                }
            }
            f.write_str(unit.letters())?;
        }
        Ok(())
    }
}

/// Error for text that is not a duration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodError {
    read: String,
}

impl fmt::Display for PeriodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "read `{}` as a duration, expected `P` and counts with their units such as P3M, P2Y6M or PT1H30M",
            self.read
        )
    }
}

impl std::error::Error for PeriodError {}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        parse(text).ok_or_else(|| PeriodError { read: text.to_owned() })
    }
}

/// Parses parts from the longest unit to the shortest, each unit at most once.
fn parse(text: &str) -> Option<Period> {
    let mut rest = text.strip_prefix('P')?;
    let mut period = None;
    let mut is_clock = false;
    let mut last = Unit::ALL.len();
    loop {
        if !is_clock && let Some(behind) = rest.strip_prefix('T') {
            is_clock = true;
            rest = behind;
        }
        let (count, behind) = count(rest)?;
        let len =
            behind.bytes().take_while(|byte| byte.is_ascii_uppercase() && !b"TX".contains(byte));
        let (letters, behind) = behind.split_at(len.count());
        let unit = Unit::ALL
            .into_iter()
            .find(|unit| {
                (unit.letters() == letters || unit.letter() == Some(letters))
                    && unit.is_clock() == is_clock
            })
            .filter(|unit| (*unit as usize) < last)?;
        last = unit as usize;
        period = Some(match period {
            None => Period::of(unit, count),
            Some(period) => Period::and(period, unit, count),
        });
        if behind.is_empty() {
            return period;
        }
        rest = behind;
    }
}

/// Splits off a count: `X`, `3` or `2.5`.
fn count(text: &str) -> Option<(Count, &str)> {
    if let Some(behind) = text.strip_prefix('X') {
        return Some((Count::Unknown, behind));
    }
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, mut behind) = text.split_at(digits(text));
    let mut thousandths = whole.parse::<u64>().ok()?.checked_mul(1000)?;
    if let Some(fraction) = behind.strip_prefix('.') {
        let (figures, after) = fraction.split_at(digits(fraction));
        let scale = match figures.len() {
            1 => 100,
            2 => 10,
            3 => 1,
            _ => return None,
        };
        thousandths = thousandths.checked_add(figures.parse::<u64>().ok()? * scale)?;
        behind = after;
    }
    (thousandths <= MOST).then_some((Count::Thousandths(thousandths), behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_round_trip() {
        for text in [
            "P3M",
            "P2Y6M",
            "PT1H30M",
            "P1W",
            "P2Q",
            "P10Y",
            "P1DE",
            "P1CE",
            "P1ML",
            "PXD",
            "P2.5Y",
            "P1DT12H",
            "PTXS",
            "P1WE",
            "P0.125Y",
            "P4500000000Y",
            "P1.05D",
            "PXWEXD",
        ] {
            assert_eq!(text.parse::<Period>().map(|period| period.to_string()), Ok(text.into()));
        }
    }

    #[test]
    fn other_text_is_not_a_period() {
        for text in
            ["", "P", "PT", "P3", "3M", "P3MT", "P6M2Y", "P1Y1Y", "P2.Y", "P1H", "PT1D", "PXX"]
        {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn whole_calendar_parts_are_bounded_by_days() {
        let day: Date = "2021-01-31".parse().unwrap();
        let check = |text: &str, expected: Option<&str>| {
            let period: Period = text.parse().unwrap();
            let found = period.checked_add_to(day).map(|day| day.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        };
        check("P1M", Some("2021-02-28"));
        check("P2Q", Some("2021-07-31"));
        check("P1Y2W", Some("2022-02-14"));
        check("P2.5Y", Some("2023-07-31"));
        check("PT12H", None);
        check("PXD", None);
        check("P2.5D", None);
        check("P9000000000000Y", None);
        let decade: Period = "P1DE".parse().unwrap();
        assert_eq!(decade.checked_sub_from(day).unwrap().to_string(), "2011-01-31");
    }
}
