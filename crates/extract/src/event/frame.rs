//! Matching: the frame of the codebook that fits a word in its place, and the entities that fill its roles.

use dateline_core::{
    EntityKind, Status,
    codes::{Mode, PloverType},
};
use dateline_lexicon::predicate::LightRole;
use dateline_nlp::{Deprel, Token, Upos, Xpos};

use super::{
    actor::Actors,
    argument::Act,
    circumstance, class,
    codebook::{Condition, Fill, Frame, Pos, Slot},
    deep,
    draft::Rule,
};
use crate::{clause, entity::EntityIdx};

/// Frame that fits, with its actors.
#[derive(Debug, Clone)]
pub(super) struct Fit<'a> {
    /// Rule by which the act is read.
    pub(super) rule: Rule,
    /// Frame, or `None` if no frame knows the act.
    pub(super) frame: Option<&'a Frame>,
    pub(super) kind: PloverType,
    pub(super) sources: Vec<EntityIdx>,
    pub(super) targets: Vec<EntityIdx>,
}

/// Returns the first frame of the codebook that fits.
///
/// A fit needs a political actor among its parties, and no other kind of subject: *the film attacked the mayor* is not
/// an attack.
pub(super) fn fit<'a>(act: &Act<'a>, actors: &Actors<'_>) -> Option<Fit<'a>> {
    let frames = act.frames();
    if frames.is_empty()
        || act.pos == Pos::Verb
            && act.head.deprel() == Deprel::Amod
            && clause::headline(act.head).is_none()
    {
        return None;
    }
    let particle = (act.pos == Pos::Verb).then(|| clause::particle(act.head)).flatten();
    let mut words = Vec::new();
    frames
        .iter()
        .filter(|frame| match (frame.particle.as_deref(), particle) {
            (None, None) => true,
            (Some(wanted), Some(particle)) => clause::is(particle, wanted),
            (Some(wanted), None) => is_followed_by(act.head, wanted),
            (None, Some(_)) => false,
        })
        .filter(|frame| {
            frame.conditions.iter().all(|condition| holds(condition, act, actors, &mut words))
        })
        .find_map(|frame| roles(frame, act, actors))
}

impl Fit<'_> {
    /// Returns true if the noun in the object is part of the trigger.
    pub(super) fn takes_object_in(&self) -> bool {
        self.frame.is_some_and(Frame::takes_object_in)
    }
}

/// Returns true if a particle follows the verb though the tree reads it as a preposition or adverb.
fn is_followed_by(verb: Token<'_>, particle: &str) -> bool {
    verb.next().is_some_and(|next| {
        clause::is(next, particle)
            && matches!(next.deprel(), Deprel::Advmod | Deprel::Case | Deprel::Mark)
    })
}

fn holds<'a>(
    condition: &Condition,
    act: &Act<'a>,
    actors: &Actors<'_>,
    words: &mut Vec<Token<'a>>,
) -> bool {
    words.clear();
    match condition {
        Condition::Filled(slot) => {
            act.fillers(slot, words);
            !words.is_empty()
        }
        Condition::Empty(slot) => {
            act.fillers(slot, words);
            words.is_empty()
        }
        Condition::Class(slot, class) => {
            act.fillers(slot, words);
            // A passive need not say who did it.
            let unsaid = *slot == Slot::Subject
                && words.is_empty()
                && act.pos == Pos::Verb
                && clause::is_passive(act.head);
            if &**class == "actors" {
                return words.len() > 1
                    && words.iter().any(|word| is_of("actor", *word, act, actors))
                    || words.first().is_some_and(|word| {
                        word.xpos() == Xpos::NNS && is_of("actor", *word, act, actors)
                    });
            }
            unsaid || words.iter().any(|word| is_of(class, *word, act, actors))
        }
        Condition::Lemma(slot, lemmas) => {
            act.fillers(slot, words);
            words.iter().any(|word| lemmas.iter().any(|lemma| clause::is(*word, lemma)))
        }
        Condition::Passive => act.pos == Pos::Verb && clause::is_passive(act.head),
        Condition::Plural => matches!(act.head.xpos(), Xpos::NNS | Xpos::NNPS),
    }
}

/// Returns true if a word is in a class, by its lemma or by the entity it means.
fn is_of(class: &str, word: Token<'_>, act: &Act<'_>, actors: &Actors<'_>) -> bool {
    act.codebook.lists(class, word)
        || actors.of(word).is_some_and(|idx| class::has(class, actors.entities.get(idx)))
}

/// Fills the roles of a frame whose conditions hold.
fn roles<'a>(frame: &'a Frame, act: &Act<'a>, actors: &Actors<'_>) -> Option<Fit<'a>> {
    let mut sources = fill(&frame.source, act, actors);
    if frame.symmetric && act.pos == Pos::Noun {
        // *the Geneva talks*: held there; Geneva is not a party. A capital may be a party (*the Vienna talks*), but not a third
        // one.
        let before = circumstance::places_before(actors.entities, act.head);
        let others = sources.iter().filter(|idx| !before.contains(idx)).count();
        sources.retain(|idx| {
            let held_there = actors.entities.is_mere_place(*idx) || others > 1;
            !(held_there && before.contains(idx))
        });
    }
    let mut targets = fill(&frame.target, act, actors);
    if let Some((verb, light)) = act.light {
        let subject: Vec<EntityIdx> =
            clause::agents(verb).filter_map(|word| actors.of(word)).collect();
        match light.role {
            // *Oslo called off the talks between Bergen and Rome*: who calls off need not take part.
            LightRole::Does
                if light.effect.status == Some(Status::Cancelled) && sources.len() > 1 => {}
            LightRole::Does | LightRole::Hosts if frame.symmetric => merge(&mut sources, &subject),
            LightRole::Does if sources.is_empty() => sources = subject,
            LightRole::Undergoes if targets.is_empty() => targets = subject,
            _ => {}
        }
        // *offered Bergen a meeting*
        if frame.symmetric
            && let Some(listener) = verb.child(Deprel::Iobj)
        {
            let listener: Vec<_> = actors.of(listener).into_iter().collect();
            merge(&mut sources, &listener);
        }
        if frame.symmetric
            && let [one] = sources[..]
            && light.role == LightRole::Does
        {
            let with = spoken_with(verb, act).and_then(|word| actors.political(word));
            sources.extend(with.filter(|with| *with != one));
        }
    }
    if act.pos == Pos::Verb && sources.is_empty() && has_foreign_subject(act.head) {
        return None;
    }
    targets.retain(|target| !sources.contains(target));
    if targets.is_empty() && !frame.symmetric && is_about_somebody(frame.kind) {
        targets.extend(deep::target(act, actors, &sources));
    }
    let political = |idx: &EntityIdx| class::is_political(actors.entities.get(*idx));
    // *the Africa trip*: a journey has a place where others have an actor.
    let visited = |idx: &EntityIdx| {
        frame.mode == Some(Mode::Visit) && actors.entities.get(*idx).kind == EntityKind::Place
    };
    // *riots in Belarus*: the frame has asked for the country.
    let located = frame.conditions.iter().any(|condition| {
        matches!(condition, Condition::Class(Slot::Behind(preposition), class)
            if preposition == "in" && &**class == "state")
    });
    let any = located || sources.iter().chain(&targets).any(|idx| political(idx) || visited(idx));
    any.then_some(Fit { rule: Rule::Frame, frame: Some(frame), kind: frame.kind, sources, targets })
}

/// Returns the listener of the clause before, if something is offered in the next: *Ito phoned Lund and offered a
/// meeting*.
fn spoken_with<'a>(verb: Token<'a>, act: &Act<'_>) -> Option<Token<'a>> {
    if verb.deprel() != Deprel::Conj || verb.child(Deprel::Nsubj).is_some() {
        return None;
    }
    let before = clause::near_head(verb).filter(|before| before.upos() == Upos::Verb)?;
    let frames = act.codebook.frames_of(before.lemma(), Pos::Verb);
    let talks = frames.iter().any(|frame| frame.kind == PloverType::Consult);
    talks.then(|| clause::patient(before)).flatten()
}

/// Returns true if acts of a type have their target in what they are about: what is demanded, promised, refused,
/// threatened.
fn is_about_somebody(kind: PloverType) -> bool {
    matches!(
        kind,
        PloverType::Agree
            | PloverType::Support
            | PloverType::Concede
            | PloverType::Request
            | PloverType::Accuse
            | PloverType::Reject
            | PloverType::Threaten
            | PloverType::Protest
            | PloverType::Aid
            | PloverType::Sanction
            | PloverType::Coerce
            | PloverType::Assault
            | PloverType::Mobilize
    )
}

fn fill(fill: &Fill, act: &Act<'_>, actors: &Actors<'_>) -> Vec<EntityIdx> {
    let mut found = Vec::new();
    let mut words = Vec::new();
    for slot in &fill.slots {
        words.clear();
        act.fillers(slot, &mut words);
        if words.is_empty() && *slot == Slot::Subject && act.pos == Pos::Verb {
            words.extend(actors.subject_before(act.head));
        }
        let mut before = Vec::new();
        if words.is_empty() && *slot == Slot::Premodifier && act.pos == Pos::Noun {
            actors.names_before(act.head, &mut before);
            merge(&mut found, &before);
        }
        let here: Vec<EntityIdx> = words.iter().filter_map(|word| actors.of(*word)).collect();
        merge(&mut found, &here);
        if !found.is_empty() && !fill.together {
            break;
        }
    }
    found
}

fn merge(into: &mut Vec<EntityIdx>, more: &[EntityIdx]) {
    for idx in more {
        if !into.contains(idx) {
            into.push(*idx);
        }
    }
}

/// Returns true if the subject is a noun that is not an actor: *the storm killed two soldiers*.
pub(super) fn has_foreign_subject(verb: Token<'_>) -> bool {
    clause::agent(verb).is_some_and(|subject| matches!(subject.upos(), Upos::Noun | Upos::Propn))
}
