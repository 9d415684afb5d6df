//! Whose somebody is, by those they stand beside.
//!
//! - *Putin's adviser* is of Russia, *a UN spokesman* of the United Nations

use super::Gatherer;
use crate::entity::mention::Found;

impl Gatherer<'_> {
    /// Who works for somebody, or stands against somebody, is of that one's country.
    pub(super) fn inherit(&mut self, found: &[Found<'_>]) {
        for (at, mention) in found.iter().enumerate() {
            let (Some(own), Some(owner)) =
                (self.owner[at], mention.owner.and_then(|owner| self.owner[owner]))
            else {
                continue;
            };
            let (country, international) = {
                let owner = &self.drafts[owner];
                (owner.country, owner.international.clone())
            };
            let entity = &mut self.drafts[own];
            entity.country = entity.country.or(country);
            if entity.country.is_none() && entity.international.is_none() {
                entity.international = international;
            }
        }
    }
}
