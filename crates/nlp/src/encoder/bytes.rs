//! The inner loop of a linear layer on processors with AVX-512 and VNNI: one instruction multiplies 64 pairs of bytes and adds
//! up the products in groups of four.
#![expect(
    clippy::inline_always,
    reason = "wide instructions are only used in what is inlined into `kernel!`"
)]

use std::arch::x86_64::{_mm512_dpbusd_epi32, _mm512_set1_epi32};

use fearless_simd::{f32x16, i8x64, i32x16, prelude::*, x86::Avx512};

use super::{
    linear::{Block, Linear, TILE},
    rounded::{GROUP, Rounded},
};

/// Tiles whose sums are kept in registers. Each is a vector wide.
const TILES: usize = 2;

fearless_simd::kernel!(
    /// Applies a layer to rows.
    pub(super) fn apply(avx512: Avx512, layer: &Linear, rows: &Rounded, results: &mut [f32]) {
        let dot = |sum: i32x16<Avx512>, group: [u8; GROUP], weights: i8x64<Avx512>| {
            let spread = _mm512_set1_epi32(i32::from_ne_bytes(group));
            _mm512_dpbusd_epi32(sum.into(), spread, weights.into()).simd_into(avx512)
        };
        let n_rows = rows.n_rows();
        for (at, blocks) in layer.blocks.chunks_exact(TILES * rows.n_groups()).enumerate() {
            let part = Part { avx512, layer, rows, blocks, first_output: at * TILES * TILE };
            let mut row = 0;
            while row + 8 <= n_rows {
                part.apply::<8>(row, results, dot);
                row += 8;
            }
            if row + 4 <= n_rows {
                part.apply::<4>(row, results, dot);
                row += 4;
            }
            if row + 2 <= n_rows {
                part.apply::<2>(row, results, dot);
                row += 2;
            }
            if row < n_rows {
                part.apply::<1>(row, results, dot);
            }
        }
    }
);

/// Two tiles of outputs.
#[derive(Clone, Copy)]
struct Part<'a> {
    avx512: Avx512,
    layer: &'a Linear,
    rows: &'a Rounded,
    blocks: &'a [Block],
    first_output: usize,
}

impl Part<'_> {
    /// Computes the outputs of a few rows.
    #[inline(always)]
    fn apply<const ROWS: usize>(
        self,
        first: usize,
        results: &mut [f32],
        dot: impl Fn(i32x16<Avx512>, [u8; GROUP], i8x64<Avx512>) -> i32x16<Avx512>,
    ) {
        let Self { avx512, layer, rows, blocks, first_output } = self;
        let n_groups = blocks.len() / TILES;
        let (one, other) = blocks.split_at(n_groups);
        let inputs: [&[[u8; GROUP]]; ROWS] = std::array::from_fn(|row| {
            let from = (first + row) * n_groups;
            &rows.bytes[from..from + n_groups]
        });
        let outputs: [usize; TILES] = std::array::from_fn(|at| first_output + at * TILE);
        let start = outputs.map(|at| i32x16::from_slice(avx512, &layer.start[at..at + TILE]));
        let mut sums = [start; ROWS];
        for (at, (one, other)) in one.iter().zip(other).enumerate() {
            let weights = [one, other].map(|block| i8x64::load_array_ref(avx512, &block.0));
            for (sums, input) in sums.iter_mut().zip(inputs) {
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    *sum = dot(*sum, input[at], weights);
                }
            }
        }
        for (row, sums) in sums.into_iter().enumerate() {
            let factor = rows.scales[first + row];
            let results = &mut results[(first + row) * layer.stride()..][..layer.stride()];
            for (sum, at) in sums.into_iter().zip(outputs) {
                let sum: f32x16<Avx512> = sum.to_float();
                let scale = f32x16::from_slice(avx512, &layer.scale[at..at + TILE]);
                let bias = f32x16::from_slice(avx512, &layer.bias[at..at + TILE]);
                (sum * factor * scale + bias).store_slice(&mut results[at..at + TILE]);
            }
        }
    }
}
