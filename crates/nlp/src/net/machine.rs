//! Vector instructions of the machine, and the loops that need them spelled out.
//!
//! There are three levels: AVX-512, AVX2, and whatever the compiler makes of plain loops. All give the same result to the bit, because
//! the sums are integers and never overflow, or saturate in a fixed order.

/// Outputs of one block, and numbers of a vector of sums.
pub(super) const LANES: usize = 16;

/// Numbers of a vector of shares.
pub(super) const SHORTS: usize = 32;

/// The best vector instructions of this machine, detected once.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Machine {
    /// No more than the target of the compiler guarantees.
    Plain,
    /// AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2(pulp::x86::V3),
    /// AVX-512.
    #[cfg(target_arch = "x86_64")]
    Avx512(pulp::x86::V4),
}

impl Machine {
    /// Detects the instructions of this machine.
    pub(crate) fn detect() -> Self {
        Self::all().pop().unwrap_or(Self::Plain)
    }

    /// All levels this machine has, from the least to the best.
    pub(crate) fn all() -> Vec<Self> {
        let mut all = vec![Self::Plain];
        #[cfg(target_arch = "x86_64")]
        {
            all.extend(pulp::x86::V3::try_new().map(Self::Avx2));
            all.extend(pulp::x86::V4::try_new().map(Self::Avx512));
        }
        all
    }

    /// Runs a piece of work compiled for these instructions.
    #[expect(clippy::inline_always, reason = "the work is compiled into each of the branches")]
    #[inline(always)]
    pub(super) fn run(self, work: impl Work) {
        match self {
            Self::Plain => work.run(Plain),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(wide) => wide.vectorize(|| work.run(wide)),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(wide) => wide.vectorize(|| work.run(wide)),
        }
    }
}

/// Work that is compiled for each level. Implementations are `inline(always)`, or they would be compiled for the least one.
pub(super) trait Work {
    fn run(self, wide: impl Wide);
}

/// Vector instructions of one level.
pub(super) trait Wide: Copy {
    /// Inputs computed together: as many as the registers hold the sums of.
    const ROWS: usize;
    /// A vector of [`LANES`] sums.
    type Sums: Copy;
    /// A vector of [`SHORTS`] shares.
    type Shorts: Copy;

    fn sums(self, from: &[i32; LANES]) -> Self::Sums;
    fn store(self, sums: Self::Sums) -> [i32; LANES];
    /// Adds to each sum both products of a pair of inputs with its pair of weights.
    fn multiply_add(
        self,
        sums: Self::Sums,
        pair: [i16; 2],
        weights: &[i16; 2 * LANES],
    ) -> Self::Sums;

    fn shorts(self, from: &[i16; SHORTS]) -> Self::Shorts;
    fn store_shorts(self, shorts: Self::Shorts) -> [i16; SHORTS];
    fn saturating_add(self, sums: Self::Shorts, shares: &[i16; SHORTS]) -> Self::Shorts;
}

#[derive(Debug, Clone, Copy)]
struct Plain;

impl Wide for Plain {
    const ROWS: usize = 1;
    type Sums = [i32; LANES];
    type Shorts = [i16; SHORTS];

    fn sums(self, from: &[i32; LANES]) -> Self::Sums {
        *from
    }

    fn store(self, sums: Self::Sums) -> [i32; LANES] {
        sums
    }

    fn multiply_add(
        self,
        mut sums: Self::Sums,
        pair: [i16; 2],
        weights: &[i16; 2 * LANES],
    ) -> Self::Sums {
        let (first, second) = (i32::from(pair[0]), i32::from(pair[1]));
        for (sum, two) in sums.iter_mut().zip(weights.chunks_exact(2)) {
            *sum += first * i32::from(two[0]) + second * i32::from(two[1]);
        }
        sums
    }

    fn shorts(self, from: &[i16; SHORTS]) -> Self::Shorts {
        *from
    }

    fn store_shorts(self, shorts: Self::Shorts) -> [i16; SHORTS] {
        shorts
    }

    fn saturating_add(self, mut sums: Self::Shorts, shares: &[i16; SHORTS]) -> Self::Shorts {
        sums.iter_mut().zip(shares).for_each(|(sum, &share)| *sum = sum.saturating_add(share));
        sums
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    #![expect(
        clippy::inline_always,
        reason = "wide instructions are only used in what is inlined into `vectorize`"
    )]

    use std::arch::x86_64::{__m256i, __m512i};

    use pulp::{
        bytemuck::cast,
        x86::{V3, V4},
    };

    use super::{LANES, SHORTS, Wide};

    impl Wide for V3 {
        const ROWS: usize = 2;
        type Sums = [__m256i; 2];
        type Shorts = [__m256i; 2];

        #[inline(always)]
        fn sums(self, from: &[i32; LANES]) -> Self::Sums {
            cast(*from)
        }

        #[inline(always)]
        fn store(self, sums: Self::Sums) -> [i32; LANES] {
            cast(sums)
        }

        #[inline(always)]
        fn multiply_add(
            self,
            sums: Self::Sums,
            pair: [i16; 2],
            weights: &[i16; 2 * LANES],
        ) -> Self::Sums {
            let pair: __m256i = cast(self.splat_i32x8(cast(pair)));
            let [low, high]: [__m256i; 2] = cast(*weights);
            [
                self.avx2._mm256_add_epi32(sums[0], self.avx2._mm256_madd_epi16(pair, low)),
                self.avx2._mm256_add_epi32(sums[1], self.avx2._mm256_madd_epi16(pair, high)),
            ]
        }

        #[inline(always)]
        fn shorts(self, from: &[i16; SHORTS]) -> Self::Shorts {
            cast(*from)
        }

        #[inline(always)]
        fn store_shorts(self, shorts: Self::Shorts) -> [i16; SHORTS] {
            cast(shorts)
        }

        #[inline(always)]
        fn saturating_add(self, sums: Self::Shorts, shares: &[i16; SHORTS]) -> Self::Shorts {
            let [low, high]: [__m256i; 2] = cast(*shares);
            [self.avx2._mm256_adds_epi16(sums[0], low), self.avx2._mm256_adds_epi16(sums[1], high)]
        }
    }

    impl Wide for V4 {
        const ROWS: usize = 4;
        type Sums = __m512i;
        type Shorts = __m512i;

        #[inline(always)]
        fn sums(self, from: &[i32; LANES]) -> Self::Sums {
            cast(*from)
        }

        #[inline(always)]
        fn store(self, sums: Self::Sums) -> [i32; LANES] {
            cast(sums)
        }

        #[inline(always)]
        fn multiply_add(
            self,
            sums: Self::Sums,
            pair: [i16; 2],
            weights: &[i16; 2 * LANES],
        ) -> Self::Sums {
            let pair: __m512i = cast(self.splat_i32x16(cast(pair)));
            let products = self.avx512bw._mm512_madd_epi16(pair, cast(*weights));
            self.avx512f._mm512_add_epi32(sums, products)
        }

        #[inline(always)]
        fn shorts(self, from: &[i16; SHORTS]) -> Self::Shorts {
            cast(*from)
        }

        #[inline(always)]
        fn store_shorts(self, shorts: Self::Shorts) -> [i16; SHORTS] {
            cast(shorts)
        }

        #[inline(always)]
        fn saturating_add(self, sums: Self::Shorts, shares: &[i16; SHORTS]) -> Self::Shorts {
            self.avx512bw._mm512_adds_epi16(sums, cast(*shares))
        }
    }
}
