//! Unprinted knowledge about an entity, and the record of its decisions.

use dateline_core::codes::Country;
use dateline_lexicon::names::Gender;
use dateline_nlp::Span;

use super::{
    decision::{Decision, Fact, link_name},
    draft::EntityDraft,
};

/// What the layer knows about an entity and does not print.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    pub(super) gender: Option<Gender>,
    /// Role nouns the text applies to it.
    pub(super) offices: Vec<&'static str>,
    /// Office it holds according to the lexicon.
    pub(super) held: Option<&'static str>,
    /// It has a name other than a demonym.
    pub(super) is_named: bool,
    pub(super) is_country: bool,
    /// The user's list gave its codes, and no later rule may change them.
    pub(super) is_settled: bool,
    /// The region or country named after the place.
    pub(super) within: Option<Within>,
    /// Sources of its codes and titles, in the order of the rules.
    pub(super) decisions: Vec<Decision>,
    pub(super) decided: DecidedCodes,
}

/// Region or country named after a place: *Texas* in *Paris, Texas*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Within {
    pub(super) country: Country,
    /// US state; empty for a country or another region.
    pub(super) state: &'static str,
}

impl Facts {
    /// Credits a rule with everything new in the draft.
    pub(super) fn decide(
        &mut self,
        entity: &EntityDraft,
        rule: &'static str,
        evidence: Option<Span>,
    ) {
        let mut add = |fact: Fact| self.decisions.push(Decision { fact, rule, evidence });
        if entity.country != self.decided.country {
            self.decided.country = entity.country;
            entity.country.map(Fact::Country).into_iter().for_each(&mut add);
        }
        if entity.international.is_some() != self.decided.is_international {
            self.decided.is_international = entity.international.is_some();
            entity.international.clone().map(Fact::International).into_iter().for_each(&mut add);
        }
        for &sector in &entity.sectors {
            let bit = 1 << (sector as u32);
            if self.decided.sectors & bit == 0 {
                self.decided.sectors |= bit;
                add(Fact::Sector(sector));
            }
        }
        if entity.link.is_some() != self.decided.is_linked {
            self.decided.is_linked = entity.link.is_some();
            let link = entity.link.as_ref().map(|link| Fact::Link(link_name(link).to_owned()));
            link.into_iter().for_each(&mut add);
        }
        // Titles are only ever added.
        let titles = entity.titles.get(self.decided.n_titles..).unwrap_or_default();
        titles.iter().cloned().map(Fact::Title).for_each(&mut add);
        self.decided.n_titles = entity.titles.len();
    }

    /// Credits a rule with all codes of an entity, replacing earlier decisions.
    pub(super) fn decide_anew(
        &mut self,
        entity: &EntityDraft,
        rule: &'static str,
        evidence: Option<Span>,
    ) {
        self.decisions.retain(|decision| matches!(decision.fact, Fact::Title(_) | Fact::Link(_)));
        self.decided = DecidedCodes {
            n_titles: self.decided.n_titles,
            is_linked: self.decided.is_linked,
            ..DecidedCodes::default()
        };
        self.decide(entity, rule, evidence);
    }
}

/// Facts that already have a decision.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct DecidedCodes {
    country: Option<Country>,
    is_international: bool,
    is_linked: bool,
    /// One bit for each sector.
    sectors: u32,
    n_titles: usize,
}
