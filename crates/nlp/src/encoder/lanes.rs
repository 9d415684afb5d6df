//! Arithmetic in floating point, the same to the bit on every machine.
//!
//! Numbers are processed sixteen at a time, each in its lane. A machine with narrower vectors splits the sixteen, which changes
//! no result. Sums over a row add up each lane and then the lanes, in a fixed order. No multiplication is fused with an addition,
//! and functions are polynomials of our own; division and square root are exactly rounded anywhere.
#![expect(
    clippy::inline_always,
    reason = "wide instructions are only used in what is inlined into `dispatch!`"
)]

use fearless_simd::{Simd, dispatch, f32x16, i32x16, prelude::*};

use super::machine::Machine;

/// Numbers of a vector.
pub(crate) const LANES: usize = 16;

/// Added to the variance, so that a row of equal numbers has a norm.
const EPSILON: f32 = 1e-12;

/// Scale and offset of a normalized row.
#[derive(Debug, Clone)]
pub(crate) struct Norm {
    pub(crate) weight: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

impl Norm {
    /// Adds rows to others of the same width, `stride` numbers apart, and normalizes the sums: mean 0, variance 1, then scale and
    /// offset.
    pub(crate) fn add(&self, machine: Machine, rows: &mut [f32], added: &[f32], stride: usize) {
        dispatch!(machine.level(), simd => self.add_rows(simd, rows, added, stride));
    }

    #[inline(always)]
    fn add_rows<S: Simd>(&self, simd: S, rows: &mut [f32], added: &[f32], stride: usize) {
        let width = self.weight.len();
        for (row, added) in rows.chunks_exact_mut(width).zip(added.chunks_exact(stride)) {
            for (row, added) in vectors_mut(row).zip(vectors(added)) {
                (load(simd, row) + load(simd, added)).store_array(row);
            }
            self.apply_row(simd, row);
        }
    }

    /// Normalizes rows.
    pub(crate) fn apply(&self, machine: Machine, rows: &mut [f32]) {
        dispatch!(machine.level(), simd => {
            for row in rows.chunks_exact_mut(self.weight.len()) {
                self.apply_row(simd, row);
            }
        });
    }

    #[inline(always)]
    fn apply_row<S: Simd>(&self, simd: S, row: &mut [f32]) {
        #[expect(clippy::cast_precision_loss, reason = "a width is a small number")]
        let count = row.len() as f32;
        let mut sums = zero(simd);
        for numbers in vectors(row) {
            sums += load(simd, numbers);
        }
        let mean = splat(simd, total(sums) / count);
        let mut squares = zero(simd);
        for numbers in vectors(row) {
            let difference = load(simd, numbers) - mean;
            squares += difference * difference;
        }
        let deviation = splat(simd, 1.0 / (total(squares) / count + EPSILON).sqrt());
        for ((numbers, weight), bias) in
            vectors_mut(row).zip(vectors(&self.weight)).zip(vectors(&self.bias))
        {
            let normal = (load(simd, numbers) - mean) * deviation;
            (normal * load(simd, weight) + load(simd, bias)).store_array(numbers);
        }
    }
}

/// Applies the Gaussian error linear unit, in the form with a hyperbolic tangent (Hendrycks and Gimpel 2016).
pub(crate) fn gelu(machine: Machine, numbers: &mut [f32]) {
    dispatch!(machine.level(), simd => {
        for numbers in vectors_mut(numbers) {
            let x = load(simd, numbers);
            // x * (1 + tanh(u)) / 2 = x / (1 + exp(-2u)), with u = sqrt(2 / π) * (x + 0.044715 * x³).
            let exponent = x * (x * x * -0.071_354_814 - 1.595_769_2);
            (x / (exp(simd, exponent) + 1.0)).store_array(numbers);
        }
    });
}

/// Multiplies negative numbers by a slope.
pub(crate) fn leaky_relu(machine: Machine, numbers: &mut [f32], slope: f32) {
    dispatch!(machine.level(), simd => {
        for numbers in vectors_mut(numbers) {
            let x = load(simd, numbers);
            x.max(x * slope).store_array(numbers);
        }
    });
}

/// Replaces numbers by powers of *e* that are proportional to them, the greatest being 1. Returns the sum.
#[inline(always)]
pub(crate) fn exponentials<S: Simd>(simd: S, numbers: &mut [f32], scale: f32) -> f32 {
    let mut most = splat(simd, f32::NEG_INFINITY);
    for numbers in vectors(numbers) {
        most = most.max(load(simd, numbers));
    }
    let most = splat(simd, most.reduce_max());
    let mut sums = zero(simd);
    for numbers in vectors_mut(numbers) {
        let power = exp(simd, (load(simd, numbers) - most) * scale);
        power.store_array(numbers);
        sums += power;
    }
    total(sums)
}

/// Computes the exponential function: 2 to the nearest whole power, times a polynomial of what is left (Cephes).
#[inline(always)]
fn exp<S: Simd>(simd: S, x: f32x16<S>) -> f32x16<S> {
    let x = x.max(splat(simd, -87.0)).min(splat(simd, 88.0));
    let power = (x * std::f32::consts::LOG2_E).round_ties_even();
    // The logarithm of 2 in two parts, of which the first is exact in few bits.
    let rest = x - power * 0.693_359_4 - power * -2.121_944_4e-4;
    let mut sum = rest * 1.987_569_1e-4 + 1.398_199_9e-3;
    for coefficient in [8.333_452e-3, 4.166_579_6e-2, 0.166_666_65, 0.5] {
        sum = sum * rest + coefficient;
    }
    let fraction = sum * (rest * rest) + rest + 1.0;
    let bits: i32x16<S> = power.to_int();
    fraction * ((bits + 127) << 23).bitcast::<f32x16<S>>()
}

/// Adds up lanes: the upper half to the lower until one number is left.
#[inline(always)]
pub(crate) fn total<S: Simd>(lanes: f32x16<S>) -> f32 {
    let mut sums: [f32; LANES] = lanes.to_array();
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            sums[lane] += sums[lane + half];
        }
        half /= 2;
    }
    sums[0]
}

#[inline(always)]
pub(crate) fn zero<S: Simd>(simd: S) -> f32x16<S> {
    splat(simd, 0.0)
}

#[inline(always)]
pub(crate) fn splat<S: Simd>(simd: S, number: f32) -> f32x16<S> {
    f32x16::splat(simd, number)
}

#[inline(always)]
pub(crate) fn load<S: Simd>(simd: S, numbers: &[f32; LANES]) -> f32x16<S> {
    f32x16::load_array_ref(simd, numbers)
}

/// The vectors of a row; its length is a multiple of their size.
#[inline(always)]
pub(crate) fn vectors(row: &[f32]) -> impl Iterator<Item = &[f32; LANES]> {
    row.as_chunks().0.iter()
}

#[inline(always)]
pub(crate) fn vectors_mut(row: &mut [f32]) -> impl Iterator<Item = &mut [f32; LANES]> {
    row.as_chunks_mut().0.iter_mut()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers() -> Vec<f32> {
        (0_i16..4096).map(|at| f32::from(at - 2048) / 97.0).collect()
    }

    #[test]
    fn functions_are_close_to_the_exact_ones() {
        for machine in Machine::all() {
            let mut powers = numbers();
            dispatch!(machine.level(), simd => {
                for numbers in vectors_mut(&mut powers) {
                    exp(simd, load(simd, numbers)).store_array(numbers);
                }
            });
            for (x, power) in numbers().into_iter().zip(powers) {
                let exact = f64::from(x).exp();
                assert!((f64::from(power) - exact).abs() <= exact * 2e-7, "exp {x} {power}");
            }
            let mut units = numbers();
            gelu(machine, &mut units);
            for (x, unit) in numbers().into_iter().map(f64::from).zip(units) {
                let inner = (2.0 / std::f64::consts::PI).sqrt() * (x + 0.044_715 * x.powi(3));
                let exact = 0.5 * x * (1.0 + inner.tanh());
                assert!((f64::from(unit) - exact).abs() < 2e-6, "gelu {x} {unit} {exact}");
            }
        }
    }

    #[test]
    fn every_machine_gives_the_same_bits() {
        let norm = Norm { weight: numbers()[..512].to_vec(), bias: numbers()[7..519].to_vec() };
        let results: Vec<Vec<u32>> = Machine::all()
            .into_iter()
            .map(|machine| {
                let mut rows = numbers();
                norm.add(machine, &mut rows, &numbers(), 512);
                gelu(machine, &mut rows);
                leaky_relu(machine, &mut rows, 0.1);
                let sum = dispatch!(machine.level(), simd => exponentials(simd, &mut rows, 0.2));
                rows.iter().chain([&sum]).map(|number| number.to_bits()).collect()
            })
            .collect();
        for result in &results[1..] {
            assert_eq!(*result, results[0]);
        }
    }
}
