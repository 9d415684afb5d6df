//! The user's list of actors, indexed for the lookups of this layer.

use dateline_lexicon::names::{Role, Roles};
use dateline_nlp::Token;

use crate::actors::{Actor, ActorIdx, Actors};

/// The user's list.
#[derive(Debug, Default)]
pub(super) struct UserActors {
    actors: Actors,
    /// Role of each agent in the list.
    roles: Vec<Role>,
}

impl UserActors {
    pub(super) fn new(actors: Actors, listed: &Roles) -> Self {
        let role = |noun: &str, sectors: &[dateline_core::codes::Sector]| {
            let sectors: Vec<&str> = sectors.iter().map(|sector| sector.as_str()).collect();
            listed.of(noun).with_sectors(sectors.join(" "))
        };
        let roles = actors.agents().iter().map(|agent| role(&agent.noun, &agent.sectors)).collect();
        Self { actors, roles }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.actors.is_empty()
    }

    pub(super) fn actor(&self, idx: ActorIdx) -> &Actor {
        self.actors.actor(idx)
    }

    /// Returns the actor with exactly this name.
    pub(super) fn named(&self, name: &str) -> Option<ActorIdx> {
        let first = name.split(|c: char| !c.is_alphanumeric()).next()?;
        let (idx, length) = self.actors.name_at(first, name)?;
        (length == name.len()).then_some(idx)
    }

    /// Returns the role that a text starts with, and its length in bytes.
    pub(super) fn role_at(&self, first: &str, text: &str) -> Option<(&Role, usize)> {
        let (idx, length) = self.actors.noun_at(first, text)?;
        Some((&self.roles[idx.index()], length))
    }

    /// Returns the actor whose name starts at a token, and the length of the name in bytes.
    pub(super) fn name_at(&self, token: Token<'_>) -> Option<(&Actor, usize)> {
        let text = token.analysis().text();
        let (idx, length) = self.actors.name_at(token.text(), &text[token.span().start()..])?;
        Some((self.actor(idx), length))
    }
}
