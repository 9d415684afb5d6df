//! Parts of a date as the words name them, before they are placed on the calendar.
//!
//! *the second Monday of next month at noon* names a weekday, a count, a shift and an hour. A family of
//! [`super::atom`] reads each part. This module decides which parts can belong to one date; [`super::resolve`] places
//! them on the calendar.

use dateline_core::calendar::{Clock, DayPart, Place, Season, Unit};

use super::{holiday::Holiday, part_set::PartSet as P};

/// Parts that an expression names, at most one of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Parts {
    pub(super) year: Option<i16>,
    pub(super) month: Option<i8>,
    /// Day of the month.
    pub(super) day: Option<i8>,
    /// Weekday, from 1 for Monday to 7.
    pub(super) weekday: Option<i8>,
    pub(super) season: Option<Season>,
    pub(super) named_day: Option<Holiday>,
    /// Complete place on the calendar: *2021-05-08*, *the 1980s*.
    pub(super) whole: Option<Place>,
    pub(super) nth: Option<Nth>,
    pub(super) shift: Option<Shift>,
    /// *the weekend*, or that of a named day.
    pub(super) weekend: bool,
    pub(super) clock: Option<Clock>,
    pub(super) part: Option<DayPart>,
}

/// One of several of a kind: *the third quarter*, *the last Friday*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Nth {
    /// From 1; negative numbers count from the end.
    pub(super) number: i8,
    pub(super) of: Counted,
}

/// Unit that an ordinal counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    Week,
    Weekend,
    Weekday(i8),
    Month,
    Quarter,
    Half,
}

/// Distance in units: *last*, *next*, *the following*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shift {
    pub(super) by: i32,
    pub(super) of: Shifted,
    pub(super) from: ShiftOrigin,
}

/// Unit of a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shifted {
    Unit(Unit),
    /// The weekday, month, season or holiday beside it: *next Friday*.
    Named,
}

/// Origin of a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShiftOrigin {
    /// Publication date: *next week*.
    Present,
    /// Date in focus: *the following week*.
    Focus,
    /// First occurrence from today on: *the coming Friday*.
    Coming,
    /// Publication date or date in focus, depending on the tense: *the next day*.
    Either,
    /// The week before the date in focus or today: *the previous Friday*.
    Previous,
}

impl Parts {
    /// Combines two sets of parts. `None` if both name the same part, or the parts cannot belong to one date.
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

    /// Returns the kinds of parts that are named.
    pub(super) fn kinds(&self) -> P {
        P::YEAR.when(self.year.is_some())
            | P::MONTH.when(self.month.is_some())
            | P::DAY.when(self.day.is_some())
            | P::WEEKDAY.when(self.weekday.is_some())
            | P::SEASON.when(self.season.is_some())
            | P::NAMED_DAY.when(self.named_day.is_some())
            | P::WHOLE.when(self.whole.is_some())
            | P::NTH.when(self.nth.is_some())
            | P::SHIFT.when(self.shift.is_some())
            | P::WEEKEND.when(self.weekend)
            | P::CLOCK.when(self.clock.is_some())
            | P::DAY_PART.when(self.part.is_some())
    }

    /// Returns true if the parts name a single day, with or without its year.
    pub(super) fn is_day(&self) -> bool {
        let kinds = self.kinds();
        let by_count = self.nth.is_some_and(|nth| matches!(nth.of, Counted::Weekday(_)));
        kinds.has(P::DAY | P::WEEKDAY | P::NAMED_DAY) && !kinds.has(P::WEEKEND)
            || self.shifts_days()
            || by_count
            || self.is_whole_day()
    }

    /// Returns true if the parts name a time of day and nothing else.
    pub(super) fn is_time_alone(&self) -> bool {
        self.kinds().without(P::TIME) == P::EMPTY
    }

    /// Returns true if the parts can belong to one date.
    fn is_sound(&self) -> bool {
        let kinds = self.kinds();
        let at_hand = self.shifts_days() || self.shifts_named();
        if kinds.has(P::TIME)
            && !self.is_time_alone()
            && !self.is_day()
            && (!at_hand || kinds.has(P::MONTH))
        {
            return false;
        }
        if kinds.has(P::WHOLE) {
            return self.completes_whole();
        }
        if kinds.count(P::MONTH | P::SEASON | P::NAMED_DAY) > 1
            || kinds.has(P::DAY) && kinds.has(P::SEASON | P::NAMED_DAY)
        {
            return false;
        }
        if let Some(nth) = self.nth {
            return self.counts(nth);
        }
        let weekday_fits = kinds.has(P::DAY) && (kinds.has(P::MONTH) || !kinds.has(P::YEAR))
            || !kinds.has(P::MONTH | P::YEAR | P::SEASON | P::NAMED_DAY);
        let clashes = kinds.has(P::WEEKEND) && kinds.has(P::MONTH | P::SEASON | P::DAY)
            || kinds.has(P::WEEKDAY) && !weekday_fits
            || kinds.has(P::DAY) && !kinds.has(P::MONTH) && kinds.has(P::YEAR)
            || kinds.has(P::YEAR) && !kinds.has(P::NAMED) && kinds.has(P::TIME);
        !clashes && self.shift.is_none_or(|shift| self.shifts(shift))
    }

    /// Returns true if the other parts can stand beside a complete place: a time, and for a day its weekday or *today*.
    fn completes_whole(&self) -> bool {
        let kinds = self.kinds();
        let others = kinds.without(P::WHOLE | P::TIME | P::WEEKDAY | P::SHIFT);
        others == P::EMPTY
            && (self.shift.is_none() || self.shifts_days())
            && (!kinds.has(P::WEEKDAY | P::SHIFT) || self.is_whole_day())
    }

    fn is_whole_day(&self) -> bool {
        self.whole.is_some_and(|place| matches!(place, Place::Day(_)))
    }

    fn shifts_days(&self) -> bool {
        self.shift.is_some_and(|shift| shift.of == Shifted::Unit(Unit::Day))
    }

    fn shifts_named(&self) -> bool {
        self.shift.is_some_and(|shift| shift.of == Shifted::Named)
    }

    /// Returns true if an ordinal fits the other parts.
    fn counts(&self, nth: Nth) -> bool {
        let kinds = self.kinds();
        if kinds.has(P::DAY | P::SEASON | P::NAMED_DAY | P::WEEKEND | P::WEEKDAY) {
            return false;
        }
        let shifted = self.shift.map(|shift| shift.of);
        let in_year = matches!(shifted, None | Some(Shifted::Unit(Unit::Year)));
        let in_month = matches!(shifted, Some(Shifted::Unit(Unit::Month)));
        let one_base = !(kinds.has(P::YEAR | P::MONTH) && kinds.has(P::SHIFT))
            || kinds.has(P::MONTH) && !kinds.has(P::YEAR) && in_year;
        let fits = match nth.of {
            Counted::Quarter | Counted::Half | Counted::Month => !kinds.has(P::MONTH) && in_year,
            Counted::Week | Counted::Weekend | Counted::Weekday(_) => in_year || in_month,
        };
        fits && one_base
    }

    /// Returns true if a shift fits the other parts.
    fn shifts(&self, shift: Shift) -> bool {
        let kinds = self.kinds();
        let timed = kinds.has(P::TIME);
        match shift.of {
            Shifted::Named => {
                let with_year = kinds.has(P::YEAR) && (!kinds.has(P::MONTH) || shift.by != 0);
                !with_year && kinds.has(P::NAMED | P::DAY_PART | P::WEEKEND)
                    || kinds.has(P::DAY) && kinds.has(P::MONTH)
            }
            // "tomorrow, May 9" gives one day twice.
            Shifted::Unit(Unit::Day) => {
                !kinds.has(P::SEASON | P::NAMED_DAY | P::WEEKEND)
                    && (!kinds.has(P::YEAR) || kinds.has(P::DAY))
                    && kinds.has(P::MONTH) == kinds.has(P::DAY)
            }
            Shifted::Unit(Unit::Week) => {
                !kinds.has(P::YEAR | P::MONTH | P::DAY | P::SEASON | P::NAMED_DAY | P::WEEKEND)
                    && (!timed || kinds.has(P::WEEKDAY))
            }
            Shifted::Unit(Unit::Month) => {
                !kinds.has(P::YEAR | P::MONTH | P::SEASON | P::NAMED_DAY | P::WEEKDAY | P::WEEKEND)
                    && (!timed || kinds.has(P::DAY))
            }
            Shifted::Unit(Unit::Year) => {
                !kinds.has(P::YEAR | P::WEEKDAY | P::WEEKEND)
                    && (!kinds.has(P::DAY) || kinds.has(P::MONTH))
            }
            Shifted::Unit(_) => kinds == P::SHIFT,
        }
    }
}

/// Returns the only value; the outer `None` means that both are present.
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
    fn parts_combine_if_one_date_can_have_both() {
        let friday = Parts { weekday: Some(5), ..Parts::default() };
        let next_week = Parts {
            shift: Some(Shift { by: 1, of: Shifted::Unit(Unit::Week), from: ShiftOrigin::Present }),
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
