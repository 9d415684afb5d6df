//! JSON strings with the source bytes of each character.

use dateline_core::{Run, SourceMap};

/// Decodes the string literal whose quote is at `at`, or returns `None` if it is not a string. A lone surrogate becomes U+FFFD.
pub(super) fn read(raw: &str, at: u64) -> Option<(String, SourceMap)> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    let mut words = String::with_capacity(inner.len());
    let mut map = SourceMap::default();
    let mut place = 0;
    while place < inner.len() {
        let rest = &inner[place..];
        let plain = rest.find('\\').unwrap_or(rest.len());
        let source = at + 1 + place as u64;
        let mut run = |words: &mut String, piece: &str, from: u64, width: usize, verbatim| {
            let length = piece.len() as u64;
            map.push(Run {
                text: words.len() as u64,
                source: from,
                length,
                width: width as u64,
                verbatim,
            });
            words.push_str(piece);
        };
        run(&mut words, &rest[..plain], source, plain, true);
        place += plain;
        if plain < rest.len() {
            let (character, width) = escape(&rest[plain..])?;
            let mut buffer = [0; 4];
            let from = source + plain as u64;
            run(&mut words, character.encode_utf8(&mut buffer), from, width, false);
            place += width;
        }
    }
    Some((words, map))
}

/// Returns the character of an escape, and its length in bytes.
fn escape(rest: &str) -> Option<(char, usize)> {
    let character = match rest.as_bytes().get(1)? {
        b'n' => '\n',
        b't' => '\t',
        b'r' => '\r',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'u' => return unicode(rest),
        _ => {
            return rest[1..].chars().next().map(|character| (character, 1 + character.len_utf8()));
        }
    };
    Some((character, 2))
}

fn unicode(rest: &str) -> Option<(char, usize)> {
    let unit = |at: usize| {
        let digits = rest.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let first = unit(0)?;
    let pair = [first, unit(6).unwrap_or(0)];
    match char::decode_utf16(pair).next()? {
        Ok(character) => Some((character, character.len_utf16() * 6)),
        Err(_) => Some((char::REPLACEMENT_CHARACTER, 6)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_map_as_a_whole() {
        let (words, map) = read(r#""a\"b\u00e9\ud83d\ude00c\n""#, 10).unwrap();
        assert_eq!(words, "a\"bé😀c\n");
        assert_eq!(map.source(1..2), Some(12..14));
        assert_eq!(map.source(3..5), Some(15..21));
        assert_eq!(map.source(5..9), Some(21..33));
        assert_eq!(map.source(9..10), Some(33..34));
    }

    #[test]
    fn a_lone_surrogate_is_replaced() {
        assert_eq!(read(r#""\ud83d!""#, 0).unwrap().0, "\u{FFFD}!");
        assert_eq!(read("7", 0), None);
    }
}
