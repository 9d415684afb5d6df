//! Chunks and their kinds.

use dateline_lexicon::names::{Named, Role};
use dateline_nlp::NameKind;

/// Run of tokens with a meaning of its own.
#[derive(Debug, Clone, Copy)]
pub(in crate::entity) struct Chunk<'l> {
    pub(in crate::entity) first: u32,
    pub(in crate::entity) last: u32,
    pub(in crate::entity) part: Part<'l>,
}

/// Kind of a chunk.
#[derive(Debug, Clone, Copy)]
pub(in crate::entity) enum Part<'l> {
    /// Name in the lexicon.
    Known(Named),
    /// Name that only the tagger saw.
    Name(NameKind),
    Role(&'l Role),
}
