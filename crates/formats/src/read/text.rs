//! Plain text: the record is the text. Headers in it are parsed by the extractor, which knows the language.

use std::collections::BTreeMap;

use dateline_core::Document;

use super::{Cut, OpenedDocument, encoding};

/// Returns the text of a record, without metadata.
pub(super) fn document(cut: &Cut) -> Result<OpenedDocument, String> {
    if encoding::is_binary(&cut.bytes) {
        return Err(
            "looks like a binary file; convert it to text or HTML first, or name its format with --from"
                .to_owned(),
        );
    }
    let decoded = encoding::decode(&cut.bytes, cut.about.charset.as_deref());
    if decoded.text.trim().is_empty() {
        return Err("no text".to_owned());
    }
    let mut document = Document::new(decoded.text);
    document.url.clone_from(&cut.about.url);
    Ok(OpenedDocument {
        document,
        map: decoded.map,
        encoding: decoded.encoding,
        guessed: BTreeMap::new(),
        note: decoded.note,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{About, Format};

    fn text(bytes: &[u8]) -> Result<String, String> {
        let about = About::default();
        let cut = Cut { at: 0, number: None, format: Format::Text, about, bytes: bytes.to_owned() };
        document(&cut).map(|found| found.document.text)
    }

    #[test]
    fn text_is_read_as_it_is() {
        assert_eq!(text(b"Talks resumed.\r\n").as_deref(), Ok("Talks resumed.\r\n"));
        assert_eq!(text(b"\xFF\xFEh\0i\0").as_deref(), Ok("hi"));
        assert!(text(b" \n").is_err());
        assert!(text(&[0; 100]).unwrap_err().contains("binary file"));
    }
}
