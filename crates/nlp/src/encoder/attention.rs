//! Attention: each piece takes up what other pieces of its window hold, in proportion to how well they match (Vaswani et al. 2017).
use std::ops::Range;

use fearless_simd::{Simd, dispatch, prelude::*};

use super::{
    lanes::{LANES, exponentials},
    machine::Machine,
    products::{Columns, ROWS, Rows, four, mix},
};

/// Numbers that one head sees of a piece.
pub(crate) const HEAD_WIDTH: usize = 2 * LANES;

/// Factor of a product of a query and a key: one over the square root of [`HEAD_WIDTH`].
const SCALE: f32 = 0.176_776_7;

/// Buffers, reused from window to window.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    keys: Columns,
    /// Factors of a few rows.
    factors: Vec<f32>,
}

/// Attends within each window. A row of `inputs` is `stride` numbers long and begins with the query, the key and the value of all
/// heads, one after the other, `width` numbers each. Results are rows of `width`.
pub(crate) fn attend(
    machine: Machine,
    inputs: &[f32],
    stride: usize,
    windows: impl Iterator<Item = Range<usize>>,
    scratch: &mut Scratch,
    results: &mut [f32],
    width: usize,
) {
    for window in windows {
        let inputs = &inputs[window.start * stride..window.end * stride];
        let results = &mut results[window.start * width..window.end * width];
        for from in (0..width).step_by(HEAD_WIDTH) {
            let [queries, keys, values] =
                [0, 1, 2].map(|part| Rows::new(inputs, stride, part * width + from, HEAD_WIDTH));
            dispatch!(machine.level(), simd => {
                attend_head(simd, queries, keys, values, scratch, results, width, from);
            });
        }
    }
}

#[expect(clippy::inline_always, reason = "inlined into `dispatch!`")]
#[expect(clippy::too_many_arguments, reason = "two places with their layout")]
#[inline(always)]
fn attend_head<S: Simd>(
    simd: S,
    queries: Rows<'_>,
    keys: Rows<'_>,
    values: Rows<'_>,
    scratch: &mut Scratch,
    results: &mut [f32],
    width: usize,
    from: usize,
) {
    let n_rows = queries.len();
    scratch.keys.fill(keys);
    let n_columns = scratch.keys.len();
    scratch.factors.resize(ROWS * n_columns, 0.0);
    for first in (0..n_rows).step_by(ROWS) {
        scratch.keys.multiply(simd, four(queries, first), &mut scratch.factors);
        let mut sums = [0.0; ROWS];
        for (factors, sum) in scratch.factors.chunks_exact_mut(n_columns).zip(&mut sums) {
            factors[n_rows..].fill(f32::NEG_INFINITY);
            *sum = exponentials(simd, factors, SCALE);
        }
        let factors = std::array::from_fn(|row| &scratch.factors[row * n_columns..][..n_columns]);
        let mixed = mix(simd, values, factors);
        for ((row, [low, high]), sum) in (first..n_rows).zip(mixed).zip(sums) {
            let result = &mut results[row * width + from..][..HEAD_WIDTH];
            (low * (1.0 / sum)).store_slice(&mut result[..LANES]);
            (high * (1.0 / sum)).store_slice(&mut result[LANES..]);
        }
    }
}
