//! Training of the weights: ridge regression over judged sentences.

use dateline_nlp::Token;

use super::{BUCKETS, STEPS, WEIGHTS, features};
use crate::{
    clause,
    factuality::{self, negation, situation},
    linear::quantized,
};

/// Word with a judgment of its factuality.
#[derive(Debug, Clone)]
pub struct Judged {
    features: Vec<u32>,
    /// Features where only the reading of the rules is known.
    coarse: Vec<u32>,
    /// Judgment, from -3 to 3.
    pub factuality: f32,
    /// Weight of the example.
    pub weight: f32,
}

impl Judged {
    /// Reads the features of a word, with the number it should get.
    pub fn new(word: Token<'_>, factuality: f32, weight: f32) -> Self {
        let reality = factuality::read(word, None);
        let (mut all, mut coarse) = (Vec::new(), Vec::new());
        features::features(word, reality, |at| all.push(at));
        features::coarse(reality, |at| coarse.push(at));
        Self { features: all, coarse, factuality, weight }
    }

    /// Returns the number given by some weights, or by the compiled-in ones.
    #[expect(clippy::cast_precision_loss, reason = "sums of bytes are far below 2^24")]
    pub fn predict(&self, weights: Option<&[u8]>) -> f32 {
        let weights = weights.unwrap_or(WEIGHTS.bytes());
        let weight = |&at: &u32| i32::from(weights[at as usize].cast_signed());
        let sum: i32 = self.features.iter().map(weight).sum();
        (sum as f32 / STEPS as f32).clamp(-3.0, 3.0)
    }
}

/// Returns true if a word is negated in its own clause.
pub fn is_negated(word: Token<'_>) -> bool {
    negation::of(word).is_some()
        || negation::semi_modal(word).is_some_and(|verb| negation::of(verb).is_some())
}

/// Returns true if the clause of a word has a modal other than *will*.
pub fn has_modal(word: Token<'_>) -> bool {
    if let Some(verb) = negation::semi_modal(word) {
        return clause::is(verb, "have") || has_modal(verb);
    }
    !matches!(situation::of(word).modal, "" | "will")
}

/// Settings of training.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Maximum number of steps.
    pub n_steps: u16,
    /// Strength of the pull of the weights toward zero.
    pub ridge: f32,
}

/// Trains on judged words and returns the weights, one byte for each bucket.
pub fn train<'j>(judged: &[&'j Judged], settings: Settings) -> Vec<u8> {
    let rows = |of: fn(&'j Judged) -> &'j [u32]| -> Vec<JudgedRow<'j>> {
        let row = |one: &&'j Judged| JudgedRow {
            features: of(one),
            weight: one.weight,
            value: one.factuality,
        };
        judged.iter().map(row).collect()
    };
    let fine = solve(&rows(|one| &one.features), settings);
    let coarse = solve(&rows(|one| &one.coarse), settings);
    fine.iter().zip(&coarse).map(|(fine, coarse)| byte_of(fine + coarse)).collect()
}

/// Judged word as the solver sees it.
struct JudgedRow<'j> {
    features: &'j [u32],
    weight: f32,
    value: f32,
}

/// Returns the weights of least squared error and length, by conjugate gradients on the normal equations.
fn solve(rows: &[JudgedRow<'_>], settings: Settings) -> Vec<f32> {
    let mut weights = vec![0.0_f32; BUCKETS];
    // Residual errors, summed for each bucket.
    let mut residual = vec![0.0_f32; BUCKETS];
    for row in rows {
        for &at in row.features {
            residual[at as usize] += row.weight * row.value;
        }
    }
    let mut direction = residual.clone();
    let mut length = dot(&residual, &residual);
    let mut image = vec![0.0_f32; BUCKETS];
    for _ in 0..settings.n_steps {
        for (image, direction) in image.iter_mut().zip(&direction) {
            *image = settings.ridge * direction;
        }
        for row in rows {
            let sum: f32 = row.features.iter().map(|&at| direction[at as usize]).sum();
            for &at in row.features {
                image[at as usize] += row.weight * sum;
            }
        }
        let along = dot(&direction, &image);
        if along <= 0.0 {
            break;
        }
        let step = length / along;
        for (weight, direction) in weights.iter_mut().zip(&direction) {
            *weight += step * direction;
        }
        for (residual, image) in residual.iter_mut().zip(&image) {
            *residual -= step * image;
        }
        let next = dot(&residual, &residual);
        for (direction, residual) in direction.iter_mut().zip(&residual) {
            *direction = residual + next / length * *direction;
        }
        length = next;
    }
    weights
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[expect(clippy::cast_precision_loss, reason = "STEPS is small")]
fn byte_of(weight: f32) -> u8 {
    quantized(weight, STEPS as f32).cast_unsigned()
}
