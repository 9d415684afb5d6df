//! Mentions to entities: people, organizations, places and groups.
//!
//! - by name: *Ann Lee* and *Lee*, *Kenya* and *Kenya's*, *European Union* and *EU*, *Kivu Relief Network (KRN)* and
//!   *KRN*
//! - by office: *President Ann Lee* and *the president*
//! - distinct: two full names that share a surname; *a reporter* and *a reporter*

mod affiliation;
mod descriptions;
mod office;
mod people;
mod places;
mod things;
mod user;

use std::collections::BTreeMap;

use dateline_core::{
    EntityKind,
    codes::{Country, Sector},
};
use dateline_nlp::{Analysis, Span, TokenIdx, Upos};
use jiff::civil::Date;

use crate::actors::ActorIdx;

use super::{
    draft::{EntityDraft, EntityIdx, Inferred, MentionDraft},
    entities::{Entities, Pending},
    facts::{Facts, Within},
    mention::{Designation, RawMention},
    vocabulary::Vocabulary,
};

/// Maximum number of mentions a description looks back.
const MEMORY: usize = 300;

/// Gathers mentions, given in text order, into entities.
pub(super) fn gather<'a>(
    analysis: &'a Analysis<'a>,
    mentions: &[RawMention<'a>],
    vocabulary: &'a Vocabulary,
    published: Option<Date>,
) -> Entities {
    let mut gatherer = Gatherer {
        analysis,
        vocabulary,
        drafts: Vec::new(),
        facts: Vec::new(),
        owner: vec![None; mentions.len()],
        by_surname: BTreeMap::new(),
        by_key: BTreeMap::new(),
        elsewhere: BTreeMap::new(),
        pending: Vec::new(),
        by_user: Vec::new(),
    };
    gatherer.by_user = gatherer.look_up(vocabulary.user(), mentions);
    gatherer.people(mentions);
    let day = published.map(|day| day.to_string());
    gatherer.in_office(day.as_deref());
    gatherer.things(mentions);
    gatherer.places(mentions);
    gatherer.user_codes(mentions, published);
    gatherer.descriptions(mentions);
    gatherer.inherit(mentions);
    if let Some(day) = &day {
        gatherer.holders(day);
    }
    gatherer.at_home(mentions);
    gatherer.finish(mentions)
}

/// Identity of an entity that is not a named person: equal keys make one entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    /// Country, by any name.
    Country(Country),
    /// Name, and whether it acts: *Paris* as a government differs from *Paris* as a place.
    Name(&'a str, bool),
    /// Place with the region or country after it: *Paris, Texas*.
    Elsewhere(&'a str, Within),
    /// Body with several spellings.
    Shared(&'a str),
    /// Description: role, country, and whether it is plural.
    Role(&'a str, Option<Country>, bool),
    /// People of a body, by its entity: *the leaders of NATO*.
    Of(&'a str, usize),
    People(Country),
    /// Actor of the user's list.
    User(ActorIdx),
}

struct Gatherer<'a> {
    analysis: &'a Analysis<'a>,
    vocabulary: &'a Vocabulary,
    drafts: Vec<EntityDraft>,
    facts: Vec<Facts>,
    /// Entity of each mention.
    owner: Vec<Option<usize>>,
    /// People by surname, in the order of their first full name.
    by_surname: BTreeMap<&'a str, Vec<NamedPerson<'a>>>,
    by_key: BTreeMap<Key<'a>, usize>,
    /// Places that were named with a region or country.
    elsewhere: BTreeMap<&'a str, Within>,
    pending: Vec<Pending>,
    /// Actor of the user's list for each mention; empty without a list.
    by_user: Vec<Option<ActorIdx>>,
}

/// Person with a name.
#[derive(Debug, Clone, Copy)]
struct NamedPerson<'a> {
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

    /// Adds a new entity.
    fn add(&mut self, name: &str, kind: EntityKind) -> usize {
        self.drafts.push(EntityDraft {
            name: name.to_owned(),
            kind,
            country: None,
            international: None,
            sectors: Vec::new(),
            titles: Vec::new(),
            link: None,
            inferred: Inferred::default(),
            mentions: Vec::new(),
        });
        self.facts.push(Facts::default());
        self.drafts.len() - 1
    }

    /// Credits a rule with the codes and titles that are new on an entity.
    fn decide(&mut self, draft: usize, rule: &'static str, evidence: Option<Span>) {
        self.facts[draft].decide(&self.drafts[draft], rule, evidence);
    }

    fn span(&self, mention: &RawMention<'_>) -> Span {
        self.analysis.span_of(mention.first, mention.last)
    }

    /// Returns the entity with a key, adding it if there is none.
    fn keyed(&mut self, key: Key<'a>, name: &str, kind: EntityKind) -> usize {
        if let Some(&draft) = self.by_key.get(&key) {
            return draft;
        }
        let draft = self.add(name, kind);
        self.by_key.insert(key, draft);
        draft
    }

    /// Attaches the mentions and sorts entities by first mention.
    fn finish(mut self, mentions: &[RawMention<'_>]) -> Entities {
        for (mention, owner) in mentions.iter().zip(&self.owner) {
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
            let (draft, facts) = drafts[old].take().expect("each entity occurs once in the order");
            entities.list.push(draft);
            entities.facts.push(facts);
        }
        for (mention, owner) in mentions.iter().zip(&self.owner) {
            let Some(idx) = owner.and_then(|owner| renamed[owner]) else { continue };
            let first = if matches!(mention.designation, Designation::Role(..)) {
                mention.head
            } else {
                mention.first
            };
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

fn drafted(analysis: &Analysis<'_>, mention: &RawMention<'_>) -> MentionDraft {
    MentionDraft {
        span: analysis.span_of(mention.first, mention.last),
        head: mention.head,
        form: mention.form,
    }
}
