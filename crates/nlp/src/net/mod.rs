//! The network that tags, parses and finds names.
//!
//! Each token becomes [`WIDTH`] numbers: the sum of its rows in a table ([`features`]), then [`LAYERS`] convolutions over
//! a token and its two neighbors. A linear layer reads off the part of speech, another the names ([`names`]). The parser
//! ([`transition`]) builds the tree left to right; each step looks at ten places of its state, whose shares in the hidden
//! layer are computed once a token.
//!
//! All of it runs on integers ([`kernel`]), from weights that are compiled in ([`weights`]); [`train`] makes them.

pub(crate) mod features;
pub(crate) mod kernel;
pub(crate) mod names;
mod predict;
#[cfg(feature = "train")]
pub mod train;
pub(crate) mod transition;
pub(crate) mod weights;

pub(crate) use predict::Predictor;

/// The place of the greatest score, the first of equals.
fn first_best<T: PartialOrd>(scores: &[T]) -> usize {
    let mut best = 0;
    for (index, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = index;
        }
    }
    best
}

/// How many numbers stand for a token.
pub(crate) const WIDTH: usize = 64;

/// How many convolutions there are.
pub(crate) const LAYERS: usize = 4;

/// How many units the parser's hidden layer has.
pub(crate) const HIDDEN: usize = 128;
