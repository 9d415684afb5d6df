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

    /// All sets of instructions that this machine can run, from the best to none.
    #[cfg(test)]
    pub(crate) fn all() -> Vec<Self> {
        use fearless_simd::Simd;
        let best = Level::new();
        let mut levels = vec![best];
        #[cfg(target_arch = "x86_64")]
        {
            levels.extend(best.as_avx2().map(Simd::level));
            levels.extend(best.as_sse4_2().map(Simd::level));
            levels.extend(best.as_sse2().map(Simd::level));
        }
        levels.push(Level::fallback());
        levels.into_iter().map(|level| Self { level }).collect()
    }
}
