//! One of several: *the third quarter*, *Q3*, *the first half*, *the second week*, *the last Friday*, *week 10*.
//!
//! - fires: *the third quarter of 2020*, *the second Monday of next month*, *third-quarter results*
//! - silent: *a third week of talks*, *a quarter of the city*, *the first time*

use dateline_core::calendar::Unit;

use super::stance::{Atom, Stance};
use crate::{
    calendar_words::Sense,
    time::{
        number,
        parts::{Counted, Nth, Parts, Shift, ShiftOrigin, Shifted},
        words::Words,
    },
};

pub(super) fn atom(words: &Words<'_>, at: usize, _: Stance<'_>) -> Option<Atom> {
    short(words, at).or_else(|| week(words, at)).or_else(|| counted(words, at))
}

/// *the third quarter*, *third-quarter*, *the last Friday* of what follows.
fn counted(words: &Words<'_>, at: usize) -> Option<Atom> {
    let the = usize::from(words.sense(at) == Sense::The);
    let mut next = at + the;
    let fiscal = words.sense(next) == Sense::Fiscal;
    if fiscal {
        next += 1 + usize::from(words.mark(next + 1) == b'-');
    }
    let (number, mut end) = match words.sense(next) {
        // "last week of 2019" counts from the end; "last week" alone is a shift.
        Sense::Shift(-1) | Sense::Final => (-1, next + 1),
        Sense::Latter => (2, next + 1),
        _ => number::ordinal(words, next)?,
    };
    end += usize::from(words.sense(end) == Sense::Fiscal);
    let dashed = words.mark(end) == b'-';
    end += usize::from(dashed);
    let kind = match words.sense(end) {
        Sense::Unit(Unit::Quarter) if (1..=4).contains(&number) || number == -1 => Counted::Quarter,
        Sense::Half if (1..=2).contains(&number) || number == -1 => Counted::Half,
        Sense::Unit(Unit::Week) if !dashed => Counted::Week,
        Sense::Unit(Unit::Weekend) if !dashed => Counted::Weekend,
        Sense::Unit(Unit::Month) if !dashed => Counted::Month,
        Sense::Weekday(day) if !dashed => Counted::Weekday(day),
        // "the latter part of the year" is its second half.
        Sense::Portioned if words.sense(next) == Sense::Latter => Counted::Half,
        _ => return None,
    };
    let after = end + 1;
    // Without the whole it belongs to, only a quarter is a place on the calendar: "the first week" is a length.
    let of = usize::from(matches!(words.sense(after), Sense::Of | Sense::In));
    let based = of == 1
        || words.begins_year(after)
        || matches!(words.sense(after), Sense::Shift(_) | Sense::Month(_));
    if (kind != Counted::Quarter || number < 0) && !(based && names_base(words, after + of)) {
        return None;
    }
    // "a quarter-century", "the third quarter-finalist".
    if words.mark(after) == b'-' && !(dashed && kind == Counted::Quarter) && !of_range(words, after)
    {
        return None;
    }
    let nth = Nth { number: i8::try_from(number).ok()?, of: kind };
    // "third-quarter results": the article belongs to the results.
    Some((Parts { nth: Some(nth), ..Parts::default() }, after))
}

fn of_range(words: &Words<'_>, at: usize) -> bool {
    words.is(at + 1, "to")
}

/// Returns true if a month, year or shift that an ordinal can count in starts here.
fn names_base(words: &Words<'_>, at: usize) -> bool {
    let the = usize::from(words.sense(at) == Sense::The);
    words.begins_year(at)
        || matches!(
            words.sense(at + the),
            Sense::Month(_) | Sense::Shift(_) | Sense::Relative(_) | Sense::That
        )
        || words.is(at + the, "year")
        || words.is(at + the, "month")
}

/// *Q3*.
fn short(words: &Words<'_>, at: usize) -> Option<Atom> {
    let Sense::Quarter(number) = words.sense(at) else { return None };
    let nth = Nth { number, of: Counted::Quarter };
    Some((Parts { nth: Some(nth), ..Parts::default() }, at + 1))
}

/// Reads a numbered week of the current year or the year that follows: *week 10*, *the week 23*.
fn week(words: &Words<'_>, at: usize) -> Option<Atom> {
    let the = usize::from(words.sense(at) == Sense::The);
    let number = words.at(at + the + 1).figure?;
    let fits = words.sense(at + the) == Sense::Unit(Unit::Week)
        && (1..=53).contains(&number.value)
        && (1..=2).contains(&number.width);
    fits.then_some(())?;
    let nth = Nth { number: i8::try_from(number.value).ok()?, of: Counted::Week };
    let end = at + the + 2;
    let of = usize::from(words.sense(end) == Sense::Of);
    let shift = Shift { by: 0, of: Shifted::Unit(Unit::Year), from: ShiftOrigin::Present };
    let dated = words.begins_year(end + of) || matches!(words.sense(end + of), Sense::Shift(_));
    let shift = (!dated).then_some(shift);
    Some((Parts { nth: Some(nth), shift, ..Parts::default() }, end))
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::{check, silent};

    #[test]
    fn one_of_several() {
        check("It fell in the third quarter of 2020.", &[("the third quarter of 2020", "2020-Q3")]);
        check("It fell in Q3 2020.", &[("Q3 2020", "2020-Q3")]);
        check(
            "They meet on the second Monday of next month.",
            &[("the second Monday of next month", "2021-06-14")],
        );
        check("Third-quarter results were poor.", &[("Third-quarter", "2020-Q3")]);
        check("It grew in the first half of 2019.", &[("the first half of 2019", "2019-H1")]);
        check("The last Friday of March was wet.", &[("The last Friday of March", "2021-03-26")]);
    }

    #[test]
    fn ordinals_that_are_not_dates() {
        silent("A third week of talks began.");
        silent("A quarter of the city was dark.");
        silent("The first time was hard.");
    }
}
