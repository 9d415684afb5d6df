//! Names in the form in which they are compared, and ids made from hashes.

pub(crate) use dateline_coreference::name::{folded, hash};

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
    fn pieces_do_not_run_together() {
        assert_ne!(id('d', 16, &["ab", "c"]), id('d', 16, &["a", "bc"]));
        assert_eq!(id('d', 16, &["ab"]).len(), 17);
    }
}
