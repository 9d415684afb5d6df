//! The user's own actors: names before the lexicon's, nouns before its roles.
//!
//! What the lexicon knows of a noun apart from its sectors stays: *critic* is still somebody who is against another.

use dateline_lexicon::names::{Role, Roles};
use dateline_nlp::Token;

use crate::actors::{Actor, ActorIdx, Actors};

/// The user's list of actors, with a role for each of its nouns.
#[derive(Debug, Default)]
pub(crate) struct Own {
    actors: Actors,
    /// Role of each agent of the list.
    roles: Vec<Role>,
}

impl Own {
    pub(in crate::entity) fn new(actors: Actors, listed: &Roles) -> Self {
        let role = |noun: &str, sectors: &[dateline_core::codes::Sector]| {
            let sectors: Vec<&str> = sectors.iter().map(|sector| sector.as_str()).collect();
            listed.of(noun).with_sectors(sectors.join(" "))
        };
        let roles = actors.agents().iter().map(|agent| role(&agent.noun, &agent.sectors)).collect();
        Self { actors, roles }
    }

    pub(in crate::entity) fn is_empty(&self) -> bool {
        self.actors.is_empty()
    }

    pub(in crate::entity) fn actor(&self, idx: ActorIdx) -> &Actor {
        self.actors.actor(idx)
    }

    /// Returns the actor with exactly this name.
    pub(in crate::entity) fn named(&self, name: &str) -> Option<ActorIdx> {
        let first = name.split(|c: char| !c.is_alphanumeric()).next()?;
        let (idx, length) = self.actors.name_at(first, name)?;
        (length == name.len()).then_some(idx)
    }

    /// Returns the longest role at the start of a text, with the number of bytes it takes.
    pub(in crate::entity) fn role_at(&self, first: &str, text: &str) -> Option<(&Role, usize)> {
        let (idx, length) = self.actors.noun_at(first, text)?;
        Some((&self.roles[idx.index()], length))
    }

    /// Returns the actor whose name starts at a token, with the number of bytes the name takes.
    pub(in crate::entity) fn name_at(&self, token: Token<'_>) -> Option<(&Actor, usize)> {
        let text = token.analysis().text();
        let (idx, length) = self.actors.name_at(token.text(), &text[token.span().start()..])?;
        Some((self.actor(idx), length))
    }
}
