//! Named days: *Christmas Eve*, *Labor Day*, *Election Day 2020*, *Easter*.
//!
//! - fires: *before Christmas*, *on Thanksgiving Day*
//! - silent: *Christmas Island*, *Easter Rising*

use dateline_nlp::Upos;

use super::{Atom, Stance};
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
