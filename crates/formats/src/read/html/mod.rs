//! HTML pages: the text of the article, its metadata, and the source bytes of each span.
//!
//! `dom_smoothie`, a port of Mozilla's Readability, finds the article in the page. It works on the tree itself, so the texts of the
//! article are nodes of the page whose positions are known.

mod about;
mod json_ld;
mod located;
mod walk;

use dateline_core::SourceMap;
use dom_smoothie::{Config, Readability};

use super::{Cut, OpenedDocument, encoding, field::is_address};
use located::Located;

/// Maximum size of a page in bytes.
pub(super) const LARGEST_PAGE: usize = 8 << 20;
/// Number of bytes searched for an encoding declaration (WHATWG HTML, 13.2.3.2, requires 1024).
const HEAD: usize = 4096;
/// Minimum size of an article in bytes, if the page has more text.
const SHORTEST: usize = 140;

/// Returns the article of a page.
pub(super) fn document(cut: &Cut) -> Result<OpenedDocument, String> {
    if cut.bytes.len() > LARGEST_PAGE {
        return Err(format!(
            "the page has {} bytes, expected at most {}; leave it out",
            cut.bytes.len(),
            LARGEST_PAGE
        ));
    }
    if encoding::is_binary(&cut.bytes) {
        return Err("looks like a binary file, not an HTML page".to_owned());
    }
    let named = cut.about.charset.clone().or_else(|| charset(&cut.bytes));
    let decoded = encoding::decode(&cut.bytes, named.as_deref());
    let mut located = Located::page(&decoded.text)?;
    let mut document = about::read(&located.document, cut.about.url.as_deref());
    let (text, map) = article(&mut located, document.url.as_deref());
    if text.trim().is_empty() {
        return Err("no article was found in the page".to_owned());
    }
    document.text = text;
    Ok(OpenedDocument {
        document,
        map: map.through(&decoded.map),
        encoding: decoded.encoding,
        guessed: std::collections::BTreeMap::new(),
        note: decoded.note,
    })
}

/// Converts HTML to running text: paragraphs, list items and headings on lines of their own, without scripts and styles.
///
/// `map` leads from the markup to the source; the returned map leads from the text to the source. The text is empty if the markup
/// is nested too deeply.
pub(crate) fn words(markup: &str, map: &SourceMap) -> (String, SourceMap) {
    let Ok(located) = Located::fragment(markup) else { return Default::default() };
    let (text, own) = walk::text(&located, &located.document.root());
    (text, own.through(map))
}

/// Returns the text of the article, or of the whole page if no article is found.
fn article(located: &mut Located, url: Option<&str>) -> (String, SourceMap) {
    let page = std::mem::take(&mut located.document);
    let config = Config { disable_json_ld: true, ..Config::default() };
    let whole = page.clone();
    let url = url.filter(|url| is_address(url));
    let mut best = (String::new(), SourceMap::default());
    let readable = Readability::with_document(page, url, Some(config));
    if let Ok(mut readability) = readable
        && readability.parse().is_ok()
        && let Some(root) = readability.doc.select_single("#readability-page-1").nodes().first()
    {
        best = walk::text(located, root);
    }
    if best.0.len() < SHORTEST
        && let Some(body) = whole.body()
    {
        let all = walk::text(located, &body);
        if all.0.len() > best.0.len() {
            best = all;
        }
    }
    best
}

/// Returns the encoding a page declares in its head or XML declaration.
fn charset(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let from = head.find("charset=").map(|at| at + 8).or_else(|| {
        let declaration = head.trim_start().strip_prefix("<?xml")?;
        let end = declaration.find("?>")?;
        let at = declaration[..end].find("encoding=")?;
        Some(head.len() - declaration.len() + at + 9)
    })?;
    let name = head[from..].trim_start_matches(['"', '\'', ' ']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c))?;
    (end > 0).then(|| name[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{About, Format};

    fn page(bytes: &[u8]) -> Result<OpenedDocument, String> {
        let about = About::default();
        document(&Cut { at: 0, number: None, format: Format::Html, about, bytes: bytes.to_owned() })
    }

    #[test]
    fn the_head_declares_the_encoding() {
        assert_eq!(charset(b"<meta charset=\"ISO-8859-1\">").as_deref(), Some("iso-8859-1"));
        let old = b"<META http-equiv=Content-Type content='text/html; charset=windows-1251'>";
        assert_eq!(charset(old).as_deref(), Some("windows-1251"));
        assert_eq!(
            charset(b"<?xml version='1.0' encoding='utf-16'?><html>").as_deref(),
            Some("utf-16")
        );
        assert_eq!(charset(b"<p>charset"), None);
    }

    #[test]
    fn text_maps_through_character_references() {
        let markup =
            "<p>Q&amp;A <b>in</b> Oslo</p><ul><li>one</li><li>two</li></ul><script>no()</script>";
        let (text, map) = words(markup, &SourceMap::verbatim(10, markup.len() as u64));
        assert_eq!(text, "Q&A in Oslo\n\none\n\ntwo\n");
        assert_eq!(map.source(0..3), Some(13..20));
        assert_eq!(map.source(7..11), Some(31..35));
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert!(page("<div>".repeat(50_000).as_bytes()).unwrap_err().contains("nested more than"));
        assert!(page(&[1; 500]).unwrap_err().contains("binary file"));
        assert!(page(b"<html></html>").unwrap_err().contains("no article"));
    }
}
