//! Relation between two parties of a sentence: a log-linear model over the words and the tree between them, the votes
//! of frames, and word vectors.
//!
//! Frames of the codebook are exact where they fit and silent elsewhere. The ranker always answers with a probability:
//! it gives the confidence of a frame's event, and the type of an act that no frame knows.
//!
//! `cargo xtask train events` makes the weights, `model/events.weights` and `model/words.vectors`.

mod features;
#[cfg(feature = "train")]
pub(crate) mod train;
pub(crate) mod vectors;
mod weights;

use dateline_core::codes::PloverType;
use dateline_nlp::{Analysis, Span, Token, Upos};

use super::codebook::Codebook;
use crate::clause;

pub(crate) use features::Features;
#[cfg(feature = "train")]
use weights::Weights;

/// Number of answers: the types of PLOVER, and that nothing holds.
pub(crate) const N_CLASSES: usize = PloverType::ALL.len() + 1;

/// Index of the answer that nothing holds.
pub(crate) const NOTHING: usize = PloverType::ALL.len();

/// Two parties of a text, whose relation is to be ranked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair<'a> {
    pub(crate) codebook: &'a Codebook,
    pub(crate) analysis: &'a Analysis<'a>,
    /// Words of the source; `None` if the source is not named.
    pub(crate) source: Option<Span>,
    /// Words of the target.
    pub(crate) target: Option<Span>,
    /// Byte of a word of the clause in question, if neither is named.
    pub(crate) at: usize,
    pub(crate) votes: &'a [Vote],
}

/// Vote of an event that a frame found in the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Vote {
    pub(crate) kind: PloverType,
    pub(crate) negative: bool,
    /// True if the act is still to come, or only possible.
    pub(crate) ahead: bool,
    /// Number of the two parties that are parties of the event.
    pub(crate) shared: u8,
}

impl<'a> Pair<'a> {
    /// Returns the head of a party: its word whose own head stands outside.
    fn head(&self, words: Option<Span>) -> Option<Token<'a>> {
        let words = words?;
        let inside = || clause::tokens_in(self.analysis, words);
        let outward = |token: &Token<'_>| {
            token.head().is_none_or(|head| {
                !(words.start() <= head.span().start() && head.span().start() < words.end())
            }) && !matches!(token.upos(), Upos::Punct | Upos::Det | Upos::Adp)
        };
        inside().find(outward).or_else(|| inside().next())
    }

    fn names(&self, token: Token<'_>) -> bool {
        let within = |span: Span| span.overlaps(token.span());
        self.source.is_some_and(within) || self.target.is_some_and(within)
    }
}

/// Probability of each answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ranking {
    /// In the order of [`PloverType::ALL`], then [`NOTHING`]; the sum is 1.
    pub(crate) probabilities: [f32; N_CLASSES],
}

impl Ranking {
    /// Returns the probability of a type.
    pub(crate) fn of(&self, kind: PloverType) -> f32 {
        self.probabilities[class_of(kind)]
    }

    /// Returns the most probable type among some, with its probability.
    pub(crate) fn best(&self, among: impl Fn(PloverType) -> bool) -> Option<(PloverType, f32)> {
        let mut best: Option<(PloverType, f32)> = None;
        for (&kind, &probability) in PloverType::ALL.iter().zip(&self.probabilities) {
            if among(kind) && best.is_none_or(|(_, other)| probability > other) {
                best = Some((kind, probability));
            }
        }
        best
    }
}

/// Returns the index of a type.
pub(crate) fn class_of(kind: PloverType) -> usize {
    PloverType::ALL.iter().position(|one| *one == kind).unwrap_or(NOTHING)
}

/// Ranks with the compiled-in weights.
pub(crate) fn rank(pair: &Pair<'_>, features: &mut Features) -> Ranking {
    features.fill(pair);
    weights::compiled_in().rank(features)
}
