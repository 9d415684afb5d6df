//! Entities and mentions before they are printed.

use dateline_core::{
    EntityKind, Form, Link,
    codes::{Country, Sector},
};
use dateline_nlp::{Span, TokenIdx};

/// Index of an entity in its document, from 0, in order of first mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct EntityIdx(pub(crate) u32);

/// Entity with all its mentions.
#[derive(Debug, Clone)]
pub(crate) struct EntityDraft {
    pub(crate) name: String,
    pub(crate) kind: EntityKind,
    pub(crate) country: Option<Country>,
    /// PLOVER's international code, used in place of a country: `EUR`, `UNO`, or `IGO` and a short name.
    pub(crate) international: Option<String>,
    pub(crate) sectors: Vec<Sector>,
    pub(crate) titles: Vec<String>,
    /// Identity outside the text, if the lexicon knows it.
    pub(crate) link: Option<Link>,
    /// Facts that the text implies and does not tell.
    pub(crate) inferred: Inferred,
    /// Mentions in text order.
    pub(crate) mentions: Vec<MentionDraft>,
}

impl EntityDraft {
    /// Returns the mentions within a span, in text order.
    pub(crate) fn mentions_in(&self, span: Span) -> impl Iterator<Item = &MentionDraft> {
        self.mentions.iter().filter(move |mention| span.contains(mention.span))
    }
}

/// Facts that are inferred about an actor.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Inferred {
    /// Country that it probably belongs to, with the nearest words that name the country or somebody of it.
    pub(crate) home: Option<(Country, Span)>,
    pub(crate) sector: Option<Sector>,
}

/// Place where the text mentions an entity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MentionDraft {
    pub(crate) span: Span,
    /// Head of the mention in the dependency tree.
    pub(crate) head: TokenIdx,
    pub(crate) form: Form,
}
