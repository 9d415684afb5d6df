//! Lookup of code point offsets in a text: line numbers, and the words around a span.

use dateline_core::{Document, TextSpan};

/// Index of a text by code point.
#[derive(Debug)]
pub(super) struct Places<'a> {
    text: &'a str,
    /// Byte offset of every 64th code point.
    marks: Vec<usize>,
    /// Byte offset of each line.
    lines: Vec<usize>,
}

/// Maximum number of code points on either side of a span: more than fits a line, and a bound for endless sentences.
const NEAR: u32 = 500;

/// Code points between two indexed offsets.
const STRIDE: usize = 64;

/// Line numbers of a text, by code point.
#[derive(Debug)]
pub(crate) struct Lines<'a>(Places<'a>);

impl<'a> Lines<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        Self(Places::new(document))
    }

    /// Returns the line of a code point, counted from 1.
    pub(crate) fn at(&self, code_point: u32) -> usize {
        self.0.line(code_point)
    }
}

impl<'a> Places<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let text = document.text.as_str();
        let marks = text.char_indices().step_by(STRIDE).map(|(byte, _)| byte).collect();
        let after_breaks = text.match_indices('\n').map(|(byte, _)| byte + 1);
        Self { text, marks, lines: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// Returns the byte offset of a code point, or the end of the text.
    fn byte(&self, code_point: u32) -> usize {
        let code_point = code_point as usize;
        let Some(&mark) = self.marks.get(code_point / STRIDE) else { return self.text.len() };
        let mut rest = self.text[mark..].char_indices();
        rest.nth(code_point % STRIDE).map_or(self.text.len(), |(byte, _)| mark + byte)
    }

    /// Returns the line of a code point, counted from 1.
    pub(super) fn line(&self, code_point: u32) -> usize {
        let byte = self.byte(code_point);
        self.lines.partition_point(|&start| start <= byte)
    }

    /// Returns the text between two code points.
    pub(super) fn words(&self, start: u32, end: u32) -> &'a str {
        let (start, end) = (self.byte(start), self.byte(end));
        self.text.get(start..end).unwrap_or_default()
    }

    /// Returns the text before and after a span, within `start` to `end` and [`NEAR`] code points.
    pub(super) fn around(&self, span: &TextSpan, start: u32, end: u32) -> (&'a str, &'a str) {
        let first = start.max(span.start.saturating_sub(NEAR)).min(span.start);
        let last = end.min(span.end.saturating_add(NEAR)).max(span.end);
        (self.words(first, span.start), self.words(span.end, last))
    }
}

#[cfg(test)]
mod tests {
    use dateline_extract::read_document;

    use super::*;

    #[test]
    fn code_points_are_mapped_to_lines_and_words() {
        let document = read_document(&format!("{}\nTreffen in Zürich.\n", "ü".repeat(200)));
        let places = Places::new(&document);
        assert_eq!(
            (places.line(0), places.line(200), places.line(201), places.line(219)),
            (1, 1, 2, 2)
        );
        assert_eq!(places.words(201, 208), "Treffen");
        assert_eq!(places.words(212, 218), "Zürich");
    }
}
