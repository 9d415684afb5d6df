//! News in XML: feeds, NewsML-G2 and NITF, read in one pass that knows the offset of every word.
//!
//! The parser is quick-xml. External entities are not opened and internal ones not expanded: a document type with its own
//! definitions is rejected, and a reference to an entity that XML does not predefine stays as written.

mod capture;
pub(super) mod feed;
pub(super) mod newsml;
pub(super) mod nitf;

use std::borrow::Cow;

use dateline_core::{Run, SourceMap};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::encoding::{self, Decoded};

/// Maximum depth of nested elements, as for HTML.
const DEEPEST: usize = 512;
/// Number of bytes searched for the encoding declaration.
const HEAD: usize = 256;

/// A node of a document.
enum Node<'x> {
    /// Start of an element, with its attributes by lowercase name.
    Open { attributes: Vec<(String, String)>, inner: usize },
    /// Text, with a map to the XML.
    Words { words: Cow<'x, str>, map: SourceMap },
    /// End of an element, whose content ended before byte `inner`.
    Close { inner: usize },
}

impl Node<'_> {
    /// Returns the value of an attribute of a starting element.
    fn attribute(&self, name: &str) -> Option<&str> {
        let Self::Open { attributes, .. } = self else { return None };
        let found = attributes.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }
}

/// Walks a document and passes on each node with the lowercase names of its ancestors, its own last.
///
/// Nodes before damage are passed on.
///
/// # Errors
///
/// Describes where and why the XML is malformed or rejected.
fn walk<'x>(xml: &'x str, take: &mut dyn FnMut(&[String], Node<'x>)) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    let mut path: Vec<String> = Vec::new();
    loop {
        let start = position(&reader);
        let event = reader.read_event().map_err(|error| {
            format!("XML is damaged at byte {}: {error}", reader.error_position())
        })?;
        let end = position(&reader);
        match event {
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                if path.len() >= DEEPEST {
                    return Err(format!(
                        "XML nests deeper than {DEEPEST} elements at byte {start}, which no article does"
                    ));
                }
                path.push(tag.name().as_ref().to_lowercase());
                take(&path, Node::Open { attributes: attributes(tag), inner: end });
                if matches!(event, Event::Empty(_)) {
                    take(&path, Node::Close { inner: end });
                    path.pop();
                }
            }
            Event::End(_) => {
                take(&path, Node::Close { inner: start });
                path.pop();
            }
            Event::Text(_) => words(&path, xml, start, end, take),
            Event::CData(_) => {
                let inner = (start + "<![CDATA[".len()).min(end);
                words(&path, xml, inner, end.saturating_sub("]]>".len()).max(inner), take);
            }
            Event::GeneralRef(_) => reference(&path, xml, start, end, take),
            Event::DocType(_) if xml[start..end].contains('[') => {
                return Err(format!(
                    "document type at byte {start} has definitions of its own, which are not read; take them out of the file"
                ));
            }
            Event::Eof if path.is_empty() => return Ok(()),
            Event::Eof => {
                return Err(format!("XML ends within `{}`; the file is cut off", path.join("/")));
            }
            Event::DocType(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).expect("an offset in memory")
}

fn attributes(tag: &BytesStart<'_>) -> Vec<(String, String)> {
    tag.attributes()
        .with_checks(false)
        .filter_map(Result::ok)
        .map(|attribute| {
            let raw = &attribute.value;
            // Entities that XML does not predefine stay as written.
            let value =
                quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_string(), Cow::into_owned);
            (attribute.key.as_ref().to_lowercase(), value)
        })
        .collect()
}

fn words<'x>(
    path: &[String],
    xml: &'x str,
    start: usize,
    end: usize,
    take: &mut dyn FnMut(&[String], Node<'x>),
) {
    if start < end {
        let map = SourceMap::verbatim(start as u64, (end - start) as u64);
        take(path, Node::Words { words: Cow::Borrowed(&xml[start..end]), map });
    }
}

fn reference<'x>(
    path: &[String],
    xml: &'x str,
    start: usize,
    end: usize,
    take: &mut dyn FnMut(&[String], Node<'x>),
) {
    let raw = &xml[start..end];
    match quick_xml::escape::unescape(raw) {
        Ok(read) if read != raw => {
            let mut map = SourceMap::default();
            let (length, width) = (read.len() as u64, (end - start) as u64);
            map.push(Run { text: 0, source: start as u64, length, width, verbatim: false });
            take(path, Node::Words { words: Cow::Owned(read.into_owned()), map });
        }
        _ => words(path, xml, start, end, take),
    }
}

/// Decodes a document by its byte order mark, the declared encoding, its XML declaration, or a guess.
fn decode<'b>(bytes: &'b [u8], said: Option<&str>) -> Decoded<'b> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).into_owned();
    let declared =
        head.strip_prefix("<?xml").and_then(|rest| rest.split("?>").next()).and_then(|head| {
            let (_, rest) = head.split_once("encoding")?;
            let value = rest.trim_start().strip_prefix('=')?.trim_start();
            let quote = value.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
            value[1..].split(quote).next()
        });
    encoding::decode(bytes, said.or(declared))
}

/// Removes the namespace prefix of a name, or the list prefix of a code.
fn bare(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn shown(xml: &str) -> (String, Result<(), String>) {
        let mut shown = String::new();
        let result = walk(xml, &mut |path, node| match node {
            Node::Open { .. } => write!(shown, "<{}>", path.last().unwrap()).unwrap(),
            Node::Words { words, map } => {
                let source = map.source(0..words.len() as u64).unwrap();
                write!(shown, "{words}@{}-{} ", source.start, source.end).unwrap();
            }
            Node::Close { inner } => write!(shown, "</{inner}>").unwrap(),
        });
        (shown, result)
    }

    #[test]
    fn words_map_to_their_bytes() {
        let (read, result) = shown("<a><B x='1'/>Q&amp;A<![CDATA[<i>]]>&nbsp;&#x2014;</a>");
        assert_eq!(read, "<a><b></13>Q@13-14 &@14-19 A@19-20 <i>@29-32 &nbsp;@35-41 —@41-49 </49>");
        assert_eq!(result, Ok(()));
    }

    #[test]
    fn bombs_are_refused() {
        let laughs = "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        assert!(shown(laughs).1.unwrap_err().contains("definitions of its own"));
        let outside = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>";
        let (read, result) = shown(outside);
        assert!(read.is_empty() && result.is_err());
        let (read, result) = shown("<!DOCTYPE a SYSTEM \"http://localhost/a.dtd\"><a>&b;</a>");
        assert!(read.contains("&b;") && result.is_ok());
        let deep = "<a>".repeat(50_000);
        assert!(shown(&deep).1.unwrap_err().contains("deeper than 512"));
        assert!(shown("<a><b>Words").1.unwrap_err().contains("ends within `a/b`"));
        assert!(shown("<a><b></a>").1.unwrap_err().contains("damaged at byte"));
    }
}
