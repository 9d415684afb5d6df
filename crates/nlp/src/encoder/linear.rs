//! Linear layers with weights of eight bits: sums of products of integers, scaled to floating point at the end.
//!
//! Inputs are rounded to 8 bits as well, row by row ([`Rounded`]). Sums of integers are exact, so every machine gets the same
//! result, whichever instructions it adds them up with.
#![expect(
    clippy::inline_always,
    reason = "wide instructions are only used in what is inlined into `dispatch!`"
)]

use fearless_simd::{Simd, dispatch, f32x16, i8x32, i16x16, i32x8, i32x16, i64x4, prelude::*};

use super::{
    lanes::{LANES, load, splat, vectors, zero},
    machine::Machine,
    weights::Weights,
};

/// Outputs of a tile.
pub(super) const TILE: usize = 32;

/// Inputs of a group.
pub(super) const GROUP: usize = 4;

/// Outputs whose sums the general loop keeps in registers.
const EIGHT: usize = 8;

/// Rows whose sums the general loop keeps in registers.
const ROWS: usize = 4;

/// Greatest magnitude of a rounded number.
const MOST: f32 = 127.0;

/// Least magnitude that is taken for the greatest of a row, so that a row of zeros can be divided by it.
const LEAST: f32 = 1e-6;

/// Added to a rounded number for instructions that multiply unsigned bytes with signed ones.
pub(super) const OFFSET: i32 = 128;

/// Weights of the outputs of a tile for a group of inputs: four bytes for each output.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(super) struct Block(pub(super) [i8; TILE * GROUP]);

/// A linear layer.
#[derive(Debug, Clone)]
pub(crate) struct Linear {
    n_in: usize,
    n_out: usize,
    /// For each tile of outputs, a block for each group of inputs.
    pub(super) blocks: Vec<Block>,
    /// Factor of each output. This and the following are padded to whole tiles.
    pub(super) scale: Vec<f32>,
    pub(super) bias: Vec<f32>,
    /// Sum of the weights of each output, times -[`OFFSET`].
    pub(super) start: Vec<i32>,
}

/// Rows of numbers, rounded to 8 bits.
#[derive(Debug, Default)]
pub(crate) struct Rounded {
    n_in: usize,
    /// Factor of each row.
    pub(super) scales: Vec<f32>,
    /// The numbers plus [`OFFSET`], for machines that multiply bytes.
    pub(super) bytes: Vec<[u8; GROUP]>,
    /// The numbers, for other machines.
    shorts: Vec<[i16; GROUP]>,
}

impl Rounded {
    /// Number of rows.
    pub(crate) fn n_rows(&self) -> usize {
        self.scales.len()
    }

    /// Groups of inputs of a row.
    pub(super) fn n_groups(&self) -> usize {
        self.n_in / GROUP
    }

    /// Rounds the first `n_in` numbers of rows that are `stride` numbers apart. The last row may be shorter than `stride`.
    pub(crate) fn fill(&mut self, machine: Machine, rows: &[f32], stride: usize, n_in: usize) {
        assert!(n_in.is_multiple_of(LANES), "rows of whole vectors");
        self.n_in = n_in;
        self.scales.clear();
        let n_groups = rows.len().div_ceil(stride) * self.n_groups();
        if has_bytes(machine) {
            self.bytes.resize(n_groups, [0; GROUP]);
        } else {
            self.shorts.resize(n_groups, [0; GROUP]);
        }
        dispatch!(machine.level(), simd => self.fill_rows(simd, machine, rows, stride));
    }

    #[inline(always)]
    fn fill_rows<S: Simd>(&mut self, simd: S, machine: Machine, rows: &[f32], stride: usize) {
        for (at, row) in rows.chunks(stride).enumerate() {
            let row = &row[..self.n_in];
            let mut most = zero(simd);
            for numbers in vectors(row) {
                most = most.max(load(simd, numbers).abs());
            }
            let most = most.reduce_max().max(LEAST);
            self.scales.push(most / MOST);
            let factor = splat(simd, MOST / most);
            let groups = at * self.n_groups()..(at + 1) * self.n_groups();
            if has_bytes(machine) {
                let out = self.bytes[groups].as_flattened_mut().as_chunks_mut::<LANES>().0;
                for (out, numbers) in out.iter_mut().zip(vectors(row)) {
                    let rounded = round(simd, numbers, factor) + OFFSET;
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "between 1 and 255"
                    )]
                    out.iter_mut().zip(rounded.to_array()).for_each(|(out, it)| *out = it as u8);
                }
            } else {
                let out = self.shorts[groups].as_flattened_mut().as_chunks_mut::<LANES>().0;
                for (out, numbers) in out.iter_mut().zip(vectors(row)) {
                    let rounded = round(simd, numbers, factor);
                    #[expect(clippy::cast_possible_truncation, reason = "between -127 and 127")]
                    out.iter_mut().zip(rounded.to_array()).for_each(|(out, it)| *out = it as i16);
                }
            }
        }
    }
}

#[inline(always)]
fn round<S: Simd>(simd: S, numbers: &[f32; LANES], factor: f32x16<S>) -> i32x16<S> {
    (load(simd, numbers) * factor).round_ties_even().to_int()
}

/// Returns true if the machine multiplies unsigned with signed bytes and adds up the products without loss.
#[cfg(target_arch = "x86_64")]
fn has_bytes(machine: Machine) -> bool {
    machine.level().as_avx512().is_some()
}

#[cfg(not(target_arch = "x86_64"))]
fn has_bytes(_: Machine) -> bool {
    false
}

impl Linear {
    /// Arranges a layer of the weights file.
    pub(crate) fn read(weights: &Weights<'_>, name: &str, n_in: usize) -> Self {
        let tensor = weights.tensor(name);
        let n_out = tensor.n_rows();
        let rows = tensor.expect(n_out, n_in).bytes();
        let floats = |kind: &str| weights.tensor(&format!("{name}.{kind}")).expect(n_out, 1).floats();
        Self::new(n_in, rows, floats("scale"), floats("bias"))
    }

    /// Arranges the weights of a layer: a row of `n_in` signed bytes, a factor and an offset for each output.
    fn new(n_in: usize, rows: &[u8], mut scale: Vec<f32>, mut bias: Vec<f32>) -> Self {
        assert!(n_in.is_multiple_of(LANES), "rows of whole vectors");
        let n_out = bias.len();
        let n_tiles = n_out.div_ceil(TILE);
        let n_groups = n_in / GROUP;
        let mut blocks = vec![Block([0; TILE * GROUP]); n_tiles * n_groups];
        let mut start = vec![0; n_tiles * TILE];
        for (output, row) in rows.chunks_exact(n_in).enumerate() {
            let tile = &mut blocks[output / TILE * n_groups..][..n_groups];
            let from = output % TILE * GROUP;
            for (block, group) in tile.iter_mut().zip(row.as_chunks::<GROUP>().0) {
                block.0[from..from + GROUP].copy_from_slice(&group.map(u8::cast_signed));
            }
            let sum: i32 = row.iter().map(|weight| i32::from(weight.cast_signed())).sum();
            start[output] = -OFFSET * sum;
        }
        scale.resize(n_tiles * TILE, 0.0);
        bias.resize(n_tiles * TILE, 0.0);
        Self { n_in, n_out, blocks, scale, bias, start }
    }

    /// Number of outputs.
    pub(crate) fn n_out(&self) -> usize {
        self.n_out
    }

    /// Length of a row of results: [`Self::n_out`] rounded up.
    pub(crate) fn stride(&self) -> usize {
        self.bias.len()
    }

    /// Applies the layer to rows. Results go into rows of [`Self::stride`].
    pub(crate) fn apply(&self, machine: Machine, rows: &Rounded, results: &mut Vec<f32>) {
        assert_eq!(rows.n_in, self.n_in, "inputs of the layer");
        results.resize(rows.n_rows() * self.stride(), 0.0);
        #[cfg(target_arch = "x86_64")]
        if let Some(avx512) = machine.level().as_avx512() {
            super::bytes::apply(avx512, self, rows, results);
            return;
        }
        dispatch!(machine.level(), simd => self.apply_shorts(simd, rows, results));
    }

    #[inline(always)]
    fn apply_shorts<S: Simd>(&self, simd: S, rows: &Rounded, results: &mut [f32]) {
        let n_groups = rows.n_groups();
        let n_rows = rows.n_rows();
        for (tile, blocks) in self.blocks.chunks_exact(n_groups).enumerate() {
            for eight in 0..TILE / EIGHT {
                let outputs = tile * TILE + eight * EIGHT..tile * TILE + (eight + 1) * EIGHT;
                let part = eight * EIGHT * GROUP..(eight + 1) * EIGHT * GROUP;
                for first in (0..n_rows).step_by(ROWS) {
                    // Past the last row, it is computed again and not stored.
                    let inputs: [&[[i16; GROUP]]; ROWS] = std::array::from_fn(|row| {
                        let from = (first + row).min(n_rows - 1) * n_groups;
                        &rows.shorts[from..from + n_groups]
                    });
                    let sums = sums(simd, blocks, part.clone(), inputs);
                    for (row, sum) in (first..n_rows).zip(sums) {
                        let sum: fearless_simd::f32x8<S> = sum.to_float();
                        let scale = fearless_simd::f32x8::from_slice(simd, &self.scale[outputs.clone()]);
                        let bias = fearless_simd::f32x8::from_slice(simd, &self.bias[outputs.clone()]);
                        (sum * rows.scales[row] * scale + bias).store_slice(
                            &mut results[row * self.stride()..][outputs.clone()],
                        );
                    }
                }
            }
        }
    }
}

/// Adds up the products of a few rows with the weights of eight outputs.
#[inline(always)]
fn sums<S: Simd>(
    simd: S,
    blocks: &[Block],
    part: std::ops::Range<usize>,
    inputs: [&[[i16; GROUP]]; ROWS],
) -> [i32x8<S>; ROWS] {
    // Each output has two sums, of the first and the second two of each group.
    let mut sums = [[i32x8::splat(simd, 0); 2]; ROWS];
    for (at, block) in blocks.iter().enumerate() {
        let (low, high) = i8x32::from_slice(simd, &block.0[part.clone()]).widen();
        for (sums, input) in sums.iter_mut().zip(inputs) {
            let group = i64x4::splat(simd, bits(input[at])).bitcast::<i16x16<S>>();
            sums[0] += low.pairwise_dot_product(group);
            sums[1] += high.pairwise_dot_product(group);
        }
    }
    sums.map(|[low, high]| low.unzip_low(high) + low.unzip_high(high))
}

/// The bytes of four numbers, in the order of memory.
#[inline(always)]
fn bits(group: [i16; GROUP]) -> i64 {
    let [[a, b], [c, d], [e, f], [g, h]] = group.map(i16::to_ne_bytes);
    i64::from_ne_bytes([a, b, c, d, e, f, g, h])
}
