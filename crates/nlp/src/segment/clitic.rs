//! Written words of two or three tokens: *don't*, *she'll*, *Ito's*, *cannot*, *gonna*, *the parents' room*.

use std::sync::LazyLock;

use dateline_data::{Table, is_apostrophe};

use super::{Lower, chunk::Chunk};

/// Returns the positions at which a word is split, at most two.
pub(super) fn split(chunk: &Chunk, from: usize, to: usize) -> [Option<usize>; 2] {
    static CONTRACTIONS: LazyLock<Table<(usize, Option<usize>)>> = LazyLock::new(|| {
        Table::read(include_str!("../../data/en/segment/contractions.tsv"), |columns| {
            let parts = columns[1];
            let first = parts.find('|').unwrap_or(parts.len());
            let second = parts[first..].trim_start_matches('|').find('|');
            (first, second.map(|second| first + second))
        })
    });
    if (2..=16).contains(&(to - from))
        && let Some((first, second)) =
            CONTRACTIONS.get(Lower::of_chars(chunk.chars(from, to)).as_str())
    {
        return [Some(from + first), second.map(|second| from + second)];
    }
    let Some(first) = ending(chunk, from, to) else {
        return [None, None];
    };
    // *shouldn't've*, *who'd've*
    match ending(chunk, from, first) {
        Some(earlier) => [Some(earlier), Some(first)],
        None => [Some(first), None],
    }
}

/// Returns the start of the clitic at the end of a word.
fn ending(chunk: &Chunk, from: usize, to: usize) -> Option<usize> {
    let apostrophe = (from + 1..to).rev().take(3).find(|&idx| is_apostrophe(chunk.at(idx)))?;
    let is_decade = || {
        // *the 1990's*
        chunk.at(from).is_ascii_digit() && chunk.at(apostrophe - 1) == '0'
    };
    match Lower::of_chars(chunk.chars(apostrophe + 1, to)).as_str() {
        "s" if is_decade() => None,
        "s" | "m" | "d" | "ll" | "re" | "ve" => Some(apostrophe),
        "t" => (matches!(chunk.at(apostrophe - 1), 'n' | 'N') && apostrophe - 1 > from)
            .then_some(apostrophe - 1),
        _ => None,
    }
}

/// Returns the end of a clitic after an abbreviation, as in *U.S.'s*.
pub(super) fn after_stop(chunk: &Chunk, from: usize) -> Option<usize> {
    let is_clitic = is_apostrophe(chunk.at(from))
        && matches!(chunk.at(from + 1), 's' | 'S')
        && !chunk.at(from + 2).is_alphanumeric();
    is_clitic.then_some(from + 2)
}

/// Returns true if the apostrophe after a word makes it a possessive, as in *the parents' room*. Inside single quotes it
/// closes them instead.
pub(super) fn takes_apostrophe(chunk: &Chunk, from: usize, to: usize, in_single: bool) -> bool {
    matches!(chunk.at(to), '\'' | '’')
        && !in_single
        && to > from + 1
        && matches!(chunk.at(to - 1), 's' | 'S' | 'x' | 'z')
        && !chunk.at(to + 1).is_alphanumeric()
        && !is_apostrophe(chunk.at(to + 1))
}
