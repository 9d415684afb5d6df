//! FNV-1a hashes: small, the same on every machine, and part of what models were trained on.
//!
//! After Fowler, Noll and Vo (1991), as in RFC 9923. Not for untrusted keys of a hash table: collisions are easy to make.

const OFFSET_32: u32 = 0x811C_9DC5;
const PRIME_32: u32 = 0x0100_0193;
const OFFSET_64: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME_64: u64 = 0x0000_0100_0000_01B3;

/// The 32-bit FNV-1a hash of some bytes.
///
/// ```
/// assert_eq!(dateline_data::fnv::hash_32(*b"a"), 0xE40C_292C);
/// ```
pub fn hash_32(bytes: impl IntoIterator<Item = u8>) -> u32 {
    bytes.into_iter().fold(OFFSET_32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(PRIME_32))
}

/// The 64-bit FNV-1a hash of some bytes.
///
/// ```
/// assert_eq!(dateline_data::fnv::hash_64(0, *b"a"), 0xAF63_DC4C_8601_EC8C);
/// ```
///
/// A `seed` other than 0 is mixed into the offset basis, which gives independent hashes of the same bytes.
pub fn hash_64(seed: u64, bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes
        .into_iter()
        .fold(OFFSET_64 ^ seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME_64))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test vectors of the FNV reference distribution.
    #[test]
    fn hashes_match_the_reference_vectors() {
        assert_eq!(hash_32([]), OFFSET_32);
        assert_eq!(hash_32(*b"foobar"), 0xBF9C_F968);
        assert_eq!(hash_64(0, []), OFFSET_64);
        assert_eq!(hash_64(0, *b"foobar"), 0x8594_4171_F739_67E8);
        assert_ne!(hash_64(1, *b"foobar"), hash_64(0, *b"foobar"));
    }
}
