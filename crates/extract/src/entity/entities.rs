//! The entities of a document, and lookups among them.

use dateline_core::{
    EntityKind,
    codes::{Country, Sector},
};
use dateline_nlp::TokenIdx;

use super::{
    decision::Decision,
    draft::{EntityDraft, EntityIdx, MentionDraft},
    facts::Facts,
};

/// The entities of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entities {
    pub(super) list: Vec<EntityDraft>,
    /// What the layer knows about each entity and does not print.
    pub(super) facts: Vec<Facts>,
    /// The entity of each token that heads a mention.
    pub(super) by_head: Vec<Option<EntityIdx>>,
    /// Descriptions that need a speaker: *our president*.
    pub(super) pending: Vec<Pending>,
}

/// Description that needs a speaker.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    pub(super) mention: MentionDraft,
    pub(super) office: &'static str,
    pub(super) sectors: Vec<Sector>,
}

impl Entities {
    /// Returns all entities by first mention, except that those introduced only inside quotations come last.
    pub(crate) fn list(&self) -> &[EntityDraft] {
        &self.list
    }

    /// Returns the entity at an index.
    pub(crate) fn get(&self, idx: EntityIdx) -> &EntityDraft {
        &self.list[idx.0 as usize]
    }

    /// Returns true for a place that is not a country: *Geneva*, *Europe*.
    pub(crate) fn is_mere_place(&self, idx: EntityIdx) -> bool {
        self.get(idx).kind == EntityKind::Place && !self.facts[idx.0 as usize].is_country
    }

    /// Returns the decisions about an entity that still hold.
    pub(crate) fn decisions(&self, idx: EntityIdx) -> impl Iterator<Item = &Decision> {
        let decisions = self.facts[idx.0 as usize].decisions.iter();
        decisions.filter(move |decision| decision.fact.holds(self.get(idx)))
    }

    /// Returns the entity that a token heads a mention of, or is part of a name of.
    pub(crate) fn headed_by(&self, token: TokenIdx) -> Option<EntityIdx> {
        self.by_head.get(token.index()).copied().flatten()
    }

    /// Returns the indices by first mention, which resolving quotations may have changed.
    pub(crate) fn by_first_mention(&self) -> Vec<EntityIdx> {
        let mut order: Vec<EntityIdx> =
            (0..self.list.len()).filter_map(|at| u32::try_from(at).ok()).map(EntityIdx).collect();
        order.sort_by_key(|&idx| {
            self.get(idx).mentions.first().map(|mention| (mention.span.start(), mention.span.end()))
        });
        order
    }

    /// Returns the entity that is a given country.
    pub(super) fn country(&self, country: Option<Country>) -> Option<EntityIdx> {
        let is_country = |entity: &EntityDraft, facts: &Facts| {
            entity.kind == EntityKind::Place && facts.is_country && entity.country == country
        };
        let at = country.and_then(|_| {
            self.list.iter().zip(&self.facts).position(|(entity, facts)| is_country(entity, facts))
        })?;
        u32::try_from(at).ok().map(EntityIdx)
    }

    /// Inserts a mention among those of an entity, in text order.
    pub(super) fn attach(&mut self, idx: EntityIdx, mention: MentionDraft) {
        let mentions = &mut self.list[idx.0 as usize].mentions;
        let at = mentions.partition_point(|other| other.span <= mention.span);
        mentions.insert(at, mention);
        self.by_head[mention.head.index()] = Some(idx);
    }

    /// Removes the mentions that pass a test.
    pub(super) fn detach(&mut self, is_taken: impl Fn(&MentionDraft) -> bool) {
        for entity in &mut self.list {
            entity.mentions.retain(|mention| {
                let taken = is_taken(mention);
                if taken {
                    self.by_head[mention.head.index()] = None;
                }
                !taken
            });
        }
    }
}
