//! Applies a linear layer with the best instructions of the machine.

use fearless_simd::dispatch;

use super::{linear::Linear, machine::Machine, rounded::Rounded, shorts};

impl Linear {
    /// Applies the layer to rows. Results go into rows of [`Self::stride`].
    pub(crate) fn apply(&self, machine: Machine, rows: &Rounded, results: &mut Vec<f32>) {
        assert_eq!(rows.n_in, self.n_in, "inputs of the layer");
        results.resize(rows.n_rows() * self.stride(), 0.0);
        #[cfg(target_arch = "x86_64")]
        if let Some(avx512) = machine.level().as_avx512() {
            super::bytes::apply(avx512, self, rows, results);
            return;
        }
        dispatch!(machine.level(), simd => shorts::apply(simd, self, rows, results));
    }
}
