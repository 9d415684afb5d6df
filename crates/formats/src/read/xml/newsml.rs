//! NewsML-G2 (IPTC): news items, alone or in a message, with inline text.

use std::collections::BTreeMap;

use dateline_core::{Document, SourceMap};

use super::{
    super::{Cut, OpenedDocument, field::line, html, published},
    Node, bare,
    capture::Capture,
    decode, nitf, walk,
};

/// Returns the documents of a message or item, with the reason for each that could not be read.
pub(in super::super) fn documents(cut: &Cut) -> Vec<Result<OpenedDocument, String>> {
    let decoded = decode(&cut.bytes, cut.about.charset.as_deref());
    let mut reading = Reading {
        xml: &decoded.text,
        item: None,
        told: BTreeMap::new(),
        content: None,
        found: Vec::new(),
    };
    let ended = walk(&decoded.text, &mut |path, node| reading.take(path, &node));
    let mut found = reading.found;
    for document in found.iter_mut().flatten() {
        document.map = document.map.through(&decoded.map);
        document.encoding = decoded.encoding;
        document.note = document.note.take().or_else(|| decoded.note.clone());
    }
    if found.is_empty() && ended.is_ok() {
        found.push(Err("no `newsItem` with a text; packages only list others".to_owned()));
    }
    found.extend(ended.err().map(Err));
    found
}

/// A message being read.
struct Reading<'x> {
    xml: &'x str,
    /// Depth of the current item.
    item: Option<usize>,
    told: BTreeMap<&'static str, String>,
    content: Option<Content>,
    found: Vec<Result<OpenedDocument, String>>,
}

/// Text of an item.
struct Content {
    /// Depth of its element, while it is open.
    depth: Option<usize>,
    /// XML, as a byte range.
    inline: Option<std::ops::Range<usize>>,
    is_html: bool,
    capture: Capture,
}

impl Reading<'_> {
    fn take(&mut self, path: &[String], node: &Node<'_>) {
        let depth = path.len();
        let name = path.last().map_or("", |name| bare(name));
        match node {
            Node::Open { inner, .. } => {
                if name == "newsitem" && self.item.is_none() {
                    self.item = Some(depth);
                    self.tell("id", node.attribute("guid"));
                    self.tell("item language", node.attribute("xml:lang"));
                }
                let Some(item) = self.item else { return };
                if self.content.as_ref().is_some_and(|content| content.depth.is_some()) {
                    return;
                }
                match name {
                    "inlinexml" | "inlinedata" if self.content.is_none() => {
                        let kind = node.attribute("contenttype").unwrap_or_default();
                        self.content = Some(Content {
                            depth: Some(depth),
                            inline: (name == "inlinexml").then_some(*inner..*inner),
                            is_html: kind.contains("html"),
                            capture: Capture::default(),
                        });
                    }
                    "provider" => {
                        self.tell("provider", node.attribute("literal").or_else(|| code(node)));
                    }
                    "infosource" => {
                        self.tell("source", node.attribute("literal").or_else(|| code(node)));
                    }
                    "language" if depth == item + 2 => self.tell("language", node.attribute("tag")),
                    _ => {}
                }
            }
            Node::Words { words, map } => {
                if let Some(content) =
                    self.content.as_mut().filter(|content| content.depth.is_some())
                {
                    if content.inline.is_none() {
                        content.capture.add(words, map);
                    }
                } else if let Some(item) = self.item {
                    self.heard(&path[item..], words);
                }
            }
            Node::Close { inner } => {
                if let Some(content) = &mut self.content
                    && content.depth == Some(depth)
                {
                    content.depth = None;
                    if let Some(range) = &mut content.inline {
                        range.end = (*inner).max(range.start);
                    }
                }
                if self.item == Some(depth) {
                    self.item = None;
                    let (told, content) = (std::mem::take(&mut self.told), self.content.take());
                    self.found.push(document(self.xml, &told, content));
                }
            }
        }
    }

    fn tell(&mut self, key: &'static str, value: Option<&str>) {
        if let Some(value) = value {
            self.told.entry(key).or_insert_with(|| value.to_owned());
        }
    }

    /// Values of header elements by path.
    fn heard(&mut self, path: &[String], words: &str) {
        let names: Vec<&str> = path.iter().map(|name| bare(name)).collect();
        let key = match names.as_slice() {
            ["itemmeta", "provider", "name"] => "provider name",
            ["itemmeta", "versioncreated"] => "versioncreated",
            ["itemmeta", "firstcreated"] => "firstcreated",
            ["contentmeta", "contentcreated"] => "contentcreated",
            ["contentmeta", "headline"] => "headline",
            ["contentmeta", "slugline"] => "slugline",
            ["contentmeta", "by"] => "by",
            ["contentmeta", "creditline"] => "creditline",
            ["contentmeta", "infosource", "name"] => "source name",
            _ => return,
        };
        self.told.entry(key).or_default().push_str(words);
    }
}

/// Returns the code of a `qcode` without its list name.
fn code<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    node.attribute("qcode").map(bare)
}

/// Returns the document of an item.
fn document(
    xml: &str,
    told: &BTreeMap<&'static str, String>,
    content: Option<Content>,
) -> Result<OpenedDocument, String> {
    let first = |keys: &[&str]| keys.iter().find_map(|key| line(told.get(key)?));
    let id = first(&["id"]);
    let read = content.map(|content| in_text(xml, content)).transpose()?;
    let Some((words, map, inner)) = read.filter(|(words, ..)| !words.trim().is_empty()) else {
        return Err(format!("item {} has no text inline", id.unwrap_or_default()));
    };
    let date = first(&["contentcreated", "versioncreated", "firstcreated"]);
    let published = date
        .as_deref()
        .map(|date| {
            published::moment(date)
                .ok_or_else(|| format!("read the date `{date}`, expected one as ISO 8601 has it"))
        })
        .transpose()?;
    let inner = inner.unwrap_or_else(|| Document::new(""));
    let mut document = Document::new(words);
    document.id = id;
    document.published = published.or(inner.published);
    document.title = first(&["headline", "slugline"]).or(inner.title);
    document.publisher = first(&["provider name", "provider"]).or(inner.publisher);
    document.agency = first(&["creditline", "source name", "source"]);
    document.byline =
        first(&["by"]).or(inner.byline).map(|by| by.strip_prefix("By ").unwrap_or(&by).to_owned());
    document.language = first(&["language", "item language"]).or(inner.language);
    Ok(OpenedDocument { document, map, encoding: "", guessed: BTreeMap::new(), note: None })
}

/// Returns the text of the content, with the metadata of an NITF document in it.
fn in_text(xml: &str, content: Content) -> Result<(String, SourceMap, Option<Document>), String> {
    let Some(range) = content.inline else {
        let Capture { text, map } = content.capture;
        return Ok(if content.is_html {
            let (words, map) = html::words(&text, &map);
            (words, map, None)
        } else {
            (text, map, None)
        });
    };
    let raw = Capture::raw(xml, range);
    if raw.text.contains("<body.content") || raw.text.contains(":body.content") {
        let (found, ended) = nitf::read(&raw.text, None);
        ended?;
        let found = found?;
        let Document { text, .. } = &found.document;
        return Ok((text.clone(), found.map.through(&raw.map), Some(found.document)));
    }
    let (words, map) = html::words(&raw.text, &raw.map);
    Ok((words, map, None))
}
