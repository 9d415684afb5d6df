//! Calling: the sector of an actor of whom the text does not tell one, read from the words around it.

use std::collections::BTreeMap;

use dateline_core::{EntityKind, Form, codes::Sector};
use dateline_nlp::{Analysis, Deprel, Token, TokenIdx, Upos};

use super::super::entities::Entities;
use crate::{
    clause,
    linear::{hash, mixed},
    sparse::{Features, Model, first_best},
};

/// Sectors that can be inferred; the first answer of the model is none. Nobody is called a rebel or a criminal by inference.
pub(super) const SECTORS: [Sector; 14] = [
    Sector::Gov,
    Sector::Leg,
    Sector::Pty,
    Sector::Opp,
    Sector::Cvl,
    Sector::Bus,
    Sector::Jrn,
    Sector::Eli,
    Sector::Mil,
    Sector::Cop,
    Sector::Jud,
    Sector::Ngo,
    Sector::Edu,
    Sector::Rel,
];

/// Number of answers of the model.
pub(super) const CLASSES: usize = 1 + SECTORS.len();

/// Maximum number of mentions whose surroundings are looked at.
const MENTIONS: usize = 5;

/// Maximum number of children looked at.
const CHILDREN: usize = 12;

/// Maximum number of words of a name.
const WORDS: usize = 6;

/// Kind of feature.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Who,
    Title,
    /// Word that stands in some relation to a mention.
    Near,
    NearWho,
    /// Word before or behind a mention.
    Beside,
    NameWord,
    FirstWord,
    LastWord,
    Acronym,
    /// Sectors that other actors of the text have.
    Topic,
    TopicWho,
    Mentions,
    First,
    /// Country: told, international, or none.
    Country,
    Ending,
}

impl From<Kind> for u32 {
    fn from(kind: Kind) -> Self {
        900 + kind as Self
    }
}

/// Sectors of the actors of a text, the most frequent first.
#[derive(Debug)]
pub(super) struct Topic(Vec<Sector>);

impl Topic {
    pub(super) fn new(entities: &Entities) -> Self {
        let mut counts: BTreeMap<Sector, usize> = BTreeMap::new();
        for entity in &entities.list {
            if let Some(sector) = entity.sectors.first() {
                *counts.entry(*sector).or_default() += entity.mentions.len();
            }
        }
        let mut sectors: Vec<_> = counts.into_iter().collect();
        sectors.sort_by_key(|(sector, count)| (std::cmp::Reverse(*count), *sector));
        Self(sectors.into_iter().take(3).map(|(sector, _)| sector).collect())
    }
}

/// Returns true for an actor without a sector.
pub(super) fn is_open(entities: &Entities, at: usize) -> bool {
    let entity = &entities.list[at];
    entity.sectors.is_empty()
        && entity.kind != EntityKind::Place
        && !entities.facts[at].is_settled
        && entity.mentions.iter().any(|mention| mention.form == Form::Name)
}

/// Returns the most likely answer, with its probability; `None` as a sector is none.
pub(super) fn best(model: &Model<CLASSES>, features: &Features) -> (f32, Option<Sector>) {
    let shares = model.probabilities(features);
    let best = first_best(&shares);
    (shares[best], best.checked_sub(1).map(|at| SECTORS[at]))
}

/// Reads the features of an actor.
pub(super) fn features(
    analysis: &Analysis<'_>,
    entities: &Entities,
    topic: &Topic,
    at: usize,
    out: &mut Features,
) {
    out.clear();
    let entity = &entities.list[at];
    let kind = hash(entity.kind.as_str());
    out.add(Kind::Who, kind);
    let country =
        u32::from(entity.country.is_some()) + 2 * u32::from(entity.international.is_some());
    out.add(Kind::Country, mixed(kind, country));
    out.add(Kind::Mentions, mixed(kind, u32::try_from(entity.mentions.len().min(6)).unwrap_or(6)));
    if at < 2 {
        out.add(Kind::First, kind);
    }
    for title in &entity.titles {
        for word in title.split(' ') {
            out.add(Kind::Title, hash(&word.to_lowercase()));
        }
    }
    for (rank, sector) in (0_u32..).zip(&topic.0) {
        let sector = hash(sector.as_str());
        out.add(Kind::Topic, mixed(sector, rank));
        out.add(Kind::TopicWho, mixed(sector, kind));
    }
    let told = entity.mentions.iter().filter(|mention| mention.form == Form::Name);
    for (number, mention) in told.take(MENTIONS).enumerate() {
        if number == 0 {
            name(mention.span.of(analysis.text()), entity.kind, kind, out);
        }
        around(analysis, mention.head, kind, out);
        beside(analysis, mention.span, kind, out);
    }
}

/// Adds the words of a name. Those of a person tell nothing.
fn name(text: &str, what: EntityKind, kind: u32, out: &mut Features) {
    if what == EntityKind::Person {
        return;
    }
    let mut words = text.split([' ', '-']).filter(|word| !word.is_empty());
    for word in words.clone().take(WORDS) {
        out.add(Kind::NameWord, mixed(hash(word), kind));
    }
    if let Some(first) = words.clone().next() {
        out.add(Kind::FirstWord, hash(first));
    }
    if let Some(last) = words.next_back() {
        out.add(Kind::LastWord, hash(last));
        let from = last.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
        out.add(Kind::Ending, hash(&last[from..]));
    }
    if text.chars().all(char::is_uppercase) {
        out.add(Kind::Acronym, kind);
    }
}

/// Adds the words that a mention is joined to in the tree.
fn around(analysis: &Analysis<'_>, head: TokenIdx, kind: u32, out: &mut Features) {
    let word = analysis.token(head);
    let mut near = |relation: &str, other: Token<'_>| {
        let value = mixed(hash(relation), hash(&other.lemma().to_lowercase()));
        out.add(Kind::Near, value);
        out.add(Kind::NearWho, mixed(value, kind));
    };
    if let Some(above) = clause::near_head(word) {
        near(word.deprel().as_str(), above);
        // What somebody is: *Lee is a lawyer*.
        if word.deprel() == Deprel::Nsubj && clause::copula(above).is_some() {
            near("is", above);
        }
        // What somebody's is: *Lee's campaign*, *the head of Oslo Bank*.
        if matches!(word.deprel(), Deprel::NmodPoss | Deprel::Nmod | Deprel::Appos)
            && let Some(beyond) = clause::near_head(above)
        {
            near("beyond", beyond);
        }
    }
    for child in word.children().take(CHILDREN) {
        let tells = matches!(
            child.deprel(),
            Deprel::Appos
                | Deprel::Amod
                | Deprel::Compound
                | Deprel::Acl
                | Deprel::AclRelcl
                | Deprel::Nmod
        ) || child.upos() == Upos::Noun;
        if tells {
            near(child.deprel().as_str(), child);
            for below in child.children().take(CHILDREN).filter(|below| clause::is_nominal(*below))
            {
                near("below", below);
            }
        }
    }
}

/// Adds the words before and behind a mention.
fn beside(analysis: &Analysis<'_>, span: dateline_nlp::Span, kind: u32, out: &mut Features) {
    let Some(first) = analysis.token_at(span.start()) else { return };
    let before = std::iter::successors(first.previous(), |token| token.previous()).take(3);
    for (distance, token) in (1_u32..).zip(before) {
        out.add(
            Kind::Beside,
            mixed(mixed(distance.min(2), kind), hash(&token.text().to_lowercase())),
        );
    }
    let behind = std::iter::successors(Some(first), |token| token.next())
        .skip_while(|token| token.span().start() < span.end())
        .take(4);
    for (distance, token) in (1_u32..).zip(behind) {
        out.add(
            Kind::Beside,
            mixed(mixed(10 + distance.min(2), kind), hash(&token.text().to_lowercase())),
        );
    }
}
