//! Addresses and file names: one token each, without sentence punctuation at the end.
//!
//! `http://example.org/a-b?c=d`, `www.example.org`, `desk@example.org`, `example.com/news`, `Amazon.com`, `plan.doc`

use std::sync::LazyLock;

use dateline_data::Table;

use super::{Lower, chunk::Chunk};

/// Kinds of address a chunk may contain, computed once so that most words need no further check.
#[derive(Debug, Clone, Copy)]
pub(super) struct Traits {
    has_scheme: bool,
    has_at: bool,
}

impl Traits {
    pub(super) fn of(chunk: &Chunk) -> Self {
        let mut traits = Self { has_scheme: false, has_at: false };
        if chunk.len() < 5 {
            return traits;
        }
        let mut before = ['\0'; 3];
        for character in chunk.chars(0, chunk.len()) {
            traits.has_at |= character == '@';
            traits.has_scheme |= matches!(
                (before, character),
                ([_, ':', '/'], '/') | (['w' | 'W', 'w' | 'W', 'w' | 'W'], '.')
            );
            before = [before[1], before[2], character];
        }
        traits
    }
}

/// Returns the end of the address that starts here.
pub(super) fn address(chunk: &Chunk, from: usize, traits: Traits) -> Option<usize> {
    if !(traits.has_scheme || traits.has_at) || !chunk.at(from).is_alphanumeric() {
        return None;
    }
    if from > 0 && chunk.at(from - 1).is_alphanumeric() {
        return None;
    }
    if traits.has_scheme {
        let letters = (from..from + 10).take_while(|&idx| chunk.at(idx).is_ascii_alphabetic());
        let after = from + letters.count();
        let has_scheme =
            chunk.at(after) == ':' && chunk.at(after + 1) == '/' && chunk.at(after + 2) == '/';
        let is_www = after == from + 3
            && chunk.at(after) == '.'
            && Lower::of_chars(chunk.chars(from, after)).as_str() == "www";
        if has_scheme && after > from + 2 || is_www {
            return Some(trimmed(chunk, from, chunk.len()));
        }
    }
    if traits.has_at {
        let local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
        let at = from + (from..from + 64).take_while(|&idx| local(chunk.at(idx))).count();
        let host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
        let mut end = at + 1 + (at + 1..at + 200).take_while(|&idx| host(chunk.at(idx))).count();
        while end > at + 1 && !chunk.at(end - 1).is_alphanumeric() {
            end -= 1;
        }
        let has_dot = (at + 1..end).any(|idx| chunk.at(idx) == '.');
        if chunk.at(at) == '@' && at > from && has_dot {
            return Some(end);
        }
    }
    None
}

/// Returns the end of an address without the brackets, quotes and stops after it.
pub(super) fn trimmed(chunk: &Chunk, from: usize, to: usize) -> usize {
    let mut depth = 0_usize;
    let mut end = from;
    for idx in from..to {
        match chunk.at(idx) {
            '<' | '>' | '"' | '“' | '”' | '|' | '[' | ']' | '{' | '}' => break,
            '(' => depth += 1,
            ')' if depth == 0 => break,
            ')' => {
                depth -= 1;
                end = idx + 1;
            }
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '*' => {}
            _ => end = idx + 1,
        }
    }
    end.max(from + 1)
}

static LAST_PARTS: LazyLock<Table<()>> =
    LazyLock::new(|| Table::read(include_str!("../../data/en/segment/domains.tsv"), |_| ()));

/// Returns true if the last part of a domain or file name starts here, like *com* in *Amazon.com*, or the part before it.
pub(super) fn is_last_part(chunk: &Chunk, from: usize) -> bool {
    let part_end = |from: usize| {
        from + (from..from + 24).take_while(|&idx| chunk.at(idx).is_ascii_alphanumeric()).count()
    };
    // *SAMPLE.DOC*, but not *He left.It* or *the END.IN*.
    let has_case = |from: usize, to: usize| {
        !chunk.at(from).is_uppercase()
            || to >= from + 3 && chunk.chars(from, to).all(char::is_uppercase)
    };
    let is_listed = |from: usize, to: usize| {
        !chunk.at(to).is_alphanumeric()
            && has_case(from, to)
            && LAST_PARTS.has(Lower::of_chars(chunk.chars(from, to)).as_str())
    };
    let end = part_end(from);
    if is_listed(from, end) {
        return true;
    }
    // *dateline.example.org*: lowercase parts that end in a listed one.
    chunk.at(end) == '.' && chunk.at(from).is_ascii_lowercase() && end > from && {
        let next = part_end(end + 1);
        is_listed(end + 1, next) || chunk.at(next) == '.' && is_listed(next + 1, part_end(next + 1))
    }
}

/// Returns true if a range is a domain name.
pub(super) fn is_domain(chunk: &Chunk, from: usize, to: usize) -> bool {
    (from + 1..to)
        .rev()
        .take(8)
        .find(|&idx| chunk.at(idx) == '.')
        .is_some_and(|dot| LAST_PARTS.has(Lower::of_chars(chunk.chars(dot + 1, to)).as_str()))
}
