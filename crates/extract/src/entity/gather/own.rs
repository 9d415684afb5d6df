//! What the user's list says of entities on the day of publication: it has the last word.
//!
//! - *Ana Ruiz* is of Chile and governs on the days the list says so, whatever her titles
//! - *Kivu Relief Network* and *KRN* are one, if the list has them in one row

use dateline_core::EntityKind;
use jiff::civil::Date;

use super::{Gatherer, Key};
use crate::{
    actors::ActorIdx,
    entity::{
        Own,
        mention::{Found, What},
    },
};

impl<'a> Gatherer<'a> {
    /// The actor of the list each mention names.
    pub(super) fn look_up(&self, own: &Own, found: &[Found<'a>]) -> Vec<Option<ActorIdx>> {
        if own.is_empty() {
            return Vec::new();
        }
        let name = |mention: &Found<'_>| match mention.what {
            What::Person(first, last) => own
                .named(self.text(mention.first, mention.last))
                .or_else(|| own.named(self.text(first, last))),
            What::Role(..) => None,
            _ => own.named(self.text(mention.first, mention.last)),
        };
        found.iter().map(name).collect()
    }

    /// The entity of a body or place that is in the list.
    pub(super) fn own_thing(&mut self, at: usize, mention: &Found<'_>) -> Option<usize> {
        let actor = self.own.get(at).copied().flatten()?;
        let kind = match mention.what {
            What::Body(_) => EntityKind::Organization,
            What::Place => EntityKind::Place,
            _ => return None,
        };
        let text = self.text(mention.first, mention.last);
        let draft = self.keyed(Key::Own(actor), text, kind);
        self.rename(draft, text, false);
        Some(draft)
    }

    /// Gives entities the codes of the list, in place of what was found out.
    pub(super) fn own_codes(&mut self, found: &[Found<'a>], published: Option<Date>) {
        let mut told = vec![false; self.drafts.len()];
        for at in 0..self.own.len() {
            let (Some(actor), Some(draft)) = (self.own[at], self.owner[at]) else { continue };
            if std::mem::replace(&mut told[draft], true) {
                continue;
            }
            let Some(codes) = self.lexicon.own().actor(actor).on(published) else { continue };
            if codes.is_empty() {
                continue;
            }
            let entity = &mut self.drafts[draft];
            // A country alone says no more than whose somebody is.
            let only_country = codes.sectors.is_empty() && codes.international.is_none();
            if only_country && entity.country == codes.country && entity.international.is_none() {
                continue;
            }
            entity.country = codes.country;
            entity.international = codes.international;
            if !only_country {
                entity.sectors = codes.sectors;
            }
            let evidence = Some(self.span(&found[at]));
            self.facts[draft].decide_anew(&self.drafts[draft], "own-actor", evidence);
        }
    }
}
