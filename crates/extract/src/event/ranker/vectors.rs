//! Word vectors of 64 small numbers.
//!
//! The file has a line with the number of words, then the words in byte order, one per line, and then their numbers, one byte
//! each.

use std::sync::LazyLock;

/// Numbers in a vector.
pub(crate) const DIMENSIONS: usize = 64;

static FILE: &[u8] = include_bytes!("../../../model/words.vectors");

static VECTORS: LazyLock<Vectors> =
    LazyLock::new(|| Vectors::read(FILE).expect("model/words.vectors is read by a test"));

#[derive(Debug)]
struct Vectors {
    /// Offset of each word in the file; the last is that of the numbers.
    starts: Vec<u32>,
}

impl Vectors {
    fn read(file: &[u8]) -> Option<Self> {
        let top = file.iter().position(|&byte| byte == b'\n')?;
        let count: usize = std::str::from_utf8(&file[..top]).ok()?.parse().ok()?;
        let mut starts = Vec::with_capacity(count + 1);
        let mut at = top + 1;
        for _ in 0..count {
            starts.push(u32::try_from(at).ok()?);
            at += file[at..].iter().position(|&byte| byte == b'\n')? + 1;
        }
        starts.push(u32::try_from(at).ok()?);
        (file.len() == at + count * DIMENSIONS).then_some(Self { starts })
    }

    fn word(&self, at: usize) -> &'static [u8] {
        &FILE[self.starts[at] as usize..self.starts[at + 1] as usize - 1]
    }
}

/// Returns the vector of a lowercase word, or `None` if it has none.
pub(crate) fn of(word: &str) -> Option<&'static [u8]> {
    let count = VECTORS.starts.len() - 1;
    let (mut from, mut to) = (0, count);
    while from < to {
        let middle = usize::midpoint(from, to);
        match VECTORS.word(middle).cmp(word.as_bytes()) {
            std::cmp::Ordering::Less => from = middle + 1,
            std::cmp::Ordering::Greater => to = middle,
            std::cmp::Ordering::Equal => {
                let begin = VECTORS.starts[count] as usize + middle * DIMENSIONS;
                return Some(&FILE[begin..begin + DIMENSIONS]);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_and_are_in_order() {
        let vectors = Vectors::read(FILE).expect("the file has the layout its header gives");
        let count = vectors.starts.len() - 1;
        assert!((1..count).all(|at| vectors.word(at - 1) < vectors.word(at)));
        let near = |a: &str, b: &str| -> i32 {
            let [a, b] = [a, b].map(|word| of(word).expect("a common word"));
            a.iter()
                .zip(b)
                .map(|(a, b)| i32::from(a.cast_signed()) * i32::from(b.cast_signed()))
                .sum()
        };
        assert!(near("attack", "assault") > near("attack", "invite"));
        assert_eq!(of("qqzxqq"), None);
    }
}
