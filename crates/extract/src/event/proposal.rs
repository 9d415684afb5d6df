//! Acts that no frame fits: a verb between two political parties, coded by the ranker if it is confident.
//!
//! - fires: *Oslo snubbed Bergen.* · *Bergen egged Oslo on.*
//! - silent: *Oslo borders Bergen.* (the ranker says that nothing happens) · *Oslo said Bergen was quiet.* (speech)

use std::borrow::Cow;

use dateline_lexicon::{
    predicate::{self, Predicate},
    preposition,
};
use dateline_nlp::{Deprel, Token, Upos};

use super::{
    actor::Actors,
    argument::Act,
    codebook::{Codebook, Slot},
    confidence::Ranker,
    draft::{EventDraft, Rule},
    frame::Fit,
    light,
};
use crate::entity::EntityIdx;

/// Minimum probability of an act that no frame fits.
const LOWEST: f32 = 0.6;

/// Returns the act a verb reports, with its probability. `events` are those of frames, in the order of their triggers.
pub(super) fn of<'a>(
    codebook: &'a Codebook,
    verb: Token<'a>,
    actors: &Actors<'_>,
    events: &[EventDraft],
    ranker: &mut Ranker<'_>,
) -> Option<(Act<'a>, Fit<'a>, f32)> {
    if !may_tell(verb) {
        return None;
    }
    let act = Act::verb(codebook, verb);
    let sources = parties(&act, &Slot::Subject, actors);
    if sources.is_empty() || is_told(verb, &sources, events) {
        return None;
    }
    let targets = targets(&act, actors, &sources)?;
    let ranking =
        ranker.rank(events, verb.idx(), sources.first().copied(), targets.first().copied());
    let (kind, share) = ranking.best(|_| true)?;
    (share >= LOWEST).then_some((
        act,
        Fit { rule: Rule::Ranker, frame: None, kind, sources, targets },
        share,
    ))
}

/// Returns true if a verb may report an act: it heads a clause and does not only introduce words.
fn may_tell(verb: Token<'_>) -> bool {
    verb.upos() == Upos::Verb
        && !matches!(verb.deprel(), Deprel::Amod | Deprel::Aux | Deprel::AuxPass)
        && predicate::cue(verb).is_none_or(Predicate::is_attitude)
}

/// Returns true if the verb is part of an event of its sentence: the event has the same source, or is the noun that the
/// verb governs.
fn is_told(verb: Token<'_>, sources: &[EntityIdx], events: &[EventDraft]) -> bool {
    let sentence = verb.sentence();
    let from = events.partition_point(|event| event.trigger.1 < sentence.first().idx());
    events[from..].iter().take_while(|event| event.trigger.1 <= sentence.last().idx()).any(
        |event| {
            let lends = || {
                let noun = verb.analysis().token(event.trigger.1);
                light::governing(noun).is_some_and(|(light, _)| light == verb)
            };
            sources.iter().any(|source| event.sources.contains(source)) || lends()
        },
    )
}

/// Returns the political parties in a slot.
fn parties(act: &Act<'_>, slot: &Slot, actors: &Actors<'_>) -> Vec<EntityIdx> {
    let mut words = Vec::new();
    act.fillers(slot, &mut words);
    let mut found = Vec::new();
    for word in words {
        if let Some(idx) = actors.political(word)
            && !found.contains(&idx)
        {
            found.push(idx);
        }
    }
    found
}

/// Returns the targets of an act: the parties in the first slot that holds anybody but its sources.
fn targets(act: &Act<'_>, actors: &Actors<'_>, sources: &[EntityIdx]) -> Option<Vec<EntityIdx>> {
    let slots = [Slot::Object, Slot::Indirect, Slot::Possessor, Slot::Premodifier];
    let behind = preposition::of_targets()
        .iter()
        .map(|preposition| Slot::Behind(Cow::Borrowed(*preposition)));
    slots.into_iter().chain(behind).find_map(|slot| {
        let mut found = parties(act, &slot, actors);
        found.retain(|idx| !sources.contains(idx));
        (!found.is_empty()).then_some(found)
    })
}
