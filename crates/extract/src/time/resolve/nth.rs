//! One of several: *the third quarter*, *the second Monday of next month*, *the last week of 2019*.

use dateline_core::calendar::{Place, Unit, plus_days, weekday};
use jiff::civil::Date;

use super::Resolver;
use crate::time::{
    direction::Direction,
    parts::{Counted, Nth, Shifted},
};

impl Resolver<'_> {
    pub(super) fn nth(&mut self, nth: Nth) -> Option<Place> {
        if let Some(base) = self.month_counted_in() {
            return nth_of_month(nth, base);
        }
        let stated = self.year();
        if stated.is_none() && self.parts.shift.is_some() {
            return None;
        }
        match nth.of {
            Counted::Quarter | Counted::Half => {
                let n_in_year = if nth.of == Counted::Quarter { 4 } else { 2 };
                let number = if nth.number < 0 { n_in_year } else { nth.number };
                let months = 12 / n_in_year;
                let year = match stated {
                    Some(year) => year,
                    None if nth.of == Counted::Half => self.present()?.year(),
                    None => self.year_of_quarter(number * months - months + 1)?,
                };
                Some(if nth.of == Counted::Quarter {
                    Place::Quarter(year, number)
                } else {
                    Place::Half(year, number)
                })
            }
            Counted::Month => {
                let month = if nth.number < 0 { 12 } else { nth.number };
                (1..=12).contains(&month).then_some(())?;
                Some(Place::Month(stated?, month))
            }
            Counted::Week => {
                let year = stated?;
                // The last week of a year contains December 28, the first one January 4 (ISO 8601).
                let day = if nth.number < 0 {
                    Date::new(year, 12, 28).ok()?
                } else {
                    let first = Date::new(year, 1, 4).ok()?;
                    plus_days(first, (i32::from(nth.number) - 1) * 7)?
                };
                Some(Place::around(Unit::Week, day))
            }
            Counted::Weekend | Counted::Weekday(_) => None,
        }
    }

    /// Returns the month that an ordinal counts in, if there is one.
    fn month_counted_in(&mut self) -> Option<Place> {
        if let Some(month) = self.parts.month {
            return self.month(month, None);
        }
        let shift = self.parts.shift.filter(|shift| shift.of == Shifted::Unit(Unit::Month))?;
        self.shifted(shift)
    }

    /// Returns the year of a quarter without a named year: that of the last report, which looks back.
    fn year_of_quarter(&mut self, first_month: i8) -> Option<i16> {
        let direction = self.direct();
        self.anchor = self.context.present().1;
        let now = self.context.present().0?;
        // A company "expects to report" on the quarter just over; a coming quarter is in this year.
        let to_come = first_month > now.month();
        let back = to_come && direction != Direction::Ahead;
        Some(now.year() - i16::from(back))
    }
}

/// *the second Monday*, *the last week*, *the third weekend* of a month.
fn nth_of_month(nth: Nth, month: Place) -> Option<Place> {
    let (first, after) = month.days()?;
    let from_end = nth.number < 0;
    let count = i32::from(nth.number.abs()) - 1;
    let start = if from_end { plus_days(after, -1)? } else { first };
    let step = if from_end { -7 } else { 7 };
    let nth_weekday = |number: i8| {
        let away = if from_end {
            -i32::from((weekday(start) - number).rem_euclid(7))
        } else {
            i32::from((number - weekday(start)).rem_euclid(7))
        };
        let day = plus_days(start, away + count * step)?;
        (first <= day && day < after).then_some(day)
    };
    match nth.of {
        Counted::Weekday(number) => nth_weekday(number).map(Place::Day),
        Counted::Weekend => Some(Place::around(Unit::Weekend, nth_weekday(6)?)),
        // A week belongs to the month that contains its Thursday.
        Counted::Week => Some(Place::around(Unit::Week, nth_weekday(4)?)),
        Counted::Month | Counted::Quarter | Counted::Half => None,
    }
}
