//! Headers of records and HTTP responses: lines of `Name: value`, and media types.

use std::str::FromStr as _;

use dateline_data::rows;

use super::super::{Format, sniff::root_name};

/// Returns the trimmed value of the first field with a name, ignoring case, or `None` if it is missing or not text.
///
/// A value folded over several lines is cut after the first. Addresses and numbers are never folded.
pub(super) fn field<'h>(head: &'h [u8], name: &str) -> Option<&'h str> {
    head.split(|byte| *byte == b'\n').skip(1).find_map(|line| {
        let (start, value) = line.split_at_checked(name.len())?;
        let value =
            value.strip_prefix(b":").filter(|_| start.eq_ignore_ascii_case(name.as_bytes()))?;
        Some(std::str::from_utf8(value).ok()?.trim())
    })
}

/// How to read content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    As(Format),
    /// Detect by the first element.
    ByRoot,
    /// Unsupported.
    Other,
}

/// Returns how to read content with a `Content-Type`. Without one, it is detected by the first element.
pub(super) fn kind(content_type: Option<&str>) -> Kind {
    let Some(media) = content_type.filter(|value| !value.is_empty()) else { return Kind::ByRoot };
    let media = media.split(';').next().unwrap_or_default().trim();
    rows(include_str!("../../../data/media-types.tsv"))
        .filter_map(|row| row.first_columns())
        .find(|[name, _format]| name.eq_ignore_ascii_case(media))
        .map_or(Kind::Other, |[_name, format]| {
            Format::from_str(format).map_or(Kind::ByRoot, Kind::As)
        })
}

/// Returns the encoding named in a `Content-Type`.
pub(super) fn charset(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    })
}

/// Detects markup by its root: a page or a feed.
pub(super) fn by_root(bytes: &[u8]) -> Option<Format> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    match root_name(head.trim_start_matches('\u{feff}'))?.as_str() {
        "html" => Some(Format::Html),
        "rss" | "feed" | "rdf:rdf" => Some(Format::Feed),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_names_match_in_any_case() {
        let head = b"WARC/1.0\r\nwarc-type:  response \r\nWARC-Type: request\r\nBroken\r\nLatin: \xE9\r\n\r\n";
        assert_eq!(field(head, "WARC-Type"), Some("response"));
        assert_eq!(field(head, "WARC"), None);
        assert_eq!(field(head, "Broken"), None);
        assert_eq!(field(head, "Latin"), None);
    }

    #[test]
    fn media_types_give_the_format() {
        let check = |media, expected| assert_eq!(kind(Some(media)), expected, "{media}");
        check("text/html", Kind::As(Format::Html));
        check("Text/HTML; charset=utf-8", Kind::As(Format::Html));
        check("application/feed+json", Kind::As(Format::JsonFeed));
        check("text/xml", Kind::ByRoot);
        check("", Kind::ByRoot);
        check("image/png", Kind::Other);
        check("# media type", Kind::Other);
        assert_eq!(kind(None), Kind::ByRoot);
        assert_eq!(charset("text/html; x=1; Charset=\"utf-8\"").as_deref(), Some("utf-8"));
        assert_eq!(charset("text/html; charset="), None);
    }

    #[test]
    fn rows_are_sorted_and_name_formats() {
        let rows: Vec<_> = include_str!("../../../data/media-types.tsv")
            .lines()
            .filter(|row| !row.starts_with('#'))
            .collect();
        assert!(rows.is_sorted());
        for row in rows {
            let format = row.split('\t').nth(1).unwrap();
            assert!(format == "root" || format.parse::<Format>().is_ok(), "{row}");
        }
    }

    #[test]
    fn the_first_element_gives_the_format() {
        let check = |text: &str, expected| assert_eq!(by_root(text.as_bytes()), expected, "{text}");
        check("\u{FEFF}<!-- a page --> <!DOCTYPE html><p>", Some(Format::Html));
        check("<HTML lang=en>", Some(Format::Html));
        check("<?xml version='1.0'?>\n<rss version='2.0'>", Some(Format::Feed));
        check("<feeder>", None);
        check("<!-- <html>", None);
        check("Talks resumed.", None);
        check("", None);
    }
}
