//! People by name: full names first, so that a bare surname finds its owner wherever that stands.
//!
//! - *Ann Lee* and *Lee* are one, *A. Lee* too; *Ann Lee* and *Bo Lee* are two, and *Lee* is the one named last

use std::collections::BTreeMap;

use dateline_core::EntityKind;
use dateline_nlp::TokenIdx;

use super::{Gatherer, MEMORY, Named};
use crate::entity::{
    lexicon::{self, Role, Usage},
    mention::{Found, What},
};

impl<'a> Gatherer<'a> {
    /// People by name: full names first, so that a bare surname finds its owner wherever that stands.
    pub(super) fn people(&mut self, found: &[Found<'a>]) {
        for (at, mention) in found.iter().enumerate() {
            let What::Person(first, last) = mention.what else { continue };
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
                self.facts[draft].gender = lexicon::gender(given);
                let person = Named { given: Some(given), draft };
                self.by_surname.entry(surname).or_default().push(person);
                draft
            };
            self.tell(draft, mention);
            self.owner[at] = Some(draft);
        }
        let mut latest: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, mention) in found.iter().enumerate() {
            if let (What::Person(_, last), Some(draft)) = (mention.what, self.owner[at]) {
                latest.insert(self.word(last), draft);
                continue;
            }
            let surname = self.word(mention.last);
            let draft = match mention.what {
                What::Person(first, last) if first == last => {
                    let known = latest
                        .get(surname)
                        .copied()
                        .or_else(|| self.by_surname.get(surname).map(|people| people[0].draft))
                        .or_else(|| self.by_given(surname));
                    known.unwrap_or_else(|| {
                        let draft = self.add(surname, EntityKind::Person);
                        self.facts[draft].gender = lexicon::gender(surname);
                        self.by_surname
                            .entry(surname)
                            .or_default()
                            .push(Named { given: None, draft });
                        draft
                    })
                }
                // The tagger took a surname for something else.
                What::Place | What::Body(None) if mention.first == mention.last => {
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

    /// The one person who bears a given name.
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

    /// Puts what a mention says of a person into the draft.
    pub(super) fn tell(&mut self, draft: usize, mention: &Found<'_>) {
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

/// Whether two given names may be one: equal, or one the initial of the other.
fn is_same_given(a: &str, b: &str) -> bool {
    let is_initial = |short: &str, long: &str| {
        short.len() <= 2
            && short.ends_with('.')
            && short.as_bytes().first() == long.as_bytes().first()
    };
    a == b || is_initial(a, b) || is_initial(b, a)
}

/// The titles of a mention, roles that touch as one: *union leader*.
fn titles(mention: &Found<'_>) -> Vec<(TokenIdx, TokenIdx)> {
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
