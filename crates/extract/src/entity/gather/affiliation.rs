//! Affiliation: countries and sectors inherited from the words nearby.
//!
//! - *Putin's adviser* belongs to Russia, *a UN spokesman* to the United Nations; *a Hamas leader* also takes its
//!   sector.
//! - *the Kenyan leader* is part of the government.
//! - *police* in a sentence whose only country is Kenya are Kenyan; troops may be anybody's.

use dateline_core::codes::{Country, Sector};
use dateline_lexicon::names::{Role, Usage};

use super::{Gatherer, add_sector};
use crate::entity::mention::{Designation, RawMention};

impl Gatherer<'_> {
    /// Gives people who work for, lead or oppose somebody the country of that person or body.
    pub(super) fn inherit(&mut self, mentions: &[RawMention<'_>]) {
        for (at, mention) in mentions.iter().enumerate() {
            let Some(own) = self.owner[at] else { continue };
            if let Some(at) = mention.owner
                && let Some(owner) = self.owner[at]
            {
                self.inherit_from(own, owner, role_of(mention));
                self.decide(own, "owner", Some(self.span(&mentions[at])));
            }
            // "the Kenyan leader" is part of the government; an opposition leader has a sector already.
            let entity = &mut self.drafts[own];
            let facts = &self.facts[own];
            let leads = facts.offices.contains(&"leader") && !facts.is_settled;
            if leads && entity.sectors.is_empty() && entity.country.is_some() {
                entity.sectors.push(Sector::Gov);
                self.decide(own, "leader-of-country", Some(self.span(mention)));
            }
        }
    }

    fn inherit_from(&mut self, own: usize, owner: usize, role: Option<&Role>) {
        if self.facts[own].is_settled {
            return;
        }
        let (country, international, sectors) = {
            let owner = &self.drafts[owner];
            (owner.country, owner.international.clone(), owner.sectors.clone())
        };
        let entity = &mut self.drafts[own];
        entity.country = entity.country.or(country);
        if entity.country.is_none() && entity.international.is_none() {
            entity.international = international;
        }
        // Those who speak for or lead a body share its sectors.
        if role.is_some_and(|role| matches!(role.usage, Usage::Relative | Usage::Title)) {
            let mut all = sectors;
            for sector in std::mem::take(&mut entity.sectors) {
                add_sector(&mut all, sector);
            }
            entity.sectors = all;
        }
    }

    /// Gives domestic bodies the only country their sentence names.
    pub(super) fn at_home(&mut self, mentions: &[RawMention<'_>]) {
        let sentence = |at: usize| self.analysis.token(mentions[at].head).sentence().idx();
        let mut given: Vec<(usize, Country, usize)> = Vec::new();
        let mut from = 0;
        while from < mentions.len() {
            let end = (from..mentions.len())
                .find(|&at| sentence(at) != sentence(from))
                .unwrap_or(mentions.len());
            let mut countries =
                (from..end).filter_map(|at| Some((at, self.drafts[self.owner[at]?].country?)));
            if let Some((named, country)) = countries.next()
                && countries.all(|(_, other)| other == country)
            {
                given.extend((from..end).filter_map(|at| {
                    let draft = self.owner[at]?;
                    let entity = &self.drafts[draft];
                    let free = entity.country.is_none()
                        && entity.international.is_none()
                        && !self.facts[draft].is_settled;
                    let home = entity.sectors.first().is_some_and(|sector| stays_home(*sector));
                    (free && home && matches!(mentions[at].designation, Designation::Role(..)))
                        .then_some((draft, country, named))
                }));
            }
            from = end;
        }
        for (draft, country, named) in given {
            let entity = &mut self.drafts[draft];
            entity.country = entity.country.or(Some(country));
            self.decide(draft, "only-country-of-sentence", Some(self.span(&mentions[named])));
        }
    }
}

/// Returns true for a sector whose members usually belong to the country a sentence is about.
fn stays_home(sector: Sector) -> bool {
    matches!(sector, Sector::Cop | Sector::Jud | Sector::Leg | Sector::Opp)
}

/// Returns the role of a description, or the one right before a name.
fn role_of<'l>(mention: &RawMention<'l>) -> Option<&'l Role> {
    match mention.designation {
        Designation::Role(role, _) => Some(role),
        _ => mention.titles.last().map(|title| title.2),
    }
}
