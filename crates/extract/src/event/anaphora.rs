//! Nouns without parties that refer back to an act reported before.
//!
//! - *Oslo met Bergen. … The meeting lasted an hour.*: points back to the act
//! - *Oslo will meet Bergen. … There is no meeting.*: denies the act

use dateline_nlp::{Deprel, Upos};

use super::{argument::Act, codebook::Pos, draft::Rule, frame::Fit};
use crate::clause;

/// Maximum number of earlier acts searched.
const MEMORY: usize = 100;

/// Maximum number of sentences a noun refers back over.
const NEAR: u32 = 3;

/// Reads a noun that denies an act reported before: *there is no meeting*.
pub(super) fn denial<'a>(act: &Act<'_>, found: &[(Act<'a>, Fit<'a>)]) -> Option<Fit<'a>> {
    let noun = act.head;
    let denied = noun.upos() == Upos::Noun
        && (clause::is_negated(noun) || clause::existence(noun).is_some_and(clause::is_negated));
    if !denied {
        return None;
    }
    let (_, before) =
        found.iter().rev().take(MEMORY).find(|(other, _)| other.head.lemma() == noun.lemma())?;
    Some(Fit { rule: Rule::Denial, sources: Vec::new(), targets: Vec::new(), ..before.clone() })
}

/// Reads a definite noun as an act reported in an earlier sentence: *they met … the meeting lasted an hour*.
pub(super) fn pointing_back<'a>(act: &Act<'a>, found: &[(Act<'a>, Fit<'a>)]) -> Option<Fit<'a>> {
    let noun = act.head;
    let points =
        noun.upos() == Upos::Noun && noun.child(Deprel::Det).is_some_and(clause::is_definite);
    if !points {
        return None;
    }
    let frames = act.codebook.frames_of(noun.lemma(), Pos::Noun);
    let sentence = noun.sentence().idx().0;
    let frame = found
        .iter()
        .rev()
        .take(MEMORY)
        .take_while(|(other, _)| sentence - other.head.sentence().idx().0 <= NEAR)
        .filter(|(other, _)| other.head.sentence().idx().0 < sentence)
        .find_map(|(_, before)| frames.iter().find(|frame| frame.kind == before.kind))?;
    Some(Fit {
        rule: Rule::PointsBack,
        frame: Some(frame),
        kind: frame.kind,
        sources: Vec::new(),
        targets: Vec::new(),
    })
}
