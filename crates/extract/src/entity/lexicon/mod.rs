//! The lexicon's names and roles, with the user's own list asked first.

mod own_list;

pub(crate) use dateline_lexicon::names::Gender;
pub(super) use dateline_lexicon::names::{
    City, Leader, Named, Region, Role, Sense, Usage, cities, country_of_head, gender, head,
    leaders, name_at, office, regions, takes_place,
};
pub(crate) use own_list::Own;

use dateline_lexicon::names::Roles;

use crate::actors::Actors;

/// Role nouns and the user's list of actors.
#[derive(Debug)]
pub(crate) struct Lexicon {
    roles: Roles,
    own: Own,
}

impl Lexicon {
    /// Returns the compiled-in tables without a list of the user's.
    pub(crate) fn new() -> Self {
        Self { roles: Roles::new(), own: Own::default() }
    }

    /// Adds the user's list, which is asked first from now on.
    pub(crate) fn with_own(mut self, actors: Actors) -> Self {
        self.own = Own::new(actors, &self.roles);
        self
    }

    /// Returns the user's list.
    pub(super) fn own(&self) -> &Own {
        &self.own
    }

    /// Returns the longest role at the start of a text, with the number of bytes it takes.
    pub(super) fn role_at(&self, first: &str, text: &str) -> Option<(&Role, usize)> {
        self.roles.at(first, text)
    }
}
