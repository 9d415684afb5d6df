//! *He* and *she*: the person of the text they most likely mean.
//!
//! Recency, then syntax: the subject of the clause around and of the sentence before is what the text is about. Gender by
//! given names and role nouns rules people out; the subject of the same verb is never its object.
//!
//! - *Lee met Ruiz. She praised him.*: told apart by gender where the given names are known.
//! - *Ruiz invited him*: not Ruiz.

use dateline_core::{EntityKind, Form};
use dateline_nlp::{Analysis, Deprel, SentenceIdx, Span, Token, TokenIdx, Upos, Xpos};

use super::{Entities, EntityIdx, MentionDraft, lexicon::Gender};

/// Mentions looked back at, and sentences.
const MENTIONS: usize = 24;
const SENTENCES: u32 = 6;

/// Resolves the third-person singular pronouns that `wanted` lets through; it gives who cannot be meant, if anybody.
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
        let Some(gender) = gender_of(token) else { continue };
        if entities.headed_by(token.idx()).is_some() {
            continue;
        }
        let Some(excluded) = wanted(token.span()) else { continue };
        // Who is kept out by one mention is kept out by all.
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
            .filter_map(|candidate| Some((score(token, gender, *candidate, entities)?, candidate)))
            .max_by_key(|(score, candidate)| (*score, candidate.head));
        if let Some((_, candidate)) = chosen {
            let candidate =
                Candidate { head: token.idx(), is_subject: is_subject(token), ..*candidate };
            let facts = &mut entities.facts[candidate.entity.0 as usize];
            facts.gender = facts.gender.or(Some(gender));
            resolved.push((token.idx(), candidate.entity));
            recent.push(candidate);
        }
    }
    for (head, entity) in resolved {
        let span = analysis.token(head).span();
        entities.attach(entity, MentionDraft { span, head, form: Form::Pronoun });
    }
}

/// Somebody a pronoun may mean, at one of the places the text speaks of them.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    head: TokenIdx,
    entity: EntityIdx,
    sentence: SentenceIdx,
    is_subject: bool,
}

/// Every mention of one person.
fn candidates(analysis: &Analysis<'_>, entities: &Entities) -> Vec<Candidate> {
    let mut all = Vec::new();
    for (at, entity) in entities.list.iter().enumerate() {
        if entity.kind != EntityKind::Person {
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

/// How well a candidate fits, larger is better; `None` if it does not.
fn score(
    pronoun: Token<'_>,
    gender: Gender,
    candidate: Candidate,
    entities: &Entities,
) -> Option<i32> {
    let known = entities.facts[candidate.entity.0 as usize].gender;
    if known.is_some_and(|known| known != gender) {
        return None;
    }
    let apart = pronoun.sentence().idx().0 - candidate.sentence.0;
    if apart > SENTENCES {
        return None;
    }
    let name = entities.list[candidate.entity.0 as usize]
        .mentions
        .iter()
        .any(|mention| mention.form == Form::Name);
    Some(
        100 - 12 * i32::try_from(apart).ok()?
            + 15 * i32::from(candidate.is_subject)
            + 16 * i32::from(known.is_some())
            + 6 * i32::from(name),
    )
}

/// Whether grammar keeps a pronoun from meaning a mention: both are arguments of one verb, or the mention stands in the
/// pronoun's own phrase.
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

/// The gender of a third-person pronoun.
fn gender_of(token: Token<'_>) -> Option<Gender> {
    const MALE: [&str; 4] = ["he", "him", "his", "himself"];
    const FEMALE: [&str; 4] = ["she", "her", "hers", "herself"];
    let is_one_of = |list: &[&str]| list.iter().any(|word| word.eq_ignore_ascii_case(token.text()));
    if is_one_of(&MALE) {
        return Some(Gender::Male);
    }
    is_one_of(&FEMALE).then_some(Gender::Female)
}
