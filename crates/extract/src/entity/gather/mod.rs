//! From mentions to entities: one a person, a body, a place or a group.
//!
//! - by name: *Ann Lee* and *Lee*, *Kenya* and *Kenya's*, *European Union* and *EU*, *Kivu Relief Network (KRN)* and *KRN*
//! - by office: *President Ann Lee* and *the president*
//! - apart: two full names with one surname; *a reporter* and *a reporter*

mod affiliation;
mod descriptions;
mod office;
mod own;
mod people;
mod places;
mod things;

use std::collections::BTreeMap;

use dateline_core::{
    EntityKind,
    codes::{Country, Sector},
};
use dateline_nlp::{Analysis, Span, TokenIdx, Upos};
use jiff::civil::Date;

use crate::actors::ActorIdx;
pub(super) use places::Within;

use super::{
    Entities, EntityDraft, EntityIdx, Facts, MentionDraft, Pending,
    lexicon::Lexicon,
    mention::{Found, What},
};

/// How far back, in mentions, a description looks for what it describes.
const MEMORY: usize = 300;

/// Gathers mentions, which stand in the order of the text, into entities.
pub(super) fn gather<'a>(
    analysis: &'a Analysis<'a>,
    found: &[Found<'a>],
    lexicon: &'a Lexicon,
    published: Option<Date>,
) -> Entities {
    let mut gatherer = Gatherer {
        analysis,
        lexicon,
        drafts: Vec::new(),
        facts: Vec::new(),
        owner: vec![None; found.len()],
        by_surname: BTreeMap::new(),
        by_key: BTreeMap::new(),
        elsewhere: BTreeMap::new(),
        pending: Vec::new(),
        own: Vec::new(),
    };
    gatherer.own = gatherer.look_up(lexicon.own(), found);
    gatherer.people(found);
    let day = published.map(|day| day.to_string());
    gatherer.in_office(day.as_deref());
    gatherer.things(found);
    gatherer.places(found);
    gatherer.own_codes(found, published);
    gatherer.descriptions(found);
    gatherer.inherit(found);
    if let Some(day) = &day {
        gatherer.holders(day);
    }
    gatherer.at_home(found);
    gatherer.own_codes(found, published);
    gatherer.finish(found)
}

/// What makes two mentions one entity, apart from the names of people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    /// A country, by any name.
    Country(Country),
    /// A name with a sense: *Paris* that acts is another than *Paris* where things happen.
    Name(&'a str, bool),
    /// A place by name and what is told behind it: *Paris, Texas*.
    Elsewhere(&'a str, Within),
    /// Several spellings of one body.
    Shared(&'a str),
    /// A description.
    Role(&'a str, Option<Country>, bool),
    /// Those of a body, by its entity: *the leaders of NATO*.
    Of(&'a str, usize),
    People(Country),
    /// An actor of the user's list.
    Own(ActorIdx),
}

struct Gatherer<'a> {
    analysis: &'a Analysis<'a>,
    lexicon: &'a Lexicon,
    drafts: Vec<EntityDraft>,
    facts: Vec<Facts>,
    /// For each mention, its entity.
    owner: Vec<Option<usize>>,
    /// People by surname, in the order of their first full name.
    by_surname: BTreeMap<&'a str, Vec<Named<'a>>>,
    by_key: BTreeMap<Key<'a>, usize>,
    /// Places whose name had a region or country behind it.
    elsewhere: BTreeMap<&'a str, Within>,
    pending: Vec<Pending>,
    /// For each mention, the actor of the user's list; empty without a list.
    own: Vec<Option<ActorIdx>>,
}

/// A person by name.
#[derive(Debug, Clone, Copy)]
struct Named<'a> {
    given: Option<&'a str>,
    draft: usize,
}

impl<'a> Gatherer<'a> {
    fn text(&self, first: TokenIdx, last: TokenIdx) -> &'a str {
        self.analysis.span_of(first, last).of(self.analysis.text())
    }

    fn word(&self, at: TokenIdx) -> &'a str {
        self.analysis.token(at).span().of(self.analysis.text())
    }

    /// An entity of its own.
    fn add(&mut self, name: &str, kind: EntityKind) -> usize {
        self.drafts.push(EntityDraft {
            name: name.to_owned(),
            kind,
            country: None,
            international: None,
            sectors: Vec::new(),
            titles: Vec::new(),
            link: None,
            mentions: Vec::new(),
        });
        self.facts.push(Facts::default());
        self.drafts.len() - 1
    }

    /// Gives a rule what is new of an entity: its codes and titles.
    fn decide(&mut self, draft: usize, rule: &'static str, evidence: Option<Span>) {
        self.facts[draft].decide(&self.drafts[draft], rule, evidence);
    }

    fn span(&self, mention: &Found<'_>) -> Span {
        self.analysis.span_of(mention.first, mention.last)
    }

    /// The entity with a key.
    fn keyed(&mut self, key: Key<'a>, name: &str, kind: EntityKind) -> usize {
        if let Some(&draft) = self.by_key.get(&key) {
            return draft;
        }
        let draft = self.add(name, kind);
        self.by_key.insert(key, draft);
        draft
    }

    /// Mentions into their entities, entities by first mention.
    fn finish(mut self, found: &[Found<'_>]) -> Entities {
        for (mention, owner) in found.iter().zip(&self.owner) {
            if let Some(owner) = *owner {
                self.drafts[owner].mentions.push(drafted(self.analysis, mention));
            }
        }
        let mut order: Vec<usize> = (0..self.drafts.len())
            .filter(|&draft| !self.drafts[draft].mentions.is_empty())
            .collect();
        order.sort_by_key(|&draft| {
            let first = self.drafts[draft].mentions[0].span;
            (first.start(), first.end())
        });
        let mut renamed = vec![None; self.drafts.len()];
        let mut entities = Entities {
            by_head: vec![None; self.analysis.n_tokens()],
            pending: self.pending,
            ..Entities::default()
        };
        let mut drafts: Vec<_> = self.drafts.into_iter().zip(self.facts).map(Some).collect();
        for (new, &old) in order.iter().enumerate() {
            renamed[old] = Some(EntityIdx(u32::try_from(new).expect("fewer entities than bytes")));
            let (draft, facts) = drafts[old].take().expect("each entity stands in the order once");
            entities.list.push(draft);
            entities.facts.push(facts);
        }
        for (mention, owner) in found.iter().zip(&self.owner) {
            let Some(idx) = owner.and_then(|owner| renamed[owner]) else { continue };
            let first =
                if matches!(mention.what, What::Role(..)) { mention.head } else { mention.first };
            for at in first.0..=mention.last.0 {
                let token = self.analysis.token(TokenIdx(at));
                let is_part = at == mention.head.0
                    || matches!(token.upos(), Upos::Propn | Upos::Noun | Upos::Adj);
                let slot = &mut entities.by_head[at as usize];
                if is_part && slot.is_none() {
                    *slot = Some(idx);
                }
            }
        }
        entities
    }
}

fn add_sector(sectors: &mut Vec<Sector>, sector: Sector) {
    if !sectors.contains(&sector) {
        sectors.push(sector);
    }
}

fn drafted(analysis: &Analysis<'_>, mention: &Found<'_>) -> MentionDraft {
    MentionDraft {
        span: analysis.span_of(mention.first, mention.last),
        head: mention.head,
        form: mention.form,
    }
}
