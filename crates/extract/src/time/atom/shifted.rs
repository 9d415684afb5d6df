//! Units told from the present or from what was spoken of: *last month*, *next year*, *this past week*, *the following year*,
//! *that day*, *the week after next*; and the shift alone, before a named day: *next Friday*, *last summer*, *this morning*.
//!
//! - fires: *last month*, *the next day*, *this week*
//! - silent: *the last minutes*, *this past decade* (ten years until now), *next of kin*

use dateline_core::calendar::Unit;

use super::stance::{Atom, Stance};
use crate::{
    calendar_words::Sense,
    time::{
        parts::{From, Parts, Shift, Shifted},
        words::Words,
    },
};

pub(super) fn atom(words: &Words<'_>, at: usize, stance: Stance<'_>) -> Option<Atom> {
    after_next(words, at).or_else(|| shifted(words, at, stance)).or_else(|| {
        if stance.is_behind(|parts| parts.nth.is_some()) { at_hand(words, at) } else { None }
    })
}

/// *the first quarter of the year*: the one at hand.
fn at_hand(words: &Words<'_>, at: usize) -> Option<Atom> {
    (words.sense(at) == Sense::The).then_some(())?;
    let Sense::Unit(unit @ (Unit::Year | Unit::Month)) = words.sense(at + 1) else { return None };
    let shift = Shift { by: 0, of: Shifted::Unit(unit), from: From::Present };
    Some((Parts { shift: Some(shift), ..Parts::default() }, at + 2))
}

/// *last month*, *the following year*, *that day*, *next* before a weekday.
fn shifted(words: &Words<'_>, at: usize, stance: Stance<'_>) -> Option<Atom> {
    let the = usize::from(words.sense(at) == Sense::The);
    let mut next = at + the;
    let (mut by, mut from) = match words.sense(next) {
        // "the next day" goes on from what was told; "next week" from today.
        Sense::Shift(1) if !words.is(next, "next") => (1, From::Coming),
        Sense::Shift(by) if the == 1 && by != 0 => (i32::from(by), From::Either),
        Sense::Shift(by) => (i32::from(by), From::Present),
        Sense::Past => (-1, From::Present),
        Sense::Relative(by) if words.is(next, "previous") => (i32::from(by), From::Previous),
        Sense::Relative(by) => (i32::from(by), From::Told),
        Sense::That if the == 0 => (0, From::Told),
        Sense::Same if the == 1 => (0, From::Told),
        _ => return None,
    };
    // "current" is the present as such, and so is "upcoming" before a plural.
    if the == 0 && words.is(next, "current") {
        return None;
    }
    next += 1;
    match words.sense(next) {
        Sense::Past if by == 0 => (by, from) = (-1, From::Present),
        Sense::Shift(more @ 1) if by == 0 && !words.is(next, "next") => {
            (by, from) = (more.into(), From::Coming);
        }
        Sense::Shift(more) if by == 0 => by = more.into(),
        Sense::Same if by == 0 => from = From::Told,
        _ => next -= 1,
    }
    next += 1;
    if matches!(words.sense(next), Sense::Fiscal | Sense::Filler | Sense::Whole) {
        next += 1;
    }
    let of = match words.sense(next) {
        Sense::Unit(Unit::Second | Unit::Minute | Unit::Hour) | Sense::Second => {
            return None;
        }
        // "the past decade" is the ten years until now.
        Sense::Unit(Unit::Decade | Unit::Century)
            if by < 0 && words.sense(next - 1) == Sense::Past =>
        {
            return None;
        }
        Sense::Unit(unit) => {
            let shift = Shift { by, of: Shifted::Unit(unit), from };
            return Some((Parts { shift: Some(shift), ..Parts::default() }, next + 1));
        }
        Sense::Part(part) => {
            let shift = Some(Shift { by, of: Shifted::Named, from });
            return Some((Parts { shift, part: Some(part), ..Parts::default() }, next + 1));
        }
        Sense::Weekday(_) | Sense::Month(_) | Sense::Season(_) => Shifted::Named,
        _ if super::named_day::atom(words, next, stance).is_some() => Shifted::Named,
        _ => return None,
    };
    // "that Friday" is the one spoken of; "that May" is the start of a clause.
    if words.sense(at) == Sense::That && matches!(words.sense(next), Sense::Month(_)) {
        return None;
    }
    Some((Parts { shift: Some(Shift { by, of, from }), ..Parts::default() }, next))
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
    let shift = Shift { by: i32::from(by) * 2, of: Shifted::Unit(unit), from: From::Present };
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
    fn units_from_what_was_told() {
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
    fn no_shift() {
        silent("In the last minutes he scored.");
        silent("His next of kin came.");
    }
}
