//! Names as they are compared: small letters, words parted by one blank, marks left out.

/// A name for comparison: *"Al-Assad, Bashar"* becomes `al assad bashar`, *U.S.* `us`.
pub(crate) fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        } else if !matches!(c, '.' | '\'' | '’') && !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    // What precedes a name is not part of it.
    folded.strip_prefix("the ").map(str::to_owned).unwrap_or(folded)
}

/// The last word of a folded name, by which people are called.
pub(crate) fn surname(folded: &str) -> &str {
    folded.rsplit(' ').next().unwrap_or(folded)
}

/// A number for some words, the same on every machine.
pub(crate) fn hash(words: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(words.as_bytes())
}

/// A letter and some hexadecimal digits for what is told apart by these pieces.
pub(crate) fn id(letter: char, digits: usize, pieces: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for piece in pieces {
        // The length goes before each piece, so that no two lists of pieces run together.
        hasher.update(&(piece.len() as u64).to_le_bytes());
        hasher.update(piece.as_bytes());
    }
    let hex = hasher.finalize().to_hex();
    format!("{letter}{}", &hex[..digits])
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

    #[test]
    fn pieces_do_not_run_together() {
        assert_ne!(id('d', 16, &["ab", "c"]), id('d', 16, &["a", "bc"]));
        assert_eq!(id('d', 16, &["ab"]).len(), 17);
    }
}
