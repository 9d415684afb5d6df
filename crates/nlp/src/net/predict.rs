//! Predicts tags, trees, names and triggers of events, one sentence at a time.

#![expect(
    clippy::inline_always,
    reason = "these loops are compiled for the vector instructions of the machine they run on"
)]
#![expect(clippy::cast_possible_truncation, reason = "numbers are clamped before they are cut")]

use super::{
    HIDDEN, WIDTH,
    features::{self, Scratch, VIEWS},
    first_best,
    kernel::{ACTIVATION_BITS, ACTIVATION_MOST},
    machine::{Machine, Wide, Work},
    names::{self, Search},
    transition::{Legal, Move, NONE, SLOTS, SMALL, State},
    triggers,
    weights::{Network, SHARE_BITS, Weights},
};
use crate::{
    Analysis,
    analysis::TokenRecord,
    tags::{Deprel, Upos, Xpos},
    triggers::TriggerLabels,
};

/// Number of labels, and distance between the left and right moves of a label.
const N_LABELS: usize = Deprel::ALL.len();

/// The network, and the vector instructions of the machine.
#[derive(Debug)]
pub(crate) struct Predictor {
    network: Network,
    machine: Machine,
}

/// Buffers, reused from sentence to sentence so that no token needs an allocation.
#[derive(Debug)]
struct Buffers {
    scratch: Scratch,
    /// Rows of the embedding table of each token.
    rows: Vec<[u32; VIEWS]>,
    /// Activations, with a row of zeros before the first and after the last token.
    encoded: Vec<i16>,
    results: Vec<i32>,
    shares: Vec<[i16; HIDDEN]>,
    hidden: [i16; HIDDEN],
    scores: Vec<i32>,
    state: State,
    search: Search,
    triggers: triggers::Scratch,
}

impl Predictor {
    /// Reads a weights file.
    pub(crate) fn new(weights: &[u8]) -> Self {
        Self { network: Weights::read(weights).network(), machine: Machine::detect() }
    }

    /// Names of what is scored on triggers; `None` if the network spots none.
    pub(crate) fn trigger_labels(&self) -> Option<&TriggerLabels> {
        self.network.spotter.as_ref().map(|spotter| &spotter.labels)
    }

    /// Sets tags, trees, names and triggers of every sentence.
    pub(crate) fn annotate(&self, analysis: &mut Analysis<'_>) {
        let mut buffers = Buffers {
            scratch: Scratch::default(),
            rows: Vec::new(),
            encoded: Vec::new(),
            results: Vec::new(),
            shares: Vec::new(),
            hidden: [0; HIDDEN],
            scores: Vec::new(),
            state: State::default(),
            search: Search::default(),
            triggers: triggers::Scratch::default(),
        };
        analysis.triggers.are_read = self.network.spotter.is_some();
        for sentence in 0..analysis.sentences.len() {
            let range = analysis.sentences[sentence].clone();
            self.encode(analysis, range.start, range.end, &mut buffers);
            self.tag(analysis, range.start, range.end, &mut buffers);
            self.name(analysis, range.start, &mut buffers);
            self.parse(analysis, range.start, range.end, &mut buffers);
            self.spot(analysis, range.start, range.end, &mut buffers);
        }
        analysis.link_trees();
    }

    fn encode(&self, analysis: &Analysis<'_>, start: u32, end: u32, buffers: &mut Buffers) {
        let network = &self.network;
        let n_tokens = (end - start) as usize;
        let Buffers { scratch, rows, encoded, results, .. } = buffers;
        rows.clear();
        for row in &analysis.rows[start as usize..end as usize] {
            rows.push(features::rows(row.span.of(analysis.text), &network.vocabulary, scratch));
        }
        encoded.clear();
        encoded.resize((n_tokens + 2) * WIDTH, 0);
        self.machine.run(Embed { network, rows, out: tokens_of(encoded) });
        for layer in &network.convolutions {
            layer.apply(self.machine, encoded, WIDTH, n_tokens, results);
            let (stride, shift) = (layer.stride(), layer.shift());
            self.machine.run(Fold { sums: results, stride, shift, out: tokens_of(encoded) });
        }
    }

    fn tag(&self, analysis: &mut Analysis<'_>, start: u32, end: u32, buffers: &mut Buffers) {
        let layer = &self.network.tag;
        let n_tokens = (end - start) as usize;
        let inputs = &buffers.encoded[WIDTH..];
        layer.apply(self.machine, inputs, WIDTH, n_tokens, &mut buffers.results);
        let rows = &mut analysis.rows[start as usize..end as usize];
        let (results, tags) = (&buffers.results, &self.network.tags);
        let (stride, n_out) = (layer.stride(), layer.n_out());
        self.machine.run(Tag { results, stride, n_out, tags, rows });
    }

    fn name(&self, analysis: &mut Analysis<'_>, start: u32, buffers: &mut Buffers) {
        let layer = &self.network.name;
        let n_tokens = buffers.encoded.len() / WIDTH - 2;
        let inputs = &buffers.encoded[WIDTH..];
        layer.apply(self.machine, inputs, WIDTH, n_tokens, &mut buffers.results);
        names::decode(
            &buffers.results,
            layer.stride(),
            start,
            &mut buffers.search,
            &mut analysis.names,
        );
    }

    fn parse(&self, analysis: &mut Analysis<'_>, start: u32, end: u32, buffers: &mut Buffers) {
        let network = &self.network;
        let n_tokens = (end - start) as usize;
        let layer = &network.slot;
        let inputs = &buffers.encoded[WIDTH..];
        layer.apply(self.machine, inputs, WIDTH, n_tokens, &mut buffers.results);
        debug_assert_eq!(SLOTS * HIDDEN, layer.stride(), "each slot has its share");
        let Buffers { results, shares, hidden, scores, state, .. } = buffers;
        shares.resize(results.len() / HIDDEN, [0; HIDDEN]);
        let shift = ACTIVATION_BITS + layer.shift() - SHARE_BITS;
        self.machine.run(Share { results, shift, shares });
        state.reset(n_tokens);
        let walk = Walk { network, machine: self.machine, shares, hidden, scores, state };
        self.machine.run(walk);
        let rows = &mut analysis.rows[start as usize..end as usize];
        for (offset, row) in rows.iter_mut().enumerate() {
            let head = state.heads()[offset];
            let is_root = head as usize == n_tokens;
            row.head = start
                + if is_root { u32::try_from(offset).expect("sentences are short") } else { head };
            row.deprel = state.labels()[offset];
        }
    }

    /// Scores the triggers of a sentence whose tree is known.
    fn spot(&self, analysis: &mut Analysis<'_>, start: u32, end: u32, buffers: &mut Buffers) {
        let Some(spotter) = &self.network.spotter else { return };
        let Buffers { encoded, results, triggers, .. } = buffers;
        let rows = &analysis.rows[start as usize..end as usize];
        let n_words = triggers.collect(rows, start, encoded);
        let (view, score) = (&spotter.view, &spotter.score);
        view.apply(self.machine, &triggers.parts, triggers::PARTS * WIDTH, n_words, results);
        let out = triggers.vectors.as_chunks_mut().0;
        let (stride, shift) = (view.stride(), view.shift());
        self.machine.run(Fold { sums: results, stride, shift, out });
        score.apply(self.machine, &triggers.vectors, WIDTH, n_words, results);
        analysis.triggers.list.extend(triggers.triggers(score, results));
    }
}

/// The rows of the tokens, without the zeros around them.
fn tokens_of(encoded: &mut [i16]) -> &mut [[i16; WIDTH]] {
    let rows = encoded.as_chunks_mut().0;
    let end = rows.len() - 1;
    &mut rows[1..end]
}

/// Sums the embeddings of each token.
struct Embed<'a> {
    network: &'a Network,
    rows: &'a [[u32; VIEWS]],
    out: &'a mut [[i16; WIDTH]],
}

impl Work for Embed<'_> {
    #[inline(always)]
    fn run(self, _: impl Wide) {
        let table = &self.network.embedding;
        let shift = ACTIVATION_BITS - self.network.embedding_bits;
        for (rows, out) in self.rows.iter().zip(self.out) {
            let [word, written, three, two, first, shape] = rows.map(|row| &table[row as usize]);
            for at in 0..WIDTH {
                let number = |line: &[i8; WIDTH]| i32::from(line[at]);
                let sum = number(word)
                    + number(written)
                    + number(three)
                    + number(two)
                    + number(first)
                    + number(shape);
                out[at] = activation(sum << shift);
            }
        }
    }
}

/// Adds to each token the greater of the two outputs of a convolution.
struct Fold<'a> {
    sums: &'a [i32],
    stride: usize,
    shift: u32,
    out: &'a mut [[i16; WIDTH]],
}

impl Work for Fold<'_> {
    #[inline(always)]
    fn run(self, _: impl Wide) {
        for (sums, out) in self.sums.chunks_exact(self.stride).zip(self.out) {
            let (first, second) = sums[..2 * WIDTH].split_at(WIDTH);
            for ((number, &first), &second) in out.iter_mut().zip(first).zip(second) {
                *number = activation(i32::from(*number) + (first.max(second) >> self.shift));
            }
        }
    }
}

/// Gives each token the tag with the highest score.
struct Tag<'a> {
    results: &'a [i32],
    stride: usize,
    n_out: usize,
    tags: &'a [(Upos, Xpos)],
    rows: &'a mut [TokenRecord],
}

impl Work for Tag<'_> {
    #[inline(always)]
    fn run(self, _: impl Wide) {
        for (row, scores) in self.rows.iter_mut().zip(self.results.chunks_exact(self.stride)) {
            (row.upos, row.xpos) = self.tags[first_best(&scores[..self.n_out])];
        }
    }
}

/// Rounds the shares of the tokens in the parser's hidden layer.
struct Share<'a> {
    results: &'a [i32],
    shift: u32,
    shares: &'a mut [[i16; HIDDEN]],
}

impl Work for Share<'_> {
    #[inline(always)]
    fn run(self, _: impl Wide) {
        for (share, &sum) in self.shares.as_flattened_mut().iter_mut().zip(self.results) {
            *share = saturate(sum >> self.shift);
        }
    }
}

/// Builds a tree, move by move.
struct Walk<'a> {
    network: &'a Network,
    machine: Machine,
    /// For each token, one share for each slot.
    shares: &'a [[i16; HIDDEN]],
    hidden: &'a mut [i16; HIDDEN],
    scores: &'a mut Vec<i32>,
    state: &'a mut State,
}

impl Work for Walk<'_> {
    #[inline(always)]
    fn run(mut self, wide: impl Wide) {
        while !self.state.is_done() {
            let legal = self.state.legal();
            // If only one move is legal, there is nothing to predict.
            let step = if legal.shift && !legal.left {
                Move::Shift
            } else if legal.root && !legal.right {
                Move::Left(Deprel::Root)
            } else {
                self.look(wide);
                self.network.step.apply(self.machine, self.hidden, HIDDEN, 1, self.scores);
                best_move(self.scores, legal)
            };
            self.state.apply(step);
        }
    }
}

impl Walk<'_> {
    /// Fills the hidden layer from the state.
    #[inline(always)]
    fn look(&mut self, wide: impl Wide) {
        let network = self.network;
        let slots = self.state.slots();
        let smalls = self.state.small_features(&slots);
        let mut parts: [&[i16; HIDDEN]; SLOTS + SMALL] = [&network.slot_bias; SLOTS + SMALL];
        for (slot, &token) in slots.iter().enumerate() {
            parts[slot] = if token == NONE {
                &network.absent[slot]
            } else {
                &self.shares[token as usize * SLOTS + slot]
            };
        }
        for (part, row) in parts[SLOTS..].iter_mut().zip(smalls) {
            *part = &network.small[row as usize];
        }
        let bias = network.slot_bias.as_chunks().0;
        for (at, (out, bias)) in self.hidden.as_chunks_mut().0.iter_mut().zip(bias).enumerate() {
            let mut sums = wide.shorts(bias);
            for part in parts {
                sums = wide.saturating_add(sums, &part.as_chunks().0[at]);
            }
            *out = wide.store_shorts(sums);
            for unit in out {
                let positive = (*unit).max(0) >> (SHARE_BITS - ACTIVATION_BITS);
                *unit = positive.min(ACTIVATION_MOST as i16);
            }
        }
    }
}

/// Returns the legal move with the highest score; the first of equal ones.
#[inline(always)]
fn best_move(scores: &[i32], legal: Legal) -> Move {
    const ROOT: usize = Deprel::Root as usize;
    let labels = 1..1 + N_LABELS;
    // The label of the root is out of place everywhere but at the end.
    let groups = [
        (legal.shift, 0..1),
        (legal.left && !legal.root, labels.start..labels.start + ROOT),
        (legal.left && legal.root, labels.start + ROOT..labels.start + ROOT + 1),
        (legal.left && !legal.root, labels.start + ROOT + 1..labels.end),
        (legal.right, labels.end..labels.end + ROOT),
        (legal.right, labels.end + ROOT + 1..labels.end + N_LABELS),
    ];
    let mut best = (i32::MIN, 0);
    for (is_legal, range) in groups {
        let most = scores[range.clone()].iter().fold(i32::MIN, |most, &score| most.max(score));
        if is_legal && most > best.0 {
            best = (most, range.start);
        }
    }
    let (most, start) = best;
    let offset = scores[start..].iter().position(|&score| score == most).unwrap_or(0);
    Move::at(start + offset)
}

#[inline(always)]
fn activation(number: i32) -> i16 {
    number.clamp(-ACTIVATION_MOST, ACTIVATION_MOST) as i16
}

#[inline(always)]
fn saturate(number: i32) -> i16 {
    number.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}
