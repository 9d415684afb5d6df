//! What was decided of an entity, by which rule and by which words: the country of *Kenyan President Ann Lee* by
//! *Kenyan*, her sector by *President*.
//!
//! A rule sets what it knows in the draft and then says its name; what is new in the draft since the last rule is its
//! decision. So no rule can forget to explain a part of what it did.

use dateline_core::{
    Link,
    codes::{Country, Sector},
};
use dateline_nlp::Span;

use super::{EntityDraft, Facts};

/// Something that was decided of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) fact: Fact,
    /// The rule, in kebab-case.
    pub(crate) rule: &'static str,
    /// The words it went by, if single words gave it.
    pub(crate) evidence: Option<Span>,
}

/// What can be decided of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fact {
    Country(Country),
    /// PLOVER's code in a country's place.
    International(String),
    Sector(Sector),
    Title(String),
    /// Who or which it is outside the text, by id or else by name.
    Link(String),
}

impl Fact {
    /// Whether the entity still has it: a later rule may have known better.
    pub(crate) fn holds(&self, entity: &EntityDraft) -> bool {
        match self {
            Self::Country(country) => {
                entity.country == Some(*country) && entity.international.is_none()
            }
            Self::International(code) => entity.international.as_ref() == Some(code),
            Self::Sector(sector) => entity.sectors.contains(sector),
            Self::Title(title) => entity.titles.contains(title),
            Self::Link(link) => entity.link.as_ref().is_some_and(|own| named(own) == link),
        }
    }
}

impl Facts {
    /// Gives a rule what is new of an entity.
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
            let link = entity.link.as_ref().map(|link| Fact::Link(named(link).to_owned()));
            link.into_iter().for_each(&mut add);
        }
        // Titles are only ever added.
        let titles = entity.titles.get(self.decided.n_titles..).unwrap_or_default();
        titles.iter().cloned().map(Fact::Title).for_each(&mut add);
        self.decided.n_titles = entity.titles.len();
    }
}

impl Facts {
    /// Gives a rule all the codes of an entity: it had the last word.
    pub(super) fn decide_anew(
        &mut self,
        entity: &EntityDraft,
        rule: &'static str,
        evidence: Option<Span>,
    ) {
        self.decisions.retain(|decision| matches!(decision.fact, Fact::Title(_) | Fact::Link(_)));
        self.decided = Decided {
            n_titles: self.decided.n_titles,
            is_linked: self.decided.is_linked,
            ..Decided::default()
        };
        self.decide(entity, rule, evidence);
    }
}

/// What a link goes by in an explanation.
fn named(link: &Link) -> &str {
    link.id.as_ref().unwrap_or(&link.name)
}

/// What has a decision already.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Decided {
    country: Option<Country>,
    is_international: bool,
    is_linked: bool,
    /// A bit a sector.
    sectors: u32,
    n_titles: usize,
}

#[cfg(test)]
mod tests {
    use crate::{Extractor, read_document};

    /// The decisions on the first entity with a name, as `FIELD VALUE RULE WORDS`.
    fn check(text: &str, name: &str, expected: &[&str]) {
        let (record, explanations) = Extractor::new().explain(&read_document(text));
        let entity = record.entities.iter().find(|entity| entity.name == name).unwrap();
        let found: Vec<String> = explanations
            .iter()
            .filter(|explanation| explanation.of == entity.id.to_string())
            .flat_map(|explanation| {
                explanation.reasons.iter().map(|reason| {
                    let words = reason.evidence.as_ref().map_or("-", |words| &words.text);
                    format!("{} {} {} {words}", reason.name, reason.value, explanation.rule)
                })
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn each_code_names_its_rule_and_words() {
        check(
            "Kenyan Foreign Minister Alice Mwangi spoke in Oslo.",
            "Alice Mwangi",
            &[
                "sector GOV title Foreign Minister",
                "title Foreign Minister title Foreign Minister",
                "country KEN country-named Kenyan",
            ],
        );
        check(
            "Oslo expelled 12 Kenyan diplomats.",
            "12 Kenyan diplomats",
            &["sector GOV role-noun 12 Kenyan diplomats", "country KEN country-named Kenyan"],
        );
    }

    #[test]
    fn who_works_for_somebody_is_of_that_one() {
        check(
            "A UN spokesman spoke.",
            "A UN spokesman",
            &["sector GOV role-noun A UN spokesman", "country UNO owner UN", "sector IGO owner UN"],
        );
    }
}
