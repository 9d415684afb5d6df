//! The words behind a row: the sentence a report stands in.

use dateline_core::Record;
use schemars::JsonSchema;
use serde::Serialize;

use crate::packed::Offsets;

/// A stretch of a document, with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Quote {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words, as they stand there.
    pub text: String,
}

/// The words between two code points of a record's text.
pub(crate) fn quote(record: &Record, start: u32, end: u32) -> Quote {
    let offsets = Offsets::of(&record.document.text);
    let range = offsets.byte(start as usize).zip(offsets.byte(end as usize));
    let text = range.and_then(|(from, to)| record.document.text.get(from..to)).unwrap_or_default();
    Quote { start, end, text: text.to_owned() }
}

/// The words of a quote on one line, with one blank between two.
pub(crate) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
