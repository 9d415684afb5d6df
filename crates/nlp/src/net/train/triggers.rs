//! The triggers' part of a batch: for each word that may tell an event, the probabilities of its types are learned, and on the words
//! that do, those of status, denial and claim.

use super::{
    matrix::{add, product, product_left, product_right, softmax, spread, sum_rows},
    parameters::{Gradients, Parameters, Part},
};
use crate::{
    N_STATUSES, N_TYPES,
    net::{
        WIDTH,
        triggers::{N_SCORES, PARTS},
    },
};

/// Annotation of the event that a word triggers. Labels are indices among those of the corpus.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Event {
    /// Probability of each type; the rest is that of no event.
    pub types: Vec<(usize, f32)>,
    /// Probability of each status.
    pub statuses: Vec<(usize, f32)>,
    /// Probability that the event is denied.
    pub denied: f32,
    /// Probability that the event is claimed by somebody in the text and not by the text.
    pub claimed: f32,
}

/// Annotation of a word as a trigger.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Trigger {
    /// It triggers no event.
    #[default]
    None,
    /// Unknown: it may trigger an event or not.
    Unknown,
    /// It triggers an event, or may do so.
    Event(Event),
}

/// Weight of the loss of types, with that of tags as 1. Most words trigger nothing and are soon learned, so that the few that do would
/// count little.
pub(super) const TYPE_WEIGHT: f32 = 1.5;

/// Weight of the losses of status, denial and claim.
const STATUS_WEIGHT: f32 = 0.5;

/// A word with a known target.
#[derive(Debug)]
pub(super) struct Word<'e> {
    /// Row of the batch.
    pub(super) row: usize,
    /// Row of its head; `None` at the root of the sentence.
    pub(super) head: Option<usize>,
    /// First row of its sentence, and the row after the last.
    pub(super) sentence: (usize, usize),
    pub(super) target: &'e Trigger,
    /// Weight of its losses.
    pub(super) weight: f32,
}

impl Word<'_> {
    /// Rows of the neighbors and the head.
    fn others(&self) -> [Option<usize>; 3] {
        let (start, end) = self.sentence;
        let before = (self.row > start).then(|| self.row - 1);
        let after = (self.row + 1 < end).then_some(self.row + 1);
        [before, after, self.head]
    }
}

/// Adds the gradients of the triggers, and returns the loss of the types and the number of words.
pub(super) fn learn(
    parameters: &Parameters,
    words: &[Word<'_>],
    encoded: &[f32],
    d_encoded: &mut [f32],
    gradients: &mut Gradients,
) -> (f32, usize) {
    let n_words = words.len();
    let (n_parts, n_views) = (PARTS * WIDTH, 2 * WIDTH);
    let parts = parts(words, encoded);
    let mut views = spread(parameters.get(Part::ViewBias), n_words);
    product(&parts, parameters.get(Part::ViewWeight), &mut views, n_words, n_parts, n_views);
    let mut vectors = Vec::with_capacity(n_words * WIDTH);
    for (word, view) in words.iter().zip(views.chunks_exact(n_views)) {
        let own = &encoded[word.row * WIDTH..][..WIDTH];
        let (one, other) = view.split_at(WIDTH);
        vectors.extend((0..WIDTH).map(|at| own[at] + one[at].max(other[at])));
    }
    let mut scores = spread(parameters.get(Part::SpotBias), n_words);
    product(&vectors, parameters.get(Part::SpotWeight), &mut scores, n_words, WIDTH, N_SCORES);
    let mut loss = 0.0;
    for (line, word) in scores.chunks_exact_mut(N_SCORES).zip(words) {
        loss += slopes(line, word.target);
        for slope in line.iter_mut() {
            *slope *= word.weight;
        }
    }
    let mut d_vectors = vec![0.0; n_words * WIDTH];
    let weight = parameters.get(Part::SpotWeight);
    product_left(&vectors, &scores, gradients.get(Part::SpotWeight), n_words, WIDTH, N_SCORES);
    sum_rows(&scores, gradients.get(Part::SpotBias));
    product_right(&scores, weight, &mut d_vectors, n_words, WIDTH, N_SCORES);
    let mut d_views = vec![0.0; n_words * n_views];
    for (number, d_vector) in d_vectors.chunks_exact(WIDTH).enumerate() {
        let (view, d_view) = (&views[number * n_views..], &mut d_views[number * n_views..]);
        for (at, &slope) in d_vector.iter().enumerate() {
            let side = if view[WIDTH + at] > view[at] { WIDTH } else { 0 };
            d_view[side + at] = slope;
        }
        add(&mut d_encoded[words[number].row * WIDTH..][..WIDTH], d_vector);
    }
    product_left(&parts, &d_views, gradients.get(Part::ViewWeight), n_words, n_parts, n_views);
    sum_rows(&d_views, gradients.get(Part::ViewBias));
    let mut d_parts = vec![0.0; n_words * n_parts];
    let weight = parameters.get(Part::ViewWeight);
    product_right(&d_views, weight, &mut d_parts, n_words, n_parts, n_views);
    pass_back(words, &d_parts, d_encoded);
    (loss, n_words)
}

/// Concatenates for each word what is seen together.
fn parts(words: &[Word<'_>], encoded: &[f32]) -> Vec<f32> {
    let mut parts = vec![0.0; words.len() * PARTS * WIDTH];
    let mut mean = ((0, 0), vec![0.0; WIDTH]);
    for (word, parts) in words.iter().zip(parts.chunks_exact_mut(PARTS * WIDTH)) {
        let rows = [Some(word.row)].into_iter().chain(word.others());
        for (row, part) in rows.zip(parts.chunks_exact_mut(WIDTH)) {
            if let Some(row) = row {
                part.copy_from_slice(&encoded[row * WIDTH..][..WIDTH]);
            }
        }
        let (start, end) = word.sentence;
        if mean.0 != word.sentence {
            mean = (word.sentence, vec![0.0; WIDTH]);
            sum_rows(&encoded[start * WIDTH..end * WIDTH], &mut mean.1);
            mean.1.iter_mut().for_each(|sum| *sum /= (end - start) as f32);
        }
        parts[(PARTS - 1) * WIDTH..].copy_from_slice(&mean.1);
    }
    parts
}

/// Adds the gradients of what is seen together to those of the rows it came from.
fn pass_back(words: &[Word<'_>], d_parts: &[f32], d_encoded: &mut [f32]) {
    for (word, d_parts) in words.iter().zip(d_parts.chunks_exact(PARTS * WIDTH)) {
        let rows = [Some(word.row)].into_iter().chain(word.others());
        for (row, part) in rows.zip(d_parts.chunks_exact(WIDTH)) {
            if let Some(row) = row {
                add(&mut d_encoded[row * WIDTH..][..WIDTH], part);
            }
        }
    }
    // The words of a sentence are adjacent, and their gradients of the mean are spread over it together.
    for words in
        words.chunk_by(|one, other| one.sentence == other.sentence).scan(0, |from, words| {
            *from += words.len();
            Some((*from - words.len(), words))
        })
    {
        let (from, words) = words;
        let (start, end) = words[0].sentence;
        let mut sum = vec![0.0; WIDTH];
        for d_parts in d_parts.chunks_exact(PARTS * WIDTH).skip(from).take(words.len()) {
            add(&mut sum, &d_parts[(PARTS - 1) * WIDTH..]);
        }
        for slope in &mut sum {
            *slope /= (end - start) as f32;
        }
        for line in d_encoded[start * WIDTH..end * WIDTH].chunks_exact_mut(WIDTH) {
            add(line, &sum);
        }
    }
}

/// Replaces the scores of a word by the gradient of its losses, and returns the loss of the types.
fn slopes(line: &mut [f32], target: &Trigger) -> f32 {
    let (types, rest) = line.split_at_mut(N_TYPES + 1);
    let (statuses, reality) = rest.split_at_mut(N_STATUSES);
    softmax(types);
    let Trigger::Event(event) = target else {
        let loss = -types[0].max(1e-9).ln();
        types[0] -= 1.0;
        for slope in types.iter_mut() {
            *slope *= TYPE_WEIGHT;
        }
        rest.fill(0.0);
        return loss;
    };
    let mass: f32 = event.types.iter().map(|(_, share)| share).sum();
    let shares = event.types.iter().map(|&(label, share)| (label + 1, share));
    let shares: Vec<(usize, f32)> = shares.chain([(0, (1.0 - mass).max(0.0))]).collect();
    let loss = learn_shares(types, &shares, TYPE_WEIGHT);
    if event.statuses.is_empty() {
        rest.fill(0.0);
        return loss;
    }
    softmax(statuses);
    learn_shares(statuses, &event.statuses, STATUS_WEIGHT * mass);
    for (score, share) in reality.iter_mut().zip([event.denied, event.claimed]) {
        *score = STATUS_WEIGHT * mass * (1.0 / (1.0 + (-*score).exp()) - share);
    }
    loss
}

/// Replaces probabilities by the gradient of their cross entropy with given shares, and returns that. Labels without a share have none.
fn learn_shares(line: &mut [f32], shares: &[(usize, f32)], weight: f32) -> f32 {
    let all: f32 = shares.iter().map(|(_, share)| share).sum();
    let all = all.max(1e-6);
    let loss = shares.iter().map(|&(label, share)| -share / all * line[label].max(1e-9).ln()).sum();
    for &(label, share) in shares {
        line[label] -= share / all;
    }
    for slope in line {
        *slope *= weight;
    }
    loss
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::train::Random;

    /// Loss of everything that is learned, for a comparison with its gradient.
    fn loss(line: &[f32], target: &Trigger) -> f32 {
        let mut line = line.to_vec();
        let (types, rest) = line.split_at_mut(N_TYPES + 1);
        let (statuses, reality) = rest.split_at_mut(N_STATUSES);
        softmax(types);
        softmax(statuses);
        let Trigger::Event(event) = target else { return -TYPE_WEIGHT * types[0].ln() };
        let mass: f32 = event.types.iter().map(|(_, share)| share).sum();
        let entropy = |line: &[f32], shares: &[(usize, f32)]| -> f32 {
            shares.iter().map(|&(label, share)| -share * line[label].ln()).sum()
        };
        let mut loss =
            TYPE_WEIGHT * (entropy(&types[1..], &event.types) - (1.0 - mass) * types[0].ln());
        loss += STATUS_WEIGHT * mass * entropy(statuses, &event.statuses);
        for (score, share) in reality.iter().zip([event.denied, event.claimed]) {
            let chance = 1.0 / (1.0 + (-score).exp());
            loss -=
                STATUS_WEIGHT * mass * (share * chance.ln() + (1.0 - share) * (1.0 - chance).ln());
        }
        loss
    }

    #[test]
    fn slopes_are_those_of_the_loss() {
        let mut random = Random::new(3);
        let event = Event {
            types: vec![(3, 0.5), (7, 0.2)],
            statuses: vec![(4, 0.9), (1, 0.1)],
            denied: 1.0,
            claimed: 0.3,
        };
        for target in [Trigger::None, Trigger::Event(event)] {
            let line: Vec<f32> = (0..N_SCORES).map(|_| random.within(2.0)).collect();
            let mut found = line.clone();
            slopes(&mut found, &target);
            for at in 0..N_SCORES {
                let moved = |by: f32| {
                    let mut line = line.clone();
                    line[at] += by;
                    loss(&line, &target)
                };
                let slope = (moved(0.01) - moved(-0.01)) / 0.02;
                assert!((found[at] - slope).abs() < 1e-3, "{at}: {} and {slope}", found[at]);
            }
        }
    }
}
