//! The neural network that tags, parses, and finds names and triggers of events.
//!
//! Each token becomes a vector of [`WIDTH`] numbers: the sum of its embeddings ([`features`]), followed by [`LAYERS`] convolutions
//! over the token and its two neighbors. One linear layer predicts the part of speech, another the names ([`names`]). The parser
//! ([`transition`]) builds the tree from left to right; each step looks at ten positions of its state, whose contributions to
//! the hidden layer are computed once for each token. Words that may tell an event are scored once the tree is known ([`triggers`]).
//!
//! Inference runs on integers ([`kernel`]) with compiled-in weights ([`weights`]), which [`train`] produces.

pub(crate) mod features;
pub(crate) mod kernel;
mod machine;
pub(crate) mod names;
mod predict;
#[cfg(feature = "train")]
pub mod train;
pub(crate) mod transition;
pub(crate) mod triggers;
pub(crate) mod weights;

pub(crate) use predict::Predictor;

/// Returns the index of the greatest score; the first of equal ones. Two passes without branches beat one with them.
#[expect(clippy::inline_always, reason = "compiled for the vector instructions of its callers")]
#[inline(always)]
fn first_best(scores: &[i32]) -> usize {
    let best = scores.iter().fold(i32::MIN, |best, &score| best.max(score));
    scores.iter().position(|&score| score == best).unwrap_or(0)
}

/// Size of a token vector.
pub(crate) const WIDTH: usize = 96;

/// Number of convolutions.
pub(crate) const LAYERS: usize = 4;

/// Units of the parser's hidden layer.
pub(crate) const HIDDEN: usize = 160;
