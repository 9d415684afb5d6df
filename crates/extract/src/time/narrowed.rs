//! The beginning, middle or end of a place on the calendar: *mid-June*, *early 2020*, *the end of March*, *later this year*.

use dateline_core::calendar::Place;

use super::{
    clock,
    context::Context,
    found::{Found, Meaning},
    modifier, point,
    words::Words,
};
use crate::calendar_words::{Sense, Unit};

/// A narrowed place that begins at a word.
pub(super) fn narrowed(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    let the = usize::from(words.sense(at) == Sense::The);
    let word = at + the;
    // "mid-June" is one word.
    if words.at(word).mid {
        let found = point(words, context, word)?;
        return Some(Found { first: at, modifier: modifier("MID"), ..found });
    }
    let (name, next) = match words.sense(word) {
        Sense::Portion(name) => {
            // "mid-June", "early in 2020", "late last year".
            let next = word + 1 + usize::from(words.mark(word + 1) == b'-');
            let next = next + usize::from(matches!(words.sense(next), Sense::In | Sense::On));
            (name, next)
        }
        Sense::Edge(name) if words.sense(word + 1) == Sense::Of => (name, word + 2),
        Sense::Earlier if the == 0 && !words.is(word, "before") => {
            ("START", behind(words, word + 1))
        }
        Sense::Later if the == 0 && !words.is(word, "after") => ("END", behind(words, word + 1)),
        _ => return None,
    };
    let found = point(words, context, next).or_else(|| bare_unit(words, context, next))?;
    let found = clock::with_day(words, &found).unwrap_or(found);
    let fits = matches!(found.meaning, Meaning::Point(..));
    (fits && found.modifier.is_none()).then(|| Found {
        first: at,
        modifier: modifier(name),
        ..found
    })
}

/// *later in the year*, *later on Friday*.
fn behind(words: &Words<'_>, at: usize) -> usize {
    at + usize::from(matches!(words.sense(at), Sense::In | Sense::On))
}

/// *the end of the year*: the one at hand.
fn bare_unit(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    let the = usize::from(words.sense(at) == Sense::The);
    let Sense::Unit(
        unit @ (Unit::Week
        | Unit::Month
        | Unit::Quarter
        | Unit::Year
        | Unit::Decade
        | Unit::Century
        | Unit::Day),
    ) = words.sense(at + the)
    else {
        return None;
    };
    let place = Context::shifted(unit, context.present(), 0)?;
    let place = if the == 1 { place } else { return None };
    matches!(
        place,
        Place::Week(_)
            | Place::Month(..)
            | Place::Quarter(..)
            | Place::Year(_)
            | Place::Decade(_)
            | Place::Century(_)
    )
    .then(|| Found::point(at, at + the + 1, place))
}
