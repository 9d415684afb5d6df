//! Makes the weights: least squares over judged sentences, by gradient steps of fading size.

use dateline_nlp::Token;

use super::{BUCKETS, STEPS, WEIGHTS, features};
use crate::{
    clause,
    factuality::{self, negation, situation},
};

/// A judged word.
#[derive(Debug, Clone)]
pub struct Judged {
    features: Vec<u32>,
    /// What is seen where only the rules are asked.
    coarse: Vec<u32>,
    /// From -3 to 3.
    pub factuality: f32,
    /// How much it counts.
    pub weight: f32,
}

impl Judged {
    /// What the model sees of a word, with the number it should give.
    pub fn new(word: Token<'_>, factuality: f32, weight: f32) -> Self {
        let reality = factuality::read(word, None);
        let (mut all, mut coarse) = (Vec::new(), Vec::new());
        features::features(word, reality, |at| all.push(at));
        features::coarse(reality, |at| coarse.push(at));
        Self { features: all, coarse, factuality, weight }
    }

    /// The number weights give, or the compiled-in ones.
    #[expect(clippy::cast_precision_loss, reason = "sums of bytes are far below 2^24")]
    pub fn predict(&self, weights: Option<&[u8]>) -> f32 {
        let weights = weights.unwrap_or(WEIGHTS);
        let weight = |&at: &u32| i32::from(weights[at as usize].cast_signed());
        let sum: i32 = self.features.iter().map(weight).sum();
        (sum as f32 / STEPS as f32).clamp(-3.0, 3.0)
    }
}

/// Whether a word is negated in its own clause.
pub fn is_negated(word: Token<'_>) -> bool {
    negation::of(word).is_some()
        || negation::semi_modal(word).is_some_and(|verb| negation::of(verb).is_some())
}

/// Whether the clause of a word has a modal other than that of the future.
pub fn has_modal(word: Token<'_>) -> bool {
    if let Some(verb) = negation::semi_modal(word) {
        return clause::is(verb, "have") || has_modal(verb);
    }
    !matches!(situation::of(word).modal, "" | "will")
}

/// How training goes.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Passes over the examples.
    pub n_epochs: u16,
    /// Size of the first steps.
    pub step: f32,
    /// Pull of the weights towards zero.
    pub decay: f32,
}

/// Trains on judged words and gives the weights, a byte a bucket.
///
/// # Panics
///
/// Never: the numbers it converts are below lengths of lists.
pub fn train(judged: &[&Judged], settings: Settings) -> Vec<u8> {
    let mut weights = vec![0_f32; BUCKETS];
    let mut squares = vec![1e-6_f32; BUCKETS];
    let mut sums = vec![0_f32; BUCKETS];
    let mut order: Vec<usize> = (0..judged.len()).collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..settings.n_epochs {
        // Fisher and Yates, with Marsaglia's xorshift.
        for at in (1..order.len()).rev() {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let other = usize::try_from(state % (at as u64 + 1)).expect("below a length");
            order.swap(at, other);
        }
        for &at in &order {
            let one = judged[at];
            step(&one.features, one, settings, &mut weights, &mut squares);
            step(&one.coarse, one, settings, &mut weights, &mut squares);
        }
        for (sum, weight) in sums.iter_mut().zip(&weights) {
            *sum += weight;
        }
    }
    // The mean over passes is steadier than the last.
    sums.iter().map(|sum| byte_of(sum / f32::from(settings.n_epochs))).collect()
}

fn step(
    features: &[u32],
    one: &Judged,
    settings: Settings,
    weights: &mut [f32],
    squares: &mut [f32],
) {
    let sum: f32 = features.iter().map(|&at| weights[at as usize]).sum();
    // An error beyond a bound counts as much as one at it: some judgments are slips.
    let error = (sum - one.factuality).clamp(-1.5, 1.5) * one.weight;
    for &at in features {
        let at = at as usize;
        let slope = error + settings.decay * weights[at];
        squares[at] += slope * slope;
        weights[at] -= settings.step * slope / squares[at].sqrt();
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the range was cut down")]
#[expect(clippy::cast_precision_loss, reason = "STEPS is small")]
fn byte_of(weight: f32) -> u8 {
    ((weight * STEPS as f32).round().clamp(-127.0, 127.0) as i8).cast_unsigned()
}
