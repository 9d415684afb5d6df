//! Reference dates of expressions: the publication date, and the places on the calendar the text mentioned before.

use dateline_core::{
    Moment,
    calendar::{Place, Season, Unit, monday, plus_days, weekday},
};
use jiff::civil::{Date, DateTime};

use super::{
    direction::{self, Direction},
    words::Words,
};
use crate::calendar_words::Sense;

/// State of reading a text.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) published: Option<Date>,
    /// Minute of publication, if known.
    pub(super) minute: Option<DateTime>,
    /// Place on the calendar that the text mentioned last.
    pub(super) focus: Option<Focus>,
    /// The text is a history: years follow from the running text, not from the publication date.
    pub(super) narrative: bool,
    /// Period a report is about, the base of *a year earlier* and *the latest period*.
    pub(super) period: Option<Focus>,
}

/// Place on the calendar that the text is talking about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Focus {
    pub(super) place: Place,
    /// First day of the place.
    pub(super) day: Date,
    /// Index of its time expression.
    pub(super) idx: usize,
}

/// What an expression was read against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Anchor {
    /// The expression is complete by itself, or has no place on the calendar.
    #[default]
    None,
    Published,
    /// Index of an earlier expression.
    Expression(usize),
}

impl Context {
    pub(super) fn new(words: &Words<'_>, moment: Option<Moment>, n_tokens: usize) -> Self {
        let published = moment.map(Moment::date);
        let minute = match moment {
            Some(Moment::Minute(minute)) => Some(minute),
            _ => None,
        };
        let narrative = published.is_none_or(|day| is_narrative(words, day, n_tokens));
        Self { published, minute, focus: None, narrative, period: None }
    }

    /// Returns the date that *this month* and bare months are read against.
    pub(super) fn present(&self) -> (Option<Date>, Anchor) {
        match self.focus {
            Some(focus) if self.narrative => (Some(focus.day), Anchor::Expression(focus.idx)),
            _ => self.publication(),
        }
    }

    /// Returns the date that *the following week* and *two days later* are read against.
    pub(super) fn spoken_of(&self) -> (Option<Date>, Anchor) {
        match self.focus {
            Some(focus) => (Some(focus.day), Anchor::Expression(focus.idx)),
            None => self.publication(),
        }
    }

    /// Returns the date that *ago* and *yesterday* are read against, even in a history.
    pub(super) fn publication(&self) -> (Option<Date>, Anchor) {
        let anchor = if self.published.is_some() { Anchor::Published } else { Anchor::None };
        (self.published, anchor)
    }

    pub(super) fn direction(&self, words: &Words<'_>, at: usize) -> Direction {
        if self.narrative { Direction::Near } else { direction::of(words.token(at)) }
    }

    /// Resolves a month without a year.
    pub(super) fn month(&self, month: i8, direction: Direction) -> Place {
        let Some(now) = self.present().0 else { return Place::OpenMonth(month) };
        let away = i16::from(month) - i16::from(now.month());
        let year = now.year();
        if self.narrative {
            return Place::Month(year + self.turn(away), month);
        }
        let year = match direction {
            Direction::Behind if away > 0 => year - 1,
            Direction::Ahead if away < 0 => year + 1,
            Direction::Near | Direction::Unknown if away > 6 => year - 1,
            Direction::Near | Direction::Unknown if away < -6 => year + 1,
            _ => year,
        };
        Place::Month(year, month)
    }

    /// Returns 1 if a history has moved on to the next year: after *December 1941*, *January* is in 1942. Returns -1
    /// for the year before.
    fn turn(&self, away: i16) -> i16 {
        match self.focus {
            Some(Focus {
                place: Place::Year(_) | Place::Decade(_) | Place::Century(_), ..
            }) => 0,
            Some(_) if away <= -7 => 1,
            Some(_) if away >= 10 => -1,
            _ => 0,
        }
    }

    /// Resolves a day of a month without a year; `None` for days the month never has.
    pub(super) fn day(&self, month: i8, day: i8, direction: Direction) -> Option<Place> {
        let Some(now) = self.present().0 else {
            return Date::new(2000, month, day).ok().map(|_| Place::OpenDay(month, day));
        };
        let in_year = |year: i16| Date::new(year, month, day).ok();
        let year = now.year();
        let same = in_year(year);
        if self.narrative {
            let turn = self.turn(i16::from(month) - i16::from(now.month()));
            return in_year(year + turn).or(same).map(Place::Day);
        }
        let found = nearest(now, direction, [year - 1, year, year + 1].map(in_year));
        found.or(same).map(Place::Day)
    }

    /// Resolves a day of the month alone, in the current month or the month in focus.
    pub(super) fn day_alone(&self, day: i8, direction: Direction) -> Option<(Date, Anchor)> {
        let (now, anchor) = self.present();
        let now = now?;
        if let Some(Focus { place: Place::Day(_) | Place::Month(..), day: focus, idx }) = self.focus
        {
            let near = focus.until(now).is_ok_and(|span| span.get_days().abs() < 60);
            if let Ok(date) = Date::new(focus.year(), focus.month(), day)
                && (near || self.narrative)
            {
                return Some((date, Anchor::Expression(idx)));
            }
        }
        let in_month = |by: i32| match Place::Month(now.year(), now.month()).shift(by)? {
            Place::Month(year, month) => Date::new(year, month, day).ok(),
            _ => None,
        };
        nearest(now, direction, [in_month(-1), in_month(0), in_month(1)]).map(|date| (date, anchor))
    }

    /// Resolves the name of a weekday alone.
    pub(super) fn weekday(&self, number: i8, direction: Direction) -> Place {
        let Some(now) = self.present().0 else { return Place::OpenWeekday(number) };
        let back = i32::from((weekday(now) - number).rem_euclid(7));
        let by = match direction {
            Direction::Behind | Direction::Unknown => -back,
            // A report written on a Friday means that day by *Friday*.
            Direction::Ahead | Direction::Near if back == 0 => 0,
            Direction::Near if !self.narrative => -back,
            Direction::Ahead | Direction::Near => 7 - back,
        };
        plus_days(now, by).map_or(Place::OpenWeekday(number), Place::Day)
    }

    /// Resolves the name of a season alone.
    pub(super) fn season(&self, season: Season, direction: Direction) -> Place {
        let Some(now) = self.present().0 else { return Place::OpenSeason(season) };
        let Place::Month(year, _) = self.month(season.first_month(), direction) else {
            return Place::OpenSeason(season);
        };
        // The current winter in January began last year.
        let early = season == Season::Winter && now.month() < 3 && year == now.year();
        let focus_year =
            self.narrative && self.focus.is_some_and(|focus| matches!(focus.place, Place::Year(_)));
        Place::Season(if early && !focus_year { year - 1 } else { year }, season)
    }

    /// Returns the date of a weekday in the week `weeks` weeks away.
    pub(super) fn weekday_of_week(day: Date, number: i8, weeks: i32) -> Option<Place> {
        let first = plus_days(monday(day), weeks * 7)?;
        plus_days(first, i32::from(number) - 1).map(Place::Day)
    }

    /// Returns the unit that lies `by` units from a date.
    pub(super) fn shifted(unit: Unit, day: Option<Date>, by: i32) -> Option<Place> {
        Place::around(unit, day?).shift(by)
    }

    /// Records that a report turned to a longer period: *the first nine months*, *the full year*.
    pub(super) fn reported(&mut self, idx: usize) {
        let Some(period) = self.period.as_mut() else { return };
        if let Some(year) = period.place.year()
            && let Some((day, _)) = Place::Year(year).days()
        {
            *period = Focus { place: Place::Year(year), day, idx };
        }
    }

    /// Moves the focus to a place. `leads` is true if the expression opens its sentence.
    pub(super) fn went_to(&mut self, place: Place, idx: usize, leads: bool) {
        let Some((day, _)) = place.days() else { return };
        // A history moves in steps. "Papers released in 2005 showed …" is an aside, unless it opens its sentence.
        let leap = |focus: &Focus| (focus.day.year() - day.year()).abs() >= 10;
        if self.narrative && !leads && self.focus.as_ref().is_some_and(leap) {
            return;
        }
        let focus = Focus { place, day, idx };
        self.focus = Some(focus);
        if matches!(place, Place::Quarter(..)) {
            self.period = Some(focus);
        }
    }
}

/// Returns the date that a direction selects.
pub(super) fn nearest(now: Date, direction: Direction, days: [Option<Date>; 3]) -> Option<Date> {
    let days = || days.into_iter().flatten();
    let apart = |day: &Date| day.until(now).map_or(i32::MAX, |span| span.get_days().abs());
    let nearest = || days().min_by_key(apart);
    match direction {
        // News gives the year of dates further back. A date soon to come is meant whatever the tense.
        Direction::Behind => {
            days().filter(|day| *day <= now).max().filter(|day| apart(day) < 300).or_else(nearest)
        }
        Direction::Ahead => {
            days().filter(|day| *day >= now).min().filter(|day| apart(day) < 240).or_else(nearest)
        }
        Direction::Near | Direction::Unknown => nearest(),
    }
}

/// Returns true for a text that keeps naming years long past and rarely mentions weekdays or last month.
fn is_narrative(words: &Words<'_>, published: Date, n_tokens: usize) -> bool {
    let mut old_years = 0;
    let mut deictic = 0;
    for at in 0..n_tokens {
        let word = words.any(at);
        match word.sense {
            Sense::Weekday(_) | Sense::Day(_) | Sense::Tonight | Sense::Ago => deictic += 1,
            Sense::Shift(-1) if at + 1 < n_tokens => {
                let next = words.any(at + 1).sense;
                deictic += usize::from(matches!(next, Sense::Unit(_) | Sense::Weekday(_)));
            }
            _ => {}
        }
        if let Some(figure) = word.figure
            && figure.width == 4
            && (1000..i32::from(published.year()) - 1).contains(&figure.value)
        {
            old_years += 1;
        }
    }
    // A report may look back for a paragraph; a history does little else.
    old_years >= 5 && old_years > 3 * deictic && old_years * 400 > n_tokens
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::{check_rules, check_undated};

    #[test]
    fn years_of_a_history_follow_from_the_running_text() {
        check_undated(
            "In June 1941 the army crossed the river. In August it took the town. In January it was driven back.",
            &[("June 1941", "1941-06"), ("August", "1941-08"), ("January", "1942-01")],
        );
    }

    #[test]
    fn without_a_publication_date_only_complete_dates_are_placed() {
        check_undated("He said on Friday.", &[("Friday", "XXXX-WXX-5")]);
        check_undated("He left last month.", &[]);
        check_undated("He left in June 2019.", &[("June 2019", "2019-06")]);
        check_undated(
            "They met in March 1918. In May they signed.",
            &[("March 1918", "1918-03"), ("May", "1918-05")],
        );
    }

    #[test]
    fn times_are_read_against_publication_or_the_date_in_focus() {
        check_rules(
            "They met on May 3. Two days later they signed.",
            &[("May 3", "month-day published"), ("Two days later", "offset May 3")],
        );
        check_rules("It closed on 4 May 2019.", &[("4 May 2019", "month-day")]);
    }
}
