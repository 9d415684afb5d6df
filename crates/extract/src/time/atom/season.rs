//! Seasons: *summer 2020*, *the winter of 1942*, *last spring*, *in the autumn*.
//!
//! - fires: *in the summer*, *since spring*, *the fall of 1989*
//! - silent: *a fall in prices*, *Summer Palace*, *springs*, *the spring board*

use dateline_nlp::Upos;

use super::{
    stance::{Atom, Stance},
    year,
};
use crate::{
    calendar_words::Sense,
    time::{parts::Parts, words::Words},
};

pub(super) fn atom(words: &Words<'_>, at: usize, stance: Stance<'_>) -> Option<Atom> {
    let the = usize::from(words.sense(at) == Sense::The);
    let Sense::Season(season) = words.sense(at + the) else { return None };
    let word = at + the;
    let found = Some((Parts { season: Some(season), ..Parts::default() }, word + 1));
    if year::after_month(words, word + 1).is_some() {
        // "the fall of 1989" may be the fall of a wall, but then another "of" follows.
        return found;
    }
    let doubtful = words.is(word, "spring") || words.is(word, "fall");
    let behind = stance.is_behind(|parts| parts.shift.is_some() || parts.year.is_some());
    let led = words.is_led(at) || words.before(at).sense == Sense::Every;
    let is_noun = matches!(words.upos(word), Some(Upos::Noun | Upos::Propn));
    let next = words.upos(word + 1);
    if behind {
        return found;
    }
    let mid = words.at(word).mid || matches!(words.before(at).sense, Sense::Portion(_));
    if !(led || mid) || !is_noun || doubtful && words.sense(word + 1) == Sense::Of {
        return None;
    }
    // "summer school", "a spring offensive": the season identifies, it does not say when.
    if matches!(next, Some(Upos::Noun | Upos::Propn)) && !words.is_calendar(word + 1) {
        return None;
    }
    if doubtful && the == 0 && !words.is_led_by_time(at) {
        return None;
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::{check, silent};

    #[test]
    fn seasons() {
        check("They met in the summer.", &[("the summer", "2020-SU")]);
        check("The talks began in summer 2020.", &[("summer 2020", "2020-SU")]);
        check("It froze in the winter of 1942.", &[("the winter of 1942", "1942-WI")]);
        check("They left last spring.", &[("last spring", "2020-SP")]);
        check("It will open next autumn.", &[("next autumn", "2021-FA")]);
    }

    #[test]
    fn words_that_are_not_seasons() {
        silent("A fall in prices hurt.");
        silent("He saw the Summer Palace.");
        silent("The springs were dry.");
    }
}
