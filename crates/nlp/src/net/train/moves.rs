//! The parser's part of a batch: each sentence is parsed, mostly with the parser's own moves, and at every step the moves that lose
//! the fewest gold arcs are learned (Goldberg and Nivre 2013).

use super::{
    Random,
    matrix::{add, product, product_left, product_right, softmax, sum_rows},
    parameters::{Gradients, Parameters, Part},
};
use crate::{
    net::{
        HIDDEN, WIDTH,
        transition::{Legal, Move, N_MOVES, NONE, SLOTS, SMALL, State},
    },
    tags::Deprel,
};

/// Head of each token and its relation to it.
type Tree = (Vec<u32>, Vec<Deprel>);

const HIDDEN_DROP: f32 = 0.3;
/// Probability that a step follows the oracle where the parser would err.
const GUIDED: f32 = 0.1;

/// Adds the gradients of the moves and returns the loss and the number of tokens.
///
/// `trees` has each tree with its first row in `encoded` and the weight of its loss. If `strays` is true, the parser may follow its own moves.
pub(super) fn learn(
    parameters: &Parameters,
    trees: &[(&Tree, usize, f32)],
    encoded: &[f32],
    strays: bool,
    random: &mut Random,
    d_encoded: &mut [f32],
    gradients: &mut Gradients,
) -> (f32, usize) {
    let n_rows = encoded.len() / WIDTH;
    let mut shares = vec![0.0; n_rows * SLOTS * HIDDEN];
    product(encoded, parameters.get(Part::SlotWeight), &mut shares, n_rows, WIDTH, SLOTS * HIDDEN);
    let mut walk = Walk::default();
    for (tree, start, weight) in trees {
        let from = walk.d_scores.len();
        walk.follow(tree, *start, parameters, &shares, strays, random);
        walk.d_scores[from..].iter_mut().for_each(|slope| *slope *= weight);
    }
    let n_steps = walk.steps.len();
    product_left(
        &walk.hiddens,
        &walk.d_scores,
        gradients.get(Part::MoveWeight),
        n_steps,
        HIDDEN,
        N_MOVES,
    );
    sum_rows(&walk.d_scores, gradients.get(Part::MoveBias));
    let mut d_hiddens = vec![0.0; n_steps * HIDDEN];
    product_right(
        &walk.d_scores,
        parameters.get(Part::MoveWeight),
        &mut d_hiddens,
        n_steps,
        HIDDEN,
        N_MOVES,
    );
    for (d_unit, &unit) in d_hiddens.iter_mut().zip(&walk.hiddens) {
        *d_unit = if unit > 0.0 { *d_unit / (1.0 - HIDDEN_DROP) } else { 0.0 };
    }
    let mut d_shares = vec![0.0; shares.len()];
    for (step, line) in walk.steps.iter().zip(d_hiddens.chunks_exact(HIDDEN)) {
        for (slot, &token) in step.slots.iter().enumerate() {
            if token == NONE {
                add(&mut gradients.get(Part::Absent)[slot * HIDDEN..(slot + 1) * HIDDEN], line);
            } else {
                let at = ((step.start + token as usize) * SLOTS + slot) * HIDDEN;
                add(&mut d_shares[at..at + HIDDEN], line);
            }
        }
        for row in step.smalls {
            let row = row as usize * HIDDEN;
            add(&mut gradients.get(Part::Small)[row..row + HIDDEN], line);
        }
    }
    sum_rows(&d_hiddens, gradients.get(Part::SlotBias));
    product_left(
        encoded,
        &d_shares,
        gradients.get(Part::SlotWeight),
        n_rows,
        WIDTH,
        SLOTS * HIDDEN,
    );
    product_right(
        &d_shares,
        parameters.get(Part::SlotWeight),
        d_encoded,
        n_rows,
        WIDTH,
        SLOTS * HIDDEN,
    );
    (walk.loss, n_steps / 2)
}

/// Steps of a batch, with everything the backward pass needs.
#[derive(Debug, Default)]
struct Walk {
    steps: Vec<Step>,
    hiddens: Vec<f32>,
    d_scores: Vec<f32>,
    state: State,
    loss: f32,
}

/// Features of a step of the parser.
#[derive(Debug)]
struct Step {
    start: usize,
    slots: [u32; SLOTS],
    smalls: [u32; SMALL],
}

impl Walk {
    fn follow(
        &mut self,
        (heads, labels): &Tree,
        start: usize,
        parameters: &Parameters,
        shares: &[f32],
        strays: bool,
        random: &mut Random,
    ) {
        self.state.reset(heads.len());
        while !self.state.is_done() {
            let mut scores = self.look(start, parameters, shares, random);
            let predicted = Move::at(highest(&scores));
            let best = self.state.best_moves(heads, labels);
            softmax(&mut scores);
            let mass = best.iter().map(|step| scores[step.index()]).sum::<f32>().max(1e-9);
            self.loss -= mass.ln();
            let favorite = *best
                .iter()
                .max_by(|left, right| scores[left.index()].total_cmp(&scores[right.index()]))
                .expect("a state that is not done has a legal move");
            for step in &best {
                // d(-ln mass)/d score is p - p/mass for a good move and p for the others.
                scores[step.index()] -= scores[step.index()] / mass;
            }
            self.d_scores.extend_from_slice(&scores);
            let goes = best.contains(&predicted) || (strays && random.unit() >= GUIDED);
            self.state.apply(if goes { predicted } else { favorite });
        }
    }

    /// Computes the scores of the moves in the current state. Illegal moves score lowest.
    fn look(
        &mut self,
        start: usize,
        parameters: &Parameters,
        shares: &[f32],
        random: &mut Random,
    ) -> Vec<f32> {
        let slots = self.state.slots();
        let smalls = self.state.small_features(&slots);
        let from = self.hiddens.len();
        self.hiddens.extend_from_slice(parameters.get(Part::SlotBias));
        let hidden = &mut self.hiddens[from..];
        for (slot, &token) in slots.iter().enumerate() {
            if token == NONE {
                add(hidden, &parameters.get(Part::Absent)[slot * HIDDEN..(slot + 1) * HIDDEN]);
            } else {
                let at = ((start + token as usize) * SLOTS + slot) * HIDDEN;
                add(hidden, &shares[at..at + HIDDEN]);
            }
        }
        for row in smalls {
            let row = row as usize * HIDDEN;
            add(hidden, &parameters.get(Part::Small)[row..row + HIDDEN]);
        }
        for unit in hidden.iter_mut() {
            let keep = random.unit() >= HIDDEN_DROP;
            *unit = if keep { unit.max(0.0) / (1.0 - HIDDEN_DROP) } else { 0.0 };
        }
        let mut scores = parameters.get(Part::MoveBias).to_vec();
        for (&unit, line) in
            hidden.iter().zip(parameters.get(Part::MoveWeight).chunks_exact(N_MOVES))
        {
            if unit != 0.0 {
                scores.iter_mut().zip(line).for_each(|(sum, weight)| *sum += unit * weight);
            }
        }
        let legal = self.state.legal();
        for (index, score) in scores.iter_mut().enumerate() {
            if !is_legal(Move::at(index), legal) {
                *score = f32::NEG_INFINITY;
            }
        }
        self.steps.push(Step { start, slots, smalls });
        scores
    }
}

/// Returns the index of the highest score.
fn highest(scores: &[f32]) -> usize {
    let mut best = 0;
    for (index, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = index;
        }
    }
    best
}

fn is_legal(step: Move, legal: Legal) -> bool {
    match step {
        Move::Shift => legal.shift,
        Move::Left(label) => legal.left && (label == Deprel::Root) == legal.root,
        Move::Right(label) => legal.right && label != Deprel::Root,
    }
}
