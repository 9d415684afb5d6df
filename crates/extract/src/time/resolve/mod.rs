//! Parts to a place on the calendar. Missing parts come from the publication date, from the date in focus, and from
//! the tense.

mod named_day;
mod nth;

use dateline_core::calendar::{Clock, DayPart, Place, Season, Unit, plus_days, weekday};
use jiff::civil::Date;

use super::{
    atom::half_of,
    context::{Anchor, Context},
    direction::Direction,
    parts::{Parts, Shift, ShiftOrigin, Shifted},
    words::Words,
};

/// Place on the calendar, and what it was read against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resolved {
    pub(super) place: Place,
    pub(super) clock: Option<Clock>,
    pub(super) anchor: Anchor,
    pub(super) direction: Option<Direction>,
}

/// Places parts on the calendar. The clause of the token `at` gives past or future. Returns `None` if nothing fits: *31 April*,
/// or *last month* without a date to count from.
pub(super) fn resolve(
    parts: &Parts,
    words: &Words<'_>,
    context: &Context,
    at: usize,
) -> Option<Resolved> {
    let mut resolver =
        Resolver { parts, words, context, at, anchor: Anchor::None, direction: None };
    let place = resolver.place()?;
    let Resolver { anchor, direction, .. } = resolver;
    Some(Resolved { place, clock: time_of_day(parts), anchor, direction })
}

struct Resolver<'a> {
    parts: &'a Parts,
    words: &'a Words<'a>,
    context: &'a Context,
    at: usize,
    anchor: Anchor,
    direction: Option<Direction>,
}

impl Resolver<'_> {
    fn place(&mut self) -> Option<Place> {
        let parts = self.parts;
        if let Some(place) = parts.whole {
            return Some(place);
        }
        if let Some(nth) = parts.nth {
            return self.nth(nth);
        }
        if let Some(named_day) = parts.named_day {
            return self.named_day(named_day);
        }
        if let (Some(month), day) = (parts.month, parts.day) {
            return self.month(month, day);
        }
        if let Some(season) = parts.season {
            return self.season(season);
        }
        if let Some(weekday) = parts.weekday {
            return self.weekday(weekday);
        }
        if let Some(year) = parts.year {
            return Some(Place::Year(year));
        }
        if let Some(day) = parts.day {
            return self.day(day);
        }
        if parts.weekend {
            return self.weekend();
        }
        if let Some(shift) = parts.shift {
            return self.shifted(shift);
        }
        Some(self.today())
    }

    /// Returns the date a shift starts from.
    fn start(&mut self, from: ShiftOrigin) -> Option<Date> {
        let focus = match from {
            ShiftOrigin::Focus | ShiftOrigin::Previous => true,
            ShiftOrigin::Either => {
                self.context.narrative
                    || self.direct() == Direction::Behind && self.context.focus.is_some()
            }
            ShiftOrigin::Present | ShiftOrigin::Coming => false,
        };
        let (day, anchor) = if focus { self.context.spoken_of() } else { self.context.present() };
        self.anchor = anchor;
        day
    }

    fn present(&mut self) -> Option<Date> {
        self.start(ShiftOrigin::Present)
    }

    fn direct(&mut self) -> Direction {
        let direction = self.context.direction(self.words, self.at);
        self.direction = Some(direction);
        direction
    }

    /// Returns the named year, or the one a shift gives.
    fn year(&mut self) -> Option<i16> {
        if self.parts.year.is_some() {
            return self.parts.year;
        }
        let shift = self.parts.shift.filter(|shift| shift.of == Shifted::Unit(Unit::Year))?;
        let day = self.start(shift.from)?;
        i16::try_from(i32::from(day.year()) + shift.by).ok()
    }

    /// Returns a shift of the part beside it: *next Friday*.
    fn named_shift(&self) -> Option<Shift> {
        self.parts.shift.filter(|shift| shift.of == Shifted::Named)
    }

    fn month(&mut self, month: i8, day: Option<i8>) -> Option<Place> {
        let in_year = |year: i16| match day {
            Some(day) => Date::new(year, month, day).ok().map(Place::Day),
            None => Some(Place::Month(year, month)),
        };
        if let Some(year) = self.year() {
            return in_year(year);
        }
        if let (Some(day), Some(number), Some(now)) =
            (day, self.parts.weekday, self.context.present().0)
        {
            // The weekday gives the year: the nearest one in which the date falls on it.
            self.anchor = self.context.present().1;
            let fits = |year: i16| {
                Date::new(year, month, day).ok().filter(|date| weekday(*date) == number)
            };
            let years = [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5].map(|by| now.year() + by);
            if let Some(date) = years.into_iter().find_map(fits) {
                return Some(Place::Day(date));
            }
        }
        if let Some(shift) = self.named_shift() {
            let now = self.start(shift.from)?;
            // "last February" in March is that of the year before: this year's was just last month.
            let just_over = shift.by < 0 && day.is_none() && month + 1 == now.month();
            let year = now.year() + turned(shift.by, month - now.month())?;
            return in_year(year - i16::from(just_over));
        }
        let Some(day) = day else {
            let direction = self.direct();
            self.anchor = self.context.present().1;
            return Some(self.context.month(month, direction));
        };
        let direction = self.direct();
        self.anchor = self.context.present().1;
        self.context.day(month, day, direction)
    }

    fn season(&mut self, season: Season) -> Option<Place> {
        if let Some(year) = self.year() {
            return Some(Place::Season(year, season));
        }
        if let Some(shift) = self.named_shift() {
            let now = self.start(shift.from)?;
            if shift.by == 0 {
                return Some(Place::Season(now.year(), season));
            }
            // "last summer" in summer is last year's.
            let running = (season.first_month()..season.first_month() + 3).contains(&now.month());
            let away = if running { 0 } else { season.first_month() - now.month() };
            return Some(Place::Season(now.year() + turned(shift.by, away)?, season));
        }
        let direction = self.direct();
        self.anchor = self.context.present().1;
        Some(self.context.season(season, direction))
    }

    fn weekday(&mut self, number: i8) -> Option<Place> {
        if let Some(day) = self.parts.day {
            return self.weekday_with_day(number, day);
        }
        match self.parts.shift {
            Some(Shift { by, of: Shifted::Unit(Unit::Week), from }) => {
                Context::weekday_of_week(self.start(from)?, number, by)
            }
            Some(Shift { by, of: Shifted::Named, from }) => self.shifted_weekday(number, by, from),
            _ => {
                let direction = self.direct();
                self.anchor = self.context.present().1;
                Some(self.context.weekday(number, direction))
            }
        }
    }

    /// Resolves a shifted weekday. *last Friday* is the last one before today, *next Friday* is in the next week,
    /// *this Friday* in this week; *the following Friday* is the first after the date in focus.
    fn shifted_weekday(&mut self, number: i8, by: i32, from: ShiftOrigin) -> Option<Place> {
        let start = self.start(from)?;
        let back = i32::from((weekday(start) - number).rem_euclid(7));
        let focus = matches!(self.anchor, Anchor::Expression(_));
        match (by, from) {
            (0, _) => {
                let day = Context::weekday_of_week(start, number, 0)?;
                // "They will meet this Thursday", written on a Saturday, means the coming week.
                let by = match self.direct() {
                    Direction::Ahead if day.days()?.0 < start => 7,
                    Direction::Behind if day.days()?.0 > start => -7,
                    _ => 0,
                };
                day.shift(by)
            }
            (..0, ShiftOrigin::Previous) if !focus => Context::weekday_of_week(start, number, -1),
            (..0, _) => plus_days(start, if back == 0 { -7 } else { -back }).map(Place::Day),
            (_, ShiftOrigin::Focus | ShiftOrigin::Either) if focus => {
                plus_days(start, 7 - back).map(Place::Day)
            }
            (_, ShiftOrigin::Coming) => plus_days(start, 7 - back).map(Place::Day),
            _ => Context::weekday_of_week(start, number, 1),
        }
    }

    /// Resolves *Friday the 26th*: the nearest month in which that day is a Friday.
    fn weekday_with_day(&mut self, number: i8, day: i8) -> Option<Place> {
        let now = self.present()?;
        let ahead = self.direct() == Direction::Ahead;
        let in_month = |by: i32| match Place::Month(now.year(), now.month()).shift(by)? {
            Place::Month(year, month) => {
                Date::new(year, month, day).ok().filter(|date| weekday(*date) == number)
            }
            _ => None,
        };
        let days = (-12..=12).filter_map(in_month);
        let apart = |date: &Date| {
            let days = date.until(now).map_or(i32::MAX, |span| span.get_days());
            // Past and future dates are equally near, except for the tense.
            days.abs() * 2 + i32::from((days > 0) == ahead)
        };
        days.min_by_key(apart).map(Place::Day)
    }

    fn day(&mut self, day: i8) -> Option<Place> {
        if let Some(shift) = self.parts.shift {
            let start = self.start(shift.from)?;
            let Place::Month(year, month) = Place::around(Unit::Month, start).shift(shift.by)?
            else {
                return None;
            };
            return Date::new(year, month, day).ok().map(Place::Day);
        }
        let direction = self.direct();
        let (date, anchor) = self.context.day_alone(day, direction)?;
        self.anchor = anchor;
        Some(Place::Day(date))
    }

    fn shifted(&mut self, shift: Shift) -> Option<Place> {
        match shift.of {
            Shifted::Unit(unit) => {
                let day = self.start(shift.from)?;
                Context::shifted(unit, Some(day), shift.by)
            }
            // "this morning", "the following night"
            Shifted::Named => {
                let day = self.start(shift.from)?;
                plus_days(day, shift.by).map(Place::Day)
            }
        }
    }

    /// Resolves *the weekend*: the last one, or the coming one.
    fn weekend(&mut self) -> Option<Place> {
        let now = self.present()?;
        let ahead = self.direct() == Direction::Ahead;
        let by = if weekday(now) < 6 && !ahead { -1 } else { 0 };
        Context::shifted(Unit::Weekend, Some(now), by)
    }

    /// Returns the day of a time of day alone: the day in focus in the sentence, else today.
    fn today(&mut self) -> Place {
        let (day, anchor) = match self.context.focus {
            Some(focus)
                if matches!(focus.place, Place::Day(_))
                    && (self.context.narrative || self.words.in_sentence(focus.idx)) =>
            {
                (Some(focus.day), Anchor::Expression(focus.idx))
            }
            _ => self.context.publication(),
        };
        self.anchor = anchor;
        day.map_or(Place::Nowhere, Place::Day)
    }
}

/// Returns the number of years to the last, this or next occurrence of something `away` months ahead: *last June* is
/// over, *next June* is yet to come.
fn turned(by: i32, away: i8) -> Option<i16> {
    let year = match by {
        0 => 0,
        ..0 if away < 0 => by + 1,
        ..0 => by,
        _ if away > 0 => by - 1,
        _ => by,
    };
    i16::try_from(year).ok()
}

/// Returns the time of a clock and a part of the day: *eight in the evening* is 20:00.
fn time_of_day(parts: &Parts) -> Option<Clock> {
    match (parts.clock, parts.part) {
        (Some(Clock::Minute(hour @ 1..=11, minute)), Some(part)) => {
            // "tonight at 2" is after midnight, but the text still says tonight.
            let late = matches!(part, DayPart::Night) && hour < 6;
            let half = if late { 0 } else { half_of(part) };
            Some(Clock::Minute(hour + half, minute))
        }
        (Some(clock), _) => Some(clock),
        (None, Some(part)) => Some(Clock::Part(part)),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::check;

    #[test]
    fn the_tense_gives_the_year() {
        check("They met in December.", &[("December", "2020-12")]);
        check("They will meet in February.", &[("February", "2022-02")]);
        check("They met on May 9.", &[("May 9", "2021-05-09")]);
    }

    #[test]
    fn the_weekday_gives_the_year() {
        check("It closed on Wednesday, May 6.", &[("Wednesday, May 6", "2020-05-06")]);
    }

    #[test]
    fn seasons_and_quarters() {
        check("They met in the third quarter.", &[("the third quarter", "2020-Q3")]);
        check("They will meet in the fourth quarter.", &[("the fourth quarter", "2021-Q4")]);
    }
}
