//! Quotations: the words of a document that a row rests on.

use dateline_core::Record;
use schemars::JsonSchema;
use serde::Serialize;

use crate::packed::Offsets;

/// A span of a document in code points, half-open, with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Quote {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// Text of the span.
    pub text: String,
}

/// Returns the quotation between two code points of a record's text.
pub(crate) fn quote(record: &Record, start: u32, end: u32) -> Quote {
    let offsets = Offsets::of(&record.document.text);
    let range = offsets.byte(start as usize).zip(offsets.byte(end as usize));
    let text = range.and_then(|(from, to)| record.document.text.get(from..to)).unwrap_or_default();
    Quote { start, end, text: text.to_owned() }
}

/// Puts a text on one line, with single spaces between words.
pub(crate) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
