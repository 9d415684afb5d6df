//! Home: the country of an actor of whom the text does not tell one.
//!
//! *Police arrested the mayor*, in an article about Kenya, tells of Kenyan police and a Kenyan mayor. The features say, for each country
//! that the text mentions, how often and how near it does so, and what kind of actor is meant.

use std::collections::BTreeMap;

use dateline_core::{EntityKind, Form, codes::Country};
use dateline_nlp::{Analysis, Span, TokenIdx, Upos};

use super::super::entities::Entities;
use crate::{
    clause,
    linear::{hash, mixed},
    sparse::Features,
};

/// Maximum number of mentions of an actor whose surroundings are looked at.
const MENTIONS: usize = 4;

/// Maximum number of countries weighed.
const COUNTRIES: usize = 8;

/// Distance of a sentence, in tokens.
const SENTENCE: u32 = 25;

/// Sentences that open a text.
const OPENING: u32 = 2;

/// Kind of feature.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Kind and form of the actor.
    Who,
    Sector,
    /// Share of the mentions of the text that are of the country.
    Share,
    ShareWho,
    /// Rank of the country by mentions, and by distance.
    Rank,
    RankWho,
    RankSector,
    Nearest,
    NearestWho,
    NearestSector,
    Ranks,
    RanksWho,
    /// Number of countries.
    Countries,
    Distance,
    DistanceWho,
    /// Way in the tree from the actor to the nearest mention of the country.
    Path,
    PathWho,
    /// Order of the two.
    Side,
    Opening,
    /// Kinds of entities that mention the country.
    Mentioned,
    MentionedWho,
    OwnMentions,
    Word,
    WordRank,
    WordNearest,
    Title,
    /// Ending of a person's name, with the country.
    Ending,
}

impl From<Kind> for u32 {
    fn from(kind: Kind) -> Self {
        700 + kind as Self
    }
}

/// A mention of a country, or of somebody who belongs to it.
#[derive(Debug, Clone, Copy)]
struct Sign {
    at: TokenIdx,
    sentence: u32,
    span: Span,
    kind: EntityKind,
}

/// The countries that a text mentions, and where.
#[derive(Debug)]
pub(super) struct Map {
    countries: Vec<(Country, Vec<Sign>)>,
    n_signs: usize,
}

/// A country that an actor may belong to.
#[derive(Debug)]
pub(super) struct Candidate {
    actor: usize,
    pub(super) country: Country,
    place: usize,
    /// Nearest sign of the country.
    pub(super) evidence: Span,
    distance: u32,
    /// Mention of the actor nearest to it, and the sign.
    pair: (TokenIdx, TokenIdx),
    in_sentence: bool,
    /// Numbers of countries with more mentions, and with a nearer one, up to three.
    more: u32,
    nearer: u32,
}

impl Map {
    pub(super) fn new(analysis: &Analysis<'_>, entities: &Entities) -> Self {
        let mut signs: BTreeMap<Country, Vec<Sign>> = BTreeMap::new();
        for entity in &entities.list {
            let Some(country) = entity.country.filter(|_| entity.international.is_none()) else {
                continue;
            };
            let told = entity.mentions.iter().filter(|mention| mention.form != Form::Pronoun);
            signs.entry(country).or_default().extend(told.map(|mention| Sign {
                at: mention.head,
                sentence: analysis.token(mention.head).sentence().idx().0,
                span: mention.span,
                kind: entity.kind,
            }));
        }
        signs.retain(|_, signs| !signs.is_empty());
        for signs in signs.values_mut() {
            signs.sort_by_key(|sign| sign.at);
        }
        let n_signs = signs.values().map(Vec::len).sum();
        let mut countries: Vec<_> = signs.into_iter().collect();
        // The order of countries with equally many mentions is that of their codes.
        countries.sort_by_key(|(_, signs)| std::cmp::Reverse(signs.len()));
        countries.truncate(COUNTRIES);
        Self { countries, n_signs }
    }

    /// Returns the countries that an actor may belong to; none if its country is told, or it is a place.
    pub(super) fn candidates(
        &self,
        analysis: &Analysis<'_>,
        entities: &Entities,
        actor: usize,
    ) -> Vec<Candidate> {
        let entity = &entities.list[actor];
        let is_open = entity.country.is_none()
            && entity.international.is_none()
            && !entities.facts[actor].is_settled
            && entity.kind != EntityKind::Place;
        let told = entity.mentions.iter().filter(|mention| mention.form != Form::Pronoun);
        let mentions: Vec<_> = told.filter(|_| is_open).take(MENTIONS).collect();
        let mut all: Vec<Candidate> = Vec::new();
        for (place, (country, signs)) in self.countries.iter().enumerate() {
            let pairs = mentions.iter().flat_map(|mention| {
                let sentence = analysis.token(mention.head).sentence().idx().0;
                nearest(signs, mention.head).map(move |sign| {
                    let apart = sentence.abs_diff(sign.sentence);
                    (mention.head.0.abs_diff(sign.at.0) + SENTENCE * apart, mention.head, sign)
                })
            });
            let Some((distance, own, sign)) = pairs.min_by_key(|(distance, ..)| *distance) else {
                continue;
            };
            all.push(Candidate {
                actor,
                country: *country,
                place,
                evidence: sign.span,
                distance,
                pair: (own, sign.at),
                in_sentence: analysis.token(own).sentence().idx().0 == sign.sentence,
                more: 0,
                nearer: 0,
            });
        }
        let sizes: Vec<(usize, u32)> =
            all.iter().map(|one| (self.countries[one.place].1.len(), one.distance)).collect();
        for one in &mut all {
            let own = self.countries[one.place].1.len();
            let count = |is: &dyn Fn(&(usize, u32)) -> bool| {
                u32::try_from(sizes.iter().filter(|one| is(one)).take(3).count())
                    .expect("three at most")
            };
            one.more = count(&|(signs, _)| *signs > own);
            one.nearer = count(&|(_, distance)| *distance < one.distance);
        }
        all
    }

    /// Reads the features of a candidate.
    pub(super) fn features(
        &self,
        analysis: &Analysis<'_>,
        entities: &Entities,
        one: &Candidate,
        out: &mut Features,
    ) {
        out.clear();
        let entity = &entities.list[one.actor];
        let form = entity.mentions.first().map_or(0, |mention| match mention.form {
            Form::Name => 1,
            Form::Pronoun => 2,
            Form::Nominal => 3,
        });
        let who = mixed(hash(entity.kind.as_str()), form);
        let sector = entity.sectors.first().map_or(0, |sector| hash(sector.as_str()));
        out.add(Kind::Who, who);
        out.add(Kind::Sector, mixed(sector, who));
        let signs = &self.countries[one.place].1;
        #[expect(clippy::cast_precision_loss, reason = "few mentions")]
        let share = 10.0 * signs.len() as f32 / self.n_signs as f32;
        out.number(Kind::Share, share, 2.0, 10.0);
        out.number(mixed(Kind::ShareWho.into(), who), share, 2.5, 10.0);
        out.add(Kind::Rank, one.more);
        out.add(Kind::RankWho, mixed(one.more, who));
        out.add(Kind::RankSector, mixed(one.more, sector));
        out.add(Kind::Nearest, one.nearer);
        out.add(Kind::NearestWho, mixed(one.nearer, who));
        out.add(Kind::NearestSector, mixed(one.nearer, sector));
        let ranks = mixed(one.more, one.nearer);
        out.add(Kind::Ranks, ranks);
        out.add(Kind::RanksWho, mixed(ranks, who));
        out.add(Kind::Countries, u32::try_from(self.countries.len().min(5)).unwrap_or(5));
        let (own, sign) = (analysis.token(one.pair.0), analysis.token(one.pair.1));
        let near = mixed(one.distance.max(1).ilog2(), u32::from(one.in_sentence));
        out.add(Kind::Distance, near);
        out.add(Kind::DistanceWho, mixed(near, who));
        if one.in_sentence {
            let path = clause::path(own, sign);
            out.add(Kind::Path, path);
            out.add(Kind::PathWho, mixed(path, sector));
        }
        let side = u32::from(sign.idx() > own.idx()) + 2 * u32::from(one.in_sentence);
        out.add(Kind::Side, side);
        let opens = signs.iter().any(|sign| sign.sentence < OPENING);
        out.add(Kind::Opening, mixed(u32::from(opens), one.more));
        let mentioned = signs.iter().fold(0, |all, sign| all | 1 << sign.kind as u32);
        out.add(Kind::Mentioned, mentioned);
        out.add(Kind::MentionedWho, mixed(mentioned, who));
        out.add(Kind::OwnMentions, u32::try_from(entity.mentions.len().min(4)).unwrap_or(4));
        if let Some(title) = entity.titles.first() {
            out.add(Kind::Title, mixed(hash(title), one.more));
        }
        let name = entity.mentions.iter().find(|mention| mention.form == Form::Name);
        if let Some(name) = name.filter(|_| entity.kind == EntityKind::Person) {
            let words = name.span.of(analysis.text());
            let from = words.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
            out.add(Kind::Ending, mixed(hash(&words[from..]), hash(one.country.as_str())));
        } else if own.upos() == Upos::Noun {
            let word = hash(own.lemma());
            out.add(Kind::Word, word);
            out.add(Kind::WordRank, mixed(word, one.more));
            out.add(Kind::WordNearest, mixed(word, one.nearer));
        }
    }
}

/// Returns the signs before and behind a token.
fn nearest(signs: &[Sign], token: TokenIdx) -> impl Iterator<Item = Sign> {
    let at = signs.partition_point(|sign| sign.at < token);
    let before = at.checked_sub(1).map(|before| signs[before]);
    before.into_iter().chain(signs.get(at).copied())
}
