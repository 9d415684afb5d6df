//! Normalized names, hashes and ids.

pub(crate) use dateline_coreference::name::{folded, hash};

/// Makes an id from the pieces that identify something: a letter and some hexadecimal digits of BLAKE3.
pub(crate) fn id(letter: char, digits: usize, pieces: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for piece in pieces {
        // Each piece follows its length, so that two lists of pieces never hash alike.
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
