//! The extent of a word: letters and digits, and the marks inside a word.
//!
//! - one word: *O'Brien*, *U.S*, *AT&T*, *Amazon.com*, *9/11*, *1,200*, *sh\*t*, *US$*, *#vote*, *anti-war*
//! - more than one: *state-run*, *and/or*, *end.Then*, *5%*

use dateline_data::is_apostrophe;

use super::{
    address,
    chunk::{Chunk, is_mark},
    hyphen, number,
};

/// Returns true if a word starts here.
pub(super) fn opens(chunk: &Chunk, idx: usize) -> bool {
    let first = chunk.at(idx);
    if first.is_alphanumeric() {
        return true;
    }
    match first {
        // Handles and hashtags.
        '@' | '#' => idx == 0 && chunk.at(1).is_alphabetic(),
        // *.5*, but not *end.5*.
        '.' => {
            chunk.at(idx + 1).is_ascii_digit()
                && (idx == 0 || !(chunk.at(idx - 1).is_alphanumeric() || chunk.at(idx - 1) == '.'))
        }
        // *+44*
        '+' => idx == 0 && chunk.at(1).is_ascii_digit(),
        _ => false,
    }
}

/// Returns the end of the word that starts here.
pub(super) fn end(chunk: &Chunk, from: usize) -> usize {
    if let Some(end) = hyphen::numbered(chunk, from) {
        return end;
    }
    let mut to = from + 1;
    // Start of the part after the last inner mark.
    let mut part = from;
    loop {
        while chunk.at(to).is_alphanumeric() || is_mark(chunk.at(to)) {
            to += 1;
        }
        let (before, after) = (chunk.at(to - 1), chunk.at(to + 1));
        let holds = match chunk.at(to) {
            '_' => after.is_alphanumeric() || after == '_' && chunk.at(to + 2).is_alphanumeric(),
            '.' => number::holds_point(chunk, to) || holds_stop(chunk, part, to),
            ',' => number::holds_comma(chunk, to),
            ':' => before.is_ascii_digit() && after.is_ascii_digit(),
            '/' => number::holds_slash(chunk, part, to) || is_short_form(chunk, from, to),
            '&' => holds_ampersand(chunk, part, to),
            '*' => before.is_alphabetic() && (after.is_alphabetic() || after == '*'),
            '$' if before.is_alphabetic() && !after.is_alphabetic() => return to + 1,
            // *N°*
            '°' if to == from + 1 && matches!(before, 'N' | 'n') => return to + 1,
            '-' | '‐' | '‑' => hyphen::holds(chunk, part, to),
            mark if is_apostrophe(mark) => {
                (before.is_alphabetic() || is_mark(before)) && after.is_alphabetic()
                    || before.is_ascii_digit() && after == 's'
            }
            _ => false,
        };
        if !holds {
            if chunk.at(to) == '/' && to > part && address::is_domain(chunk, part, to) {
                return address::trimmed(chunk, from, chunk.len());
            }
            return to;
        }
        // A part of a domain name or acronym continues over its full stops.
        if chunk.at(to) != '.' {
            part = to + 1;
        }
        to += 1;
    }
}

/// A full stop inside a word: *U.S.*, *Ph.D.*, *Amazon.com*.
fn holds_stop(chunk: &Chunk, part: usize, stop: usize) -> bool {
    if !chunk.at(stop + 1).is_alphanumeric() {
        return false;
    }
    let left = (part..stop).rev().take_while(|&idx| chunk.at(idx) != '.').take(4).count();
    let letters =
        |from: usize| (from..from + 4).take_while(|&idx| chunk.at(idx).is_alphabetic()).count();
    let right = letters(stop + 1);
    let is_letter = chunk.at(stop - 1).is_alphabetic() && right > 0;
    let next = chunk.at(stop + 1 + right);
    if is_letter && left == 1 && (right == 1 || right == 2 && next == '.') {
        return true;
    }
    if is_letter && left == 2 && right <= 2 && next == '.' && chunk.at(stop - 2).is_uppercase() {
        return true;
    }
    address::is_last_part(chunk, stop + 1)
}

/// *w/o*, *s/he*, *n/a*.
fn is_short_form(chunk: &Chunk, from: usize, slash: usize) -> bool {
    let lower = |idx: usize| chunk.at(idx).to_ascii_lowercase();
    slash == from + 1
        && match (lower(from), lower(slash + 1), lower(slash + 2)) {
            ('w', 'o', end) | ('n', 'a', end) | ('l', 'c', end) => !end.is_alphanumeric(),
            ('s', 'h', 'e') => !chunk.at(slash + 3).is_alphanumeric(),
            _ => false,
        }
}

/// *AT&T*, *R&D*, *PG&E*.
fn holds_ampersand(chunk: &Chunk, part: usize, mark: usize) -> bool {
    let left = mark - part;
    let right = (mark + 1..mark + 5).take_while(|&idx| chunk.at(idx).is_alphabetic()).count();
    let all_upper =
        |mut range: std::ops::Range<usize>| range.all(|idx| chunk.at(idx).is_uppercase());
    (1..=4).contains(&left)
        && (1..=3).contains(&right)
        && (left == 1 && right == 1
            || all_upper(part..mark) && all_upper(mark + 1..mark + 1 + right))
}
