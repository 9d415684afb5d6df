//! Predicts tags, trees and names, one sentence at a time.

use super::{
    HIDDEN, WIDTH,
    features::{self, Scratch},
    first_best,
    kernel::{ACTIVATION_BITS, ACTIVATION_MOST, Machine},
    names::{self, Search},
    transition::{Legal, Move, NONE, SLOTS, State},
    weights::{Network, SHARE_BITS, Weights},
};
use crate::{Analysis, tags::Deprel};

/// Number of labels, and distance between the left and right moves of a label.
const N_LABELS: usize = Deprel::ALL.len();

/// The network, and the vector instructions of the machine.
#[derive(Debug)]
pub(crate) struct Predictor {
    network: Network,
    machine: Machine,
}

/// Buffers, reused from sentence to sentence so that no token needs an allocation.
#[derive(Debug, Default)]
struct Buffers {
    scratch: Scratch,
    /// Activations, with a row of zeros before the first and after the last token.
    encoded: Vec<i16>,
    results: Vec<i32>,
    shares: Vec<i16>,
    hidden: Vec<i16>,
    scores: Vec<i32>,
    state: State,
    search: Search,
}

impl Predictor {
    /// Reads a weights file.
    pub(crate) fn new(weights: &[u8]) -> Self {
        Self { network: Weights::read(weights).network(), machine: Machine::detect() }
    }

    /// Sets tags, trees and names of every sentence.
    pub(crate) fn annotate(&self, analysis: &mut Analysis<'_>) {
        let mut buffers = Buffers::default();
        for sentence in 0..analysis.sentences.len() {
            let range = analysis.sentences[sentence].clone();
            self.encode(analysis, range.start, range.end, &mut buffers);
            self.tag(analysis, range.start, range.end, &mut buffers);
            self.name(analysis, range.start, &mut buffers);
            self.parse(analysis, range.start, range.end, &mut buffers);
        }
        analysis.link_trees();
    }

    fn encode(&self, analysis: &Analysis<'_>, start: u32, end: u32, buffers: &mut Buffers) {
        let network = &self.network;
        let n_tokens = (end - start) as usize;
        let encoded = &mut buffers.encoded;
        encoded.clear();
        encoded.resize((n_tokens + 2) * WIDTH, 0);
        let shift = ACTIVATION_BITS - network.embedding_bits;
        let rows = &analysis.rows[start as usize..end as usize];
        for (row, out) in rows.iter().zip(encoded[WIDTH..].chunks_exact_mut(WIDTH)) {
            let token = row.span.of(analysis.text);
            for at in features::rows(token, &network.vocabulary, &mut buffers.scratch) {
                let at = at as usize * WIDTH;
                let line = &network.embedding[at..at + WIDTH];
                out.iter_mut().zip(line).for_each(|(sum, &number)| *sum += i16::from(number));
            }
            // Six bytes shifted by eight bits at most: no more than 18 bits, so the shift is done wide.
            for number in out.iter_mut() {
                *number = activation(i32::from(*number) << shift);
            }
        }
        for layer in &network.convolutions {
            layer.apply(self.machine, encoded, WIDTH, n_tokens, &mut buffers.results);
            let shift = layer.shift();
            for (sums, out) in buffers
                .results
                .chunks_exact(layer.stride())
                .zip(encoded[WIDTH..].chunks_exact_mut(WIDTH))
            {
                let (first, second) = sums[..2 * WIDTH].split_at(WIDTH);
                for ((number, &first), &second) in out.iter_mut().zip(first).zip(second) {
                    *number = activation(i32::from(*number) + (first.max(second) >> shift));
                }
            }
        }
    }

    fn tag(&self, analysis: &mut Analysis<'_>, start: u32, end: u32, buffers: &mut Buffers) {
        let layer = &self.network.tag;
        let n_tokens = (end - start) as usize;
        layer.apply(self.machine, &buffers.encoded[WIDTH..], WIDTH, n_tokens, &mut buffers.results);
        let rows = &mut analysis.rows[start as usize..end as usize];
        for (row, scores) in rows.iter_mut().zip(buffers.results.chunks_exact(layer.stride())) {
            (row.upos, row.xpos) = self.network.tags[first_best(&scores[..layer.n_out()])];
        }
    }

    fn name(&self, analysis: &mut Analysis<'_>, start: u32, buffers: &mut Buffers) {
        let layer = &self.network.name;
        let n_tokens = buffers.encoded.len() / WIDTH - 2;
        layer.apply(self.machine, &buffers.encoded[WIDTH..], WIDTH, n_tokens, &mut buffers.results);
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
        layer.apply(self.machine, &buffers.encoded[WIDTH..], WIDTH, n_tokens, &mut buffers.results);
        let shift = ACTIVATION_BITS + layer.shift() - SHARE_BITS;
        buffers.shares.clear();
        buffers.shares.extend(buffers.results.iter().map(|&sum| saturate(sum >> shift)));
        let Buffers { shares, hidden, scores, state, .. } = buffers;
        let stride = layer.stride();
        state.reset(n_tokens);
        while !state.is_done() {
            let legal = state.legal();
            // If only one move is legal, there is nothing to predict.
            let step = if legal.shift && !legal.left {
                Move::Shift
            } else if legal.root && !legal.right {
                Move::Left(Deprel::Root)
            } else {
                let slots = state.slots();
                hidden.clear();
                hidden.extend_from_slice(&network.slot_bias);
                for (slot, &token) in slots.iter().enumerate() {
                    let share = if token == NONE {
                        &network.absent[slot * HIDDEN..(slot + 1) * HIDDEN]
                    } else {
                        let at = token as usize * stride + slot * HIDDEN;
                        &shares[at..at + HIDDEN]
                    };
                    add(hidden, share);
                }
                for row in state.small_features(&slots) {
                    let at = row as usize * HIDDEN;
                    add(hidden, &network.small[at..at + HIDDEN]);
                }
                for unit in hidden.iter_mut() {
                    *unit = activation(i32::from((*unit).max(0)) >> (SHARE_BITS - ACTIVATION_BITS));
                }
                network.step.apply(self.machine, hidden, HIDDEN, 1, scores);
                best_move(scores, legal)
            };
            state.apply(step);
        }
        let rows = &mut analysis.rows[start as usize..end as usize];
        for (offset, row) in rows.iter_mut().enumerate() {
            let head = state.heads()[offset];
            let is_root = head as usize == n_tokens;
            row.head = start
                + if is_root { u32::try_from(offset).expect("sentences are short") } else { head };
            row.deprel = state.labels()[offset];
        }
        debug_assert!(SLOTS * HIDDEN <= stride, "each slot has its share");
    }
}

fn best_move(scores: &[i32], legal: Legal) -> Move {
    let left =
        if legal.root { Deprel::Root as usize..Deprel::Root as usize + 1 } else { 0..N_LABELS };
    let mut best = (i32::MIN, Move::Shift);
    if legal.shift {
        best = (scores[0], Move::Shift);
    }
    for (is_legal, start, labels) in
        [(legal.left, 1, left), (legal.right, 1 + N_LABELS, 0..N_LABELS)]
    {
        if !is_legal {
            continue;
        }
        for label in labels {
            let score = scores[start + label];
            let is_root = label == Deprel::Root as usize;
            if score > best.0 && (!is_root || (legal.root && start == 1)) {
                best = (score, Move::at(start + label));
            }
        }
    }
    best.1
}

fn activation(number: i32) -> i16 {
    i16::try_from(number.clamp(-ACTIVATION_MOST, ACTIVATION_MOST)).expect("the bound fits")
}

fn saturate(number: i32) -> i16 {
    i16::try_from(number.clamp(i32::from(i16::MIN), i32::from(i16::MAX))).expect("the bound fits")
}

fn add(sums: &mut [i16], share: &[i16]) {
    sums.iter_mut().zip(share).for_each(|(sum, &share)| *sum = sum.saturating_add(share));
}
