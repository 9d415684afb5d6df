//! Stub.
use super::{Cut, Found};
pub(super) fn document(_cut: &Cut) -> Result<Found, String> { Err(String::new()) }
use dateline_core::SourceMap;

/// The words of a piece of HTML as running text: paragraphs, list items and headings below each other, scripts and styles left
/// out. `map` leads from the markup to the source; the map that is given back leads from the text there.
pub(crate) fn words(markup: &str, map: &SourceMap) -> (String, SourceMap) {
    (markup.to_owned(), map.clone())
}
