//! Bytes to code points: the layers count bytes, the record counts code points.

use dateline_core::TextSpan;
use dateline_nlp::Span;

/// Number of bytes between two marks.
const STRIDE: usize = 64;

/// Converts byte offsets of a text to code point offsets, in constant time after one pass over the text.
#[derive(Debug)]
pub(crate) struct CodePoints<'t> {
    text: &'t str,
    /// Number of code points before each byte that is a multiple of [`STRIDE`]. Empty for plain ASCII, where both
    /// counts are equal.
    marks: Vec<u32>,
}

impl<'t> CodePoints<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            marks.reserve(text.len() / STRIDE + 1);
            let mut before = 0;
            for chunk in text.as_bytes().chunks(STRIDE) {
                marks.push(before);
                before += count(chunk);
            }
            // An offset at the end of a text whose length is a multiple of the stride lies in a chunk of its own.
            marks.push(before);
        }
        Self { text, marks }
    }

    /// Returns the number of code points before a byte.
    pub(crate) fn before(&self, byte: usize) -> u32 {
        match self.marks.get(byte / STRIDE) {
            Some(mark) => mark + count(&self.text.as_bytes()[byte / STRIDE * STRIDE..byte]),
            None => u32::try_from(byte).expect("texts are shorter than 4 GiB"),
        }
    }

    /// Returns a span in code points with its text, as the record stores it.
    pub(crate) fn span(&self, span: Span) -> TextSpan {
        TextSpan {
            start: self.before(span.start()),
            end: self.before(span.end()),
            text: span.of(self.text).to_owned(),
        }
    }
}

/// Counts the code points that start in some bytes.
fn count(bytes: &[u8]) -> u32 {
    let begins = |&&byte: &&u8| byte & 0b1100_0000 != 0b1000_0000;
    u32::try_from(bytes.iter().filter(begins).count()).expect("texts are shorter than 4 GiB")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_boundary_counts_its_code_points(text in "(\\PC|[é\u{301}😀]|x){0,300}") {
            let points = CodePoints::new(&text);
            let ends = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
            for (expected, byte) in ends.enumerate() {
                prop_assert_eq!(points.before(byte) as usize, expected);
            }
        }
    }

    #[test]
    fn the_end_of_a_text_of_full_strides_is_counted() {
        let text = "é".repeat(STRIDE);
        assert_eq!(CodePoints::new(&text).before(text.len()), 64);
    }
}
