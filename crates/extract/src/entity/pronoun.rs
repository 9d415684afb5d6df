//! Pronouns: the antecedents of *he*, *she*, *they* and *it*.
//!
//! Recent mentions score higher, subjects higher still. Given names and role nouns tell the gender and rule people
//! out. The subject of a verb is never the object of the same verb.
//!
//! - *Lee met Ruiz. She praised him.*: distinguished by gender if the given names are known.
//! - *Ruiz invited him*: not Ruiz.
//! - *Police left. They …* and *The ministry agreed. It …*: groups and organizations, in this sentence or the one
//!   before; *it is expected* has no antecedent.

use dateline_core::{EntityKind, Form};
use dateline_lexicon::names::Gender;
use dateline_nlp::{Analysis, Deprel, SentenceIdx, Span, Token, TokenIdx, Upos, Xpos};

use super::{
    draft::{EntityIdx, MentionDraft},
    entities::Entities,
};
use crate::clause;

/// Maximum number of mentions to look back, and of sentences below.
const MENTIONS: usize = 24;
const SENTENCES: u32 = 6;
/// Maximum number of sentences *they* and *it* look back.
const NEAR: u32 = 1;

/// Kind of antecedent a pronoun can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Referent {
    /// *he*, *she*
    One(Gender),
    /// *they*
    Several,
    /// *it*
    Thing,
}

/// Resolves third-person pronouns. `wanted` returns `None` for pronouns to skip, else the entity the pronoun cannot
/// mean, if there is one.
pub(super) fn resolve(
    analysis: &Analysis<'_>,
    entities: &mut Entities,
    wanted: impl Fn(Span) -> Option<Option<EntityIdx>>,
) {
    let mut people: Vec<Candidate> = candidates(analysis, entities);
    people.sort_by_key(|candidate| candidate.head);
    let mut recent: Vec<Candidate> = Vec::with_capacity(people.len());
    let mut people = people.into_iter().peekable();
    let mut resolved: Vec<(TokenIdx, EntityIdx)> = Vec::new();
    for token in analysis.tokens() {
        while let Some(candidate) = people.next_if(|candidate| candidate.head <= token.idx()) {
            recent.push(candidate);
        }
        if token.upos() != Upos::Pron {
            continue;
        }
        let Some(referent) = referent_of(token) else { continue };
        if entities.headed_by(token.idx()).is_some() {
            continue;
        }
        let Some(excluded) = wanted(token.span()) else { continue };
        // An entity that is excluded at one mention is excluded at all.
        let bound: Vec<EntityIdx> = recent
            .iter()
            .rev()
            .take(MENTIONS)
            .filter(|candidate| candidate.sentence == token.sentence().idx())
            .filter(|candidate| is_bound_apart(token, analysis.token(candidate.head)))
            .map(|candidate| candidate.entity)
            .collect();
        let chosen = recent
            .iter()
            .rev()
            .take(MENTIONS)
            .filter(|candidate| Some(candidate.entity) != excluded)
            .filter(|candidate| !bound.contains(&candidate.entity))
            .filter_map(|candidate| {
                Some((score(token, referent, *candidate, entities)?, candidate))
            })
            .max_by_key(|(score, candidate)| (*score, candidate.head));
        if let Some((_, candidate)) = chosen {
            let candidate =
                Candidate { head: token.idx(), is_subject: is_subject(token), ..*candidate };
            if let Referent::One(gender) = referent {
                let facts = &mut entities.facts[candidate.entity.0 as usize];
                facts.gender = facts.gender.or(Some(gender));
            }
            resolved.push((token.idx(), candidate.entity));
            recent.push(candidate);
        }
    }
    for (head, entity) in resolved {
        let span = analysis.token(head).span();
        entities.attach(entity, MentionDraft { span, head, form: Form::Pronoun });
    }
}

/// Possible antecedent, at one of its mentions.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    head: TokenIdx,
    entity: EntityIdx,
    sentence: SentenceIdx,
    is_subject: bool,
}

/// Returns all mentions of all entities except places that are not countries.
fn candidates(analysis: &Analysis<'_>, entities: &Entities) -> Vec<Candidate> {
    let mut all = Vec::new();
    for (at, entity) in entities.list.iter().enumerate() {
        if entity.kind == EntityKind::Place && !entities.facts[at].is_country {
            continue;
        }
        let Ok(number) = u32::try_from(at) else { break };
        for mention in &entity.mentions {
            let head = analysis.token(mention.head);
            all.push(Candidate {
                head: mention.head,
                entity: EntityIdx(number),
                sentence: head.sentence().idx(),
                is_subject: is_subject(head),
            });
        }
    }
    all
}

/// Returns the score of a candidate, higher is better; `None` if it does not fit.
fn score(
    pronoun: Token<'_>,
    referent: Referent,
    candidate: Candidate,
    entities: &Entities,
) -> Option<i32> {
    let facts = &entities.facts[candidate.entity.0 as usize];
    let kind = entities.list[candidate.entity.0 as usize].kind;
    let apart = pronoun.sentence().idx().0 - candidate.sentence.0;
    let known = match referent {
        Referent::One(gender) => {
            let fits = kind == EntityKind::Person && facts.gender.is_none_or(|it| it == gender);
            (fits && apart <= SENTENCES).then_some(facts.gender)?
        }
        Referent::Several => {
            let fits = kind == EntityKind::Group;
            (fits && apart <= NEAR).then_some(None)?
        }
        Referent::Thing => {
            let fits = matches!(kind, EntityKind::Organization | EntityKind::Place);
            (fits && (candidate.is_subject || apart == 0) && apart <= NEAR).then_some(None)?
        }
    };
    // A person stays in mind; *its* refers to its own sentence first.
    let step = if matches!(referent, Referent::One(_)) { 12 } else { 30 };
    let name = entities.list[candidate.entity.0 as usize]
        .mentions
        .iter()
        .any(|mention| mention.form == Form::Name);
    Some(
        100 - step * i32::try_from(apart).ok()?
            + 15 * i32::from(candidate.is_subject)
            + 16 * i32::from(known.is_some())
            + 6 * i32::from(name),
    )
}

/// Returns true if grammar keeps a pronoun from referring to a mention: both are arguments of one verb, or the
/// mention stands in the pronoun's own phrase.
fn is_bound_apart(pronoun: Token<'_>, mention: Token<'_>) -> bool {
    let is_reflexive = pronoun.text().ends_with("self");
    let is_possessive = pronoun.xpos() == Xpos::PRPS;
    if is_reflexive || is_possessive {
        return false;
    }
    let own = pronoun.head();
    own.is_some() && own == mention.head() && mention.deprel() != Deprel::Appos
}

fn is_subject(token: Token<'_>) -> bool {
    matches!(token.deprel(), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter)
        || token.head().is_some_and(|head| {
            matches!(token.deprel(), Deprel::Appos | Deprel::Flat)
                && matches!(head.deprel(), Deprel::Nsubj | Deprel::NsubjPass)
        })
}

/// Returns the kind of antecedent of a third-person pronoun; `None` for an expletive *it*: *it is expected*.
fn referent_of(token: Token<'_>) -> Option<Referent> {
    const MALE: [&str; 4] = ["he", "him", "his", "himself"];
    const FEMALE: [&str; 4] = ["she", "her", "hers", "herself"];
    const SEVERAL: [&str; 5] = ["they", "them", "their", "theirs", "themselves"];
    const THING: [&str; 3] = ["it", "its", "itself"];
    let is_one_of = |list: &[&str]| list.iter().any(|word| word.eq_ignore_ascii_case(token.text()));
    if is_one_of(&MALE) {
        return Some(Referent::One(Gender::Male));
    }
    if is_one_of(&FEMALE) {
        return Some(Referent::One(Gender::Female));
    }
    if is_one_of(&SEVERAL) {
        return Some(Referent::Several);
    }
    let means = is_one_of(&THING) && !clause::is_expletive(token);
    means.then_some(Referent::Thing)
}
