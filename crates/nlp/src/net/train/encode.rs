//! Forward and backward pass of the encoder: embeddings, word vectors, convolutions.

use super::{
    Plan, Random,
    matrix::{add, product, product_left, product_right, spread, sum_rows},
    parameters::{Gradients, Parameters, Part},
};
use crate::net::{LAYERS, WIDTH, features::VIEWS};

const INPUT_DROP: f32 = 0.2;
const LAYER_DROP: f32 = 0.1;
/// Word dropout: a word is dropped with probability `RARITY / (RARITY + count)`.
const RARITY: f32 = 0.5;
/// Probability that a word is used without its vector, so the network does not depend on vectors alone.
const VECTOR_DROP: f32 = 0.05;

/// Embeddings of a row of the batch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lookup {
    /// Rows of the embedding table. A dropped word has the row of unknown words.
    rows: [u32; VIEWS],
    /// Word whose vector is added, if any.
    vector: Option<u32>,
}

impl Lookup {
    /// Looks a token up as after training: a word that occurs once will have no row of its own, so it must not learn one.
    pub(super) fn new(mut rows: [u32; VIEWS], plan: &Plan, random: &mut Random) -> Self {
        let word = rows[0];
        let count = plan.counts[word as usize];
        if count < 2 || random.unit() < RARITY / (RARITY + count as f32) {
            rows[0] = 0;
        }
        Self { rows, vector: (random.unit() >= VECTOR_DROP).then_some(word) }
    }
}

/// An encoded batch, with everything the backward pass needs.
#[derive(Debug)]
pub(super) struct Encoded {
    /// Embeddings of each row; `None` between sentences.
    lookups: Vec<Option<Lookup>>,
    vectors: Vec<f32>,
    input_factors: Vec<f32>,
    layers: Vec<Layer>,
    /// Rows of [`WIDTH`] numbers.
    pub(super) rows: Vec<f32>,
}

#[derive(Debug)]
struct Layer {
    windows: Vec<f32>,
    /// True where the second maxout piece was greater.
    second: Vec<bool>,
    factors: Vec<f32>,
}

impl Encoded {
    /// Runs the forward pass.
    pub(super) fn new(
        lookups: Vec<Option<Lookup>>,
        parameters: &Parameters,
        plan: &Plan,
        random: &mut Random,
    ) -> Self {
        let n_rows = lookups.len();
        let dimensions = plan.dimensions;
        let mut vectors = vec![0.0; n_rows * dimensions];
        let mut rows = vec![0.0; n_rows * WIDTH];
        let embedding = parameters.get(Part::Embedding);
        for (row, lookup) in lookups.iter().enumerate() {
            let Some(lookup) = lookup else { continue };
            if let Some(word) = lookup.vector {
                let from = word as usize * dimensions;
                vectors[row * dimensions..(row + 1) * dimensions]
                    .copy_from_slice(&plan.vectors[from..from + dimensions]);
            }
            for source in lookup.rows {
                let from = source as usize * WIDTH;
                add(&mut rows[row * WIDTH..(row + 1) * WIDTH], &embedding[from..from + WIDTH]);
            }
        }
        product(&vectors, parameters.get(Part::Projection), &mut rows, n_rows, dimensions, WIDTH);
        let input_factors = drop_some(&mut rows, &lookups, INPUT_DROP, random);
        let mut encoded =
            Self { lookups, vectors, input_factors, layers: Vec::with_capacity(LAYERS), rows };
        for layer in 0..LAYERS {
            encoded.convolve(layer, parameters, random);
        }
        encoded
    }

    fn convolve(&mut self, layer: usize, parameters: &Parameters, random: &mut Random) {
        let n_rows = self.lookups.len();
        let windows = windows(&self.rows, n_rows);
        let mut sums = spread(parameters.get(Part::ConvBias(layer)), n_rows);
        product(
            &windows,
            parameters.get(Part::ConvWeight(layer)),
            &mut sums,
            n_rows,
            3 * WIDTH,
            2 * WIDTH,
        );
        let mut greatest = Vec::with_capacity(n_rows * WIDTH);
        let mut second = Vec::with_capacity(n_rows * WIDTH);
        for line in sums.chunks_exact(2 * WIDTH) {
            let (one, other) = line.split_at(WIDTH);
            greatest.extend(one.iter().zip(other).map(|(one, other)| one.max(*other)));
            second.extend(one.iter().zip(other).map(|(one, other)| other > one));
        }
        let factors = drop_some(&mut greatest, &self.lookups, LAYER_DROP, random);
        add(&mut self.rows, &greatest);
        self.layers.push(Layer { windows, second, factors });
    }

    /// Runs the backward pass. `d_rows` is the gradient of [`Self::rows`] and is overwritten.
    pub(super) fn learn(
        &self,
        mut d_rows: Vec<f32>,
        parameters: &Parameters,
        plan: &Plan,
        gradients: &mut Gradients,
    ) {
        let n_rows = self.lookups.len();
        for (layer, Layer { windows, second, factors }) in self.layers.iter().enumerate().rev() {
            let mut d_sums = vec![0.0; n_rows * 2 * WIDTH];
            for (at, (d_row, factor)) in d_rows.iter().zip(factors).enumerate() {
                let side = if second[at] { WIDTH } else { 0 };
                d_sums[at / WIDTH * 2 * WIDTH + side + at % WIDTH] = d_row * factor;
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
            let weights = parameters.get(Part::ConvWeight(layer));
            product_right(&d_sums, weights, &mut d_windows, n_rows, 3 * WIDTH, 2 * WIDTH);
            for (row, window) in d_windows.chunks_exact(3 * WIDTH).enumerate() {
                for (target, part) in
                    neighbors(row, n_rows).into_iter().zip(window.chunks_exact(WIDTH))
                {
                    if let Some(target) = target.filter(|&target| self.lookups[target].is_some()) {
                        add(&mut d_rows[target * WIDTH..(target + 1) * WIDTH], part);
                    }
                }
            }
        }
        d_rows.iter_mut().zip(&self.input_factors).for_each(|(d_row, factor)| *d_row *= factor);
        product_left(
            &self.vectors,
            &d_rows,
            gradients.get(Part::Projection),
            n_rows,
            plan.dimensions,
            WIDTH,
        );
        for (lookup, line) in self.lookups.iter().zip(d_rows.chunks_exact(WIDTH)) {
            for target in lookup.iter().flat_map(|lookup| lookup.rows) {
                add(gradients.row(target), line);
            }
        }
    }
}

/// Applies dropout, and zeroes the rows between sentences. Returns the factors.
fn drop_some(
    values: &mut [f32],
    lookups: &[Option<Lookup>],
    share: f32,
    random: &mut Random,
) -> Vec<f32> {
    let mut factors = vec![0.0; values.len()];
    for (at, (value, factor)) in values.iter_mut().zip(&mut factors).enumerate() {
        if lookups[at / WIDTH].is_some() && random.unit() >= share {
            *factor = 1.0 / (1.0 - share);
        }
        *value *= *factor;
    }
    factors
}

/// Concatenates each row with its neighbors.
fn windows(rows: &[f32], n_rows: usize) -> Vec<f32> {
    let mut windows = vec![0.0; n_rows * 3 * WIDTH];
    for (row, window) in windows.chunks_exact_mut(3 * WIDTH).enumerate() {
        for (source, part) in neighbors(row, n_rows).into_iter().zip(window.chunks_exact_mut(WIDTH))
        {
            if let Some(source) = source {
                part.copy_from_slice(&rows[source * WIDTH..(source + 1) * WIDTH]);
            }
        }
    }
    windows
}

fn neighbors(row: usize, n_rows: usize) -> [Option<usize>; 3] {
    [row.checked_sub(1), Some(row), Some(row + 1).filter(|&next| next < n_rows)]
}
