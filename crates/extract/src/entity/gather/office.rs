//! What offices tell of people: those the text gives them, and those the lexicon knows they hold on the day of publication.
//!
//! - *President Ann Lee* governs; *former President Ann Lee* did, and *Lee* alone may be known

use dateline_core::{
    EntityKind, Link,
    codes::{Country, Sector},
};

use super::{Gatherer, add_sector};
use crate::entity::lexicon::{self, Leader, Role, Usage};

/// Offices a country's *leader* may hold.
pub(super) const HEADS: [&str; 7] =
    ["president", "prime minister", "premier", "chancellor", "king", "queen", "supreme leader"];

impl Gatherer<'_> {
    /// What the lexicon knows of people: whose they are, and what they hold on the day of publication.
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
            // "President Reagan" in a text without a date: there was one such head.
            let by_surname = || {
                let is_head = facts.offices.iter().any(|office| HEADS.contains(office));
                let surname = entity.name.rsplit(' ').next().unwrap_or(&entity.name);
                lexicon::country_of_head(surname).filter(|_| is_head && day.is_none())
            };
            entity.country = match country {
                Some(country) => Some(country),
                None => entity.country.or_else(by_surname),
            };
            self.decide(draft, "in-office", None);
        }
    }

    /// Who of the lexicon a person is, if that one is in office on a day.
    fn serving(&self, draft: usize, day: &str) -> Option<Leader> {
        let entity = &self.drafts[draft];
        if !entity.name.contains(' ') {
            return lexicon::head(&entity.name, entity.country, day);
        }
        let is_held = |country| entity.country.is_none_or(|own| own == country);
        let known = lexicon::leaders(&entity.name);
        let by_name =
            known.filter(|leader| is_held(leader.country)).find(|leader| leader.is_in_office(day));
        by_name.or_else(|| {
            // The source may know no more than the surname.
            let surname = entity.name.rsplit(' ').next()?;
            let governs = self.facts[draft].offices.iter().any(|office| HEADS.contains(office));
            let head = lexicon::head(surname, entity.country, day).filter(|_| governs)?;
            (!head.name.contains(' ')).then_some(head)
        })
    }

    /// The country of everybody in the lexicon with a person's full name who may be in the news on a day.
    fn only_country(&self, draft: usize, day: Option<&str>) -> Option<Country> {
        let entity = &self.drafts[draft];
        let is_held = |country| entity.country.is_none_or(|own| own == country);
        let mut known = lexicon::leaders(&entity.name)
            .filter(|leader| is_held(leader.country))
            .filter(|leader| day.is_none_or(|day| leader.is_remembered(day)));
        let first = known.next()?;
        known.all(|other| other.country == first.country).then_some(first.country)
    }

    /// *The French president* of a text with a date is the one who holds the office then.
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
            let holder = offices.iter().find_map(|office| lexicon::office(country, office, day));
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

/// Who a row of the lexicon is, outside the text.
fn link(leader: &Leader) -> Link {
    let id = Some(leader.id.to_owned()).filter(|id| !id.is_empty());
    Link { id, name: leader.name.to_owned(), coordinates: None }
}
