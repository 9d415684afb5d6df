//! Words of an element as they come, with their bytes.

use std::ops::Range;

use dateline_core::{Run, SourceMap};

/// What was read of an element so far.
#[derive(Debug, Default)]
pub(super) struct Capture {
    pub(super) text: String,
    /// From the text to the XML.
    pub(super) map: SourceMap,
}

impl Capture {
    /// Adds words behind those there are.
    pub(super) fn add(&mut self, words: &str, map: &SourceMap) {
        let text = self.text.len() as u64;
        for run in map.runs() {
            self.map.push(Run { text: text + run.text, ..*run });
        }
        self.text.push_str(words);
    }

    /// A stretch of the XML itself.
    pub(super) fn raw(xml: &str, range: Range<usize>) -> Self {
        let map = SourceMap::verbatim(range.start as u64, range.len() as u64);
        Self { text: xml[range].to_owned(), map }
    }
}
