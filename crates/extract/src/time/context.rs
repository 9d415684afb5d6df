//! What expressions are read against: the day of publication, and the places of the calendar the text spoke of before.

use dateline_core::calendar::{Place, Season, monday, plus_days, weekday};
use jiff::civil::Date;

use super::{
    direction::{self, Direction},
    words::Words,
};
use crate::calendar_words::{Sense, Unit};

/// The state of reading a text.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) published: Option<Date>,
    /// The last day, or first day of a longer stretch, the text placed on the calendar.
    pub(super) anchor: Option<Date>,
    /// The text tells history: years come from the running text, not from the day of publication.
    pub(super) narrative: bool,
    /// The place the text spoke of last.
    pub(super) latest: Option<Place>,
    /// The quarter spoken of last: *the quarter*.
    pub(super) quarter: Option<Place>,
}

impl Context {
    pub(super) fn new(words: &Words<'_>, published: Option<Date>, n_tokens: usize) -> Self {
        let narrative = published.is_none_or(|day| is_narrative(words, day, n_tokens));
        Self { published, anchor: None, narrative, latest: None, quarter: None }
    }

    /// The day that *this month* and bare months are read against.
    pub(super) fn present(&self) -> Option<Date> {
        if self.narrative { self.anchor.or(self.published) } else { self.published }
    }

    /// The day that *the following week* and *two days later* are read against.
    pub(super) fn spoken_of(&self) -> Option<Date> {
        self.anchor.or(self.published)
    }

    /// The unit so many units from a day.
    pub(super) fn shifted(unit: Unit, day: Option<Date>, by: i32) -> Option<Place> {
        Place::around(unit.on_calendar(), day?).shift(by)
    }

    pub(super) fn direction(&self, words: &Words<'_>, at: usize) -> Direction {
        if self.narrative { Direction::Near } else { direction::of(words.token(at)) }
    }

    /// A month without a year.
    pub(super) fn month(&self, month: i8, direction: Direction) -> Place {
        let Some(now) = self.present() else { return Place::OpenMonth(month) };
        if self.narrative {
            return Place::Month(now.year(), month);
        }
        let year = now.year();
        let away = i16::from(month) - i16::from(now.month());
        let year = match direction {
            Direction::Behind if away > 0 => year - 1,
            Direction::Ahead if away < 0 => year + 1,
            Direction::Near | Direction::Unknown if away > 6 => year - 1,
            Direction::Near | Direction::Unknown if away < -6 => year + 1,
            _ => year,
        };
        Place::Month(year, month)
    }

    /// A day of a month without a year; `None` for days the month never has.
    pub(super) fn day(&self, month: i8, day: i8, direction: Direction) -> Option<Place> {
        let Some(now) = self.present() else {
            return Date::new(2000, month, day).ok().map(|_| Place::OpenDay(month, day));
        };
        let in_year = |year: i16| Date::new(year, month, day).ok();
        let year = now.year();
        let same = in_year(year);
        if self.narrative {
            return same.map(Place::Day);
        }
        let apart = |day: Date| day.until(now).map_or(i32::MAX, |span| span.get_days().abs());
        let past = || same.filter(|day| *day <= now).or_else(|| in_year(year - 1));
        let nearest = || {
            let years = [year - 1, year, year + 1];
            years.into_iter().filter_map(in_year).min_by_key(|day| apart(*day))
        };
        let found = match direction {
            // News gives the year of days longer ago; a day soon to come is meant, whatever the tense.
            Direction::Behind => past().filter(|day| apart(*day) < 270).or_else(nearest),
            Direction::Ahead => same.filter(|day| *day >= now).or_else(|| in_year(year + 1)),
            Direction::Near | Direction::Unknown => nearest(),
        };
        found.or(same).map(Place::Day)
    }

    /// A weekday by its name alone.
    pub(super) fn weekday(&self, number: i8, direction: Direction) -> Place {
        let Some(now) = self.present() else { return Place::OpenWeekday(number) };
        let back = i32::from((weekday(now) - number).rem_euclid(7));
        let by = match direction {
            Direction::Behind | Direction::Unknown => -back,
            // A report of the day itself names its day.
            Direction::Ahead | Direction::Near if back == 0 => 0,
            Direction::Near if !self.narrative => -back,
            Direction::Ahead | Direction::Near => 7 - back,
        };
        plus_days(now, by).map_or(Place::OpenWeekday(number), Place::Day)
    }

    /// A season by its name alone.
    pub(super) fn season(&self, season: Season, direction: Direction) -> Place {
        let Some(now) = self.present() else { return Place::OpenSeason(season) };
        let Place::Month(year, _) = self.month(season.first_month(), direction) else {
            return Place::OpenSeason(season);
        };
        // In January the winter at hand began last year.
        let year = if season == Season::Winter && now.month() < 3 && year == now.year() {
            year - 1
        } else {
            year
        };
        Place::Season(year, season)
    }

    /// The day a weekday falls on in a week some weeks away.
    pub(super) fn weekday_of_week(&self, number: i8, weeks: i32) -> Option<Place> {
        let first = plus_days(monday(self.present()?), weeks * 7)?;
        plus_days(first, i32::from(number) - 1).map(Place::Day)
    }

    /// Remembers where the text was last.
    pub(super) fn went_to(&mut self, place: Place) {
        self.latest = Some(place);
        if matches!(place, Place::Quarter(..)) {
            self.quarter = Some(place);
        }
        if let Some((from, _)) = place.days() {
            self.anchor = Some(from);
        }
    }
}

/// A text that keeps naming years long past and hardly ever speaks of weekdays or of last month tells history.
fn is_narrative(words: &Words<'_>, published: Date, n_tokens: usize) -> bool {
    let mut old_years = 0;
    let mut deictic = 0;
    for at in 0..n_tokens {
        let word = words.any(at);
        match word.sense {
            Sense::Weekday(_) | Sense::Day(_) | Sense::Tonight | Sense::Ago => deictic += 1,
            _ => {}
        }
        if let Some(figure) = word.figure
            && figure.width == 4
            && (1000..i32::from(published.year()) - 1).contains(&figure.value)
        {
            old_years += 1;
        }
    }
    old_years >= 5 && old_years > 3 * deictic
}
