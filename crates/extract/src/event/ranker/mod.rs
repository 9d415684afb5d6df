//! Which relation holds between two parties of a sentence: a log-linear model over the words and the tree between them, the
//! votes of the frames, and word vectors.
//!
//! The frames of the codebook are exact where they fit and silent elsewhere. The ranker always answers, with a
//! probability: it says how sure a frame's event is, and what an act is that no frame knows.
//!
//! The weights are `model/events.weights` and `model/words.vectors`: `cargo xtask train-events` makes them.

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

/// Answers there are: the types of PLOVER, and that nothing of the kind holds.
pub(crate) const N_CLASSES: usize = PloverType::ALL.len() + 1;

/// The class of *nothing holds*.
pub(crate) const NOTHING: usize = PloverType::ALL.len();

/// Two parties of a text, of whom it is asked what one does to the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair<'a> {
    pub(crate) codebook: &'a Codebook,
    pub(crate) analysis: &'a Analysis<'a>,
    /// The words of the one who acts; `None` where nobody is named.
    pub(crate) source: Option<Span>,
    /// The words of the one acted on.
    pub(crate) target: Option<Span>,
    /// A word of the clause that is asked about, where neither is named.
    pub(crate) at: usize,
    pub(crate) votes: &'a [Vote],
}

/// What a frame says of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Vote {
    pub(crate) kind: PloverType,
    pub(crate) negative: bool,
    /// The act is still to come, or only possible.
    pub(crate) ahead: bool,
    /// How many of the two parties are those of the event.
    pub(crate) shared: u8,
}

impl<'a> Pair<'a> {
    /// The head of a party: its word whose own head stands outside.
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

/// How probable each answer is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ranking {
    /// By the order of [`PloverType::ALL`], then [`NOTHING`]; they add up to one.
    pub(crate) probabilities: [f32; N_CLASSES],
}

impl Ranking {
    /// How probable a type is.
    pub(crate) fn of(&self, kind: PloverType) -> f32 {
        self.probabilities[class_of(kind)]
    }

    /// The most probable type among some, with its probability.
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

/// The class of a type.
pub(crate) fn class_of(kind: PloverType) -> usize {
    PloverType::ALL.iter().position(|one| *one == kind).unwrap_or(NOTHING)
}

/// Ranks with the compiled-in weights.
pub(crate) fn rank(pair: &Pair<'_>, features: &mut Features) -> Ranking {
    features.fill(pair);
    weights::compiled_in().rank(features)
}
