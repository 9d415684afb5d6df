//! Acts that no frame knows: a verb between two parties of politics, coded by the ranker where it is sure.
//!
//! - fires: *Oslo snubbed Bergen.* · *Bergen egged Oslo on.*
//! - silent: *Oslo borders Bergen.* (the ranker says that nothing happens) · *Oslo said Bergen was quiet.* (telling is no act)

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

/// What the ranker must give an act that no frame knows.
const SURE: f32 = 0.6;

/// What a verb tells, with how sure the ranker is; `events` are those of frames, in the order of their triggers.
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
    (share >= SURE).then_some((
        act,
        Fit { rule: Rule::Ranker, frame: None, kind, sources, targets },
        share,
    ))
}

/// Whether a verb may tell an act: it stands for itself and does not only report words.
fn may_tell(verb: Token<'_>) -> bool {
    verb.upos() == Upos::Verb
        && !matches!(verb.deprel(), Deprel::Amod | Deprel::Aux | Deprel::AuxPass)
        && predicate::cue(verb).is_none_or(Predicate::is_attitude)
}

/// Whether an event of the sentence has the same one acting, or is a noun the verb lends its tense: the verb is then a part
/// of what it tells.
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

/// The parties of politics in a slot.
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

/// Whom an act is done to: the first of the slots that holds somebody else.
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
