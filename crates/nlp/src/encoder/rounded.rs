//! Rows of numbers rounded to 8 bits, each with a factor that makes the greatest of them 127.
#![expect(
    clippy::inline_always,
    reason = "wide instructions are only used in what is inlined into `dispatch!`"
)]

use fearless_simd::{Simd, dispatch, f32x16, i16x32, i32x16, prelude::*, u16x32};

use super::{
    lanes::{LANES, load, splat, vectors, zero},
    machine::Machine,
};

/// Numbers that instructions take together.
pub(super) const GROUP: usize = 4;

/// Greatest magnitude of a rounded number.
const MOST: f32 = 127.0;

/// Least magnitude that is taken for the greatest of a row, so that a row of zeros can be divided by it.
const LEAST: f32 = 1e-6;

/// Added to a rounded number for instructions that multiply unsigned bytes with signed ones.
pub(super) const OFFSET: i32 = 128;

/// Rows of numbers, rounded to 8 bits.
#[derive(Debug, Default)]
pub(crate) struct Rounded {
    pub(super) n_in: usize,
    /// Factor of each row.
    pub(super) scales: Vec<f32>,
    /// The numbers plus [`OFFSET`], for machines that multiply bytes.
    pub(super) bytes: Vec<[u8; GROUP]>,
    /// The numbers, for other machines.
    pub(super) shorts: Vec<[i16; GROUP]>,
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
        if machine.multiplies_bytes() {
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
            if machine.multiplies_bytes() {
                let out = self.bytes[groups].as_flattened_mut().as_chunks_mut::<LANES>().0;
                for (out, numbers) in out.iter_mut().zip(vectors(row)) {
                    let shorts: u16x32<S> = round(simd, numbers, factor, OFFSET).bitcast();
                    out.copy_from_slice(&shorts.narrow(shorts).as_slice()[..LANES]);
                }
            } else {
                let out = self.shorts[groups].as_flattened_mut().as_chunks_mut::<LANES>().0;
                for (out, numbers) in out.iter_mut().zip(vectors(row)) {
                    let shorts = round(simd, numbers, factor, 0);
                    out.copy_from_slice(&shorts.as_slice()[..LANES]);
                }
            }
        }
    }
}

/// Multiplies numbers by a factor and rounds them; the results are the first half of the lanes.
#[inline(always)]
fn round<S: Simd>(simd: S, numbers: &[f32; LANES], factor: f32x16<S>, offset: i32) -> i16x32<S> {
    let rounded: i32x16<S> = (load(simd, numbers) * factor).round_ties_even().to_int();
    (rounded + offset).narrow(rounded)
}
