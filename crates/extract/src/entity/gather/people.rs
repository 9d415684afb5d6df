//! People by name: full names first, so that a bare surname finds its owner wherever that stands.
//!
//! - *Ann Lee*, *Lee* and *A. Lee* are one person; *Ann Lee* and *Bo Lee* are two, and *Lee* is the one named last.

use std::collections::BTreeMap;

use dateline_core::EntityKind;
use dateline_lexicon::names::{self, Role, Usage};
use dateline_nlp::TokenIdx;

use super::{Gatherer, MEMORY, NamedPerson};
use crate::entity::mention::{Designation, RawMention};

impl<'a> Gatherer<'a> {
    /// Gathers people by name.
    pub(super) fn people(&mut self, mentions: &[RawMention<'a>]) {
        for (at, mention) in mentions.iter().enumerate() {
            let Designation::Person(first, last) = mention.designation else { continue };
            if first == last {
                continue;
            }
            let (given, surname) = (self.word(first), self.word(last));
            let known = self.by_surname.get(surname).and_then(|people| {
                people
                    .iter()
                    .find(|person| person.given.is_none_or(|known| is_same_given(known, given)))
            });
            let draft = if let Some(person) = known {
                person.draft
            } else {
                let draft = self.add(self.text(first, last), EntityKind::Person);
                self.facts[draft].gender = names::gender(given);
                let person = NamedPerson { given: Some(given), draft };
                self.by_surname.entry(surname).or_default().push(person);
                draft
            };
            self.tell(draft, mention);
            self.owner[at] = Some(draft);
        }
        let mut latest: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, mention) in mentions.iter().enumerate() {
            if let (Designation::Person(_, last), Some(draft)) =
                (mention.designation, self.owner[at])
            {
                latest.insert(self.word(last), draft);
                continue;
            }
            let surname = self.word(mention.last);
            let draft = match mention.designation {
                Designation::Person(first, last) if first == last => {
                    let known = latest
                        .get(surname)
                        .copied()
                        .or_else(|| self.by_surname.get(surname).map(|people| people[0].draft))
                        .or_else(|| self.by_given(surname));
                    known.unwrap_or_else(|| {
                        let draft = self.add(surname, EntityKind::Person);
                        self.facts[draft].gender = names::gender(surname);
                        self.by_surname
                            .entry(surname)
                            .or_default()
                            .push(NamedPerson { given: None, draft });
                        draft
                    })
                }
                // The tagger took a surname for something else.
                Designation::Place | Designation::Body(None) if mention.first == mention.last => {
                    let Some(people) = self.by_surname.get(surname) else { continue };
                    latest.get(surname).copied().unwrap_or(people[0].draft)
                }
                _ => continue,
            };
            latest.insert(surname, draft);
            self.tell(draft, mention);
            self.owner[at] = Some(draft);
        }
    }

    /// Returns the only person with a given name.
    fn by_given(&self, given: &str) -> Option<usize> {
        let mut people = self
            .by_surname
            .values()
            .flatten()
            .take(MEMORY)
            .filter(|person| person.given == Some(given));
        let only = people.next()?;
        people.next().is_none().then_some(only.draft)
    }

    /// Adds what a mention says about a person to the draft.
    pub(super) fn tell(&mut self, draft: usize, mention: &RawMention<'_>) {
        for &(_, _, role) in &mention.titles {
            self.office(draft, role, mention.former);
        }
        for (first, last) in titles(mention) {
            let title = self.text(first, last);
            let titles = &mut self.drafts[draft].titles;
            if !titles.iter().any(|known| known.eq_ignore_ascii_case(title)) {
                titles.push(title.to_owned());
            }
            self.decide(draft, "title", Some(self.analysis.span_of(first, last)));
        }
        let entity = &mut self.drafts[draft];
        entity.country = entity.country.or(mention.country);
        self.decide(draft, "country-named", mention.country_at);
    }
}

/// Returns true if two given names may be one: equal, or one the initial of the other.
fn is_same_given(a: &str, b: &str) -> bool {
    let is_initial = |short: &str, long: &str| {
        short.len() <= 2
            && short.ends_with('.')
            && short.as_bytes().first() == long.as_bytes().first()
    };
    a == b || is_initial(a, b) || is_initial(b, a)
}

/// Returns the titles of a mention; adjacent roles form one title: *union leader*.
fn titles(mention: &RawMention<'_>) -> Vec<(TokenIdx, TokenIdx)> {
    let silent =
        |role: &Role| matches!(role.usage, Usage::Honorific | Usage::Counterpart | Usage::Opponent);
    let mut titles: Vec<(TokenIdx, TokenIdx)> = Vec::new();
    for &(first, last, role) in &mention.titles {
        match titles.last_mut() {
            _ if silent(role) => {}
            Some(before) if before.1.0 + 1 == first.0 => before.1 = last,
            _ => titles.push((first, last)),
        }
    }
    titles
}
