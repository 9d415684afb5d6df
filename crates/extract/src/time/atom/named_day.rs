//! Named days: *Christmas Eve*, *Labor Day*, *Election Day 2020*, *Easter*.
//!
//! - fires: *before Christmas*, *on Thanksgiving Day*
//! - silent: *Christmas Island*, *Easter Rising*

use dateline_nlp::Upos;

use super::stance::{Atom, Stance};
use crate::{
    calendar_words::Sense,
    time::{holiday, parts::Parts, words::Words},
};

pub(super) fn atom(words: &Words<'_>, at: usize, _: Stance<'_>) -> Option<Atom> {
    let the = usize::from(words.sense(at) == Sense::The);
    let (named_day, end) = holiday::name(words, at).or_else(|| holiday::name(words, at + the))?;
    let weekend = words.sense(end) == Sense::Unit(dateline_core::calendar::Unit::Weekend);
    // "Christmas Island", "the Easter Rising": part of a longer name.
    let in_name =
        words.at(end).capital && words.upos(end) == Some(Upos::Propn) && !words.is_calendar(end);
    if in_name {
        return None;
    }
    let parts = Parts { named_day: Some(named_day), weekend, ..Parts::default() };
    Some((parts, end + usize::from(weekend)))
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::{check, silent};

    #[test]
    fn named_days() {
        check("They met before Christmas.", &[("Christmas", "2020-12-25")]);
        check("Talks ended on Christmas Eve 2019.", &[("Christmas Eve 2019", "2019-12-24")]);
        check("They met on Labor Day.", &[("Labor Day", "2020-09-07")]);
        check("They will meet on Labor Day.", &[("Labor Day", "2021-09-06")]);
        check("Election Day 2020 was calm.", &[("Election Day 2020", "2020-11-03")]);
        check("Troops left during Ramadan 2021.", &[("Ramadan 2021", "2021-04-13/2021-05-12")]);
    }

    #[test]
    fn names_that_contain_a_named_day() {
        silent("Crabs live on Christmas Island.");
    }
}
