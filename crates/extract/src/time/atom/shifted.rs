//! Units counted from the present or from the date in focus: *last month*, *next year*, *this past week*, *the
//! following year*, *that day*, *the week after next*; and the shift alone before a named day: *next Friday*, *last
//! summer*, *this morning*.
//!
//! - fires: *last month*, *the next day*, *this week*
//! - silent: *the last minutes*, *this past decade* (the ten years until now), *next of kin*

use dateline_core::calendar::Unit;

use super::stance::{Atom, Stance};
use crate::{
    calendar_words::Sense,
    time::{
        parts::{Parts, Shift, ShiftOrigin, Shifted},
        words::Words,
    },
};

pub(super) fn atom(words: &Words<'_>, at: usize, stance: Stance<'_>) -> Option<Atom> {
    after_next(words, at).or_else(|| shifted(words, at, stance)).or_else(|| {
        if stance.is_behind(|parts| parts.nth.is_some()) { at_hand(words, at) } else { None }
    })
}

/// Reads the current unit: *the first quarter of the year*.
fn at_hand(words: &Words<'_>, at: usize) -> Option<Atom> {
    (words.sense(at) == Sense::The).then_some(())?;
    let Sense::Unit(unit @ (Unit::Year | Unit::Month)) = words.sense(at + 1) else { return None };
    let shift = Shift { by: 0, of: Shifted::Unit(unit), from: ShiftOrigin::Present };
    Some((Parts { shift: Some(shift), ..Parts::default() }, at + 2))
}

/// Reads *last month*, *the following year*, *that day*, or *next* before a weekday.
fn shifted(words: &Words<'_>, at: usize, stance: Stance<'_>) -> Option<Atom> {
    let (by, from, end) = distance(words, at)?;
    let filler = matches!(words.sense(end), Sense::Fiscal | Sense::Filler | Sense::Whole);
    let next = end + usize::from(filler);
    let shift = |of| Some(Shift { by, of, from });
    let alone = |of| Parts { shift: shift(of), ..Parts::default() };
    match words.sense(next) {
        Sense::Unit(unit) => {
            let too_short = matches!(unit, Unit::Second | Unit::Minute | Unit::Hour);
            // "the past decade" means the ten years until now.
            let until_now = matches!(unit, Unit::Decade | Unit::Century)
                && by < 0
                && words.sense(next - 1) == Sense::Past;
            (!too_short && !until_now).then_some((alone(Shifted::Unit(unit)), next + 1))
        }
        Sense::Part(part) => {
            let parts = Parts { part: Some(part), ..alone(Shifted::Named) };
            Some((parts, next + 1))
        }
        // "that Friday" is the one in focus; "that May" starts a clause.
        Sense::Month(_) if words.sense(at) == Sense::That => None,
        Sense::Weekday(_) | Sense::Month(_) | Sense::Season(_) => {
            Some((alone(Shifted::Named), next))
        }
        Sense::Second => None,
        _ => super::named_day::atom(words, next, stance).map(|_| (alone(Shifted::Named), next)),
    }
}

/// Reads the words of a shift before its unit: how many units, from where, and the index after the words.
fn distance(words: &Words<'_>, at: usize) -> Option<(i32, ShiftOrigin, usize)> {
    let the = usize::from(words.sense(at) == Sense::The);
    let first = at + the;
    let (by, from) = match words.sense(first) {
        // "the next day" continues from the date in focus; "next week" starts from today.
        Sense::Shift(1) if !words.is(first, "next") => (1, ShiftOrigin::Coming),
        Sense::Shift(by) if the == 1 && by != 0 => (i32::from(by), ShiftOrigin::Either),
        // "current" alone means the present, and so does "upcoming" before a plural.
        Sense::Shift(_) if the == 0 && words.is(first, "current") => return None,
        Sense::Shift(by) => (i32::from(by), ShiftOrigin::Present),
        Sense::Past => (-1, ShiftOrigin::Present),
        Sense::Relative(by) if words.is(first, "previous") => {
            (i32::from(by), ShiftOrigin::Previous)
        }
        Sense::Relative(by) => (i32::from(by), ShiftOrigin::Focus),
        Sense::That if the == 0 => (0, ShiftOrigin::Focus),
        Sense::Same if the == 1 => (0, ShiftOrigin::Focus),
        _ => return None,
    };
    let second = first + 1;
    if by != 0 {
        return Some((by, from, second));
    }
    // "this past week", "this coming Friday", "that same day"
    Some(match words.sense(second) {
        Sense::Past => (-1, ShiftOrigin::Present, second + 1),
        Sense::Shift(1) if !words.is(second, "next") => (1, ShiftOrigin::Coming, second + 1),
        Sense::Shift(by) => (i32::from(by), from, second + 1),
        Sense::Same => (0, ShiftOrigin::Focus, second + 1),
        _ => (0, from, second),
    })
}

/// *the week after next*, *the month after the next*, *the weekend after next*.
fn after_next(words: &Words<'_>, at: usize) -> Option<Atom> {
    (words.sense(at) == Sense::The).then_some(())?;
    let Sense::Unit(unit) = words.sense(at + 1) else { return None };
    (words.is(at + 2, "after") || words.is(at + 2, "before")).then_some(())?;
    let next = at + 3 + usize::from(words.sense(at + 3) == Sense::The);
    let Sense::Shift(by @ (-1 | 1)) = words.sense(next) else { return None };
    if words.is(at + 2, "after") != (by > 0) || !(words.is(next, "next") || words.is(next, "last"))
    {
        return None;
    }
    let shift =
        Shift { by: i32::from(by) * 2, of: Shifted::Unit(unit), from: ShiftOrigin::Present };
    let ends = !matches!(
        words.sense(next + 1),
        Sense::Unit(_) | Sense::Units(_) | Sense::Weekday(_) | Sense::Month(_)
    );
    ends.then_some((Parts { shift: Some(shift), ..Parts::default() }, next + 1))
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::{check, silent};

    #[test]
    fn units_from_today() {
        check("They left last month.", &[("last month", "2021-04")]);
        check("They meet next year.", &[("next year", "2022")]);
        check("They met this week.", &[("this week", "2021-W18")]);
        check("They vote the week after next.", &[("the week after next", "2021-W20")]);
        check("It closed last Friday.", &[("last Friday", "2021-05-07")]);
        check("They meet next Friday.", &[("next Friday", "2021-05-14")]);
    }

    #[test]
    fn units_from_the_date_in_focus() {
        check(
            "They met on May 3. That day they signed.",
            &[("May 3", "2021-05-03"), ("That day", "2021-05-03")],
        );
        check(
            "They met on May 3. The next day they signed.",
            &[("May 3", "2021-05-03"), ("The next day", "2021-05-04")],
        );
    }

    #[test]
    fn words_that_do_not_shift() {
        silent("In the last minutes he scored.");
        silent("His next of kin came.");
    }
}
