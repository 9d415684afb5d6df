//! Products of matrices in floating point: each result is a sum over the inputs in their order, starting from zero.
#![expect(
    clippy::inline_always,
    reason = "wide instructions are only used in what is inlined into `dispatch!`"
)]

use fearless_simd::{Simd, dispatch, f32x16, prelude::*};

use super::{
    lanes::{LANES, load, splat, vectors, zero},
    machine::Machine,
};

/// Rows that are multiplied together, to keep the arithmetic units busy.
pub(crate) const ROWS: usize = 4;

/// Rows of numbers within a larger table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'n> {
    numbers: &'n [f32],
    stride: usize,
    from: usize,
    width: usize,
}

impl<'n> Rows<'n> {
    /// Takes `width` numbers of each row, starting at `from`, of a table with `stride` numbers in a row.
    pub(crate) fn new(numbers: &'n [f32], stride: usize, from: usize, width: usize) -> Self {
        Self { numbers, stride, from, width }
    }

    /// Returns a row.
    #[inline(always)]
    pub(crate) fn row(&self, at: usize) -> &'n [f32] {
        &self.numbers[at * self.stride + self.from..][..self.width]
    }

    /// Number of rows.
    pub(crate) fn len(&self) -> usize {
        self.numbers.len() / self.stride
    }
}

/// A matrix whose rows were turned into columns, padded with zeros to whole vectors.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    numbers: Vec<f32>,
    n_columns: usize,
}

impl Columns {
    /// Turns rows into columns.
    pub(crate) fn fill(&mut self, rows: Rows<'_>) {
        self.n_columns = rows.len().next_multiple_of(LANES);
        self.numbers.clear();
        self.numbers.resize(self.n_columns * rows.width, 0.0);
        for at in 0..rows.len() {
            for (out, &number) in self.numbers[at..].iter_mut().step_by(self.n_columns).zip(rows.row(at)) {
                *out = number;
            }
        }
    }

    /// Number of columns, with the padding.
    pub(crate) fn len(&self) -> usize {
        self.n_columns
    }

    /// Multiplies rows by the columns. Results go into rows of [`Self::len`].
    #[inline(always)]
    pub(crate) fn multiply<S: Simd>(&self, simd: S, rows: [&[f32]; ROWS], results: &mut [f32]) {
        for from in (0..self.n_columns).step_by(LANES) {
            let mut sums = [zero(simd); ROWS];
            for (at, line) in self.numbers.chunks_exact(self.n_columns).enumerate() {
                let line = f32x16::from_slice(simd, &line[from..from + LANES]);
                for (sum, row) in sums.iter_mut().zip(rows) {
                    *sum += line * row[at];
                }
            }
            for (result, sum) in results.chunks_exact_mut(self.n_columns).zip(sums) {
                sum.store_slice(&mut result[from..from + LANES]);
            }
        }
    }

    /// Multiplies all rows by the columns. Results go into rows of [`Self::len`].
    pub(crate) fn multiply_all(&self, machine: Machine, rows: Rows<'_>, results: &mut Vec<f32>) {
        results.resize(rows.len().next_multiple_of(ROWS) * self.n_columns, 0.0);
        dispatch!(machine.level(), simd => {
            for (at, results) in results.chunks_exact_mut(ROWS * self.n_columns).enumerate() {
                self.multiply(simd, four(rows, at * ROWS), results);
            }
        });
        results.truncate(rows.len() * self.n_columns);
    }
}

/// Returns four rows. Past the last, it is returned again.
#[inline(always)]
pub(crate) fn four(rows: Rows<'_>, first: usize) -> [&[f32]; ROWS] {
    std::array::from_fn(|row| rows.row((first + row).min(rows.len() - 1)))
}

/// Adds up the products of two rows.
#[inline(always)]
pub(crate) fn dot<S: Simd>(simd: S, left: &[f32], right: &[f32]) -> f32 {
    let mut sums = zero(simd);
    for (left, right) in vectors(left).zip(vectors(right)) {
        sums += load(simd, left) * load(simd, right);
    }
    super::lanes::total(sums)
}

/// Adds up rows of two vectors, each times a factor of its own.
#[inline(always)]
pub(crate) fn mix<S: Simd>(
    simd: S,
    rows: Rows<'_>,
    factors: [&[f32]; ROWS],
) -> [[f32x16<S>; 2]; ROWS] {
    let mut sums = [[zero(simd); 2]; ROWS];
    for at in 0..rows.len() {
        let [low, high] = [0, LANES].map(|from| f32x16::from_slice(simd, &rows.row(at)[from..from + LANES]));
        for (sums, factors) in sums.iter_mut().zip(factors) {
            let factor = splat(simd, factors[at]);
            sums[0] += low * factor;
            sums[1] += high * factor;
        }
    }
    sums
}
