//! The current unit: *the year*, *the full year*, *for the week*, *the year ended March 31*, *the fiscal year*,
//! *year-end*.
//!
//! - fires: *Sales for the year were flat.*, *the week's abnormal fever*, *by year-end*
//! - silent: *the day of the vote*, *the years of war*, *the week that changed the world*

use dateline_core::{
    TimeMod,
    calendar::{Count, Period, Place, Unit},
};

use super::{
    candidate::{Meaning, TimeCandidate},
    context::Context,
    phrase::phrase,
    resolve::resolve,
    words::Words,
};
use crate::calendar_words::Sense;

/// Returns the current unit that starts at a word.
pub(super) fn definite(words: &Words<'_>, context: &Context, at: usize) -> Option<TimeCandidate> {
    end_of_unit(words, context, at)
        .or_else(|| week_of(words, context, at))
        .or_else(|| unit(words, context, at))
}

/// Reads *the week of March 6*: the week that contains the date.
fn week_of(words: &Words<'_>, context: &Context, at: usize) -> Option<TimeCandidate> {
    let the = usize::from(words.sense(at) == Sense::The);
    let fits =
        words.sense(at + the) == Sense::Unit(Unit::Week) && words.sense(at + the + 1) == Sense::Of;
    fits.then_some(())?;
    let day = at + the + 2;
    let base = phrase(words, day).filter(|base| base.parts.is_day())?;
    let resolved = resolve(&base.parts, words, context, day)?;
    let place = Place::around(Unit::Week, resolved.place.days()?.0);
    let found = TimeCandidate::of("definite-week", at, base.end, Meaning::Point(place, None));
    Some(TimeCandidate { anchor: resolved.anchor, direction: resolved.direction, ..found })
}

fn unit(words: &Words<'_>, context: &Context, at: usize) -> Option<TimeCandidate> {
    (words.sense(at) == Sense::The).then_some(())?;
    let whole = usize::from(matches!(words.sense(at + 1), Sense::Whole | Sense::Fiscal))
        + usize::from(words.sense(at + 1) == Sense::Whole && words.sense(at + 2) == Sense::Fiscal);
    let noun = at + 1 + whole;
    let Sense::Unit(unit @ (Unit::Year | Unit::Week | Unit::Month | Unit::Day)) = words.sense(noun)
    else {
        return None;
    };
    let end = noun + 1;
    // "the year ended March 31": a length, and its end.
    if words.is(end, "ended") || words.is(end, "ending") {
        let period = Period::of(unit, Count::whole(1));
        return (unit != Unit::Day)
            .then(|| TimeCandidate::duration("definite-length", at, end, period));
    }
    let possessive = words.is(end, "'s") && unit != Unit::Day;
    let led = ["for", "of", "in", "during", "through", "throughout"]
        .iter()
        .any(|word| words.is_before(at, word));
    let compound = words.mark(end) == b'-'
        || words.sense(end) == Sense::Of
        || words.at(end).figure.is_some()
        || words.is(end, "that")
        || words.is(end, "when")
        || matches!(words.sense(end), Sense::Earlier | Sense::Later | Sense::Relative(_))
            && words.goes_on(end + 1);
    let at_hand = whole > 0 || possessive || unit == Unit::Year || led;
    (at_hand && !compound).then_some(())?;
    // "the man of the year" is not a date but "the end of the year" is; the narrowed rule reads that.
    let (day, anchor) = context.present();
    let place = Context::shifted(unit, day, 0)?;
    let found = TimeCandidate::of("definite", at, end, Meaning::Point(place, None));
    Some(TimeCandidate { anchor, compares: true, reports: unit == Unit::Year, ..found })
}

/// *year-end*, *year's end*, *month's end*.
fn end_of_unit(words: &Words<'_>, context: &Context, at: usize) -> Option<TimeCandidate> {
    let Sense::Unit(unit @ (Unit::Year | Unit::Month)) = words.sense(at) else { return None };
    let link = usize::from(words.mark(at + 1) == b'-' || words.is(at + 1, "'s"));
    words.is(at + 1 + link, "end").then_some(())?;
    let end = at + 2 + link;
    if link == 0 && !words.is_led(at) || words.sense(end) == Sense::Of {
        return None;
    }
    let (day, anchor) = context.present();
    let place = Context::shifted(unit, day, 0)?;
    let mut found = TimeCandidate::of("definite-end", at, end, Meaning::Point(place, None));
    found.modifier = Some(TimeMod::End);
    Some(TimeCandidate { anchor, compares: true, ..found })
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::{check, silent};

    #[test]
    fn current_units() {
        check("Sales for the year were flat.", &[("the year", "2021")]);
        check("They want a deal by year-end.", &[("year-end", "2021 End")]);
        check(
            "Output fell in the year ended March 31.",
            &[("the year", "P1Y"), ("March 31", "2021-03-31")],
        );
        check("Prices rose for the week.", &[("the week", "2021-W18")]);
    }

    #[test]
    fn units_of_something_else_are_not_current() {
        silent("They recalled the day of the vote.");
        silent("Those were the years of war.");
        silent("It was the week that changed the world.");
    }
}
