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

    #[inline(always)]
    fn iter(self) -> impl Iterator<Item = &'n [f32]> {
        self.numbers
            .chunks_exact(self.stride)
            .map(move |row| &row[self.from..self.from + self.width])
    }
}

/// A matrix whose rows were turned into columns, padded with zeros to whole vectors.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    /// For each vector of columns, a line for each number of a column.
    lines: Vec<[f32; LANES]>,
    n_lines: usize,
    padded: usize,
}

impl Columns {
    /// Turns rows into columns.
    pub(crate) fn fill(&mut self, rows: Rows<'_>) {
        self.n_lines = rows.width;
        self.padded = rows.len().next_multiple_of(LANES);
        self.lines.resize(self.padded / LANES * self.n_lines, [0.0; LANES]);
        for (at, row) in rows.iter().enumerate() {
            let block = &mut self.lines[at / LANES * self.n_lines..][..self.n_lines];
            for (line, &number) in block.iter_mut().zip(row) {
                line[at % LANES] = number;
            }
        }
        for at in rows.len()..self.padded {
            for line in &mut self.lines[at / LANES * self.n_lines..] {
                line[at % LANES] = 0.0;
            }
        }
    }

    /// Number of columns, with the padding.
    pub(crate) fn len(&self) -> usize {
        self.padded
    }

    /// Multiplies rows by the columns. Results go into rows of [`Self::len`].
    #[inline(always)]
    pub(crate) fn multiply<S: Simd>(&self, simd: S, rows: [&[f32]; ROWS], results: &mut [f32]) {
        let [one, two, three, four] = rows;
        for (block, lines) in self.lines.chunks_exact(self.n_lines).enumerate() {
            let mut sums = [zero(simd); ROWS];
            for ((((line, &one), &two), &three), &four) in
                lines.iter().zip(one).zip(two).zip(three).zip(four)
            {
                let line = load(simd, line);
                sums[0] += line * one;
                sums[1] += line * two;
                sums[2] += line * three;
                sums[3] += line * four;
            }
            for (result, sum) in results.chunks_exact_mut(self.padded).zip(sums) {
                sum.store_slice(&mut result[block * LANES..][..LANES]);
            }
        }
    }

    /// Multiplies all rows by the columns. Results go into rows of [`Self::len`].
    pub(crate) fn multiply_all(&self, machine: Machine, rows: Rows<'_>, results: &mut Vec<f32>) {
        results.resize(rows.len().next_multiple_of(ROWS) * self.padded, 0.0);
        dispatch!(machine.level(), simd => {
            for (at, results) in results.chunks_exact_mut(ROWS * self.padded).enumerate() {
                self.multiply(simd, four(rows, at * ROWS), results);
            }
        });
        results.truncate(rows.len() * self.padded);
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
    let [one, two, three, four] = factors;
    for ((((row, &one), &two), &three), &four) in rows.iter().zip(one).zip(two).zip(three).zip(four)
    {
        let (low, high) = row.split_at(LANES);
        let (low, high) = (f32x16::from_slice(simd, low), f32x16::from_slice(simd, high));
        for (sums, factor) in sums.iter_mut().zip([one, two, three, four]) {
            let factor = splat(simd, factor);
            sums[0] += low * factor;
            sums[1] += high * factor;
        }
    }
    sums
}
