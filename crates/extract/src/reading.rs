//! The input of every layer: the analyzed text and its document.

use dateline_core::Document;
use dateline_nlp::Analysis;
use jiff::civil::Date;

/// A document and its analysis. All offsets are bytes into `document.text`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) document: &'a Document,
    pub(crate) analysis: &'a Analysis<'a>,
}

impl Reading<'_> {
    /// Returns the publication date, which relative times are read against.
    pub(crate) fn published(&self) -> Option<Date> {
        self.document.published.map(dateline_core::Moment::date)
    }
}
