//! Weights of the ranker, and the sums that turn features into probabilities.

use std::sync::LazyLock;

use super::{
    Features, N_CLASSES, Ranking,
    features::{BUCKETS, N_DENSE},
};
use crate::linear::shares;

/// Values of 1 in the file, for sparse and other weights.
const SPARSE_ONE: f32 = 24.0;
const DENSE_ONE: f32 = 1024.0;

/// Weights of each class for buckets and dense features, biases, and the temperature.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    pub(super) sparse: Vec<i8>,
    pub(super) dense: Vec<f32>,
    pub(super) bias: [f32; N_CLASSES],
    /// Divisor of the scores, so that probabilities are shares of right answers on held-out data.
    pub(super) temperature: f32,
}

/// Returns the compiled-in weights.
pub(super) fn compiled_in() -> &'static Weights {
    static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
        Weights::read(include_bytes!("../../../model/events.weights"))
            .expect("model/events.weights is read by a test")
    });
    &WEIGHTS
}

impl Weights {
    /// Reads a weights file; `None` if its length is wrong.
    pub(crate) fn read(file: &[u8]) -> Option<Self> {
        let (sparse, rest) = file.split_at_checked(BUCKETS * N_CLASSES)?;
        if rest.len() != (N_DENSE * N_CLASSES + N_CLASSES + 1) * 2 {
            return None;
        }
        let mut numbers = rest
            .as_chunks::<2>()
            .0
            .iter()
            .map(|&bytes| f32::from(i16::from_le_bytes(bytes)) / DENSE_ONE);
        let dense = numbers.by_ref().take(N_DENSE * N_CLASSES).collect();
        let mut bias = [0.0; N_CLASSES];
        for (number, value) in bias.iter_mut().zip(&mut numbers) {
            *number = value;
        }
        let temperature = numbers.next()?;
        let sparse = sparse.iter().map(|byte| byte.cast_signed()).collect();
        Some(Self { sparse, dense, bias, temperature })
    }

    /// Returns the bytes that [`read`](Self::read) reads.
    #[cfg(feature = "train")]
    pub(super) fn write(&self) -> Vec<u8> {
        let mut file: Vec<u8> = self.sparse.iter().map(|weight| weight.cast_unsigned()).collect();
        for number in self.dense.iter().chain(&self.bias).chain([&self.temperature]) {
            #[expect(clippy::cast_possible_truncation, reason = "floats saturate")]
            let number = (number * DENSE_ONE).round() as i16;
            file.extend_from_slice(&number.to_le_bytes());
        }
        file
    }

    /// Returns a sparse weight as the file has it.
    #[cfg(feature = "train")]
    pub(super) fn quantized(weight: f32) -> i8 {
        #[expect(clippy::cast_possible_truncation, reason = "floats saturate")]
        let weight = (weight * SPARSE_ONE).round() as i8;
        weight
    }

    /// Returns the scores of the classes; higher is more probable.
    pub(super) fn scores(&self, features: &Features) -> [f32; N_CLASSES] {
        let mut sums = [0_i32; N_CLASSES];
        for &(bucket, tenths) in &features.sparse {
            let row = &self.sparse[usize::from(bucket) * N_CLASSES..][..N_CLASSES];
            for (sum, &weight) in sums.iter_mut().zip(row) {
                *sum += i32::from(weight) * i32::from(tenths);
            }
        }
        let mut scores = self.bias;
        for (score, sum) in scores.iter_mut().zip(sums) {
            #[expect(clippy::cast_precision_loss, reason = "sums of few small numbers")]
            let sum = sum as f32;
            *score += sum / (10.0 * SPARSE_ONE);
        }
        for (&value, row) in features.dense.iter().zip(self.dense.chunks_exact(N_CLASSES)) {
            for (score, &weight) in scores.iter_mut().zip(row) {
                *score += value * weight;
            }
        }
        scores
    }

    /// Returns the probability of each class.
    pub(crate) fn rank(&self, features: &Features) -> Ranking {
        let scores = self.scores(features).map(|score| score / self.temperature);
        Ranking { probabilities: shares(scores) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiled_in_weights_read() {
        let weights = compiled_in();
        assert!(weights.temperature > 0.1 && weights.temperature < 10.0);
        assert!(Weights::read(&[0; 100]).is_none());
    }
}
