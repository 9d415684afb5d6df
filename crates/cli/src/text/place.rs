//! Offsets of the record back to its text: lines, and the words around a span.

use dateline_core::{Document, TextSpan};

/// The text of a document, found again by code points.
#[derive(Debug)]
pub(super) struct Places<'a> {
    text: &'a str,
    /// Byte of every 64th code point; the rest is counted from there.
    marks: Vec<usize>,
    /// Byte where each line begins.
    lines: Vec<usize>,
}

/// Code points that are looked at on either side of a span: more than is shown, and little in a sentence without end.
const NEAR: u32 = 500;

/// Code points between two marks.
const STRIDE: usize = 64;

/// The lines of a document's text, found by code points.
#[derive(Debug)]
pub(crate) struct Lines<'a>(Places<'a>);

impl<'a> Lines<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        Self(Places::new(document))
    }

    /// The line a code point stands in, counted from 1.
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

    /// The byte a code point begins at; the end of the text for one past the last.
    fn byte(&self, code_point: u32) -> usize {
        let code_point = code_point as usize;
        let Some(&mark) = self.marks.get(code_point / STRIDE) else { return self.text.len() };
        let mut rest = self.text[mark..].char_indices();
        rest.nth(code_point % STRIDE).map_or(self.text.len(), |(byte, _)| mark + byte)
    }

    /// The line a code point stands in, counted from 1.
    pub(super) fn line(&self, code_point: u32) -> usize {
        let byte = self.byte(code_point);
        self.lines.partition_point(|&start| start <= byte)
    }

    /// The words from one code point to another.
    pub(super) fn words(&self, start: u32, end: u32) -> &'a str {
        let (start, end) = (self.byte(start), self.byte(end));
        self.text.get(start..end).unwrap_or_default()
    }

    /// What stands before and after a span in the piece of text from `start` to `end`, or the [`NEAR`] of it.
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
    fn code_points_find_their_line_and_words() {
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
