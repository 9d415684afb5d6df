//! Year of a named day: *Christmas*, *next Easter*, *the Thanksgiving weekend*.

use dateline_core::calendar::{Place, Unit, plus_days, weekday};

use super::Resolver;
use crate::time::{context::nearest, holiday::Holiday};

impl Resolver<'_> {
    pub(super) fn named_day(&mut self, named_day: Holiday) -> Option<Place> {
        let place = self.named_day_itself(named_day)?;
        if !self.parts.weekend {
            return Some(place);
        }
        let (first, _) = place.days()?;
        // A holiday on Monday belongs to the weekend before it.
        let week = if weekday(first) == 1 { plus_days(first, -1)? } else { first };
        Some(Place::around(Unit::Weekend, week))
    }

    fn named_day_itself(&mut self, named_day: Holiday) -> Option<Place> {
        if let Some(year) = self.year() {
            return named_day.in_year(year);
        }
        let shift = self.named_shift();
        let start = match shift {
            Some(shift) => self.start(shift.from),
            None => self.present(),
        };
        let Some(now) = start else { return named_day.open() };
        let in_year = |year: i16| Some((named_day.in_year(year)?.days()?.0, year));
        let near = [now.year() - 1, now.year(), now.year() + 1].map(in_year).into_iter().flatten();
        let chosen = match shift.map(|shift| shift.by) {
            Some(0) => Some(now.year()),
            Some(..0) => near.filter(|(day, _)| *day < now).max().map(|(_, year)| year),
            Some(_) => near.filter(|(day, _)| *day > now).min().map(|(_, year)| year),
            None if self.context.narrative => Some(now.year()),
            None => {
                let direction = self.direct();
                let days = [now.year() - 1, now.year(), now.year() + 1].map(in_year);
                let chosen = nearest(now, direction, days.map(|day| day.map(|(day, _)| day)))?;
                days.into_iter().flatten().find(|(day, _)| *day == chosen).map(|(_, year)| year)
            }
        };
        named_day.in_year(chosen?)
    }
}
