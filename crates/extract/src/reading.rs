//! What every layer is handed: the analyzed text and what is known of the document.

use dateline_core::Document;
use dateline_nlp::Analysis;
use jiff::civil::Date;

/// One document, read by the language layer. All offsets are bytes into `document.text`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) document: &'a Document,
    pub(crate) analysis: &'a Analysis<'a>,
}

impl Reading<'_> {
    /// The day of publication, which relative times are read against.
    pub(crate) fn published(&self) -> Option<Date> {
        self.document.published.map(dateline_core::Moment::date)
    }
}
