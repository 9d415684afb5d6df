//! The inner loop of a linear layer on any processor: products of 16-bit numbers, added up in pairs.
#![expect(
    clippy::inline_always,
    reason = "wide instructions are only used in what is inlined into `dispatch!`"
)]

use fearless_simd::{Simd, f32x8, i8x32, i16x16, i32x8, i64x4, prelude::*};

use super::{
    linear::{Block, Linear, TILE},
    rounded::{GROUP, Rounded},
};

/// Outputs whose sums are kept in registers.
const EIGHT: usize = 8;

/// Rows whose sums are kept in registers.
const ROWS: usize = 6;

/// Applies a layer to rows.
#[inline(always)]
pub(super) fn apply<S: Simd>(simd: S, layer: &Linear, rows: &Rounded, results: &mut [f32]) {
    let n_groups = rows.n_groups();
    let n_rows = rows.n_rows();
    for (tile, blocks) in layer.blocks.chunks_exact(n_groups).enumerate() {
        for eight in 0..TILE / EIGHT {
            let outputs = tile * TILE + eight * EIGHT..tile * TILE + (eight + 1) * EIGHT;
            for first in (0..n_rows).step_by(ROWS) {
                // Past the last row, it is computed again and not stored.
                let inputs: [&[[i16; GROUP]]; ROWS] = std::array::from_fn(|row| {
                    let from = (first + row).min(n_rows - 1) * n_groups;
                    &rows.shorts[from..from + n_groups]
                });
                let sums = sums(simd, blocks, eight, inputs);
                for (row, [low, high]) in (first..n_rows).zip(sums) {
                    let sum = low.unzip_low(high) + low.unzip_high(high);
                    let sum: f32x8<S> = sum.to_float();
                    let scale = f32x8::from_slice(simd, &layer.scale[outputs.clone()]);
                    let bias = f32x8::from_slice(simd, &layer.bias[outputs.clone()]);
                    (sum * rows.scales[row] * scale + bias)
                        .store_slice(&mut results[row * layer.stride()..][outputs.clone()]);
                }
            }
        }
    }
}

/// Adds up the products of a few rows with the weights of eight outputs: the first or the last of a tile. Returns two vectors of
/// four outputs for each row, with two sums for each output: of the first two and of the last two numbers of each group.
#[inline(always)]
fn sums<S: Simd>(
    simd: S,
    blocks: &[Block],
    eight: usize,
    inputs: [&[[i16; GROUP]]; ROWS],
) -> [[i32x8<S>; 2]; ROWS] {
    let mut sums = [[i32x8::splat(simd, 0); 2]; ROWS];
    for (at, block) in blocks.iter().enumerate() {
        let eight = &block.0.as_chunks().0[eight];
        let (low, high) = i8x32::load_array_ref(simd, eight).widen();
        for (sums, input) in sums.iter_mut().zip(inputs) {
            let group = i64x4::splat(simd, bits(input[at])).bitcast::<i16x16<S>>();
            sums[0] += low.pairwise_dot_product(group);
            sums[1] += high.pairwise_dot_product(group);
        }
    }
    sums
}

/// The bytes of four numbers, in the order of memory.
#[inline(always)]
fn bits(group: [i16; GROUP]) -> i64 {
    let mut bytes = [0; 8];
    bytes.as_chunks_mut().0.iter_mut().zip(group).for_each(|(two, it)| *two = it.to_ne_bytes());
    i64::from_ne_bytes(bytes)
}
