//! Training: the network in floating point, its gradients, and quantization.
//!
//! Behind the feature `train`. Training is seeded: the same examples give the same weights, because each batch is divided among the
//! threads and summed in a fixed order.
#![expect(clippy::cast_precision_loss, reason = "counts here are far below what a float holds")]

mod adam;
mod batch;
mod encode;
mod matrix;
mod moves;
mod parameters;
mod random;

use std::collections::BTreeMap;

pub use super::names::NameTag;
use super::{
    features::{self, Scratch, Vocabulary},
    weights::Weights,
};
use crate::tags::{Deprel, Upos, Xpos};
use adam::Adam;
use batch::Prepared;
use parameters::{Gradients, Parameters};
use random::Random;

/// A training sentence. Annotation that is missing is `None` and does not contribute to the loss.
#[derive(Debug, Clone, Default)]
pub struct Example {
    /// Tokens, as written.
    pub words: Vec<String>,
    /// Parts of speech.
    pub tags: Option<Vec<(Upos, Xpos)>>,
    /// Head of each token (the number of tokens stands for the root) and its relation to it.
    pub tree: Option<(Vec<u32>, Vec<Deprel>)>,
    /// Names.
    pub names: Option<Vec<NameTag>>,
}

/// Word vectors that training starts from. They are folded into the weights at the end.
#[derive(Debug, Clone)]
pub struct Vectors {
    /// Folded words, in the order of the rows.
    pub words: Vec<String>,
    /// Length of a row.
    pub dimensions: usize,
    /// All rows, concatenated. A value of 25 is about one standard deviation.
    pub numbers: Vec<i8>,
}

/// Settings of the training.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Seed of the random numbers.
    pub seed: u64,
    /// Number of passes over the examples.
    pub n_epochs: usize,
    /// Maximum step size, which decays to zero along half a cosine.
    pub step: f32,
}

/// Result of one epoch.
#[derive(Debug, Clone, Copy, Default)]
pub struct Progress {
    /// Mean loss for each token of the tagger, the parser and the names.
    pub losses: [f32; 3],
    /// Number of the epoch, from 0.
    pub epoch: usize,
}

/// Folds a word as in the vocabulary.
pub fn fold(word: &str) -> String {
    features::fold(word)
}

/// Trains the network and returns the weights file. `watch` is called after each epoch.
///
/// # Panics
///
/// If the tree of an example does not have one head for each word.
pub fn train(
    examples: &[Example],
    vectors: &Vectors,
    settings: Settings,
    watch: &mut dyn FnMut(Progress),
) -> Vec<u8> {
    let plan = Plan::new(examples, vectors);
    let mut random = Random::new(settings.seed);
    let mut parameters = Parameters::new(&plan, &mut random);
    let mut adam = Adam::new(&parameters);
    let prepared: Vec<Prepared<'_>> =
        examples.iter().map(|example| Prepared::new(example, &plan)).collect();
    let mut gradients = [Gradients::new(&parameters), Gradients::new(&parameters)];
    let mut order: Vec<usize> = (0..prepared.len()).collect();
    let n_tokens: usize = prepared.iter().map(Prepared::len).sum();
    let (mut seen, all) = (0, n_tokens * settings.n_epochs);
    for epoch in 0..settings.n_epochs {
        random.shuffle(&mut order);
        let mut sums = [(0.0, 0); 3];
        let mut at = 0;
        while at < order.len() {
            let mut halves: [Vec<&Prepared<'_>>; 2] = [Vec::new(), Vec::new()];
            let mut size = 0;
            while at < order.len() && size < batch::TOKENS {
                let example = &prepared[order[at]];
                size += example.len();
                halves[usize::from(size > batch::TOKENS / 2)].push(example);
                at += 1;
            }
            let seeds = [random.next(), random.next()];
            let parameters_now = &parameters;
            let plan = &plan;
            let losses: Vec<[(f32, usize); 3]> = std::thread::scope(|scope| {
                let workers: Vec<_> = halves
                    .iter()
                    .zip(gradients.iter_mut())
                    .zip(seeds)
                    .map(|((half, gradients), seed)| {
                        scope.spawn(move || {
                            batch::learn(
                                parameters_now,
                                plan,
                                half,
                                epoch,
                                &mut Random::new(seed),
                                gradients,
                            )
                        })
                    })
                    .collect();
                workers
                    .into_iter()
                    .map(|worker| worker.join().expect("a worker only computes"))
                    .collect()
            });
            for half in losses {
                for (sum, (loss, count)) in sums.iter_mut().zip(half) {
                    *sum = (sum.0 + loss, sum.1 + count);
                }
            }
            seen += size;
            let done = seen as f32 / all as f32;
            let warm = (done * 100.0).min(1.0);
            let rate =
                settings.step * warm * 0.5 * (1.0 + (std::f32::consts::PI * done.min(1.0)).cos());
            let [first, second] = &mut gradients;
            first.add(second);
            adam.step(&mut parameters, first, rate.max(settings.step * 0.002));
            first.clear();
        }
        let losses = sums.map(|(loss, count)| loss / count.max(1) as f32);
        watch(Progress { losses, epoch });
    }
    export(&parameters, &plan).write()
}

/// Constants of the training: vocabulary, tag set and word vectors.
#[derive(Debug)]
struct Plan {
    words: Vec<String>,
    vocabulary: Vocabulary,
    /// Number of occurrences of each vocabulary word in the examples; row 0 is for unknown words.
    counts: Vec<u32>,
    tags: Vec<(Upos, Xpos)>,
    dimensions: usize,
    /// Word vector for each row of the vocabulary; zeros if there is none.
    vectors: Vec<f32>,
}

impl Plan {
    fn new(examples: &[Example], vectors: &Vectors) -> Self {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        let mut tag_counts: BTreeMap<(Upos, Xpos), u32> = BTreeMap::new();
        for example in examples {
            for word in &example.words {
                *counts.entry(fold(word)).or_default() += 1;
            }
            for tag in example.tags.iter().flatten() {
                *tag_counts.entry(*tag).or_default() += 1;
            }
        }
        let rows: BTreeMap<&str, usize> =
            vectors.words.iter().enumerate().map(|(row, word)| (word.as_str(), row)).collect();
        let mut words: Vec<String> =
            counts.iter().filter(|(_, count)| **count >= 2).map(|(word, _)| word.clone()).collect();
        words.extend(vectors.words.iter().cloned());
        words.sort();
        words.dedup();
        let dimensions = vectors.dimensions;
        let mut table = vec![0.0; (words.len() + 1) * dimensions];
        for (line, word) in table.chunks_exact_mut(dimensions).skip(1).zip(&words) {
            if let Some(&row) = rows.get(word.as_str()) {
                let bytes = &vectors.numbers[row * dimensions..(row + 1) * dimensions];
                line.iter_mut()
                    .zip(bytes)
                    .for_each(|(number, &byte)| *number = f32::from(byte) / 25.0);
            }
        }
        let word_counts = [0]
            .into_iter()
            .chain(words.iter().map(|word| counts.get(word).copied().unwrap_or(0)))
            .collect();
        Self {
            vocabulary: Vocabulary::new(words.iter().map(String::as_str)),
            counts: word_counts,
            words,
            tags: tag_counts
                .into_iter()
                .filter(|(_, count)| *count >= 3)
                .map(|(tag, _)| tag)
                .collect(),
            dimensions,
            vectors: table,
        }
    }

    /// Index of a tag in the tag set. A tag too rare to be in it becomes the first with the same part of speech.
    fn tag(&self, tag: (Upos, Xpos)) -> usize {
        self.tags
            .binary_search(&tag)
            .ok()
            .or_else(|| self.tags.iter().position(|(upos, _)| *upos == tag.0))
            .unwrap_or(0)
    }

    fn rows(&self, word: &str, scratch: &mut Scratch) -> [u32; features::VIEWS] {
        features::rows(word, &self.vocabulary, scratch)
    }
}

/// Quantizes the trained network for the predictor.
fn export(parameters: &Parameters, plan: &Plan) -> Weights {
    Weights::quantize(&parameters.folded(plan), plan.words.clone(), plan.tags.clone())
}
