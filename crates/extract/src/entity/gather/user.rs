//! Codes from the user's list on the publication date; they override all other rules.
//!
//! - *Ana Ruiz* is Chilean and part of the government on the dates the list says so, whatever her titles.
//! - *Kivu Relief Network* and *KRN* are one entity if the list has them in one row.

use dateline_core::EntityKind;
use jiff::civil::Date;

use super::{Gatherer, Key};
use crate::{
    actors::ActorIdx,
    entity::{
        mention::{Designation, RawMention},
        user::UserActors,
    },
};

impl<'a> Gatherer<'a> {
    /// Returns the actor of the list that each mention names.
    pub(super) fn look_up(
        &self,
        user: &UserActors,
        mentions: &[RawMention<'a>],
    ) -> Vec<Option<ActorIdx>> {
        if user.is_empty() {
            return Vec::new();
        }
        let name = |mention: &RawMention<'_>| match mention.designation {
            Designation::Person(first, last) => user
                .named(self.text(mention.first, mention.last))
                .or_else(|| user.named(self.text(first, last))),
            Designation::Role(..) => None,
            _ => user.named(self.text(mention.first, mention.last)),
        };
        mentions.iter().map(name).collect()
    }

    /// Returns the entity of an organization or place that is in the list.
    pub(super) fn user_thing(&mut self, at: usize, mention: &RawMention<'_>) -> Option<usize> {
        let actor = self.by_user.get(at).copied().flatten()?;
        let kind = match mention.designation {
            Designation::Body(_) => EntityKind::Organization,
            Designation::Place => EntityKind::Place,
            _ => return None,
        };
        let text = self.text(mention.first, mention.last);
        let draft = self.keyed(Key::User(actor), text, kind);
        self.rename(draft, text, false);
        Some(draft)
    }

    /// Replaces the codes of entities by those of the list.
    pub(super) fn user_codes(&mut self, mentions: &[RawMention<'a>], published: Option<Date>) {
        let mut told = vec![false; self.drafts.len()];
        for (at, mention) in mentions.iter().enumerate().take(self.by_user.len()) {
            let (Some(actor), Some(draft)) = (self.by_user[at], self.owner[at]) else { continue };
            if std::mem::replace(&mut told[draft], true) {
                continue;
            }
            let Some(codes) = self.vocabulary.user().actor(actor).on(published) else { continue };
            if codes.is_empty() {
                continue;
            }
            let entity = &mut self.drafts[draft];
            // A country alone says nothing about sectors.
            let only_country = codes.sectors.is_empty() && codes.international.is_none();
            if only_country && entity.country == codes.country && entity.international.is_none() {
                continue;
            }
            entity.country = codes.country;
            entity.international = codes.international;
            if !only_country {
                entity.sectors = codes.sectors;
                self.facts[draft].is_settled = true;
            }
            let evidence = Some(self.span(mention));
            self.facts[draft].decide_anew(&self.drafts[draft], "own-actor", evidence);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Actors, Extractor, read_document};

    /// Checks the entity of a mention, as `NAME KIND CODE`, given a list in tabs or in PETRARCH's format.
    fn check(list: &str, text: &str, mention: &str, expected: &str) {
        let read =
            if list.contains('\t') { Actors::read_tsv(list) } else { Actors::read_petrarch(list) };
        assert!(read.1.is_empty(), "{:?}", read.1);
        let record = Extractor::new().with_actors(read.0).extract(&read_document(text));
        let entity = record
            .entities
            .iter()
            .find(|entity| entity.mentions.iter().any(|m| m.span.text == mention))
            .map(|entity| {
                let code = entity.code.as_deref().unwrap_or("-");
                format!("{} {:?} {code}", entity.name, entity.kind)
            });
        assert_eq!(entity.as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn names_in_one_row_of_the_list_are_one_entity() {
        let list = "Kivu Relief Network\tKRN\tCOD\tNGO\n";
        let text = "The Kivu Relief Network sent envoys. KRN officials spoke on Monday.";
        check(list, text, "KRN", "Kivu Relief Network Organization CODNGO");
    }

    #[test]
    fn the_list_overrides_titles_and_the_lexicon() {
        let list = "Ana Ruiz\t\tCHL\tOPP\n";
        let text = "Kenyan President Ana Ruiz spoke. Ruiz left.";
        check(list, text, "Ruiz", "Ana Ruiz Person CHLOPP");
        let list = "Angela Merkel\tMerkel\tCHE\tBUS\n";
        let text = "date 2014-03-03\nAngela Merkel spoke on Monday.";
        check(list, text, "Angela Merkel", "Angela Merkel Person CHEBUS");
    }

    #[test]
    fn codes_are_those_on_the_publication_date() {
        let list = "ANA_RUIZ_\n+PRESIDENT_RUIZ_\n[CHLGOV 100311-140310] [CHLELI >140311]\n";
        let text = |day: &str| format!("date {day}\nPresident Ruiz spoke in Oslo.\n");
        check(list, &text("2012-01-01"), "President Ruiz", "Ruiz Person CHLGOV");
        check(list, &text("2018-01-01"), "President Ruiz", "Ruiz Person CHLELI");
        check(list, &text("2005-01-01"), "President Ruiz", "Ruiz Person CHLGOV");
    }

    #[test]
    fn people_share_the_country_of_their_actor_in_the_list() {
        let list = "Omo Front\t\tETH\tREB\n";
        let text = "An Omo Front spokesman said on Monday that the talks were over.";
        check(list, text, "Omo Front", "Omo Front Organization ETHREB");
        check(list, text, "An Omo Front spokesman", "An Omo Front spokesman Person ETHREB");
    }

    #[test]
    fn countries_of_the_list_stay_countries() {
        let list = "KENYA_ [KEN]\n+KENYAN_\n+NAIROBI_\n";
        check(list, "Farmers marched in Nairobi.", "Nairobi", "Nairobi Place KEN");
        check(list, "Nairobi expelled two envoys.", "Nairobi", "Nairobi Organization KENGOV");
        let text = "Kenyan Foreign Minister Alice Mwangi spoke in Oslo.";
        check(list, text, "Foreign Minister Alice Mwangi", "Alice Mwangi Person KENGOV");
    }

    #[test]
    fn titles_in_the_names_of_the_list_stay_titles() {
        let list = "KENYAN_FOREIGN_MINISTER_\n+KENYAN_FOREIGN_MINISTER_MWANGI_\n+THE_KENYAN_MINISTRY_\n[KENGOV]\n";
        let text = "Kenyan Foreign Minister Alice Mwangi spoke in Oslo.";
        check(list, text, "Foreign Minister Alice Mwangi", "Alice Mwangi Person KENGOV");
    }

    #[test]
    fn nouns_of_the_list_bring_their_sectors() {
        let list = "FERRYMAN {FERRYMEN} [~LAB]\nDIPLOMAT [~SPY]\n";
        check(
            list,
            "Kenyan ferrymen went on strike.",
            "Kenyan ferrymen",
            "Kenyan ferrymen Group KENLAB",
        );
        check(
            list,
            "Two Kenyan diplomats left.",
            "Two Kenyan diplomats",
            "Two Kenyan diplomats Group KENSPY",
        );
    }

    #[test]
    fn a_common_word_is_not_a_name() {
        let list = "Reform\t\tKEN\tPTY\n";
        let record = |text: &str| {
            let extractor = Extractor::new().with_actors(Actors::read_tsv(list).0);
            extractor.extract(&read_document(text))
        };
        assert!(record("The reform passed.").entities.iter().all(|it| it.code.is_none()));
    }
}
