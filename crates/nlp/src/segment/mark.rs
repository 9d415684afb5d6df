//! Punctuation and symbols: runs that are one token, quotes, brackets, emoticons.

use std::sync::LazyLock;

use dateline_data::Table;

use super::{
    Lower,
    chunk::{Chunk, is_mark},
    kind::{Kind, Open},
};

/// Returns the end and the kind of the mark that starts here.
pub(super) fn mark(chunk: &Chunk, from: usize, open: &mut Open) -> (usize, Kind) {
    if let Some(end) = emoticon(chunk, from, *open) {
        return (end, Kind::Emoticon);
    }
    let first = chunk.at(from);
    let run = |accepts: fn(char) -> bool| {
        from + (from..chunk.len()).take_while(|&idx| accepts(chunk.at(idx))).count()
    };
    let same = || from + (from..chunk.len()).take_while(|&idx| chunk.at(idx) == first).count();
    match first {
        '.' | '!' | '?' | '…' => {
            let end = run(|c| matches!(c, '.' | '!' | '?' | '…'));
            let dots = chunk.chars(from, end).all(|c| matches!(c, '.' | '…'));
            let is_ellipsis = dots && (end > from + 1 || first == '…');
            (end, if is_ellipsis { Kind::Ellipsis } else { Kind::Stop })
        }
        '。' | '！' | '？' | '‼' | '⁇' | '⁈' | '⁉' => (from + 1, Kind::Stop),
        ',' => (same(), Kind::Comma),
        '-' | '*' | '=' | '_' | '~' | '+' | '#' | '<' | '>' | '$' | '|' | '^' | '/' | '\\' => {
            (same(), Kind::Mark)
        }
        '[' if chunk.at(from + 4) == ']' && (1..4).all(|n| chunk.at(from + n) == '.') => {
            (from + 5, Kind::Mark)
        }
        '(' => {
            open.round += 1;
            (from + 1, Kind::Open)
        }
        ')' => {
            open.round = open.round.saturating_sub(1);
            (from + 1, Kind::Close)
        }
        '[' | '{' | '“' | '„' | '«' | '‹' | '‚' => (from + 1, Kind::Open),
        ']' | '}' | '”' | '»' | '›' => (from + 1, Kind::Close),
        '`' if chunk.at(from + 1) == '`' => (from + 2, Kind::Open),
        '"' | '＂' | '‟' => (from + 1, Kind::Quote),
        '\'' | '’' | '‘' | '`' | '´' | 'ʼ' => single(chunk, from, open),
        _ => (cluster(chunk, from), Kind::Mark),
    }
}

/// Reads a single quote, or the apostrophe of a word without its start: *'90s*, *'em*.
fn single(chunk: &Chunk, from: usize, open: &mut Open) -> (usize, Kind) {
    static ELISIONS: LazyLock<Table<()>> =
        LazyLock::new(|| Table::read(include_str!("../../data/en/segment/elisions.tsv"), |_| ()));
    let first = chunk.at(from);
    let is_mixed = matches!((first, chunk.at(from + 1)), ('‘', '’'));
    if chunk.at(from + 1) == first && first != '`' || is_mixed {
        let kind = match first {
            '‘' => Kind::Open,
            '’' => Kind::Close,
            _ => Kind::Quote,
        };
        return (from + 2, kind);
    }
    let after = from + 1;
    if (chunk.at(after).is_ascii_digit() && chunk.at(after + 1).is_ascii_digit()) && from == 0 {
        let end = after + 2 + usize::from(chunk.at(after + 2) == 's');
        if !chunk.at(end).is_alphanumeric() && !matches!(chunk.at(end), ',' | '.' | ':')
            || chunk.len() <= end + 1
        {
            return (end, Kind::Number);
        }
    }
    let letters = (after..after + 8).take_while(|&idx| chunk.at(idx).is_alphabetic()).count();
    if letters > 0 {
        let end = after + letters;
        let rest = Lower::of_chars(chunk.chars(after, end));
        if ELISIONS.has(rest.as_str()) {
            return (end, Kind::Word);
        }
        // *"Macbeth"'s*
        if from > 0 && matches!(rest.as_str(), "s" | "ll" | "d" | "re" | "ve") {
            return (end, Kind::Word);
        }
    }
    let opens = first == '‘' || (letters > 0 || chunk.at(after).is_alphanumeric());
    let closes = first != '‘' && open.single;
    if opens && !(closes && from > 0) {
        open.single = true;
        return (after, Kind::Open);
    }
    if closes {
        open.single = false;
        return (after, Kind::Close);
    }
    (after, if first == '’' { Kind::Close } else { Kind::Quote })
}

/// Reads emoticons: *:)*, *;-)*, *:D*, *=(*, *<3*, *^_^*, *(:*.
fn emoticon(chunk: &Chunk, from: usize, open: Open) -> Option<usize> {
    let at = |n: usize| chunk.at(from + n);
    let ends = |n: usize| from + n >= chunk.len();
    match at(0) {
        ':' | ';' | '=' => {
            let mouth = 1 + usize::from(matches!(at(1), '-' | '^' | '\''));
            let shape = at(mouth);
            let mut end = mouth + 1;
            let fits = match shape {
                '(' | '[' => {
                    while at(end) == shape {
                        end += 1;
                    }
                    ends(end) || !at(end).is_alphanumeric()
                }
                ')' | ']' => {
                    while at(end) == shape {
                        end += 1;
                    }
                    open.round == 0 && !at(end).is_alphanumeric()
                }
                'D' | 'P' | 'p' | 'o' | 'O' | '3' => from == 0 && ends(end),
                '/' | '\\' | '|' | '*' => ends(end) && (from == 0 || mouth == 2),
                _ => false,
            };
            fits.then_some(from + end)
        }
        '<' => (at(1) == '3' && ends(2)).then_some(from + 2),
        '>' => (at(1) == ':' && matches!(at(2), '(' | ')') && ends(3)).then_some(from + 3),
        '^' => (at(1) == '_' && at(2) == '^').then_some(from + 3),
        '(' => (matches!(at(1), ':' | ';' | '=') && ends(2)).then_some(from + 2),
        _ => None,
    }
}

/// Reads a symbol with its combining marks, joined emoji or second flag letter.
fn cluster(chunk: &Chunk, from: usize) -> usize {
    let is_flag = |c: char| matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
    let mut end = from + 1;
    if is_flag(chunk.at(from)) && is_flag(chunk.at(end)) {
        end += 1;
    }
    loop {
        let is_joined = chunk.at(end - 1) == '\u{200d}'
            && end < chunk.len()
            && !chunk.at(end).is_alphanumeric();
        if !is_mark(chunk.at(end)) && !is_joined {
            return end;
        }
        end += 1;
    }
}
