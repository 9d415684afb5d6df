//! The head of a document: what a text says of itself before it begins.

use dateline_core::Document;

/// Reads the header of a text (front matter, `date …` lines); the text itself stays whole in the document.
pub fn read_document(text: &str) -> Document {
    Document {
        id: None,
        published: None,
        title: None,
        publisher: None,
        agency: None,
        byline: None,
        url: None,
        language: None,
        text: text.to_owned(),
    }
}
