//! Who and where: mentions, the entities they belong to, and their codes.

use dateline_core::{
    EntityKind, Form,
    codes::{Country, Sector},
};
use dateline_nlp::{Span, TokenIdx};

use crate::{reading::Reading, time::TimeExpression};

/// Counts the entities of a document from 0, in the order of their first mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct EntityIdx(pub(crate) u32);

/// An entity with all its mentions.
#[derive(Debug, Clone)]
pub(crate) struct EntityDraft {
    pub(crate) name: String,
    pub(crate) kind: EntityKind,
    pub(crate) country: Option<Country>,
    /// PLOVER's code in a country's place: `EUR`, `UNO`, or `IGO` and a short name.
    pub(crate) international: Option<String>,
    pub(crate) sectors: Vec<Sector>,
    pub(crate) titles: Vec<String>,
    /// In the order of the text.
    pub(crate) mentions: Vec<MentionDraft>,
}

/// One place where the text speaks of an entity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MentionDraft {
    pub(crate) span: Span,
    /// The token the rest of the mention hangs on.
    pub(crate) head: TokenIdx,
    pub(crate) form: Form,
}

/// The entities of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entities {
    list: Vec<EntityDraft>,
    /// For each token that heads a mention, its entity.
    by_head: Vec<Option<EntityIdx>>,
}

impl Entities {
    /// All of them, by first mention.
    pub(crate) fn list(&self) -> &[EntityDraft] {
        &self.list
    }

    /// The entity at an index.
    pub(crate) fn get(&self, idx: EntityIdx) -> &EntityDraft {
        &self.list[idx.0 as usize]
    }

    /// The entity a token speaks of, where the token heads a mention.
    pub(crate) fn headed_by(&self, token: TokenIdx) -> Option<EntityIdx> {
        self.by_head.get(token.index()).copied().flatten()
    }
}

/// Finds the mentions of a document and gathers them into entities.
pub(crate) fn read(_reading: Reading<'_>, _times: &[TimeExpression]) -> Entities {
    Entities::default()
}
