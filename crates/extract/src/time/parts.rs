//! The parts of a date that an expression names, before anything is said of which day that is.
//!
//! *the second Monday of next month at noon* names a weekday, a count, a shift and an hour. Each is read by a family of its
//! own ([`super::atom`]); what a row of them means together is decided here, where they join or refuse to, and in
//! [`super::resolve`], where they are placed on the calendar.

use dateline_core::calendar::{Clock, DayPart, Place, Season, Unit};

use super::holiday::Holiday;

/// What an expression names of a date; at most one of each.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Parts {
    pub(super) year: Option<i16>,
    pub(super) month: Option<i8>,
    /// The day of the month.
    pub(super) day: Option<i8>,
    /// 1 for Monday to 7.
    pub(super) weekday: Option<i8>,
    pub(super) season: Option<Season>,
    pub(super) named_day: Option<Holiday>,
    /// A place told whole: *2021-05-08*, *the 1980s*.
    pub(super) whole: Option<Place>,
    pub(super) nth: Option<Nth>,
    pub(super) shift: Option<Shift>,
    /// *the weekend*, or the one of a named day.
    pub(super) weekend: bool,
    pub(super) clock: Option<Clock>,
    pub(super) part: Option<DayPart>,
}

/// *the third quarter*, *the last Friday*: one of several of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Nth {
    /// From 1; counted from the end where negative.
    pub(super) number: i8,
    pub(super) of: Kind,
}

/// What an ordinal counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Week,
    Weekend,
    Weekday(i8),
    Month,
    Quarter,
    Half,
}

/// *last*, *next*, *the following*: so many of something away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shift {
    pub(super) by: i32,
    pub(super) of: Shifted,
    pub(super) from: From,
}

/// What is shifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shifted {
    Unit(Unit),
    /// The weekday, month, season or holiday beside it: *next Friday*.
    Named,
}

/// Where a shift starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// The day of writing: *next week*.
    Present,
    /// What the text spoke of: *the following week*.
    Told,
    /// The first from today on: *the coming Friday*.
    Coming,
    /// *the next day*: the one or the other, by the tense.
    Either,
    /// *the previous Friday*: the week before, counted from what was told or from today.
    Previous,
}

impl Parts {
    /// The parts of both, unless they name one part twice or make no sense together.
    pub(super) fn join(self, other: Self) -> Option<Self> {
        let joined = Self {
            year: one(self.year, other.year)?,
            month: one(self.month, other.month)?,
            day: one(self.day, other.day)?,
            weekday: one(self.weekday, other.weekday)?,
            season: one(self.season, other.season)?,
            named_day: one(self.named_day, other.named_day)?,
            whole: one(self.whole, other.whole)?,
            nth: one(self.nth, other.nth)?,
            shift: one(self.shift, other.shift)?,
            weekend: self.weekend || other.weekend,
            clock: one(self.clock, other.clock)?,
            part: one(self.part, other.part)?,
        };
        (!(self.weekend && other.weekend) && joined.is_sound()).then_some(joined)
    }

    /// Whether the parts name a single day, with or without its year.
    pub(super) fn is_day(&self) -> bool {
        let by_shift = self.shift.is_some_and(|shift| shift.of == Shifted::Unit(Unit::Day));
        let by_count = self.nth.is_some_and(|nth| matches!(nth.of, Kind::Weekday(_)));
        let whole = self.whole.is_some_and(|place| matches!(place, Place::Day(_)));
        (self.day.is_some() || self.weekday.is_some() || self.named_day.is_some()) && !self.weekend
            || by_shift
            || by_count
            || whole
    }

    /// Whether they name a time of day and nothing else.
    pub(super) fn is_time_alone(&self) -> bool {
        Self { clock: None, part: None, ..*self } == Self::default()
    }

    /// Whether the parts can be said of one date.
    fn is_sound(&self) -> bool {
        let timed = self.clock.is_some() || self.part.is_some();
        let dated = Self { clock: None, part: None, ..*self } != Self::default();
        let at_hand = matches!(
            self.shift,
            Some(Shift { of: Shifted::Named, .. } | Shift { of: Shifted::Unit(Unit::Day), .. })
        );
        if timed && dated && !self.is_day() && !(at_hand && self.month.is_none()) {
            return false;
        }
        if let Some(place) = self.whole {
            let alone = Self { whole: None, clock: None, part: None, weekday: None, ..*self };
            let today = alone.shift.is_none_or(|shift| shift.of == Shifted::Unit(Unit::Day));
            return Self { shift: None, ..alone } == Self::default()
                && today
                && (self.weekday.is_none() && self.shift.is_none()
                    || matches!(place, Place::Day(_)));
        }
        let named = usize::from(self.month.is_some())
            + usize::from(self.season.is_some())
            + usize::from(self.named_day.is_some());
        if named > 1 {
            return false;
        }
        if self.day.is_some() && (self.season.is_some() || self.named_day.is_some()) {
            return false;
        }
        if let Some(nth) = self.nth {
            return self.counts(nth);
        }
        if self.weekend && (self.month.is_some() || self.season.is_some() || self.day.is_some()) {
            return false;
        }
        if let Some(weekday) = self.weekday {
            let _ = weekday;
            let by_day = self.day.is_some() && (self.month.is_some() || self.year.is_none());
            let alone = self.month.is_none()
                && self.year.is_none()
                && self.season.is_none()
                && self.named_day.is_none();
            if !(by_day || alone) {
                return false;
            }
        }
        if self.day.is_some() && self.month.is_none() && self.year.is_some() {
            return false;
        }
        if self.year.is_some() && self.named() == 0 && timed {
            return false;
        }
        self.shift.is_none_or(|shift| self.shifts(shift))
    }

    fn named(&self) -> usize {
        [
            self.month.is_some(),
            self.season.is_some(),
            self.named_day.is_some(),
            self.weekday.is_some(),
        ]
        .into_iter()
        .filter(|is_named| *is_named)
        .count()
    }

    /// Whether an ordinal can count its kind in the rest.
    fn counts(&self, nth: Nth) -> bool {
        if self.day.is_some() || self.season.is_some() || self.named_day.is_some() || self.weekend {
            return false;
        }
        let shifted = self.shift.map(|shift| shift.of);
        let in_year = matches!(shifted, None | Some(Shifted::Unit(Unit::Year)));
        let in_month = matches!(shifted, Some(Shifted::Unit(Unit::Month)));
        let one_base = usize::from(self.year.is_some() || self.month.is_some())
            + usize::from(shifted.is_some())
            <= 1
            || self.month.is_some() && self.year.is_none() && in_year;
        match nth.of {
            Kind::Quarter | Kind::Half | Kind::Month => {
                self.month.is_none() && self.weekday.is_none() && in_year && one_base
            }
            Kind::Week | Kind::Weekend => {
                self.weekday.is_none() && (in_year || in_month) && one_base
            }
            Kind::Weekday(_) => self.weekday.is_none() && (in_year || in_month) && one_base,
        }
    }

    /// Whether a shift can be said with the rest.
    fn shifts(&self, shift: Shift) -> bool {
        let timed = self.clock.is_some() || self.part.is_some();
        match shift.of {
            Shifted::Named => {
                let with_year = self.year.is_some() && (self.month.is_none() || shift.by != 0);
                !with_year && (self.named() >= 1 || self.part.is_some() || self.weekend)
                    || self.day.is_some() && self.month.is_some()
            }
            Shifted::Unit(Unit::Day) => {
                // "tomorrow, May 9" says one day twice.
                self.season.is_none()
                    && self.named_day.is_none()
                    && !self.weekend
                    && (self.year.is_none() || self.day.is_some())
                    && (self.month.is_none() || self.day.is_some())
                    && (self.day.is_none() || self.month.is_some())
            }
            Shifted::Unit(Unit::Week) => {
                self.month.is_none()
                    && self.day.is_none()
                    && self.year.is_none()
                    && self.season.is_none()
                    && self.named_day.is_none()
                    && !self.weekend
                    && (!timed || self.weekday.is_some())
            }
            Shifted::Unit(Unit::Month) => {
                self.month.is_none()
                    && self.year.is_none()
                    && self.season.is_none()
                    && self.named_day.is_none()
                    && self.weekday.is_none()
                    && !self.weekend
                    && (!timed || self.day.is_some())
            }
            Shifted::Unit(Unit::Year) => {
                self.year.is_none()
                    && self.weekday.is_none()
                    && !self.weekend
                    && (self.day.is_none() || self.month.is_some())
            }
            Shifted::Unit(_) => Self { shift: None, ..*self } == Self::default(),
        }
    }
}

/// The one there is; nothing where there are two.
#[expect(clippy::option_option, reason = "no part, one part, and a clash are three things")]
fn one<T>(a: Option<T>, b: Option<T>) -> Option<Option<T>> {
    match (a, b) {
        (Some(_), Some(_)) => None,
        (a, b) => Some(a.or(b)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_join_where_one_date_can_have_both() {
        let friday = Parts { weekday: Some(5), ..Parts::default() };
        let next_week = Parts {
            shift: Some(Shift { by: 1, of: Shifted::Unit(Unit::Week), from: From::Present }),
            ..Parts::default()
        };
        let may = Parts { month: Some(5), ..Parts::default() };
        let seventh = Parts { day: Some(7), ..may };
        assert!(friday.join(next_week).is_some());
        assert!(friday.join(seventh).is_some());
        assert!(friday.join(may).is_none());
        assert!(may.join(next_week).is_none());
        assert!(friday.join(friday).is_none());
    }
}
