//! The beginning, middle or end of a place on the calendar: *mid-June*, *early 2020*, *the end of March*, *later this
//! year*.
//!
//! - fires: *in late June*, *at the end of the month*, *earlier this year*
//! - silent: *the end of talks*, *early in the campaign*

use dateline_core::{
    TimeMod,
    calendar::{Place, Unit},
};

use super::{
    bound::bound,
    candidate::{Meaning, TimeCandidate},
    context::Context,
    point::points,
    words::Words,
};
use crate::calendar_words::Sense;

/// Returns the narrowed place that starts at a word.
pub(super) fn narrowed(words: &Words<'_>, context: &Context, at: usize) -> Option<TimeCandidate> {
    let the = usize::from(words.sense(at) == Sense::The);
    let word = at + the;
    // "mid-June" is one word.
    if words.at(word).mid {
        let found = points(words, context, word)?.first;
        return Some(TimeCandidate {
            first: at,
            modifier: Some(TimeMod::Mid),
            rule: "narrowed",
            ..found
        });
    }
    let (modifier, next) = match words.sense(word) {
        Sense::Portion(part) => {
            // "mid-June", "early in 2020", "late last year".
            let next = word + 1 + usize::from(words.mark(word + 1) == b'-');
            let next = next + usize::from(matches!(words.sense(next), Sense::In | Sense::On));
            // "early-to-mid May" has no TIMEX3 modifier.
            let other = next + 1 + usize::from(words.mark(next + 1) == b'-');
            match words.sense(other) {
                Sense::Portion(_) if words.is(next, "to") => {
                    (None, other + 1 + usize::from(words.mark(other + 1) == b'-'))
                }
                _ => (Some(part), next),
            }
        }
        Sense::Edge(part) if words.sense(word + 1) == Sense::Of => (Some(part), word + 2),
        Sense::Earlier if the == 0 && !words.is(word, "before") => {
            (Some(TimeMod::Start), behind(words, word + 1))
        }
        Sense::Later if the == 0 && !words.is(word, "after") => {
            (Some(TimeMod::End), behind(words, word + 1))
        }
        _ => return approximate(words, context, at),
    };
    let found = points(words, context, next)
        .map(|points| points.first)
        .or_else(|| bare_unit(words, context, next))?;
    let rule = "narrowed";
    // "the end of Ramadan" is its last day.
    if let Meaning::Days(from, to) = found.meaning
        && matches!(words.sense(word), Sense::Edge(_))
        && modifier != Some(TimeMod::Mid)
    {
        let day = if modifier == Some(TimeMod::Start) { from } else { to };
        let meaning = Meaning::Point(Place::Day(day), None);
        return Some(TimeCandidate { first: at, meaning, rule, begins_range: false, ..found });
    }
    let fits =
        matches!(found.meaning, Meaning::Point(..) | Meaning::Days(..)) && found.modifier.is_none();
    fits.then_some(TimeCandidate { first: at, modifier, rule, begins_range: false, ..found })
}

/// Reads an approximate point: *around Nov. 1*, *about 10:35 a.m.*, *around 2020*.
fn approximate(words: &Words<'_>, context: &Context, at: usize) -> Option<TimeCandidate> {
    let (modifier, next) = bound(words, at)?;
    (modifier == TimeMod::Approx).then_some(())?;
    let next = next + usize::from(words.sense(next) == Sense::At);
    let points = points(words, context, next)?;
    let found = points.first;
    // "ways to get around Wednesday's ruling"
    let possessive = words.is(found.end, "'s");
    let fits =
        matches!(found.meaning, Meaning::Point(..)) && found.modifier.is_none() && !possessive;
    (fits && points.rest.is_empty()).then_some(TimeCandidate {
        first: at,
        modifier: Some(modifier),
        ..found
    })
}

/// Returns the index after a preposition: *later in the year*, *later on Friday*.
fn behind(words: &Words<'_>, at: usize) -> usize {
    at + usize::from(matches!(words.sense(at), Sense::In | Sense::On))
}

/// Reads the current unit: *the end of the year*.
fn bare_unit(words: &Words<'_>, context: &Context, at: usize) -> Option<TimeCandidate> {
    let the = usize::from(words.sense(at) == Sense::The);
    let Sense::Unit(
        unit @ (Unit::Day
        | Unit::Week
        | Unit::Month
        | Unit::Quarter
        | Unit::Year
        | Unit::Decade
        | Unit::Century),
    ) = words.sense(at + the)
    else {
        return None;
    };
    let end = at + the + 1;
    // "the end of month-long talks", "early day": a bare unit ends the phrase.
    let of =
        words.sense(end) == Sense::Of || words.mark(end) == b'-' || the == 0 && words.goes_on(end);
    let (day, anchor) = context.present();
    let place = Context::shifted(unit, day, 0)?;
    let found = TimeCandidate::of("narrowed", at, end, Meaning::Point(place, None));
    (!of).then_some(TimeCandidate { anchor, ..found })
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::{check, silent};

    #[test]
    fn narrowed_places() {
        check("Talks are planned for mid-June.", &[("mid-June", "2021-06 Mid")]);
        check("It opened in early 2019.", &[("early 2019", "2019 Start")]);
        check("It will open later this year.", &[("later this year", "2021 End")]);
        check("It closed at the end of March.", &[("the end of March", "2021-03 End")]);
        check("They left in late June.", &[("late June", "2020-06 End")]);
        check("It fell in the early 1990s.", &[("the early 1990s", "199 Start")]);
        check("It opens early-to-mid May.", &[("early-to-mid May", "2021-05")]);
    }

    #[test]
    fn the_end_of_a_named_period_is_its_last_day() {
        check("They met at the end of Ramadan 2021.", &[("the end of Ramadan 2021", "2021-05-12")]);
    }

    #[test]
    fn phrases_that_narrow_nothing() {
        silent("The end of talks came.");
        silent("Early in the campaign she led.");
    }
}
