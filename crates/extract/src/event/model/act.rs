//! Probability that a word tells an event, and the type of it.

use dateline_core::codes::PloverType;
use dateline_nlp::{Token, Trigger, Upos, logit};

use crate::{
    clause,
    entity::EntityDraft,
    event::{class, codebook::Pos, found::Found, known::Known},
    linear::{hash, mixed, shares},
    sparse::{Features, first_best},
};

/// Bonus of the only type that frames of the word have, though none fits: *expulsion* is a SANCTION, whoever is expelled.
const OF_CODED: f32 = 1.0;

/// Bonus of the type of a frame that fits, as a natural logarithm.
const OF_FRAME: f32 = 2.5;

/// Kind of feature.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Score of the best type over that of no event.
    Margin,
    MarginByType,
    /// Score of the best type over the second.
    Lead,
    Type,
    Tag,
    /// Vote of frames: one fits with this type, with another, or none does.
    Frame,
    FrameTag,
    Lemma,
    Relation,
    /// A frame fits without any score.
    Bare,
    Headline,
    /// Share of politics in the text, and in the sentence.
    Politics,
    PoliticsType,
    Here,
    HereType,
    /// Agent and patient: an entity of politics, another one, a thing, or nothing.
    Agent,
    Patient,
    AgentPatient,
    AgentWord,
    PatientWord,
}

impl From<Kind> for u32 {
    fn from(kind: Kind) -> Self {
        100 + kind as Self
    }
}

/// Returns the scores of the types of an event, with what its frame adds: natural logarithms of odds against no event.
pub(crate) fn type_scores(found: &Found<'_>) -> [f32; PloverType::ALL.len()] {
    let mut scores = match found.trigger {
        Some(trigger) => {
            let none = logit(trigger.types[0]);
            std::array::from_fn(|at| logit(trigger.types[at + 1]) - none)
        }
        None => [UNSEEN; PloverType::ALL.len()],
    };
    if let Some(fit) = &found.fit {
        scores[row(fit.kind)] += OF_FRAME;
    } else if let [first, rest @ ..] = found.act.frames()
        && rest.iter().all(|frame| frame.kind == first.kind)
    {
        scores[row(first.kind)] += OF_CODED;
    }
    scores
}

fn row(kind: PloverType) -> usize {
    PloverType::ALL.iter().position(|one| *one == kind).unwrap_or(0)
}

/// Score of a type for a word that the reader does not take for a trigger.
const UNSEEN: f32 = -5.0;

/// Returns the shares of the types of an event, given that there is one.
pub(crate) fn type_shares(found: &Found<'_>) -> [f32; PloverType::ALL.len()] {
    shares(type_scores(found))
}

/// Returns the most likely type.
pub(crate) fn best_type(found: &Found<'_>) -> PloverType {
    PloverType::ALL[first_best(&type_scores(found))]
}

/// Reads the features of a word that may tell an event of a type.
pub(crate) fn features(known: &Known<'_>, found: &Found<'_>, kind: PloverType, out: &mut Features) {
    out.clear();
    let head = found.act.head;
    let kind_hash = hash(kind.as_str());
    let (margin, lead) = found.trigger.map_or((UNSEEN, 0.0), margins);
    out.number(Kind::Margin, margin, 1.0, 6.0);
    out.number(mixed(Kind::MarginByType.into(), kind_hash), margin, 3.0, 6.0);
    out.number(Kind::Lead, lead, 1.0, 5.0);
    out.add(Kind::Type, kind_hash);
    let tag = hash(head.xpos().as_str());
    out.add(Kind::Tag, tag);
    let is_coded = [Pos::Verb, Pos::Noun].iter().any(|pos| {
        known.codebook.frames_of(head.lemma(), *pos).iter().any(|frame| frame.kind == kind)
    });
    let says: u32 = match &found.fit {
        Some(fit) if fit.kind == kind && found.is_taken_in => 1,
        Some(fit) if fit.kind == kind => 2,
        Some(_) => 3,
        None if is_coded => 4,
        None => 5,
    };
    out.add(Kind::Frame, says);
    out.add(Kind::FrameTag, mixed(says, tag));
    out.add(Kind::Relation, hash(head.deprel().as_str()));
    out.add(Kind::Lemma, mixed(hash(head.lemma()), kind_hash));
    if found.trigger.is_none() {
        out.add(Kind::Bare, mixed(kind_hash, u32::from(head.upos() == Upos::Noun)));
    }
    let here = politics_here(known, head);
    out.add(Kind::Politics, known.politics);
    out.add(Kind::PoliticsType, mixed(known.politics, kind_hash));
    out.add(Kind::Here, mixed(here, known.politics));
    out.add(Kind::HereType, mixed(here, kind_hash));
    let verb = found.act.light.map_or(head, |(verb, _)| verb);
    let (agent, patient) = (clause::agent(verb), clause::patient(verb));
    let (by, on) = (part(known, agent), part(known, patient));
    out.add(Kind::Agent, mixed(by, kind_hash));
    out.add(Kind::Patient, mixed(on, kind_hash));
    out.add(Kind::AgentPatient, mixed(mixed(by, on), known.politics));
    for (kind, word, part) in [(Kind::AgentWord, agent, by), (Kind::PatientWord, patient, on)] {
        if let Some(word) = word.filter(|_| part == THING) {
            out.add(kind, hash(word.lemma()));
        }
    }
    if known.is_in_headline(head) {
        out.add(Kind::Headline, 0);
    }
}

/// Part of a word without an entity.
const THING: u32 = 4;

/// Returns what has a part in an act: nothing, an entity of politics, a country, another entity, or a thing.
fn part(known: &Known<'_>, word: Option<Token<'_>>) -> u32 {
    let Some(word) = word else { return 0 };
    match known.actors.of(word).map(|idx| known.entities.get(idx)) {
        Some(entity) if class::has_office(entity) => 1,
        Some(entity) if entity.country.is_some() => 2,
        Some(_) => 3,
        None => THING,
    }
}

/// Returns the number of entities of politics in the sentence of a word, up to two.
fn politics_here(known: &Known<'_>, word: Token<'_>) -> u32 {
    let sentence = word.sentence();
    let (first, last) = (sentence.first().idx(), sentence.last().idx());
    let is_here = |entity: &&EntityDraft| {
        let from = entity.mentions.partition_point(|mention| mention.head < first);
        entity.mentions.get(from).is_some_and(|mention| mention.head <= last)
    };
    let all = known.entities.list().iter();
    all.filter(|entity| class::has_office(entity)).filter(is_here).take(2).map(|_| 1).sum()
}

/// Returns the score of the best type over that of no event, and over that of the second type.
fn margins(trigger: &Trigger) -> (f32, f32) {
    let mut types = trigger.types;
    let [none, rest @ ..] = &mut types;
    rest.sort_unstable();
    let [.., second, best] = rest;
    (logit(*best) - logit(*none), logit(*best) - logit(*second))
}
