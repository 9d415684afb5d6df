//! Which reading of a word is a statement, if any: a log-linear model over the tree around it.
//!
//! A word with several candidates takes the one of the highest score, or none if no score is above zero. Scores are sums of
//! small integers, so the same text gives the same statements on every machine. The weights are
//! `model/statements.weights`: `cargo xtask train-statements` makes them from annotated articles.

mod features;
#[cfg(feature = "train")]
pub(crate) mod train;

pub(crate) use features::{Context, Values};

use crate::linear::Weights;

/// Buckets features are hashed into.
const BUCKETS: usize = 1 << 18;

/// A weight a bucket.
static WEIGHTS: Weights<BUCKETS> =
    Weights::new(include_bytes!("../../../model/statements.weights"));

/// The score of a candidate; above zero it is more likely a statement than not.
pub(crate) fn score(features: &[u32]) -> i32 {
    features.iter().map(|&bucket| WEIGHTS.of(bucket)).sum()
}
