//! Offices: those the text gives to people, and those the lexicon says they hold on the publication date.
//!
//! - *President Ann Lee* is part of the government; *former President Ann Lee* was; *Lee* alone may be known.

use dateline_core::{
    EntityKind, Link,
    codes::{Country, Sector},
};
use dateline_lexicon::names::{self, Leader, Role, Usage};

use super::{Gatherer, add_sector};
use crate::entity::near_name::NearName;

impl Gatherer<'_> {
    /// Adds what the lexicon knows about people: their country, and the office they hold on the publication date.
    pub(super) fn in_office(&mut self, day: Option<&str>) {
        for draft in 0..self.drafts.len() {
            if self.drafts[draft].kind != EntityKind::Person {
                continue;
            }
            let serving = day.and_then(|day| self.serving(draft, day));
            let country =
                serving.map(|leader| leader.country).or_else(|| self.only_country(draft, day));
            let facts = &mut self.facts[draft];
            let entity = &mut self.drafts[draft];
            if let Some(leader) = serving {
                facts.gender = facts.gender.or(leader.gender);
                facts.held = Some(leader.office).filter(|office| !office.is_empty());
                if entity.sectors.is_empty() {
                    entity.sectors.extend(leader.sectors());
                }
                entity.link = Some(link(&leader));
            }
            // "President Reagan" in a text without a date: there was one such head of state.
            let by_surname = || {
                let is_head = facts.offices.iter().any(|office| NearName::Head.has(office));
                let surname = entity.name.rsplit(' ').next().unwrap_or(&entity.name);
                names::country_of_head(surname).filter(|_| is_head && day.is_none())
            };
            entity.country = match country {
                Some(country) => Some(country),
                None => entity.country.or_else(by_surname),
            };
            self.decide(draft, "in-office", None);
        }
    }

    /// Returns the lexicon's entry for a person, if that person is in office on a date.
    fn serving(&self, draft: usize, day: &str) -> Option<Leader> {
        let entity = &self.drafts[draft];
        if !entity.name.contains(' ') {
            return names::head(&entity.name, entity.country, day);
        }
        let is_held = |country| entity.country.is_none_or(|own| own == country);
        let known = names::leaders(&entity.name);
        let by_name =
            known.filter(|leader| is_held(leader.country)).find(|leader| leader.is_in_office(day));
        by_name.or_else(|| {
            // The source may know only the surname.
            let surname = entity.name.rsplit(' ').next()?;
            let governs = self.facts[draft].offices.iter().any(|office| NearName::Head.has(office));
            let head = names::head(surname, entity.country, day).filter(|_| governs)?;
            (!head.name.contains(' ')).then_some(head)
        })
    }

    /// Returns the country shared by everybody in the lexicon with this full name who may be in the news on a date.
    fn only_country(&self, draft: usize, day: Option<&str>) -> Option<Country> {
        let entity = &self.drafts[draft];
        let is_held = |country| entity.country.is_none_or(|own| own == country);
        let mut known = names::leaders(&entity.name)
            .filter(|leader| is_held(leader.country))
            .filter(|leader| day.is_none_or(|day| leader.is_remembered(day)));
        let first = known.next()?;
        known.all(|other| other.country == first.country).then_some(first.country)
    }

    /// Links descriptions to office holders: *the French president* in a dated text is the one in office on that
    /// date.
    pub(super) fn holders(&mut self, day: &str) {
        let named: Vec<usize> =
            self.by_surname.values().flatten().map(|person| person.draft).collect();
        for draft in 0..self.drafts.len() {
            let entity = &self.drafts[draft];
            let (Some(country), None, EntityKind::Person) =
                (entity.country, &entity.link, entity.kind)
            else {
                continue;
            };
            let offices = &self.facts[draft].offices;
            let holder = offices.iter().find_map(|office| names::office(country, office, day));
            let surname = |name: &str| name.rsplit(' ').next().unwrap_or(name).to_owned();
            let fits = |leader: &Leader| {
                !named.contains(&draft) || surname(leader.name) == surname(&entity.name)
            };
            if let Some(leader) = holder.filter(fits) {
                self.drafts[draft].link = Some(link(&leader));
                let facts = &mut self.facts[draft];
                facts.gender = facts.gender.or(leader.gender);
                self.decide(draft, "office-of-day", None);
            }
        }
    }

    /// Applies a role to an entity: its sectors, unless the role is a past one.
    pub(super) fn office(&mut self, draft: usize, role: &Role, former: bool) {
        let entity = &mut self.drafts[draft];
        let facts = &mut self.facts[draft];
        facts.gender = facts.gender.or(role.gender);
        let is_past =
            former && matches!(role.usage, Usage::Office | Usage::Title | Usage::Relative);
        if !facts.is_settled {
            if is_past {
                add_sector(&mut entity.sectors, Sector::Eli);
            } else {
                role.sectors().for_each(|sector| add_sector(&mut entity.sectors, sector));
            }
        }
        if is_past {
            return;
        }
        facts.offices.extend(role.office());
    }
}

/// Returns the link to a leader outside the text.
fn link(leader: &Leader) -> Link {
    let id = Some(leader.id.to_owned()).filter(|id| !id.is_empty());
    Link { id, name: leader.name.to_owned(), coordinates: None }
}
