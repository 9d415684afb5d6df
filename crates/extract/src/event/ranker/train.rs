//! Training of the weights: maximum likelihood of the right answers, with all examples in each step.

use dateline_core::codes::PloverType;

use super::{
    Features, N_CLASSES, NOTHING, Weights, class_of,
    features::{BUCKETS, N_DENSE},
};
use crate::linear::shares;

/// Two parties with the relation between them.
#[derive(Debug, Clone)]
pub struct Example {
    pub(crate) features: Features,
    /// The right answers: one, or all that an annotation leaves open.
    right: [bool; N_CLASSES],
    /// Weight of the example.
    weight: f32,
}

impl Example {
    /// Makes an example. Any of the types is right; an empty list says that nothing holds.
    pub(crate) fn new(features: Features, right: &[PloverType], weight: f32) -> Self {
        let mut mask = [false; N_CLASSES];
        for kind in right {
            mask[class_of(*kind)] = true;
        }
        mask[NOTHING] = right.is_empty();
        Self { features, right: mask, weight }
    }

    /// Multiplies the weight of the example.
    #[must_use]
    pub fn times(mut self, factor: f32) -> Self {
        self.weight *= factor;
        self
    }

    /// Returns the probability of each type by a model, in the order of [`PloverType::ALL`], then that nothing holds.
    pub fn rank(&self, model: &Model) -> Vec<f32> {
        model.0.rank(&self.features).probabilities.to_vec()
    }
}

/// A trained ranker.
#[derive(Debug, Clone)]
pub struct Model(Weights);

impl Model {
    /// Returns the compiled-in model.
    pub fn compiled_in() -> Self {
        Self(super::weights::compiled_in().clone())
    }

    /// Returns the bytes of the weights file.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.write()
    }

    /// Returns the temperature, by which scores are divided.
    pub fn temperature(&self) -> f32 {
        self.0.temperature
    }

    /// Returns the same model with another temperature, to calibrate it on examples it was not trained on.
    #[must_use]
    pub fn with_temperature(mut self, temperature: f32) -> Self {
        self.0.temperature = temperature;
        self
    }

    /// Returns the temperature that fits the examples best, so that probabilities are shares of right answers.
    pub fn best_temperature(pairs: &[(&Self, &Example)]) -> f32 {
        let loss = |temperature: f32| -> f32 {
            let one = |(model, example): &(&Self, &Example)| {
                let mut weights = model.0.scores(&example.features);
                for score in &mut weights {
                    *score /= temperature;
                }
                -example.log_likelihood(&shares(weights))
            };
            pairs.iter().map(one).sum()
        };
        let steps = (4_u8..=60).map(|step| f32::from(step) / 20.0);
        steps
            .map(|one| (loss(one), one))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map_or(1.0, |(_, one)| one)
    }
}

impl Example {
    fn log_likelihood(&self, probabilities: &[f32; N_CLASSES]) -> f32 {
        let right: f32 = probabilities
            .iter()
            .zip(&self.right)
            .filter(|(_, right)| **right)
            .map(|(p, _)| p)
            .sum();
        libm::logf(right.max(1e-9))
    }
}

/// Settings of training.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Number of steps, each over all examples.
    pub n_steps: u16,
    /// Size of the first steps.
    pub step: f32,
    /// Strength of the pull of the weights toward zero.
    pub decay: f32,
}

/// Number of parameters: buckets, dense features and biases, each times the number of classes.
const N_PARAMETERS: usize = (BUCKETS + N_DENSE + 1) * N_CLASSES;
const DENSE_FROM: usize = BUCKETS * N_CLASSES;
const BIAS_FROM: usize = (BUCKETS + N_DENSE) * N_CLASSES;

/// Trains on examples.
pub fn train(examples: &[Example], settings: Settings) -> Model {
    let mut at = vec![0_f32; N_PARAMETERS];
    let (mut mean, mut square) = (vec![0_f32; N_PARAMETERS], vec![0_f32; N_PARAMETERS]);
    let mut slope = vec![0_f32; N_PARAMETERS];
    let total: f32 = examples.iter().map(|example| example.weight).sum();
    // Adam over all examples at once, with steps that shrink to zero.
    let (mut keep_mean, mut keep_square) = (1.0, 1.0);
    for step in 0..settings.n_steps {
        slope.fill(0.0);
        for example in examples {
            add_slope(example, &at, &mut slope);
        }
        keep_mean *= 0.9;
        keep_square *= 0.999;
        let size = settings.step * (1.0 - f32::from(step) / f32::from(settings.n_steps));
        for (number, parameter) in at.iter_mut().enumerate() {
            let pull = if number < BIAS_FROM { settings.decay * *parameter } else { 0.0 };
            let slope = (slope[number] + pull) / total;
            mean[number] = 0.9 * mean[number] + 0.1 * slope;
            square[number] = 0.999 * square[number] + 0.001 * slope * slope;
            let (mean, square) =
                (mean[number] / (1.0 - keep_mean), square[number] / (1.0 - keep_square));
            *parameter -= size * mean / (square.sqrt() + 1e-8);
        }
    }
    let mut bias = [0.0; N_CLASSES];
    bias.copy_from_slice(&at[BIAS_FROM..]);
    Model(Weights {
        sparse: at[..DENSE_FROM].iter().map(|weight| Weights::quantized(*weight)).collect(),
        dense: at[DENSE_FROM..BIAS_FROM].to_vec(),
        bias,
        temperature: 1.0,
    })
}

fn add_slope(example: &Example, at: &[f32], slope: &mut [f32]) {
    let features = &example.features;
    let mut scores = [0_f32; N_CLASSES];
    scores.copy_from_slice(&at[BIAS_FROM..]);
    let rows = || {
        let sparse = features
            .sparse
            .iter()
            .map(|&(bucket, tenths)| (usize::from(bucket) * N_CLASSES, f32::from(tenths) / 10.0));
        let dense = features
            .dense
            .iter()
            .enumerate()
            .map(|(number, value)| (DENSE_FROM + number * N_CLASSES, *value));
        sparse.chain(dense).chain([(BIAS_FROM, 1.0)])
    };
    for (from, value) in rows().filter(|(from, _)| *from != BIAS_FROM) {
        for (score, weight) in scores.iter_mut().zip(&at[from..]) {
            *score += value * weight;
        }
    }
    let probabilities = shares(scores);
    let right: f32 =
        probabilities.iter().zip(&example.right).filter(|(_, right)| **right).map(|(p, _)| p).sum();
    let mut wrong = probabilities;
    for ((wrong, probability), is_right) in wrong.iter_mut().zip(probabilities).zip(example.right) {
        if is_right {
            *wrong -= probability / right.max(1e-9);
        }
        *wrong *= example.weight;
    }
    for (from, value) in rows() {
        for (slope, wrong) in slope[from..].iter_mut().zip(wrong) {
            *slope += value * wrong;
        }
    }
}
