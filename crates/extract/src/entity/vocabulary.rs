//! The names and nouns the layer knows: the built-in lexicon, and the user's own list.

use dateline_lexicon::names::{Role, Roles};

use super::user::UserActors;
use crate::actors::Actors;

/// The built-in lexicon and the user's list.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    roles: Roles,
    user: UserActors,
}

impl Vocabulary {
    /// Loads the built-in lexicon, with an empty user's list.
    pub(crate) fn new() -> Self {
        Self { roles: Roles::new(), user: UserActors::default() }
    }

    /// Replaces the user's list.
    pub(crate) fn with_actors(mut self, actors: Actors) -> Self {
        self.user = UserActors::new(actors, &self.roles);
        self
    }

    /// Returns the user's list.
    pub(super) fn user(&self) -> &UserActors {
        &self.user
    }

    /// Returns the longest role of the lexicon that `text` starts with, and its length in bytes. `first` is the first
    /// word of the text.
    pub(super) fn role_at(&self, first: &str, text: &str) -> Option<(&Role, usize)> {
        self.roles.at(first, text)
    }
}
