//! Training: the network in floating point, its gradients, and quantization.
//!
//! Behind the feature `train`. Training is seeded: the same examples give the same weights, because each batch is divided among the
//! threads and summed in a fixed order. Sentences labelled by a larger model (silver) can join those labelled by people (gold), and
//! each sentence now and then comes in another guise (`variety`).
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts here are far below what a float holds"
)]

mod adam;
mod batch;
mod encode;
mod matrix;
mod moves;
mod parameters;
mod random;
#[cfg(test)]
mod tests;
mod triggers;
mod variety;

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

pub use super::names::NameTag;
use super::{
    features::{self, Scratch, Vocabulary},
    weights::Weights,
};
use crate::{
    tags::{Deprel, Upos, Xpos},
    triggers::TriggerLabels,
};
use adam::Adam;
use batch::Prepared;
use parameters::{Gradients, Parameters};
use random::Random;
pub use triggers::{Event, Trigger};

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
    /// Triggers of events. They are learned if there are tags and a tree as well.
    pub triggers: Option<Vec<Trigger>>,
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

/// Starting point of a training.
#[derive(Debug, Clone, Copy)]
pub enum Start<'a> {
    /// Word vectors, and random numbers.
    Vectors(&'a Vectors),
    /// A weights file, whose vocabulary and tags are kept. A network without triggers gets layers for them.
    Weights(&'a [u8]),
}

/// Sentences to learn from.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    /// Annotated by people.
    pub gold: Vec<Example>,
    /// Annotated by a larger model.
    pub silver: Vec<Example>,
    /// Annotated by people with triggers alone, and by a larger model with all else. Each pass has all of them.
    pub triggers: Vec<Example>,
    /// Types and statuses of events, in the order of their indices; `None` to train a network without triggers.
    pub labels: Option<TriggerLabels>,
}

/// Settings of the training.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Seed of the random numbers.
    pub seed: u64,
    /// End of the training.
    pub length: Length,
    /// Maximum step size. It is constant for the first quarter of the training, then decays to zero along half a cosine.
    pub step: f32,
    /// Silver tokens of each pass, as a multiple of the gold tokens. The passes take turns with the sentences.
    pub silver_share: f32,
    /// Weight of the loss of a silver sentence; that of a gold one is 1.
    pub silver_weight: f32,
    /// Last part of the training, from 0 to 1, that has gold sentences alone.
    pub gold_end: f32,
    /// Approximate number of tokens in a batch.
    pub batch: usize,
    /// Number of threads. It changes the order of additions and the random numbers, and so the weights.
    pub n_threads: usize,
}

/// End of the training.
#[derive(Debug, Clone, Copy)]
pub enum Length {
    /// After a number of passes over all gold sentences, each with its share of silver ones. The same seed gives the same weights.
    Passes(usize),
    /// After a time. The step size follows the clock, so no two runs give the same weights.
    Time(Duration),
}

/// Result of one pass.
#[derive(Debug, Clone, Copy, Default)]
pub struct Progress {
    /// Mean loss for each token of the tagger, the parser, the names and the types of triggers.
    pub losses: [f32; 4],
    /// Number of the pass, from 0.
    pub pass: usize,
    /// Number of tokens read so far, counted each time.
    pub n_tokens: usize,
    /// Part of the training that is done, from 0 to 1.
    pub done: f32,
}

/// Folds a word as in the vocabulary.
pub fn fold(word: &str) -> String {
    features::fold(word)
}

/// Trains the network and returns the weights file. `watch` is called after each pass, with the weights so far.
///
/// # Panics
///
/// If the annotation of an example does not have one entry for each word, there is no gold example, or the network to start from has
/// other labels of triggers.
pub fn train(
    corpus: &Corpus,
    start: Start<'_>,
    settings: Settings,
    watch: &mut dyn FnMut(Progress, &[u8]),
) -> Vec<u8> {
    let mut random = Random::new(settings.seed);
    let (plan, mut parameters) = begin(corpus, start, &mut random);
    let mut adam = Adam::new(&parameters);
    let prepare = |examples: &'_ [Example], weight: f32| -> Vec<Prepared> {
        examples.iter().map(|example| Prepared::new(example.clone(), weight, &plan)).collect()
    };
    let mut gold = prepare(&corpus.gold, 1.0);
    let mut silver = Rotation::new(prepare(&corpus.silver, settings.silver_weight));
    let n_gold: usize = gold.iter().map(Prepared::len).sum();
    let triggers = corpus.triggers.iter().map(|example| {
        Prepared::new(example.clone(), settings.silver_weight, &plan).with_trigger_weight(1.0)
    });
    gold.extend(triggers);
    let n_silver = (n_gold as f32 * settings.silver_share) as usize;
    let mut gradients: Vec<_> =
        (0..settings.n_threads.max(1)).map(|_| Gradients::new(&parameters)).collect();
    let clock = Clock::new(settings.length);
    let mut progress = Progress::default();
    while progress.done < 1.0 {
        let is_mixed = progress.done < 1.0 - settings.gold_end;
        let chosen = silver.next(if is_mixed { n_silver } else { 0 }, &mut random);
        let mut examples: Vec<&Prepared> = gold.iter().chain(chosen).collect();
        random.shuffle(&mut examples);
        let n_pass: usize = examples.iter().map(|example| example.len()).sum();
        let mut sums = [(0.0, 0); 4];
        let (mut rest, mut n_done) = (&examples[..], 0);
        while !rest.is_empty() && progress.done < 1.0 {
            let (parts, size) = batch::cut(&mut rest, settings.batch, gradients.len());
            let now = Step { parameters: &parameters, plan: &plan, n_tokens: progress.n_tokens };
            for part in learn(now, &parts, &mut random, &mut gradients) {
                for (sum, (loss, count)) in sums.iter_mut().zip(part) {
                    *sum = (sum.0 + loss, sum.1 + count);
                }
            }
            progress.n_tokens += size;
            n_done += size;
            progress.done = clock.done(progress.pass, n_done as f32 / n_pass as f32);
            let (first, others) = gradients.split_at_mut(1);
            for other in others {
                first[0].add(other);
            }
            adam.step(&mut parameters, &first[0], settings.step * rate(&progress));
            first[0].clear();
        }
        progress.losses = sums.map(|(loss, count)| loss / count.max(1) as f32);
        watch(progress, &export(&parameters, &plan).write());
        progress.pass += 1;
    }
    export(&parameters, &plan).write()
}

/// Returns the constants and the parameters at the start of a training.
fn begin(corpus: &Corpus, start: Start<'_>, random: &mut Random) -> (Plan, Parameters) {
    match start {
        Start::Vectors(vectors) => {
            let plan = Plan::new(corpus, vectors);
            let parameters = Parameters::new(&plan, random);
            (plan, parameters)
        }
        Start::Weights(bytes) => {
            let weights = Weights::read(bytes);
            let plan = Plan::of_weights(corpus, &weights);
            let mut parameters = Parameters::new(&plan, random);
            let floats = weights.floats();
            if let Some((labels, ..)) = &floats.triggers {
                assert_eq!(plan.labels.as_ref(), Some(labels), "labels of triggers");
            }
            parameters.start_from(floats);
            (plan, parameters)
        }
    }
}

/// Tokens over which the step size rises to its maximum.
const WARM: f32 = 100_000.0;

/// First part of the training without decay of the step size.
const STEADY: f32 = 0.25;

/// Returns the step size as a part of its maximum.
fn rate(progress: &Progress) -> f32 {
    let warm = (progress.n_tokens as f32 / WARM).min(1.0);
    let decayed = ((progress.done - STEADY) / (1.0 - STEADY)).clamp(0.0, 1.0);
    let cosine = 0.5 * (1.0 + (std::f32::consts::PI * decayed).cos());
    warm * cosine.max(0.002)
}

/// State of the training at the start of a batch.
#[derive(Debug, Clone, Copy)]
struct Step<'a> {
    parameters: &'a Parameters,
    plan: &'a Plan,
    n_tokens: usize,
}

/// Adds the gradients of each part of a batch, one thread for each, and returns losses and counts.
fn learn(
    step: Step<'_>,
    parts: &[&[&Prepared]],
    random: &mut Random,
    gradients: &mut [Gradients],
) -> Vec<[(f32, usize); 4]> {
    let seeds: Vec<u64> = parts.iter().map(|_| random.next()).collect();
    std::thread::scope(|scope| {
        let workers: Vec<_> = parts
            .iter()
            .zip(gradients)
            .zip(seeds)
            .map(|((part, gradients), seed)| {
                scope.spawn(move || batch::learn(step, part, &mut Random::new(seed), gradients))
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().expect("a worker only computes")).collect()
    })
}

/// The silver sentences, in an order that changes each time all have been used.
#[derive(Debug)]
struct Rotation {
    examples: Vec<Prepared>,
    /// Indices still to be used, last first.
    order: Vec<usize>,
}

impl Rotation {
    fn new(examples: Vec<Prepared>) -> Self {
        Self { examples, order: Vec::new() }
    }

    /// Returns the next sentences, of about `n_tokens` tokens together.
    fn next(&mut self, n_tokens: usize, random: &mut Random) -> Vec<&Prepared> {
        let mut chosen = Vec::new();
        let mut size = 0;
        while size < n_tokens && !self.examples.is_empty() {
            if self.order.is_empty() {
                self.order.extend(0..self.examples.len());
                random.shuffle(&mut self.order);
            }
            let example = &self.examples[self.order.pop().expect("it was filled")];
            size += example.len().max(1);
            chosen.push(example);
        }
        chosen
    }
}

/// Tells how much of the training is done.
#[derive(Debug)]
struct Clock {
    length: Length,
    start: Instant,
}

impl Clock {
    #[expect(clippy::disallowed_methods, reason = "a limit of time needs a clock")]
    fn new(length: Length) -> Self {
        Self { length, start: Instant::now() }
    }

    /// Returns the part that is done, from 0 to 1, in a pass of which a part is done.
    fn done(&self, pass: usize, part: f32) -> f32 {
        let done = match self.length {
            Length::Passes(all) => (pass as f32 + part) / all.max(1) as f32,
            Length::Time(all) => self.start.elapsed().as_secs_f32() / all.as_secs_f32().max(1.0),
        };
        done.min(1.0)
    }
}

/// Occurrences in silver sentences that earn a word a row of its own.
const OFTEN: u32 = 6;

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
    labels: Option<TriggerLabels>,
}

impl Plan {
    fn new(corpus: &Corpus, vectors: &Vectors) -> Self {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        let mut tag_counts: BTreeMap<(Upos, Xpos), u32> = BTreeMap::new();
        let mut silver_counts: BTreeMap<String, u32> = BTreeMap::new();
        for example in corpus.gold.iter().chain(&corpus.triggers) {
            for word in &example.words {
                *counts.entry(fold(word)).or_default() += 1;
            }
            for tag in example.tags.iter().flatten() {
                *tag_counts.entry(*tag).or_default() += 1;
            }
        }
        for word in corpus.silver.iter().flat_map(|example| &example.words) {
            *silver_counts.entry(fold(word)).or_default() += 1;
        }
        for (word, count) in silver_counts {
            if count >= OFTEN {
                *counts.entry(word).or_default() += count;
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
            labels: corpus.labels.clone(),
        }
    }

    /// The constants of a trained network, in whose embeddings the word vectors are already.
    fn of_weights(corpus: &Corpus, weights: &Weights) -> Self {
        let words = weights.words();
        let vocabulary = Vocabulary::new(words.iter().map(String::as_str));
        // Rows of words that this training does not meet are as good as the others.
        let mut counts = vec![2; words.len() + 1];
        let mut scratch = Scratch::default();
        let examples = corpus.gold.iter().chain(&corpus.triggers).chain(&corpus.silver);
        for word in examples.flat_map(|example| &example.words) {
            counts[features::rows(word, &vocabulary, &mut scratch)[0] as usize] += 1;
        }
        Self {
            words,
            vocabulary,
            counts,
            tags: weights.tags().to_vec(),
            dimensions: 0,
            vectors: Vec::new(),
            labels: corpus.labels.clone(),
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
    Weights::quantize(&parameters.folded(plan), &plan.words, plan.tags.clone())
}
