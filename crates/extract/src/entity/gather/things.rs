//! Bodies, countries and places.
//!
//! - *Kivu Relief Network (KRN)* and *KRN* are one, *the EU* and *the European Union* by the lexicon
//! - *Moscow* that expels is a government, *Moscow* where somebody lives is a place

use std::collections::BTreeMap;

use dateline_core::{
    EntityKind,
    codes::{Country, Sector},
};
use dateline_nlp::TokenIdx;

use super::{Gatherer, Key, add_sector};
use crate::entity::{
    lexicon::{Role, Sense},
    mention::{Found, What},
};

impl<'a> Gatherer<'a> {
    pub(super) fn things(&mut self, found: &[Found<'a>]) {
        let mut acronyms: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, mention) in found.iter().enumerate() {
            if self.owner[at].is_some() {
                continue;
            }
            if let Some(draft) = self.own_thing(at, mention) {
                self.owner[at] = Some(draft);
                continue;
            }
            let text = self.text(mention.first, mention.last);
            let within = self.within(mention, found.get(at + 1));
            let draft = match mention.what {
                // "Paris, Texas" is another than Paris.
                What::Known(named, _) if within.is_some_and(|it| Some(it) != named.country) => {
                    let draft = self.keyed(Key::Elsewhere(text, within), text, EntityKind::Place);
                    self.drafts[draft].country = within;
                    draft
                }
                What::Known(named, acts) => {
                    let (key, kind) = match named.sense {
                        Sense::Country | Sense::Demonym => match named.country {
                            Some(country) => (Key::Country(country), EntityKind::Place),
                            None => (Key::Name(named.name, false), EntityKind::Place),
                        },
                        Sense::Capital | Sense::Seat if acts => {
                            (Key::Name(named.name, true), EntityKind::Organization)
                        }
                        Sense::Seat if !acts => {
                            (Key::Name(named.name, true), EntityKind::Organization)
                        }
                        Sense::Capital
                        | Sense::Seat
                        | Sense::Region
                        | Sense::City
                        | Sense::Area => (Key::Name(named.name, false), EntityKind::Place),
                        Sense::People => (Key::Name(named.name, true), EntityKind::Group),
                        Sense::Body => (Key::Name(named.name, true), EntityKind::Organization),
                        Sense::International if named.shared.is_empty() => {
                            (Key::Name(named.name, true), EntityKind::Organization)
                        }
                        Sense::International => {
                            (Key::Shared(named.shared), EntityKind::Organization)
                        }
                    };
                    let draft = self.keyed(key, text, kind);
                    self.facts[draft].is_country =
                        matches!(named.sense, Sense::Country | Sense::Demonym);
                    let entity = &mut self.drafts[draft];
                    entity.country = named.country;
                    entity.international = named.international.map(str::to_owned);
                    if kind != EntityKind::Place {
                        for sector in named.sectors() {
                            add_sector(&mut entity.sectors, sector);
                        }
                    }
                    self.decide(draft, "lexicon", Some(self.span(mention)));
                    draft
                }
                What::People(named) => {
                    let Some(country) = named.country else { continue };
                    let draft = self.keyed(Key::People(country), text, EntityKind::Group);
                    self.drafts[draft].country = Some(country);
                    if mention.counted {
                        add_sector(&mut self.drafts[draft].sectors, Sector::Cvl);
                    }
                    self.decide(draft, "people", Some(self.span(mention)));
                    draft
                }
                What::Body(role) => {
                    let draft = match acronyms.get(text) {
                        Some(&draft) => draft,
                        None => self.keyed(Key::Name(text, true), text, EntityKind::Organization),
                    };
                    if let Some(short) = self.acronym_behind(mention.last) {
                        acronyms.insert(short, draft);
                    }
                    let entity = &mut self.drafts[draft];
                    entity.country = entity.country.or(mention.country);
                    for sector in role.into_iter().flat_map(Role::sectors) {
                        add_sector(&mut entity.sectors, sector);
                    }
                    self.decide(draft, "words-of-name", Some(self.span(mention)));
                    draft
                }
                What::Place => {
                    let draft = self.keyed(Key::Name(text, false), text, EntityKind::Place);
                    self.drafts[draft].country = self.drafts[draft].country.or(mention.country);
                    self.decide(draft, "words-of-name", Some(self.span(mention)));
                    draft
                }
                What::Person(..) | What::Role(..) => continue,
            };
            self.rename(
                draft,
                text,
                matches!(mention.what, What::Known(named, _) if named.sense == Sense::Demonym),
            );
            self.owner[at] = Some(draft);
        }
    }

    /// The country of the region or country told behind a city and a comma.
    fn within(&self, city: &Found<'_>, next: Option<&Found<'_>>) -> Option<Country> {
        let What::Known(named, _) = city.what else { return None };
        let is_city = matches!(named.sense, Sense::City | Sense::Capital);
        let next = next.filter(|next| is_city && next.first.0 == city.last.0 + 2)?;
        let What::Known(around, _) = next.what else { return None };
        let is_around = matches!(around.sense, Sense::Region | Sense::Country);
        let comma = self.analysis.token(city.last).next()?.text() == ",";
        (is_around && comma).then_some(around.country).flatten()
    }

    /// The fullest name is the entity's name; a demonym names only what has no other.
    pub(super) fn rename(&mut self, draft: usize, text: &str, is_demonym: bool) {
        let entity = &mut self.drafts[draft];
        if !is_demonym && (!self.facts[draft].is_named || text.len() > entity.name.len()) {
            text.clone_into(&mut entity.name);
        }
        self.facts[draft].is_named |= !is_demonym;
    }

    /// The short name a bracket behind a name gives: *(KRN)*.
    fn acronym_behind(&self, last: TokenIdx) -> Option<&'a str> {
        let open = self.analysis.token(last).next()?;
        let short = open.next()?;
        let is_short = open.text() == "(" && short.next()?.text() == ")";
        let word = self.word(short.idx());
        (is_short && word.len() > 1 && word.chars().all(|c| !c.is_lowercase())).then_some(word)
    }
}
