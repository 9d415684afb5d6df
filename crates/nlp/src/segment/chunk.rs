//! Reads a text as chunks: runs of characters without white space, with the gap before each.
//!
//! Control characters and invisible format characters count as white space. So do HTML tags left in a text (*rose.<br>Then* is two
//! chunks). Character references count as the character they stand for (*AT&amp;amp;T* is one word, *it&amp;#39;s* has an
//! apostrophe).

use std::sync::LazyLock;

use dateline_data::Table;

use crate::Span;

use super::Lower;

/// Maximum length of a chunk in characters. Longer ones are cut, which bounds the work in one chunk.
const LONGEST: usize = 1000;

/// Gap before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing.
    Glued,
    /// White space.
    Blank,
    /// White space with one line break.
    Line,
    /// An empty line, a page break, the tag of an HTML block, or the start of the text.
    Paragraph,
}

/// A character and its offset: that of its first byte, or of the reference that stands for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub(super) character: char,
    pub(super) start: usize,
}

/// A run of characters without white space, after a gap.
#[derive(Debug)]
pub(super) struct Chunk {
    pub(super) gap: Gap,
    glyphs: Vec<Glyph>,
    end: usize,
}

impl Chunk {
    pub(super) fn new() -> Self {
        Self { gap: Gap::Paragraph, glyphs: Vec::new(), end: 0 }
    }

    pub(super) fn len(&self) -> usize {
        self.glyphs.len()
    }

    /// Returns the character at an index, or NUL, which no chunk contains, past the end.
    pub(super) fn at(&self, idx: usize) -> char {
        self.glyphs.get(idx).map_or('\0', |glyph| glyph.character)
    }

    /// Returns the characters of a range of indices.
    pub(super) fn chars(
        &self,
        from: usize,
        to: usize,
    ) -> impl DoubleEndedIterator<Item = char> + Clone {
        self.glyphs[from..to].iter().map(|glyph| glyph.character)
    }

    /// Returns the text offset of the character at an index, or the end of the chunk past the end.
    pub(super) fn offset(&self, idx: usize) -> usize {
        self.glyphs.get(idx).map_or(self.end, |glyph| glyph.start)
    }
}

/// Iterates over the chunks of part of a text.
pub(super) struct Chunks<'t> {
    text: &'t str,
    next: usize,
    end: usize,
    /// Gap before the next chunk if no white space is read: at the start, or after a chunk that was cut.
    gap: Gap,
}

enum Item {
    Blank(Gap, usize),
    Glyph(char, usize),
}

impl<'t> Chunks<'t> {
    pub(super) fn new(text: &'t str, part: Span) -> Self {
        Self { text: &text[..part.end()], next: part.start(), end: part.end(), gap: Gap::Paragraph }
    }

    /// Reads the next chunk into `chunk`. Returns false at the end.
    pub(super) fn read(&mut self, chunk: &mut Chunk) -> bool {
        chunk.glyphs.clear();
        let mut gap = self.gap;
        let mut lines = 0;
        while self.next < self.end {
            match self.item(self.next) {
                Item::Blank(found, len) => {
                    if !chunk.glyphs.is_empty() {
                        break;
                    }
                    if found == Gap::Line {
                        lines += 1;
                    }
                    gap = gap.max(if lines > 1 { Gap::Paragraph } else { found });
                    self.next += len;
                }
                Item::Glyph(character, len) => {
                    if chunk.glyphs.len() == LONGEST && !is_mark(character) {
                        break;
                    }
                    chunk.glyphs.push(Glyph { character, start: self.next });
                    self.next += len;
                }
            }
            chunk.end = self.next;
        }
        chunk.gap = gap;
        self.gap = Gap::Glued;
        !chunk.glyphs.is_empty()
    }

    /// Returns the first character after the following white space, unless that ends the paragraph.
    pub(super) fn peek(&self) -> Option<char> {
        let mut at = self.next;
        let mut lines = 0;
        while at < self.end {
            match self.item(at) {
                Item::Blank(Gap::Paragraph, _) => return None,
                Item::Blank(gap, len) => {
                    lines += usize::from(gap == Gap::Line);
                    if lines > 1 {
                        return None;
                    }
                    at += len;
                }
                Item::Glyph(character, _) => return Some(character),
            }
        }
        None
    }

    fn item(&self, at: usize) -> Item {
        let rest = &self.text[at..];
        let bytes = rest.as_bytes();
        match bytes[0] {
            b'\r' if bytes.get(1) == Some(&b'\n') => Item::Blank(Gap::Line, 2),
            b'\n' | b'\r' => Item::Blank(Gap::Line, 1),
            b'\x0b' | b'\x0c' => Item::Blank(Gap::Paragraph, 1),
            b'<' => match tag(rest) {
                Some((gap, len)) => Item::Blank(gap, len),
                None => Item::Glyph('<', 1),
            },
            b'&' => match reference(rest) {
                Some((character, len)) if is_blank(character) => Item::Blank(Gap::Blank, len),
                Some((character, len)) => Item::Glyph(character, len),
                None => Item::Glyph('&', 1),
            },
            byte if byte <= b' ' || byte == 0x7f => Item::Blank(Gap::Blank, 1),
            byte if byte.is_ascii() => Item::Glyph(char::from(byte), 1),
            _ => {
                let character = rest.chars().next().expect("there is text left");
                let len = character.len_utf8();
                match character {
                    '\u{2028}' | '\u{85}' => Item::Blank(Gap::Line, len),
                    '\u{2029}' => Item::Blank(Gap::Paragraph, len),
                    _ if is_blank(character) => Item::Blank(Gap::Blank, len),
                    _ => Item::Glyph(character, len),
                }
            }
        }
    }
}

/// Returns true for characters outside of tokens: white space, control characters, invisible format characters.
pub(crate) fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}')
}

/// Returns true for a character that extends the one before it: combining mark, joiner, variation selector, skin tone.
pub(super) fn is_mark(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200c}' | '\u{200d}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0100}'..='\u{e01ef}')
}

/// Reads the HTML tag at the start of a text: the gap it makes, and its length.
///
/// A tag ends before the next `<` or not at all, so no text is scanned twice.
fn tag(rest: &str) -> Option<(Gap, usize)> {
    static TAGS: LazyLock<Table<Gap>> = LazyLock::new(|| {
        Table::read(include_str!("../../data/en/segment/tags.tsv"), |columns| match columns[1] {
            "block" => Gap::Paragraph,
            _ => Gap::Blank,
        })
    });
    let bytes = rest.as_bytes();
    if rest.starts_with("<!--") {
        let len = bytes[1..].iter().position(|&byte| matches!(byte, b'<' | b'>'))? + 2;
        return rest[..len].ends_with("-->").then_some((Gap::Blank, len));
    }
    let name = 1 + usize::from(bytes.get(1) == Some(&b'/'));
    let name_len = bytes[name..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if name_len == 0 || name_len > 10 {
        return None;
    }
    let after = name + name_len;
    if !matches!(bytes.get(after), Some(b'>' | b'/' | b' ' | b'\t' | b'\n')) {
        return None;
    }
    // A closing tag is markup whatever its name: readers are never shown *</quote>*.
    let closes = (name == 2).then_some(Gap::Blank);
    let gap = TAGS.get(Lower::of_chars(rest[name..after].chars()).as_str()).or(closes)?;
    let len = after + bytes[after..].iter().position(|&byte| matches!(byte, b'<' | b'>'))?;
    // Attributes have an equals sign. Without one, *<a friend of mine>* is text in angle brackets.
    let inside = &bytes[after..len];
    let is_tag = bytes[len] == b'>'
        && (inside.contains(&b'=') || inside.iter().all(|byte| matches!(byte, b' ' | b'/')));
    is_tag.then_some((gap, len + 1))
}

/// Reads the character reference at the start of a text: its character and its length.
fn reference(rest: &str) -> Option<(char, usize)> {
    static ENTITIES: LazyLock<Table<char>> = LazyLock::new(|| {
        Table::read(include_str!("../../data/en/segment/entities.tsv"), |columns| {
            u32::from_str_radix(columns[1], 16).ok().and_then(char::from_u32).unwrap_or('\u{fffd}')
        })
    });
    let len = rest.bytes().take(10).position(|byte| byte == b';')?;
    let name = rest.get(1..len)?;
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
        None => ENTITIES.get(name)?,
    };
    Some((character, len + 1))
}
