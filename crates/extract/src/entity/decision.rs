//! Decisions about an entity: what was decided, by which rule, from which words. *Kenyan President Ann Lee* has her
//! country from *Kenyan* and her sector from *President*.
//!
//! A rule changes the draft and then gives its name; whatever is new in the draft since the last rule becomes its
//! decision. So no rule can forget to explain part of what it did.

use dateline_core::{
    Link,
    codes::{Country, Sector},
};
use dateline_nlp::Span;

use super::draft::EntityDraft;

/// Decision about an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) fact: Fact,
    /// Rule name in kebab-case.
    pub(crate) rule: &'static str,
    /// The words the decision rests on, if single words gave it.
    pub(crate) evidence: Option<Span>,
}

/// Fact that a rule can decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fact {
    Country(Country),
    /// PLOVER's international code, used in place of a country.
    International(String),
    Sector(Sector),
    Title(String),
    /// Link to an entity outside the text: its id, else its name.
    Link(String),
}

impl Fact {
    /// Returns true if the entity still has this fact; a later rule may have replaced it.
    pub(crate) fn holds(&self, entity: &EntityDraft) -> bool {
        match self {
            Self::Country(country) => {
                entity.country == Some(*country) && entity.international.is_none()
            }
            Self::International(code) => entity.international.as_ref() == Some(code),
            Self::Sector(sector) => entity.sectors.contains(sector),
            Self::Title(title) => entity.titles.contains(title),
            Self::Link(link) => entity.link.as_ref().is_some_and(|own| link_name(own) == link),
        }
    }
}

/// Returns the name of a link in an explanation.
pub(super) fn link_name(link: &Link) -> &str {
    link.id.as_ref().unwrap_or(&link.name)
}

#[cfg(test)]
mod tests {
    use crate::{Extractor, read_document};

    /// Checks the decisions about the first entity of a name, as `FIELD VALUE RULE WORDS`.
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
    fn people_share_the_country_of_whom_they_work_for() {
        check(
            "A UN spokesman spoke.",
            "A UN spokesman",
            &["sector GOV role-noun A UN spokesman", "country UNO owner UN", "sector IGO owner UN"],
        );
    }
}
