//! The inner loop: sums of products of 16-bit integers, for many outputs at a time.
//!
//! Weights are stored so that the two inputs of a pair are adjacent for eight consecutive outputs; one vector instruction then does
//! sixteen products. Machines without it run the plain loop, with the same result to the bit, because the sums are integers and,
//! by the bounds below, never overflow.

/// Activations are in units of 1/256.
pub(crate) const ACTIVATION_BITS: u32 = 8;

/// Activations are clamped to ±16, so no sum of [`MOST_INPUTS`] products overflows.
pub(crate) const ACTIVATION_MOST: i32 = (1 << 12) - 1;

/// Maximum absolute value of a weight.
#[cfg(any(feature = "train", test))]
pub(crate) const WEIGHT_MOST: i32 = (1 << 11) - 1;

/// Maximum number of inputs of a layer.
const MOST_INPUTS: usize = 192;

/// Outputs of one block.
const LANES: usize = 8;

/// Blocks computed together, to keep the arithmetic units busy.
const BLOCKS: usize = 4;

/// Vector instructions of the machine, detected once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Machine {
    #[cfg(target_arch = "x86_64")]
    wide: Option<pulp::x86::V3>,
}

impl Machine {
    /// Detects the instructions of this machine.
    pub(crate) fn detect() -> Self {
        Self {
            #[cfg(target_arch = "x86_64")]
            wide: pulp::x86::V3::try_new(),
        }
    }

    /// Returns a machine without vector instructions.
    #[cfg(test)]
    pub(crate) fn plain() -> Self {
        Self {
            #[cfg(target_arch = "x86_64")]
            wide: None,
        }
    }
}

/// A linear layer.
#[derive(Debug, Clone)]
pub(crate) struct Linear {
    n_in: usize,
    n_out: usize,
    /// Weights are in units of 1/2^bits.
    weight_bits: u32,
    /// Padded with zeros to whole groups of blocks.
    bias: Vec<i32>,
    /// For each block and each pair of inputs: both weights of each of the eight outputs.
    weights: Vec<[i16; 2 * LANES]>,
}

impl Linear {
    /// Creates a layer from weights ordered by output and a bias in units of 1/2^([`ACTIVATION_BITS`] + `weight_bits`).
    pub(crate) fn new(
        n_in: usize,
        n_out: usize,
        weight_bits: u32,
        weights: &[i16],
        bias: &[i32],
    ) -> Self {
        assert!(
            n_in.is_multiple_of(2) && n_in <= MOST_INPUTS,
            "inputs come in pairs, {MOST_INPUTS} at most"
        );
        assert_eq!((weights.len(), bias.len()), (n_in * n_out, n_out));
        let n_blocks = n_out.div_ceil(LANES * BLOCKS) * BLOCKS;
        let mut blocked = vec![[0; 2 * LANES]; n_blocks * n_in / 2];
        for (output, row) in weights.chunks_exact(n_in).enumerate() {
            for (pair, two) in row.chunks_exact(2).enumerate() {
                let cell = &mut blocked[output / LANES * (n_in / 2) + pair];
                cell[output % LANES * 2..output % LANES * 2 + 2].copy_from_slice(two);
            }
        }
        let mut filled = bias.to_vec();
        filled.resize(n_blocks * LANES, 0);
        Self { n_in, n_out, weight_bits, bias: filled, weights: blocked }
    }

    pub(crate) fn n_out(&self) -> usize {
        self.n_out
    }

    /// Length of a row of results: [`Self::n_out`] rounded up.
    pub(crate) fn stride(&self) -> usize {
        self.bias.len()
    }

    /// Number of bits a result is shifted right to become an activation.
    pub(crate) fn shift(&self) -> u32 {
        self.weight_bits
    }

    /// Applies the layer to `n_rows` inputs that start `step` numbers apart. Results go into rows of [`Self::stride`], in units
    /// of 1/2^([`ACTIVATION_BITS`] + [`Self::shift`]).
    pub(crate) fn apply(
        &self,
        machine: Machine,
        inputs: &[i16],
        step: usize,
        n_rows: usize,
        results: &mut Vec<i32>,
    ) {
        results.clear();
        results.resize(n_rows * self.stride(), 0);
        #[cfg(target_arch = "x86_64")]
        if let Some(wide) = machine.wide {
            wide.vectorize(|| self.apply_wide(wide, inputs, step, results));
            return;
        }
        let _ = machine;
        for (row, out) in results.chunks_exact_mut(self.stride()).enumerate() {
            let input = &inputs[row * step..row * step + self.n_in];
            out.copy_from_slice(&self.bias);
            for (block, sums) in
                self.weights.chunks_exact(self.n_in / 2).zip(out.chunks_exact_mut(LANES))
            {
                for (weights, two) in block.iter().zip(input.chunks_exact(2)) {
                    let (first, second) = (i32::from(two[0]), i32::from(two[1]));
                    for (sum, pair) in sums.iter_mut().zip(weights.chunks_exact(2)) {
                        *sum += first * i32::from(pair[0]) + second * i32::from(pair[1]);
                    }
                }
            }
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[expect(
        clippy::inline_always,
        reason = "wide instructions are only used in what is inlined into `vectorize`"
    )]
    #[inline(always)]
    fn apply_wide(&self, wide: pulp::x86::V3, inputs: &[i16], step: usize, results: &mut [i32]) {
        let n_pairs = self.n_in / 2;
        for (group, blocks) in self.weights.chunks_exact(n_pairs * BLOCKS).enumerate() {
            let (one, rest) = blocks.split_at(n_pairs);
            let (two, rest) = rest.split_at(n_pairs);
            let (three, four) = rest.split_at(n_pairs);
            let from = group * LANES * BLOCKS;
            let bias = &self.bias[from..from + LANES * BLOCKS];
            for (row, out) in results.chunks_exact_mut(self.stride()).enumerate() {
                let input = &inputs[row * step..row * step + self.n_in];
                let mut sums: [pulp::i32x8; BLOCKS] = std::array::from_fn(|block| {
                    let lanes = &bias[block * LANES..(block + 1) * LANES];
                    pulp::bytemuck::cast::<[i32; LANES], _>(
                        lanes.try_into().expect("a block has eight lanes"),
                    )
                });
                for ((((pair, one), two), three), four) in
                    input.chunks_exact(2).zip(one).zip(two).zip(three).zip(four)
                {
                    let both = i32::from(pair[1]) << 16 | (i32::from(pair[0]) & 0xFFFF);
                    let spread: pulp::i16x16 = pulp::bytemuck::cast(wide.splat_i32x8(both));
                    for (sum, weights) in sums.iter_mut().zip([one, two, three, four]) {
                        let products = wide.multiply_wrapping_add_adjacent_i16x16(
                            spread,
                            pulp::bytemuck::cast(*weights),
                        );
                        *sum = wide.wrapping_add_i32x8(*sum, products);
                    }
                }
                for (block, sum) in sums.into_iter().enumerate() {
                    let lanes: [i32; LANES] = pulp::bytemuck::cast(sum);
                    out[from + block * LANES..from + (block + 1) * LANES].copy_from_slice(&lanes);
                }
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
    fn vector_and_plain_loops_agree() {
        let (n_in, n_out) = (192, 43);
        let (linear, weights, bias) = layer(n_in, n_out);
        let inputs: Vec<i16> =
            (0..n_in + 64).map(|at| i16::try_from(at * 53 % 8001).unwrap() - 4000).collect();
        for machine in [Machine::detect(), Machine::plain()] {
            let mut results = Vec::new();
            linear.apply(machine, &inputs, 64, 2, &mut results);
            for row in 0..2 {
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
    fn the_greatest_sum_does_not_overflow() {
        let most = i64::from(ACTIVATION_MOST)
            * i64::from(WEIGHT_MOST)
            * i64::try_from(MOST_INPUTS).unwrap();
        assert!(most < i64::from(i32::MAX) * 9 / 10, "a tenth is left for the bias: {most}");
    }
}
