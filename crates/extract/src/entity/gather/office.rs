//! What offices tell of people: those the text gives them, and those the lexicon knows they hold on the day of publication.
//!
//! - *President Ann Lee* governs; *former President Ann Lee* did, and *Lee* alone may be known

use dateline_core::{EntityKind, codes::Sector};
use jiff::civil::Date;

use super::{Gatherer, add_sector};
use crate::entity::lexicon::{Role, Usage};

/// Offices a country's *leader* may hold.
pub(super) const HEADS: [&str; 7] =
    ["president", "prime minister", "premier", "chancellor", "king", "queen", "supreme leader"];

impl Gatherer<'_> {
    /// What the lexicon knows of people: whose they are, and whether they govern on the day of publication.
    pub(super) fn in_office(&mut self, published: Option<Date>) {
        let day = published.map(|day| day.to_string());
        for (at, entity) in self.drafts.iter_mut().enumerate() {
            if entity.kind != EntityKind::Person {
                continue;
            }
            let facts = &self.facts[at];
            let is_held = |country| entity.country.is_none_or(|own| own == country);
            let known = self.lexicon.leaders(&entity.name);
            let mut known = known.iter().filter(|leader| is_held(leader.country)).copied();
            let serving = day.as_ref().and_then(|day| {
                if entity.name.contains(' ') {
                    known.clone().find(|leader| leader.is_in_office(day))
                } else {
                    self.lexicon.head(&entity.name, entity.country, day)
                }
            });
            let only =
                known.next().filter(|first| known.all(|other| other.country == first.country));
            if let Some(leader) = serving.or(only) {
                entity.country = Some(leader.country);
            } else if day.is_none() && facts.offices.iter().any(|office| HEADS.contains(office)) {
                // "President Reagan" in a text without a date: there was one such head.
                let surname = entity.name.rsplit(' ').next().unwrap_or(&entity.name);
                entity.country = entity.country.or(self.lexicon.country_of_head(surname));
            }
            if let Some(leader) = serving.filter(|_| entity.sectors.is_empty()) {
                entity.sectors.extend(leader.sectors());
            }
        }
        for draft in 0..self.drafts.len() {
            self.decide(draft, "in-office", None);
        }
    }

    /// A role brings its sectors, unless it is a thing of the past.
    pub(super) fn office(&mut self, draft: usize, role: &Role, former: bool) {
        let entity = &mut self.drafts[draft];
        let facts = &mut self.facts[draft];
        facts.gender = facts.gender.or(role.gender);
        if former && matches!(role.usage, Usage::Office | Usage::Title | Usage::Relative) {
            add_sector(&mut entity.sectors, Sector::Eli);
            return;
        }
        for sector in role.sectors() {
            add_sector(&mut entity.sectors, sector);
        }
        facts.offices.extend(role.office());
    }
}
