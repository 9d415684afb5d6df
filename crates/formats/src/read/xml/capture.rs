//! Collects the text of an element with its source bytes.

use std::ops::Range;

use dateline_core::{Run, SourceMap};

/// Text of an element so far.
#[derive(Debug, Default)]
pub(super) struct Capture {
    pub(super) text: String,
    /// Map from the text to the XML.
    pub(super) map: SourceMap,
}

impl Capture {
    /// Appends text.
    pub(super) fn add(&mut self, words: &str, map: &SourceMap) {
        let text = self.text.len() as u64;
        for run in map.runs() {
            self.map.push(Run { text: text + run.text, ..*run });
        }
        self.text.push_str(words);
    }

    /// Appends part of the XML itself.
    pub(super) fn raw(xml: &str, range: Range<usize>) -> Self {
        let map = SourceMap::verbatim(range.start as u64, range.len() as u64);
        Self { text: xml[range].to_owned(), map }
    }
}
