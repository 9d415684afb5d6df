//! Organizations, countries and places.
//!
//! - *Kivu Relief Network (KRN)* and *KRN* are one by the brackets, *the EU* and *the European Union* by the lexicon.
//! - *Moscow* in *Moscow expelled* is a government; where somebody lives in *Moscow*, it is a place.

use std::collections::BTreeMap;

use dateline_core::{
    EntityKind,
    codes::{Country, Sector},
};
use dateline_lexicon::names::{Named, Role, Sense};
use dateline_nlp::TokenIdx;

use super::{Gatherer, Key, add_sector};
use crate::entity::mention::{Designation, RawMention};

impl<'a> Gatherer<'a> {
    pub(super) fn things(&mut self, mentions: &[RawMention<'a>]) {
        let mut acronyms: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, mention) in mentions.iter().enumerate() {
            if self.owner[at].is_some() {
                continue;
            }
            if let Some(draft) = self.user_thing(at, mention) {
                self.owner[at] = Some(draft);
                continue;
            }
            let draft = match (self.elsewhere(mention, mentions.get(at + 1)), mention.designation) {
                (Some(draft), _) => draft,
                (None, Designation::Known(named, acts)) => self.known(mention, named, acts),
                (None, Designation::People(named)) => {
                    let Some(country) = named.country else { continue };
                    self.people_of(mention, country)
                }
                (None, Designation::Body(role)) => self.body(mention, role, &mut acronyms),
                (None, Designation::Place) => self.place(mention),
                (None, Designation::Person(..) | Designation::Role(..)) => continue,
            };
            let is_demonym = matches!(
                mention.designation,
                Designation::Known(named, _) if named.sense == Sense::Demonym
            );
            self.rename(draft, self.text(mention.first, mention.last), is_demonym);
            self.owner[at] = Some(draft);
        }
    }

    /// Returns the entity of a place named with its region: *Paris, Texas* differs from Paris, and *Paris* means it
    /// from then on.
    fn elsewhere(
        &mut self,
        mention: &RawMention<'a>,
        next: Option<&RawMention<'_>>,
    ) -> Option<usize> {
        let text = self.text(mention.first, mention.last);
        let within = self
            .within(mention, next)
            .or_else(|| self.elsewhere.get(text).copied().filter(|_| may_lie(mention)))?;
        if let Designation::Known(named, _) = mention.designation
            && named.country == Some(within.country)
        {
            return None;
        }
        self.elsewhere.insert(text, within);
        let draft = self.keyed(Key::Elsewhere(text, within), text, EntityKind::Place);
        self.drafts[draft].country = Some(within.country);
        self.facts[draft].within = Some(within);
        self.decide(draft, "place-within", Some(self.span(mention)));
        Some(draft)
    }

    /// Returns the entity of a name in the lexicon.
    fn known(&mut self, mention: &RawMention<'a>, named: Named, acts: bool) -> usize {
        let by_name = |is_body| Key::Name(named.name, is_body);
        let (key, kind) = match named.sense {
            Sense::Country | Sense::Demonym => {
                (named.country.map_or(by_name(false), Key::Country), EntityKind::Place)
            }
            Sense::Capital if acts => (by_name(true), EntityKind::Organization),
            Sense::Capital | Sense::Region | Sense::City | Sense::Area => {
                (by_name(false), EntityKind::Place)
            }
            Sense::People => (by_name(true), EntityKind::Group),
            Sense::International if !named.shared.is_empty() => {
                (Key::Shared(named.shared), EntityKind::Organization)
            }
            Sense::Seat | Sense::Body | Sense::International => {
                (by_name(true), EntityKind::Organization)
            }
        };
        let draft = self.keyed(key, self.text(mention.first, mention.last), kind);
        self.facts[draft].is_country = matches!(named.sense, Sense::Country | Sense::Demonym);
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

    /// Returns the entity of a people: *Kenyans*.
    fn people_of(&mut self, mention: &RawMention<'a>, country: Country) -> usize {
        let text = self.text(mention.first, mention.last);
        let draft = self.keyed(Key::People(country), text, EntityKind::Group);
        self.drafts[draft].country = Some(country);
        if mention.counted {
            add_sector(&mut self.drafts[draft].sectors, Sector::Cvl);
        }
        self.decide(draft, "people", Some(self.span(mention)));
        draft
    }

    /// Returns the entity of an organization that only the tagger saw.
    fn body(
        &mut self,
        mention: &RawMention<'a>,
        role: Option<&Role>,
        acronyms: &mut BTreeMap<&'a str, usize>,
    ) -> usize {
        let text = self.text(mention.first, mention.last);
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

    /// Returns the entity of a place that only the tagger saw.
    fn place(&mut self, mention: &RawMention<'a>) -> usize {
        let text = self.text(mention.first, mention.last);
        let draft = self.keyed(Key::Name(text, false), text, EntityKind::Place);
        self.drafts[draft].country = self.drafts[draft].country.or(mention.country);
        self.decide(draft, "words-of-name", Some(self.span(mention)));
        draft
    }

    /// Renames an entity after its longest name; a demonym counts only if there is no other name.
    pub(super) fn rename(&mut self, draft: usize, text: &str, is_demonym: bool) {
        let entity = &mut self.drafts[draft];
        if !is_demonym && (!self.facts[draft].is_named || text.len() > entity.name.len()) {
            text.clone_into(&mut entity.name);
        }
        self.facts[draft].is_named |= !is_demonym;
    }

    /// Returns the acronym in brackets after a name: *(KRN)*.
    fn acronym_behind(&self, last: TokenIdx) -> Option<&'a str> {
        let open = self.analysis.token(last).next()?;
        let short = open.next()?;
        let is_short = open.text() == "(" && short.next()?.text() == ")";
        let word = self.word(short.idx());
        (is_short && word.len() > 1 && word.chars().all(|c| !c.is_lowercase())).then_some(word)
    }
}

/// Returns true if a name can be that of a place: a capital that acts is a government.
fn may_lie(mention: &RawMention<'_>) -> bool {
    matches!(mention.designation, Designation::Known(_, false) | Designation::Place)
}
