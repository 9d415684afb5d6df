//! Choice among the candidates of a word: a log-linear model over the tree around it.
//!
//! A word takes the candidate with the highest score, or none if no score is above the threshold. `cargo xtask
//! train statements` makes the weights, `model/statements.weights`, from annotated articles.

mod features;
#[cfg(feature = "train")]
pub(crate) mod train;

pub(crate) use features::{Context, Values};

use crate::linear::Weights;

/// Number of buckets.
const BUCKETS: usize = 1 << 18;

/// The compiled-in weights.
static WEIGHTS: Weights<BUCKETS> =
    Weights::new(include_bytes!("../../../model/statements.weights"));

/// Returns the score of a candidate from its features.
pub(crate) fn score(features: &[u32]) -> i32 {
    features.iter().map(|&bucket| WEIGHTS.of(bucket)).sum()
}
