//! Descriptions: to the one of the text they fit, else entities of their own.
//!
//! - *President Ann Lee … the president* are one; *a reporter … a reporter* are two
//! - *our president* waits until it is known who speaks

use dateline_core::{EntityKind, codes::Sector};
use dateline_nlp::TokenIdx;

use super::{Gatherer, Key, MEMORY, drafted, office::HEADS};
use crate::entity::{
    Pending,
    lexicon::{Role, Usage},
    mention::{Found, Reference, What},
};

impl<'a> Gatherer<'a> {
    pub(super) fn descriptions(&mut self, found: &[Found<'a>]) {
        for (at, mention) in found.iter().enumerate() {
            let What::Role(role, plural) = mention.what else { continue };
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
                .or_else(|| self.described(found, at, role, plural))
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
            let entity = &mut self.drafts[draft];
            entity.country = entity.country.or(mention.country);
            self.decide(draft, "country-named", mention.country_at);
            self.owner[at] = Some(draft);
        }
    }

    /// The person of the text a description fits, the nearest before it, else the first behind it.
    fn described(
        &self,
        found: &[Found<'_>],
        at: usize,
        role: &Role,
        plural: bool,
    ) -> Option<usize> {
        let mention = &found[at];
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
            let is_office = offices
                .any(|office| fits_office(&role.noun, office) || leads && HEADS.contains(office));
            (entity.kind == EntityKind::Person && is_place_fit && is_office).then_some(draft)
        };
        let before = || (at.saturating_sub(MEMORY)..at).rev();
        // Who is named only later has to be of the country that is told here.
        let is_told = |other: &usize| {
            let country = self.owner[*other].and_then(|draft| self.drafts[draft].country);
            mention.country.is_none() || country == mention.country
        };
        let after = (at + 1..(at + MEMORY).min(found.len())).filter(is_told);
        // Whom the text calls so, then whom the lexicon knows to be so.
        let mut told = before().chain(after);
        told.find_map(|other| fits(&other, true))
            .or_else(|| before().find_map(|other| fits(&other, false)))
    }

    fn new_described(&mut self, mention: &Found<'_>, role: &'a Role, plural: bool) -> usize {
        let name = self.text(mention.first, mention.last);
        let kind = match role.usage {
            Usage::Body => EntityKind::Organization,
            _ if plural => EntityKind::Group,
            _ => EntityKind::Person,
        };
        let key = Key::Role(&role.noun, mention.country, plural);
        // "the leaders of NATO" are others than "the G7 leaders", and "the leaders" those named last.
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
        // "rebel leaders" are rebels first, "government forces" forces.
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

/// Whether a description names an office: the same, or its last words (*the minister* for a foreign minister), but no
/// deputy's.
fn fits_office(described: &str, office: &str) -> bool {
    office.strip_suffix(described).is_some_and(|rest| {
        rest.is_empty() || rest.ends_with(' ') && !["vice ", "deputy "].contains(&rest)
    })
}

/// Where the words of a role begin in a mention that ends with them.
fn first_of_role(mention: &Found<'_>, role: &Role) -> TokenIdx {
    let words = u32::try_from(role.noun.split(' ').count()).unwrap_or(1);
    TokenIdx((mention.last.0 + 1).saturating_sub(words).max(mention.first.0))
}
