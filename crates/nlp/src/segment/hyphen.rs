//! Hyphens: tokens of their own, or part of a word.
//!
//! - split: *state-run*, *Al-Qaeda*, *F-102*, *1969-1970*, *15-year*
//! - whole: *anti-war*, *co-founder*, *career-wise*, *555-0134*, *e-mail*

use std::sync::LazyLock;

use dateline_data::Table;

use super::{Lower, chunk::Chunk};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Affix {
    Prefix,
    Suffix,
}

static AFFIXES: LazyLock<Table<Affix>> = LazyLock::new(|| {
    Table::read(include_str!("../../data/en/segment/affixes.tsv"), |columns| match columns[1] {
        "suffix" => Affix::Suffix,
        _ => Affix::Prefix,
    })
});

/// Returns true if a hyphen stays inside its word. `part` is the start of the part before it.
pub(super) fn holds(chunk: &Chunk, part: usize, hyphen: usize) -> bool {
    if !chunk.at(hyphen + 1).is_alphanumeric() || hyphen == part {
        return false;
    }
    let is_part_of_longer = part > 0 && matches!(chunk.at(part - 1), '-' | '‐' | '‑');
    if !is_part_of_longer
        && AFFIXES.get(Lower::of_chars(chunk.chars(part, hyphen)).as_str()) == Some(Affix::Prefix)
    {
        return true;
    }
    let right =
        (hyphen + 1..chunk.len()).take(8).take_while(|&idx| chunk.at(idx).is_alphabetic()).count();
    let suffix = Lower::of_chars(chunk.chars(hyphen + 1, hyphen + 1 + right));
    chunk.at(hyphen - 1).is_alphabetic()
        && AFFIXES.get(suffix.as_str()) == Some(Affix::Suffix)
        && !matches!(chunk.at(hyphen + 1 + right), '-' | '‐' | '‑')
}

/// Returns the end of a telephone number, postal code or date of digits and hyphens that starts here.
pub(super) fn numbered(chunk: &Chunk, from: usize) -> Option<usize> {
    let mut groups = [0_usize; 5];
    let mut n_groups = 0;
    let mut to = from + usize::from(chunk.at(from) == '+');
    loop {
        let start = to;
        while chunk.at(to).is_ascii_digit() {
            to += 1;
        }
        if to == start || n_groups == groups.len() {
            return None;
        }
        groups[n_groups] = to - start;
        n_groups += 1;
        match chunk.at(to) {
            '-' | '‐' | '‑' if chunk.at(to + 1).is_ascii_digit() => to += 1,
            _ => break,
        }
    }
    let whole = match groups[..n_groups] {
        [3 | 5, 4] => true,
        [first, second, _, ..] => first <= 4 && second <= 4,
        _ => false,
    };
    (whole && !chunk.at(to).is_alphanumeric()).then_some(to)
}
