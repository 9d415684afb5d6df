//! Names in the form in which they are compared.

/// Folds a name for comparison: lowercase, single spaces, no punctuation, no leading *the*.
///
/// ```
/// use dateline_coreference::name::folded;
///
/// assert_eq!(folded("Al-Assad, Bashar"), "al assad bashar");
/// assert_eq!(folded("the U.S."), "us");
/// ```
pub fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        } else if !matches!(c, '.' | '\'' | '’') && !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded.strip_prefix("the ").map(str::to_owned).unwrap_or(folded)
}

/// Returns the last word of a [`folded`] name, which for a person is taken to be the surname.
pub fn surname(folded: &str) -> &str {
    folded.rsplit(' ').next().unwrap_or(folded)
}

/// Hashes a string with XXH3, the same on every machine and in every build.
///
/// Ledgers store these hashes, so the function can never change.
pub fn hash(words: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(words.as_bytes())
}

/// The upper 32 bits of [`hash`].
pub(crate) fn long_hash(words: &str) -> u32 {
    u32::try_from(hash(words) >> 32).expect("32 bits remain")
}

/// The upper 16 bits of [`hash`].
pub(crate) fn short_hash(words: &str) -> u16 {
    u16::try_from(hash(words) >> 48).expect("16 bits remain")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_fold_to_one() {
        assert_eq!(folded("the U.S."), folded("US"));
        assert_eq!(folded("  Al-Assad,  Bashar "), "al assad bashar");
        assert_eq!(folded("Sergei Lavrov"), "sergei lavrov");
        assert_eq!(surname("sergei lavrov"), "lavrov");
        assert_eq!(folded("…"), "");
    }
}
