//! Linear models over hashed features, whose weights are one signed byte for each bucket.
//!
//! A score is a sum of small integers, so a text gets the same score on every machine. The hashes are part of the models: if one
//! changes, all weights must be trained again.

use dateline_data::fnv;

/// Weights of `BUCKETS` buckets. `BUCKETS` is a power of two.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weights<const BUCKETS: usize>(&'static [u8; BUCKETS]);

impl<const BUCKETS: usize> Weights<BUCKETS> {
    pub(crate) const fn new(bytes: &'static [u8; BUCKETS]) -> Self {
        Self(bytes)
    }

    /// Returns the weight of a bucket.
    pub(crate) fn of(self, bucket: u32) -> i32 {
        i32::from(self.0[bucket as usize].cast_signed())
    }

    /// Returns the bytes of the file.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn bytes(self) -> &'static [u8] {
        self.0
    }

    /// Returns the bucket of a hash.
    pub(crate) fn bucket(hash: u32) -> u32 {
        const { assert!(BUCKETS.is_power_of_two(), "a bucket is the low bits of a hash") };
        let mask = u32::try_from(BUCKETS - 1).expect("a model has fewer than 2^32 buckets");
        (hash ^ (hash >> 15)) & mask
    }
}

/// Returns the hash of a value.
pub(crate) fn hash(value: &str) -> u32 {
    fnv::hash_32(value.bytes())
}

/// Returns one hash of two, which depends on their order.
pub(crate) fn mixed(a: u32, b: u32) -> u32 {
    (a.rotate_left(5) ^ b).wrapping_mul(0x9e37_79b1)
}

/// Returns the shares of answers whose scores are natural logarithms. They add up to 1.
pub(crate) fn shares<const N: usize>(scores: [f32; N]) -> [f32; N] {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut all = scores.map(|score| libm::expf(score - top));
    let sum: f32 = all.iter().sum();
    for one in &mut all {
        *one /= sum;
    }
    all
}

/// Returns the byte of a weight, at `scale` steps to 1.
#[cfg(feature = "train")]
#[expect(clippy::cast_possible_truncation, reason = "the value is clamped to the range of a byte")]
pub(crate) fn quantized(weight: f32, scale: f32) -> i8 {
    (weight * scale).round().clamp(-127.0, 127.0) as i8
}
