//! Descriptions: assigned to the entity they fit, else new entities.
//!
//! - *President Ann Lee … the president* are one; *a reporter … a reporter* are two.
//! - *our president* waits until the speaker is known.

use dateline_core::{EntityKind, codes::Sector};
use dateline_lexicon::names::{Role, Usage};
use dateline_nlp::TokenIdx;

use super::{Gatherer, Key, MEMORY, drafted};
use crate::entity::{
    entities::Pending,
    mention::{Designation, RawMention, Reference},
    near_name::NearName,
};

impl<'a> Gatherer<'a> {
    pub(super) fn descriptions(&mut self, mentions: &[RawMention<'a>]) {
        for (at, mention) in mentions.iter().enumerate() {
            let Designation::Role(role, plural) = mention.designation else { continue };
            if mention.reference == Reference::Ours && !plural {
                self.pending.push(Pending {
                    mention: drafted(self.analysis, mention),
                    office: role.office().unwrap_or(""),
                    sectors: role.sectors().collect(),
                });
                continue;
            }
            let draft = mention
                .same
                .and_then(|same| self.owner[same])
                .or_else(|| self.described(mentions, at, role, plural))
                .unwrap_or_else(|| self.new_described(mention, role, plural));
            if mention.same.is_some() {
                self.office(draft, role, mention.former);
                let title = self.text(first_of_role(mention, role), mention.last);
                let titles = &mut self.drafts[draft].titles;
                if !titles.iter().any(|known| known.eq_ignore_ascii_case(title)) {
                    titles.push(title.to_owned());
                }
                self.decide(draft, "apposition", Some(self.span(mention)));
            }
            if !self.facts[draft].is_settled {
                let entity = &mut self.drafts[draft];
                entity.country = entity.country.or(mention.country);
            }
            self.decide(draft, "country-named", mention.country_at);
            self.owner[at] = Some(draft);
        }
    }

    /// Returns the person a description fits: the nearest one before it, else the first one after it.
    fn described(
        &self,
        mentions: &[RawMention<'_>],
        at: usize,
        role: &Role,
        plural: bool,
    ) -> Option<usize> {
        let mention = &mentions[at];
        let definite = mention.reference == Reference::Definite;
        if plural || mention.former || !definite || role.usage == Usage::Body {
            return None;
        }
        let fits = |other: &usize, told: bool| {
            let draft = self.owner[*other]?;
            let entity = &self.drafts[draft];
            let is_place_fit = mention
                .country
                .is_none_or(|country| entity.country.is_none_or(|own| own == country));
            let facts = &self.facts[draft];
            let mut offices =
                facts.offices.iter().filter(|_| told).chain(facts.held.iter().filter(|_| !told));
            let leads = role.noun == "leader" && mention.country.is_some();
            let is_office = offices.any(|office| {
                fits_office(&role.noun, office) || leads && NearName::Head.has(office)
            });
            (entity.kind == EntityKind::Person && is_place_fit && is_office).then_some(draft)
        };
        let before = || (at.saturating_sub(MEMORY)..at).rev();
        // A person named only later must have the country mentioned here.
        let is_told = |other: &usize| {
            let country = self.owner[*other].and_then(|draft| self.drafts[draft].country);
            mention.country.is_none() || country == mention.country
        };
        let after = (at + 1..(at + MEMORY).min(mentions.len())).filter(is_told);
        // People to whom the text gives this office come before those to whom the lexicon does.
        let mut told = before().chain(after);
        told.find_map(|other| fits(&other, true))
            .or_else(|| before().find_map(|other| fits(&other, false)))
    }

    fn new_described(&mut self, mention: &RawMention<'_>, role: &'a Role, plural: bool) -> usize {
        let name = self.text(mention.first, mention.last);
        let kind = match role.usage {
            Usage::Body => EntityKind::Organization,
            _ if plural => EntityKind::Group,
            _ => EntityKind::Person,
        };
        let key = Key::Role(&role.noun, mention.country, plural);
        // "the leaders of NATO" differ from "the G7 leaders", and "the leaders" means those mentioned last.
        let body = mention.owner.and_then(|at| self.owner[at]).filter(|_| plural);
        let draft = if let Some(body) = body {
            let draft = self.keyed(Key::Of(&role.noun, body), name, kind);
            self.by_key.insert(key, draft);
            draft
        } else if mention.reference == Reference::Definite {
            self.keyed(key, name, kind)
        } else {
            let draft = self.add(name, kind);
            self.by_key.insert(key, draft);
            draft
        };
        // "rebel leaders" are rebels first; "government forces" are forces first.
        let governs = |role: &Role| role.sectors().next() == Some(Sector::Gov);
        let (behind, before): (Vec<&Role>, Vec<&Role>) = mention
            .modifiers
            .iter()
            .filter(|_| role.usage != Usage::Opponent)
            .partition(|modifier| governs(modifier));
        for role in before.into_iter().chain([role]).chain(behind) {
            self.office(draft, role, mention.former);
        }
        self.decide(draft, "role-noun", Some(self.span(mention)));
        draft
    }
}

/// Returns true if a description names an office: the same words or its last words (*the minister* for a foreign
/// minister), but never a deputy's.
fn fits_office(described: &str, office: &str) -> bool {
    office.strip_suffix(described).is_some_and(|rest| {
        rest.is_empty() || rest.strip_suffix(' ').is_some_and(|word| !NearName::Deputy.has(word))
    })
}

/// Returns the first token of a role in a mention that ends with it.
fn first_of_role(mention: &RawMention<'_>, role: &Role) -> TokenIdx {
    let words = u32::try_from(role.noun.split(' ').count()).unwrap_or(1);
    TokenIdx((mention.last.0 + 1).saturating_sub(words).max(mention.first.0))
}
