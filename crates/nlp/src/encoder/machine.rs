//! The vector instructions of the machine.

use fearless_simd::Level;

/// The vector instructions that are used. Results do not depend on them: sums of products are sums of integers, and arithmetic
/// in floating point has the same order of operations on any machine ([`lanes`](super::lanes)).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Machine {
    level: Level,
}

impl Machine {
    /// Detects the instructions of this machine.
    pub(crate) fn detect() -> Self {
        Self { level: Level::new() }
    }

    /// The instructions.
    pub(crate) fn level(self) -> Level {
        self.level
    }

    /// Returns true if an instruction multiplies unsigned with signed bytes and adds up the products without loss.
    pub(crate) fn multiplies_bytes(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        return self.level.as_avx512().is_some();
        #[cfg(not(target_arch = "x86_64"))]
        return false;
    }

    /// All sets of instructions that this machine can run, from the best to the least. The last is that of any machine.
    pub(crate) fn all() -> Vec<Self> {
        let best = Level::new();
        let mut levels = vec![best];
        #[cfg(target_arch = "x86_64")]
        {
            use fearless_simd::Simd;
            levels.extend(best.as_avx2().map(Simd::level));
            levels.extend(best.as_sse4_2().map(Simd::level));
            levels.extend(best.as_sse2().map(Simd::level));
        }
        #[cfg(test)]
        levels.push(Level::fallback());
        levels.into_iter().map(|level| Self { level }).collect()
    }
}
