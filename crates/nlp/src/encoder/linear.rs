//! Linear layers with weights of eight bits: sums of products of integers, scaled to floating point at the end.
//!
//! Inputs are rounded to 8 bits as well ([`rounded`](super::rounded)). Sums of integers are exact, so every machine gets the same
//! result, whichever instructions it adds them up with ([`multiply`](super::multiply)).

use super::{
    lanes::LANES,
    rounded::{GROUP, OFFSET},
    weights::Weights,
};

/// Outputs of a tile.
pub(super) const TILE: usize = 16;

/// Outputs come in pairs of tiles.
const PADDED: usize = 2 * TILE;

/// Weights of the outputs of a tile for a group of inputs: four bytes for each output.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(super) struct Block(pub(super) [i8; TILE * GROUP]);

/// A linear layer.
#[derive(Debug, Clone)]
pub(crate) struct Linear {
    pub(super) n_in: usize,
    n_out: usize,
    /// For each tile of outputs, a block for each group of inputs.
    pub(super) blocks: Vec<Block>,
    /// Factor of each output. This and the following are padded to whole pairs of tiles.
    pub(super) scale: Vec<f32>,
    pub(super) bias: Vec<f32>,
    /// Sum of the weights of each output, times -[`OFFSET`].
    pub(super) start: Vec<i32>,
}

impl Linear {
    /// Arranges a layer of the weights file.
    pub(crate) fn read(weights: &Weights<'_>, name: &str, n_in: usize) -> Self {
        let tensor = weights.tensor(name);
        let n_out = tensor.n_rows();
        let rows = tensor.expect(n_out, n_in).bytes();
        let floats =
            |kind: &str| weights.tensor(&format!("{name}.{kind}")).expect(n_out, 1).floats();
        Self::new(n_in, rows, floats("scale"), floats("bias"))
    }

    /// Arranges the weights of a layer: a row of `n_in` signed bytes, a factor and an offset for each output.
    fn new(n_in: usize, rows: &[u8], mut scale: Vec<f32>, mut bias: Vec<f32>) -> Self {
        assert!(n_in.is_multiple_of(LANES), "rows of whole vectors");
        let n_out = bias.len();
        let n_padded = n_out.next_multiple_of(PADDED);
        let n_groups = n_in / GROUP;
        let mut blocks = vec![Block([0; TILE * GROUP]); n_padded / TILE * n_groups];
        let mut start = vec![0; n_padded];
        for (output, row) in rows.chunks_exact(n_in).enumerate() {
            let tile = &mut blocks[output / TILE * n_groups..][..n_groups];
            let from = output % TILE * GROUP;
            for (block, group) in tile.iter_mut().zip(row.as_chunks::<GROUP>().0) {
                block.0[from..from + GROUP].copy_from_slice(&group.map(u8::cast_signed));
            }
            let sum: i32 = row.iter().map(|weight| i32::from(weight.cast_signed())).sum();
            start[output] = -OFFSET * sum;
        }
        scale.resize(n_padded, 0.0);
        bias.resize(n_padded, 0.0);
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
}
