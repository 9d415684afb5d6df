//! One batch: forward, losses, and the gradients of everything.
//!
//! The sentences of a batch lie one after the other in one matrix, a row of zeros between them, so that each layer is
//! one product of matrices.

use ndarray::{ArrayView2, ArrayViewMut2, linalg::general_mat_mul};

use super::{
    Example, Plan, Random,
    parameters::{Gradients, Parameters, Part},
};
use crate::net::{
    HIDDEN, LAYERS, WIDTH,
    features::{Scratch, VIEWS},
    names::N_NAME_TAGS,
    transition::{Move, N_MOVES, NONE, SLOTS, SMALL, State},
};

/// How many tokens a batch has, about.
pub(super) const TOKENS: usize = 500;

const INPUT_DROP: f32 = 0.2;
const LAYER_DROP: f32 = 0.1;
const HIDDEN_DROP: f32 = 0.3;
/// Rare words are dropped more often: with `RARITY / (RARITY + count)`.
const RARITY: f32 = 0.5;
/// How often a step follows the oracle where the parser would stray.
const GUIDED: f32 = 0.1;

/// An example with its rows and classes looked up.
#[derive(Debug)]
pub(super) struct Prepared<'e> {
    rows: Vec<[u32; VIEWS]>,
    tags: Option<Vec<usize>>,
    example: &'e Example,
}

impl<'e> Prepared<'e> {
    pub(super) fn new(example: &'e Example, plan: &Plan) -> Self {
        let mut scratch = Scratch::default();
        Self {
            rows: example.words.iter().map(|word| plan.rows(word, &mut scratch)).collect(),
            tags: example.tags.as_ref().map(|tags| tags.iter().map(|&tag| plan.tag(tag)).collect()),
            example,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }
}

/// Adds the gradients of a batch; gives back loss and count of tags, moves and names.
pub(super) fn learn(
    parameters: &Parameters,
    plan: &Plan,
    batch: &[&Prepared<'_>],
    epoch: usize,
    random: &mut Random,
    gradients: &mut Gradients,
) -> [(f32, usize); 3] {
    if batch.is_empty() {
        return [(0.0, 0); 3];
    }
    let n_rows = 1 + batch.iter().map(|example| example.len() + 1).sum::<usize>();
    // For each row: which token it is.
    let mut tokens: Vec<Option<[u32; VIEWS]>> = vec![None; n_rows];
    let mut starts = Vec::with_capacity(batch.len());
    let mut at = 1;
    for example in batch {
        starts.push(at);
        for &rows in &example.rows {
            let mut rows = rows;
            let count = plan.counts[rows[0] as usize] as f32;
            // A word met but once has no row of its own when it is read, so it must not learn one.
            if plan.counts[rows[0] as usize] < 2 || random.unit() < RARITY / (RARITY + count) {
                rows[0] |= DROPPED;
            }
            tokens[at] = Some(rows);
            at += 1;
        }
        at += 1;
    }

    // Embeddings.
    let dimensions = plan.dimensions;
    let mut vectors = vec![0.0; n_rows * dimensions];
    let mut input = vec![0.0; n_rows * WIDTH];
    let embedding = parameters.get(Part::Embedding);
    for (row, rows) in tokens.iter().enumerate() {
        let Some(rows) = rows else { continue };
        let word = (rows[0] & !DROPPED) as usize;
        // The vector stays when the learned row is dropped, but for a few, lest all hang on it.
        if random.unit() > 0.05 {
            vectors[row * dimensions..(row + 1) * dimensions]
                .copy_from_slice(&plan.vectors[word * dimensions..(word + 1) * dimensions]);
        }
        let line = &mut input[row * WIDTH..(row + 1) * WIDTH];
        for &source in &learned(*rows) {
            let source = source as usize * WIDTH;
            line.iter_mut().zip(&embedding[source..source + WIDTH]).for_each(|(sum, x)| *sum += x);
        }
    }
    product(&vectors, parameters.get(Part::Projection), &mut input, n_rows, dimensions, WIDTH);
    let input_mask = mask(&mut input, &tokens, WIDTH, INPUT_DROP, random);

    // Convolutions.
    let mut layers: Vec<Layer> = Vec::with_capacity(LAYERS);
    let mut current = input;
    for layer in 0..LAYERS {
        let windows = windows(&current, n_rows);
        let mut sums = spread(parameters.get(Part::ConvBias(layer)), n_rows);
        product(
            &windows,
            parameters.get(Part::ConvWeight(layer)),
            &mut sums,
            n_rows,
            3 * WIDTH,
            2 * WIDTH,
        );
        let mut best = vec![0.0; n_rows * WIDTH];
        let mut second = vec![false; n_rows * WIDTH];
        for row in 0..n_rows {
            for unit in 0..WIDTH {
                let (first, other) =
                    (sums[row * 2 * WIDTH + unit], sums[row * 2 * WIDTH + WIDTH + unit]);
                second[row * WIDTH + unit] = other > first;
                best[row * WIDTH + unit] = first.max(other);
            }
        }
        let dropped = mask(&mut best, &tokens, WIDTH, LAYER_DROP, random);
        current.iter_mut().zip(&best).for_each(|(x, y)| *x += y);
        layers.push(Layer { windows, second, dropped });
    }
    let encoded = current;
    let mut d_encoded = vec![0.0; n_rows * WIDTH];

    // Tags and names.
    let mut tag_golds = vec![None; n_rows];
    let mut name_golds = vec![None; n_rows];
    for (example, &start) in batch.iter().zip(&starts) {
        for (offset, &tag) in example.tags.iter().flatten().enumerate() {
            tag_golds[start + offset] = Some(tag);
        }
        for (offset, tag) in example.example.names.iter().flatten().enumerate() {
            name_golds[start + offset] = Some(tag.index());
        }
    }
    let tag_loss = classify(
        (Part::TagWeight, Part::TagBias, plan.tags.len()),
        parameters,
        &encoded,
        &tag_golds,
        &mut d_encoded,
        gradients,
    );
    let name_loss = classify(
        (Part::NameWeight, Part::NameBias, N_NAME_TAGS),
        parameters,
        &encoded,
        &name_golds,
        &mut d_encoded,
        gradients,
    );

    let move_loss =
        learn_moves(parameters, batch, &starts, &encoded, epoch, random, &mut d_encoded, gradients);

    // Back through the convolutions.
    for layer in (0..LAYERS).rev() {
        let Layer { windows, second, dropped } = &layers[layer];
        let mut d_sums = vec![0.0; n_rows * 2 * WIDTH];
        for row in 0..n_rows {
            for unit in 0..WIDTH {
                let at = row * WIDTH + unit;
                let side = if second[at] { WIDTH } else { 0 };
                d_sums[row * 2 * WIDTH + side + unit] = d_encoded[at] * dropped[at];
            }
        }
        product_left(
            windows,
            &d_sums,
            gradients.get(Part::ConvWeight(layer)),
            n_rows,
            3 * WIDTH,
            2 * WIDTH,
        );
        sum_rows(&d_sums, gradients.get(Part::ConvBias(layer)));
        let mut d_windows = vec![0.0; n_rows * 3 * WIDTH];
        product_right(
            &d_sums,
            parameters.get(Part::ConvWeight(layer)),
            &mut d_windows,
            n_rows,
            3 * WIDTH,
            2 * WIDTH,
        );
        for row in 0..n_rows {
            for (part, target) in [(0, row.checked_sub(1)), (1, Some(row)), (2, Some(row + 1))] {
                let Some(target) =
                    target.filter(|&target| target < n_rows && tokens[target].is_some())
                else {
                    continue;
                };
                let start = row * 3 * WIDTH + part * WIDTH;
                d_encoded[target * WIDTH..(target + 1) * WIDTH]
                    .iter_mut()
                    .zip(&d_windows[start..start + WIDTH])
                    .for_each(|(sum, x)| *sum += x);
            }
        }
    }

    // Back to the embeddings.
    d_encoded.iter_mut().zip(&input_mask).for_each(|(x, keep)| *x *= keep);
    product_left(&vectors, &d_encoded, gradients.get(Part::Projection), n_rows, dimensions, WIDTH);
    for (row, rows) in tokens.iter().enumerate() {
        let Some(rows) = rows else { continue };
        let line = &d_encoded[row * WIDTH..(row + 1) * WIDTH];
        for &target in &learned(*rows) {
            gradients.row(target).iter_mut().zip(line).for_each(|(sum, x)| *sum += x);
        }
    }
    [tag_loss, move_loss, name_loss]
}

/// Set on the row of a word whose learned row is dropped; the row of unknown words stands in.
const DROPPED: u32 = 1 << 31;

fn learned(mut rows: [u32; VIEWS]) -> [u32; VIEWS] {
    if rows[0] & DROPPED != 0 {
        rows[0] = 0;
    }
    rows
}

/// What a layer needs to be walked back.
struct Layer {
    windows: Vec<f32>,
    /// Whether the second piece was the greater.
    second: Vec<bool>,
    dropped: Vec<f32>,
}

/// Drops numbers at random and makes up for it in those that stay; rows of no token become zero. Gives the factors.
fn mask(
    values: &mut [f32],
    tokens: &[Option<[u32; VIEWS]>],
    width: usize,
    drop: f32,
    random: &mut Random,
) -> Vec<f32> {
    let mut factors = vec![0.0; values.len()];
    for (row, token) in tokens.iter().enumerate() {
        for at in row * width..(row + 1) * width {
            if token.is_some() && random.unit() >= drop {
                factors[at] = 1.0 / (1.0 - drop);
            }
            values[at] *= factors[at];
        }
    }
    factors
}

/// Each row with the one before and the one behind it.
fn windows(rows: &[f32], n_rows: usize) -> Vec<f32> {
    let mut windows = vec![0.0; n_rows * 3 * WIDTH];
    for row in 0..n_rows {
        let line = &mut windows[row * 3 * WIDTH..(row + 1) * 3 * WIDTH];
        for (part, source) in [(0, row.checked_sub(1)), (1, Some(row)), (2, Some(row + 1))] {
            if let Some(source) = source.filter(|&source| source < n_rows) {
                line[part * WIDTH..(part + 1) * WIDTH]
                    .copy_from_slice(&rows[source * WIDTH..(source + 1) * WIDTH]);
            }
        }
    }
    windows
}

fn spread(bias: &[f32], n_rows: usize) -> Vec<f32> {
    bias.iter().copied().cycle().take(bias.len() * n_rows).collect()
}

/// A linear layer and a softmax over the rows that have a gold class.
fn classify(
    (weight, bias, n_classes): (Part, Part, usize),
    parameters: &Parameters,
    encoded: &[f32],
    golds: &[Option<usize>],
    d_encoded: &mut [f32],
    gradients: &mut Gradients,
) -> (f32, usize) {
    if golds.iter().all(Option::is_none) {
        return (0.0, 0);
    }
    let n_rows = golds.len();
    let mut scores = spread(parameters.get(bias), n_rows);
    product(encoded, parameters.get(weight), &mut scores, n_rows, WIDTH, n_classes);
    let (mut loss, mut count) = (0.0, 0);
    for (line, gold) in scores.chunks_exact_mut(n_classes).zip(golds) {
        let Some(gold) = *gold else {
            line.fill(0.0);
            continue;
        };
        softmax(line);
        loss -= line[gold].max(1e-9).ln();
        count += 1;
        line[gold] -= 1.0;
    }
    product_left(encoded, &scores, gradients.get(weight), n_rows, WIDTH, n_classes);
    sum_rows(&scores, gradients.get(bias));
    product_right(&scores, parameters.get(weight), d_encoded, n_rows, WIDTH, n_classes);
    (loss, count)
}

fn softmax(scores: &mut [f32]) {
    let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - highest).exp();
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
}

/// Walks each sentence with the parser, mostly where it would go itself, and learns at every step the moves that lose
/// least.
#[expect(clippy::too_many_arguments, reason = "the parts of one batch, each of another kind")]
fn learn_moves(
    parameters: &Parameters,
    batch: &[&Prepared<'_>],
    starts: &[usize],
    encoded: &[f32],
    epoch: usize,
    random: &mut Random,
    d_encoded: &mut [f32],
    gradients: &mut Gradients,
) -> (f32, usize) {
    if batch.iter().all(|example| example.example.tree.is_none()) {
        return (0.0, 0);
    }
    let n_rows = encoded.len() / WIDTH;
    let mut shares = vec![0.0; n_rows * SLOTS * HIDDEN];
    product(encoded, parameters.get(Part::SlotWeight), &mut shares, n_rows, WIDTH, SLOTS * HIDDEN);
    let (absent, small) = (parameters.get(Part::Absent), parameters.get(Part::Small));
    let (move_weight, move_bias) =
        (parameters.get(Part::MoveWeight), parameters.get(Part::MoveBias));

    let mut steps: Vec<Step> = Vec::new();
    let mut hiddens: Vec<f32> = Vec::new();
    let mut d_scores: Vec<f32> = Vec::new();
    let mut state = State::default();
    let mut loss = 0.0;
    for (example, &start) in batch.iter().zip(starts) {
        let Some((heads, labels)) = &example.example.tree else { continue };
        state.reset(example.len());
        while !state.is_done() {
            let slots = state.slots();
            let smalls = state.small_features(&slots);
            let from = hiddens.len();
            hiddens.extend_from_slice(parameters.get(Part::SlotBias));
            let hidden = &mut hiddens[from..];
            for (slot, &token) in slots.iter().enumerate() {
                let share = if token == NONE {
                    &absent[slot * HIDDEN..(slot + 1) * HIDDEN]
                } else {
                    let at = ((start + token as usize) * SLOTS + slot) * HIDDEN;
                    &shares[at..at + HIDDEN]
                };
                hidden.iter_mut().zip(share).for_each(|(sum, x)| *sum += x);
            }
            for &row in &smalls {
                let row = row as usize * HIDDEN;
                hidden.iter_mut().zip(&small[row..row + HIDDEN]).for_each(|(sum, x)| *sum += x);
            }
            for unit in hidden.iter_mut() {
                let keep = random.unit() >= HIDDEN_DROP;
                *unit = if keep { unit.max(0.0) / (1.0 - HIDDEN_DROP) } else { 0.0 };
            }
            let mut scores = move_bias.to_vec();
            for (&unit, line) in hidden.iter().zip(move_weight.chunks_exact(N_MOVES)) {
                if unit != 0.0 {
                    scores.iter_mut().zip(line).for_each(|(sum, weight)| *sum += unit * weight);
                }
            }
            let legal = state.legal();
            for (index, score) in scores.iter_mut().enumerate() {
                if !is_legal(Move::at(index), legal) {
                    *score = f32::NEG_INFINITY;
                }
            }
            let predicted = argmax(&scores);
            let best = state.best_moves(heads, labels);
            softmax(&mut scores);
            let mass: f32 = best.iter().map(|step| scores[step.index()]).sum::<f32>().max(1e-9);
            loss -= mass.ln();
            for step in &best {
                // d(-ln mass)/d score = p - p/mass for a good move, p for the others.
                scores[step.index()] -= scores[step.index()] / mass;
            }
            d_scores.extend_from_slice(&scores);
            let step =
                if best.contains(&Move::at(predicted)) || (epoch > 0 && random.unit() >= GUIDED) {
                    Move::at(predicted)
                } else {
                    *best
                        .iter()
                        .max_by(|left, right| {
                            scores[left.index()].abs().total_cmp(&scores[right.index()].abs())
                        })
                        .expect("a state that is not done has a best move")
                };
            steps.push(Step { start, slots, smalls });
            state.apply(step);
        }
    }

    let n_steps = steps.len();
    product_left(&hiddens, &d_scores, gradients.get(Part::MoveWeight), n_steps, HIDDEN, N_MOVES);
    sum_rows(&d_scores, gradients.get(Part::MoveBias));
    let mut d_hiddens = vec![0.0; n_steps * HIDDEN];
    product_right(&d_scores, move_weight, &mut d_hiddens, n_steps, HIDDEN, N_MOVES);
    for (d_unit, &unit) in d_hiddens.iter_mut().zip(&hiddens) {
        *d_unit = if unit > 0.0 { *d_unit / (1.0 - HIDDEN_DROP) } else { 0.0 };
    }
    let mut d_shares = vec![0.0; shares.len()];
    for (step, line) in steps.iter().zip(d_hiddens.chunks_exact(HIDDEN)) {
        for (slot, &token) in step.slots.iter().enumerate() {
            let sum = if token == NONE {
                &mut gradients.get(Part::Absent)[slot * HIDDEN..(slot + 1) * HIDDEN]
            } else {
                let at = ((step.start + token as usize) * SLOTS + slot) * HIDDEN;
                &mut d_shares[at..at + HIDDEN]
            };
            sum.iter_mut().zip(line).for_each(|(sum, x)| *sum += x);
        }
        for &row in &step.smalls {
            let row = row as usize * HIDDEN;
            gradients.get(Part::Small)[row..row + HIDDEN]
                .iter_mut()
                .zip(line)
                .for_each(|(sum, x)| *sum += x);
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
    (loss, n_steps / 2)
}

/// What a step of the parser looked at.
struct Step {
    start: usize,
    slots: [u32; SLOTS],
    smalls: [u32; SMALL],
}

fn is_legal(step: Move, legal: crate::net::transition::Legal) -> bool {
    use crate::tags::Deprel;
    match step {
        Move::Shift => legal.shift,
        Move::Left(label) => legal.left && (label == Deprel::Root) == legal.root,
        Move::Right(label) => legal.right && label != Deprel::Root,
    }
}

fn argmax(scores: &[f32]) -> usize {
    let mut best = 0;
    for (index, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = index;
        }
    }
    best
}

/// `out += left · right`, of shapes (n, k) and (k, m).
fn product(left: &[f32], right: &[f32], out: &mut [f32], n: usize, k: usize, m: usize) {
    let (left, right) = (view(left, n, k), view(right, k, m));
    general_mat_mul(1.0, &left, &right, 1.0, &mut view_mut(out, n, m));
}

/// `out += leftᵀ · right`, of shapes (n, k) and (n, m): the gradient of a weight.
fn product_left(left: &[f32], right: &[f32], out: &mut [f32], n: usize, k: usize, m: usize) {
    let (left, right) = (view(left, n, k), view(right, n, m));
    general_mat_mul(1.0, &left.t(), &right, 1.0, &mut view_mut(out, k, m));
}

/// `out += left · rightᵀ`, of shapes (n, m) and (k, m): the gradient of an input.
fn product_right(left: &[f32], right: &[f32], out: &mut [f32], n: usize, k: usize, m: usize) {
    let (left, right) = (view(left, n, m), view(right, k, m));
    general_mat_mul(1.0, &left, &right.t(), 1.0, &mut view_mut(out, n, k));
}

fn view(values: &[f32], rows: usize, columns: usize) -> ArrayView2<'_, f32> {
    ArrayView2::from_shape((rows, columns), values).expect("callers give the shape")
}

fn view_mut(values: &mut [f32], rows: usize, columns: usize) -> ArrayViewMut2<'_, f32> {
    ArrayViewMut2::from_shape((rows, columns), values).expect("callers give the shape")
}

fn sum_rows(rows: &[f32], out: &mut [f32]) {
    for line in rows.chunks_exact(out.len()) {
        out.iter_mut().zip(line).for_each(|(sum, x)| *sum += x);
    }
}
