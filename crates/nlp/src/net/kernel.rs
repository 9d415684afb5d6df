//! Linear layers: sums of products of 16-bit integers, for many outputs at a time.
//!
//! Weights are stored so that the two inputs of a pair are adjacent for sixteen consecutive outputs; one vector instruction then
//! does 32 products. Sums are integers and never overflow, which [`Linear::new`] checks, so every machine gives the same.

use super::machine::{LANES, Machine, Wide, Work};

/// Activations are in units of 1/256.
pub(crate) const ACTIVATION_BITS: u32 = 8;

/// Activations are clamped to ±16.
pub(crate) const ACTIVATION_MOST: i32 = (1 << 12) - 1;

/// Blocks of outputs computed together.
const BLOCKS: usize = 2;

/// A linear layer.
#[derive(Debug, Clone)]
pub(crate) struct Linear {
    n_in: usize,
    n_out: usize,
    /// Weights are in units of 1/2^bits.
    weight_bits: u32,
    /// Padded with zeros to whole groups of blocks.
    bias: Vec<[i32; LANES]>,
    /// For each block and each pair of inputs: both weights of each of the sixteen outputs.
    weights: Vec<[i16; 2 * LANES]>,
}

impl Linear {
    /// Creates a layer from weights ordered by output and a bias in units of 1/2^([`ACTIVATION_BITS`] + `weight_bits`).
    ///
    /// # Panics
    ///
    /// If the number of inputs is odd, or a sum could overflow.
    pub(crate) fn new(
        n_in: usize,
        n_out: usize,
        weight_bits: u32,
        weights: &[i16],
        bias: &[i32],
    ) -> Self {
        assert!(n_in.is_multiple_of(2), "inputs come in pairs");
        assert_eq!((weights.len(), bias.len()), (n_in * n_out, n_out));
        let n_blocks = n_out.div_ceil(LANES * BLOCKS) * BLOCKS;
        let mut blocked = vec![[0; 2 * LANES]; n_blocks * n_in / 2];
        let mut filled = vec![[0; LANES]; n_blocks];
        for (output, (row, &bias)) in weights.chunks_exact(n_in).zip(bias).enumerate() {
            assert!(greatest_sum(row, bias) <= i64::from(i32::MAX), "sums do not overflow");
            filled[output / LANES][output % LANES] = bias;
            for (pair, two) in row.chunks_exact(2).enumerate() {
                let cell = &mut blocked[output / LANES * (n_in / 2) + pair];
                cell[output % LANES * 2..output % LANES * 2 + 2].copy_from_slice(two);
            }
        }
        Self { n_in, n_out, weight_bits, bias: filled, weights: blocked }
    }

    pub(crate) fn n_out(&self) -> usize {
        self.n_out
    }

    /// Length of a row of results: [`Self::n_out`] rounded up.
    pub(crate) fn stride(&self) -> usize {
        self.bias.len() * LANES
    }

    /// Number of bits a result is shifted right to become an activation.
    pub(crate) fn shift(&self) -> u32 {
        self.weight_bits
    }

    /// Applies the layer to `n_rows` inputs that start `step` numbers apart; `step` is even. Results go into rows of
    /// [`Self::stride`], in units of 1/2^([`ACTIVATION_BITS`] + [`Self::shift`]).
    pub(crate) fn apply(
        &self,
        machine: Machine,
        inputs: &[i16],
        step: usize,
        n_rows: usize,
        results: &mut Vec<i32>,
    ) {
        results.resize(n_rows * self.stride(), 0);
        let (inputs, results) = (inputs.as_chunks().0, results.as_chunks_mut().0);
        machine.run(Product { layer: self, inputs, step: step / 2, n_rows, results });
    }
}

/// Returns the greatest absolute value a sum of products can reach, at any point.
pub(crate) fn greatest_sum(weights: &[i16], bias: i32) -> i64 {
    let weights: i64 = weights.iter().map(|&weight| i64::from(weight).abs()).sum();
    weights * i64::from(ACTIVATION_MOST) + i64::from(bias).abs()
}

/// A layer, its inputs, and where its results go.
struct Product<'a> {
    layer: &'a Linear,
    /// In pairs, as the layer reads them.
    inputs: &'a [[i16; 2]],
    /// Distance from one input to the next, in pairs.
    step: usize,
    n_rows: usize,
    results: &'a mut [[i32; LANES]],
}

impl Work for Product<'_> {
    #[expect(
        clippy::inline_always,
        reason = "wide instructions are only used in what is inlined into `vectorize`"
    )]
    #[inline(always)]
    fn run(mut self, wide: impl Wide) {
        for group in 0..self.layer.bias.len() / BLOCKS {
            let mut row = 0;
            // The more rows share a load of the weights, the better.
            if rows_of(wide) >= 4 {
                while row + 4 <= self.n_rows {
                    self.rows::<4>(wide, group, row);
                    row += 4;
                }
            }
            if rows_of(wide) >= 2 {
                while row + 2 <= self.n_rows {
                    self.rows::<2>(wide, group, row);
                    row += 2;
                }
            }
            while row < self.n_rows {
                self.rows::<1>(wide, group, row);
                row += 1;
            }
        }
    }
}

const fn rows_of<W: Wide>(_: W) -> usize {
    W::ROWS
}

impl Product<'_> {
    /// Computes one group of outputs of `N` rows.
    #[expect(
        clippy::inline_always,
        reason = "wide instructions are only used in what is inlined into `vectorize`"
    )]
    #[inline(always)]
    fn rows<const N: usize>(&mut self, wide: impl Wide, group: usize, row: usize) {
        let layer = self.layer;
        let n_pairs = layer.n_in / 2;
        let n_blocks = layer.bias.len();
        let blocks = &layer.weights[group * BLOCKS * n_pairs..(group + 1) * BLOCKS * n_pairs];
        let (one, two) = (&blocks[..n_pairs], &blocks[n_pairs..][..n_pairs]);
        let bias = [&layer.bias[group * BLOCKS], &layer.bias[group * BLOCKS + 1]];
        let mut sums = [[wide.sums(bias[0]), wide.sums(bias[1])]; N];
        let inputs: [&[[i16; 2]]; N] =
            std::array::from_fn(|at| &self.inputs[(row + at) * self.step..][..n_pairs]);
        for pair in 0..n_pairs {
            for (sums, input) in sums.iter_mut().zip(&inputs) {
                sums[0] = wide.multiply_add(sums[0], input[pair], &one[pair]);
                sums[1] = wide.multiply_add(sums[1], input[pair], &two[pair]);
            }
        }
        for (at, sums) in sums.into_iter().enumerate() {
            let out = &mut self.results[(row + at) * n_blocks + group * BLOCKS..][..BLOCKS];
            for (out, sums) in out.iter_mut().zip(sums) {
                *out = wide.store(sums);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(n_in: usize, n_out: usize) -> (Linear, Vec<i16>, Vec<i32>) {
        let weights: Vec<i16> =
            (0..n_in * n_out).map(|at| i16::try_from(at * 37 % 4001).unwrap() - 2000).collect();
        let bias: Vec<i32> = (0..n_out).map(|at| i32::try_from(at).unwrap() * 1000).collect();
        (Linear::new(n_in, n_out, 9, &weights, &bias), weights, bias)
    }

    #[test]
    fn every_machine_gives_the_exact_sums() {
        let (n_in, n_out, n_rows) = (192, 43, 7);
        let (linear, weights, bias) = layer(n_in, n_out);
        let inputs: Vec<i16> = (0..64 * (n_rows + 2))
            .map(|at| i16::try_from(at * 53 % 8001).unwrap() - 4000)
            .collect();
        for machine in Machine::all() {
            let mut results = Vec::new();
            linear.apply(machine, &inputs, 64, n_rows, &mut results);
            for row in 0..n_rows {
                for output in 0..n_out {
                    let sum: i32 = (0..n_in)
                        .map(|at| {
                            i32::from(inputs[row * 64 + at])
                                * i32::from(weights[output * n_in + at])
                        })
                        .sum();
                    assert_eq!(
                        results[row * linear.stride() + output],
                        bias[output] + sum,
                        "{machine:?} {output}"
                    );
                }
            }
        }
    }

    #[test]
    #[should_panic(expected = "overflow")]
    fn a_layer_whose_sums_could_overflow_is_refused() {
        Linear::new(400, 1, 0, &[2000; 400], &[0]);
    }
}
