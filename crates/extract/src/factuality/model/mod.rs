//! How real an act is, as a number: a linear model over its clause and the clauses that embed it.
//!
//! From -3, certainly not so, to 3, certainly so. The weights are `model/factuality.weights`, made by
//! `cargo xtask train-factuality` from sentences people judged; the sum is of small integers, so the same text gives the
//! same number on every machine.

mod features;
#[cfg(feature = "train")]
pub(crate) mod train;

pub(crate) use features::features;

/// Buckets features are hashed into.
pub(crate) const BUCKETS: usize = 1 << 17;

/// A weight a bucket.
pub(crate) static WEIGHTS: &[u8; BUCKETS] = include_bytes!("../../../model/factuality.weights");

/// Steps of the weights in a unit of the score.
pub(crate) const STEPS: i32 = 96;

/// The sum of weights: a score in [`STEPS`].
pub(crate) fn score(weights: &[u8], features: &[u32]) -> i32 {
    features.iter().map(|&at| i32::from(weights[at as usize].cast_signed())).sum()
}
