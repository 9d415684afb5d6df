//! Whose somebody is, by those they stand beside.
//!
//! - *Putin's adviser* is of Russia, *a UN spokesman* of the United Nations, *a Hamas leader* of its sector too
//! - *the Kenyan leader* governs
//! - *police* in a sentence that names no country but Kenya are of Kenya; troops may be anybody's

use dateline_core::codes::{Country, Sector};

use super::{Gatherer, add_sector};
use crate::entity::{
    lexicon::{Role, Usage},
    mention::{Found, What},
};

impl Gatherer<'_> {
    /// Who works for somebody, leads them, or stands against them, is of that one's country.
    pub(super) fn inherit(&mut self, found: &[Found<'_>]) {
        for (at, mention) in found.iter().enumerate() {
            let Some(own) = self.owner[at] else { continue };
            if let Some(at) = mention.owner
                && let Some(owner) = self.owner[at]
            {
                self.inherit_from(own, owner, role_of(mention));
                self.decide(own, "owner", Some(self.span(&found[at])));
            }
            // "the Kenyan leader" governs; the opposition's has its sector already.
            let entity = &mut self.drafts[own];
            let leads = self.facts[own].offices.contains(&"leader");
            if leads && entity.sectors.is_empty() && entity.country.is_some() {
                entity.sectors.push(Sector::Gov);
                self.decide(own, "leader-of-country", Some(self.span(mention)));
            }
        }
    }

    fn inherit_from(&mut self, own: usize, owner: usize, role: Option<&Role>) {
        let (country, international, sectors) = {
            let owner = &self.drafts[owner];
            (owner.country, owner.international.clone(), owner.sectors.clone())
        };
        let entity = &mut self.drafts[own];
        entity.country = entity.country.or(country);
        if entity.country.is_none() && entity.international.is_none() {
            entity.international = international;
        }
        // What a body is, those are who speak for it or lead it.
        if role.is_some_and(|role| matches!(role.usage, Usage::Relative | Usage::Title)) {
            let mut all = sectors;
            for sector in std::mem::take(&mut entity.sectors) {
                add_sector(&mut all, sector);
            }
            entity.sectors = all;
        }
    }

    /// Bodies at home are of the only country their sentence names.
    pub(super) fn at_home(&mut self, found: &[Found<'_>]) {
        let sentence = |at: usize| self.analysis.token(found[at].head).sentence().idx();
        let mut given: Vec<(usize, Country, usize)> = Vec::new();
        let mut from = 0;
        while from < found.len() {
            let end = (from..found.len())
                .find(|&at| sentence(at) != sentence(from))
                .unwrap_or(found.len());
            let mut countries =
                (from..end).filter_map(|at| Some((at, self.drafts[self.owner[at]?].country?)));
            if let Some((named, country)) = countries.next()
                && countries.all(|(_, other)| other == country)
            {
                given.extend((from..end).filter_map(|at| {
                    let draft = self.owner[at]?;
                    let entity = &self.drafts[draft];
                    let free = entity.country.is_none() && entity.international.is_none();
                    let home = entity.sectors.first().is_some_and(|sector| stays_home(*sector));
                    (free && home && matches!(found[at].what, What::Role(..)))
                        .then_some((draft, country, named))
                }));
            }
            from = end;
        }
        for (draft, country, named) in given {
            let entity = &mut self.drafts[draft];
            entity.country = entity.country.or(Some(country));
            self.decide(draft, "only-country-of-sentence", Some(self.span(&found[named])));
        }
    }
}

/// Whether those of a sector are of the country the text is about.
fn stays_home(sector: Sector) -> bool {
    matches!(sector, Sector::Cop | Sector::Jud | Sector::Leg | Sector::Opp)
}

/// The role of a description, or the one right before a name.
fn role_of<'l>(mention: &Found<'l>) -> Option<&'l Role> {
    match mention.what {
        What::Role(role, _) => Some(role),
        _ => mention.titles.last().map(|title| title.2),
    }
}
