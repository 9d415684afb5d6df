//! NITF 3 (IPTC): one article, with metadata in elements and attributes.

use std::{collections::BTreeMap, sync::LazyLock};

use dateline_core::{Document, Moment, SourceMap};

use super::{
    super::{
        Cut, OpenedDocument,
        field::{is_address, line},
        markup::{Flow, Layout},
        published,
    },
    Node, bare, decode, walk,
};

/// Effect of body elements on running text.
static ELEMENTS: LazyLock<BTreeMap<&str, Layout>> =
    LazyLock::new(|| Layout::table(include_str!("../../../data/xml/nitf.tsv")));

/// Returns the document of a record.
pub(in super::super) fn document(cut: &Cut) -> Result<OpenedDocument, String> {
    let decoded = decode(&cut.bytes, cut.about.charset.as_deref());
    let (mut found, ended) = read(&decoded.text, cut.about.url.clone());
    // Text before damage is kept, with a note that it is incomplete.
    match (&mut found, ended) {
        (Err(_), Err(why)) => return Err(why),
        (Ok(found), ended) => {
            found.map = found.map.through(&decoded.map);
            found.encoding = decoded.encoding;
            found.note =
                ended.err().map(|why| format!("read as far as it goes: {why}")).or(decoded.note);
        }
        (Err(_), Ok(())) => {}
    }
    found
}

/// Reads an NITF document. Its map leads to the XML.
pub(super) fn read(
    xml: &str,
    url: Option<String>,
) -> (Result<OpenedDocument, String>, Result<(), String>) {
    let mut reading = Reading::default();
    let ended = walk(xml, &mut |path, node| reading.take(path, &node));
    (reading.finish(url), ended)
}

/// An article being read.
#[derive(Default)]
struct Reading {
    body: Flow,
    /// Dateline before the first paragraph: `OSLO, May 8 (AP) --`.
    dateline: Flow,
    has_dateline: bool,
    has_body: bool,
    /// Depth of the element being skipped.
    skipped: Option<usize>,
    head: BTreeMap<&'static str, String>,
}

impl Reading {
    fn take(&mut self, path: &[String], node: &Node<'_>) {
        let depth = path.len();
        // A namespace prefix carries no further information.
        let name = path.last().map_or("", |name| bare(name));
        let within = |element: &str| path.iter().any(|own| bare(own) == element);
        let layout = || match ELEMENTS.get(name) {
            Some(layout) if within("body.content") => *layout,
            _ => Layout::Inline,
        };
        match node {
            Node::Open { .. } => {
                self.told(name, node);
                if self.skipped.is_none() {
                    let layout = layout();
                    self.skipped = (layout == Layout::None).then_some(depth);
                    self.body.apart(layout);
                }
            }
            Node::Close { .. } => {
                if self.skipped == Some(depth) {
                    self.skipped = None;
                } else if self.skipped.is_none() {
                    self.body.apart(layout());
                }
            }
            Node::Words { words, map } => {
                if within("body.content") {
                    if self.skipped.is_none() {
                        if self.has_dateline && !self.has_body && !words.trim().is_empty() {
                            self.open_body();
                        }
                        self.has_body |= !words.trim().is_empty();
                        self.body.words(words, map);
                    }
                } else if within("dateline") {
                    self.has_dateline = true;
                    self.dateline.words(words, map);
                } else {
                    self.heard(path, words);
                }
            }
        }
    }

    /// Puts the dateline before the first words of the body.
    fn open_body(&mut self) {
        let (words, map) = std::mem::take(&mut self.dateline).finish();
        let words = words.trim_end();
        self.body.words(words, &map);
        if words.ends_with(['-', '–', '—', ':']) {
            // A space that is not in the source: the line continues with the paragraph.
            self.body.words(" ", &SourceMap::default());
        } else {
            self.body.paragraph();
        }
    }

    /// Reads metadata in attributes.
    fn told(&mut self, name: &str, node: &Node<'_>) {
        let wanted: &[(&str, &str, &'static str)] = &[
            ("doc-id", "id-string", "id"),
            ("date.issue", "norm", "issued"),
            ("date.release", "norm", "released"),
            ("story.date", "norm", "dated"),
            ("pubdata", "name", "publication"),
            ("pubdata", "date.publication", "published"),
            ("pubdata", "ex-ref", "url"),
            ("nitf", "xml:lang", "language"),
        ];
        for (element, attribute, key) in wanted {
            if name == *element
                && let Some(value) = node.attribute(attribute)
            {
                self.head.entry(key).or_insert_with(|| value.to_owned());
            }
        }
    }

    /// Reads metadata in header elements.
    fn heard(&mut self, path: &[String], words: &str) {
        let key = path.iter().rev().find_map(|name| match bare(name) {
            "hl1" => Some("hl1"),
            "title" => Some("title"),
            "byttl" => Some("byttl"),
            "byline" => Some("byline"),
            "distributor" => Some("distributor"),
            _ => None,
        });
        if let Some(key) = key {
            self.head.entry(key).or_default().push_str(words);
        }
    }

    fn finish(self, url: Option<String>) -> Result<OpenedDocument, String> {
        let (words, map) = self.body.finish();
        if words.trim().is_empty() {
            return Err("no words in `body.content`".to_owned());
        }
        let told = |keys: &[&str]| keys.iter().find_map(|key| line(self.head.get(key)?));
        let date = told(&["issued", "published", "released", "dated"]);
        let published: Option<Moment> = match &date {
            Some(date) => Some(published::moment(date).ok_or_else(|| {
                format!("read the date `{date}`, expected one as ISO 8601 has it, such as 20210508T093000Z")
            })?),
            None => None,
        };
        let byline = told(&["byline"]).map(|byline| {
            let bare = byline
                .strip_prefix("By ")
                .or_else(|| byline.strip_prefix("BY "))
                .unwrap_or(&byline);
            bare.to_owned()
        });
        let mut document = Document::new(words);
        document.id = told(&["id"]);
        document.published = published;
        document.title = told(&["hl1", "title"]);
        document.publisher = told(&["publication", "distributor"]);
        document.byline = byline;
        document.url = url.or_else(|| told(&["url"]).filter(|url| is_address(url)));
        document.language = told(&["language"]);
        Ok(OpenedDocument { document, map, encoding: "", guessed: BTreeMap::new(), note: None })
    }
}
