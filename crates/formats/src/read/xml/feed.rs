//! RSS (0.9 to 2.0) and Atom (RFC 4287): entries with their metadata, and the text of the element that has the most of it.
//!
//! One pass reads both the entry and the positions of its words, which a feed library would lose.

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use dateline_core::Document;
use dateline_data::{Row, rows};

use super::{
    super::{
        Cut, Field, OpenedDocument,
        field::{is_address, line},
        html, published,
    },
    Node,
    capture::Capture,
    decode, walk,
};

/// Elements of an entry, with field and rank.
static ELEMENTS: LazyLock<HashMap<&str, (Field, u32)>> = LazyLock::new(|| {
    let element = |row: Row<'static>| {
        let [name, field, rank] = row.first_columns()?;
        Some((name, (field.parse().ok()?, rank.parse().ok()?)))
    };
    rows(include_str!("../../../data/xml/feed.tsv"))
        .map(|row| element(row).expect("a test reads data/xml/feed.tsv"))
        .collect()
});

/// Returns the documents of a feed, with the reason for each that could not be read.
pub(in super::super) fn documents(cut: &Cut) -> Vec<Result<OpenedDocument, String>> {
    let decoded = decode(&cut.bytes, cut.about.charset.as_deref());
    let mut reading = Reading::new(&decoded.text);
    let ended = walk(&decoded.text, &mut |path, node| reading.take(path, &node));
    let Reading { channel, mut found, .. } = reading;
    for document in found.iter_mut().flatten() {
        document.map = document.map.through(&decoded.map);
        document.encoding = decoded.encoding;
        document.note.clone_from(&decoded.note);
        let own = &mut document.document;
        own.publisher = own.publisher.take().or_else(|| channel.title.clone());
        own.language = own.language.take().or_else(|| channel.language.clone());
    }
    if found.is_empty() && ended.is_ok() {
        found.push(Err("no entries; a feed has `item` or `entry` elements".to_owned()));
    }
    found.extend(ended.err().map(Err));
    found
}

/// Metadata of the feed.
#[derive(Default)]
struct Channel {
    title: Option<String>,
    language: Option<String>,
}

/// A feed being read.
struct Reading<'x> {
    xml: &'x str,
    channel: Channel,
    /// Depth of the current entry.
    entry: Option<usize>,
    fields: BTreeMap<(Field, u32), Value>,
    open: Vec<Open>,
    found: Vec<Result<OpenedDocument, String>>,
}

/// Content of an element.
struct Value {
    capture: Capture,
    /// True if the text is plain, so `<` is not a tag.
    is_plain: bool,
}

/// An element whose text is being read.
struct Open {
    depth: usize,
    key: (Field, u32),
    /// Start of markup within the XML itself.
    inline: Option<usize>,
    is_plain: bool,
    capture: Capture,
}

impl<'x> Reading<'x> {
    fn new(xml: &'x str) -> Self {
        Self {
            xml,
            channel: Channel::default(),
            entry: None,
            fields: BTreeMap::new(),
            open: Vec::new(),
            found: Vec::new(),
        }
    }

    fn take(&mut self, path: &[String], node: &Node<'_>) {
        let depth = path.len();
        let name = path.last().map_or("", String::as_str);
        match node {
            Node::Open { inner, .. } => {
                let language = node.attribute("xml:lang").map(str::to_owned);
                let Some(entry) = self.entry else {
                    self.channel.language = self.channel.language.take().or(language);
                    if matches!(name, "item" | "entry") {
                        self.entry = Some(depth);
                    }
                    return;
                };
                let key = path[entry..].join("/");
                let Some(&key) = ELEMENTS.get(key.as_str()) else { return };
                if key.0 == Field::Url && is_link(node) {
                    let href = node.attribute("href").unwrap_or_default().to_owned();
                    let capture = Capture { text: href, ..Capture::default() };
                    self.fields.entry(key).or_insert(Value { capture, is_plain: true });
                    return;
                }
                let kind = node.attribute("type").unwrap_or_default();
                let inline = (kind == "xhtml").then_some(*inner);
                // RSS does not say which: it is read as HTML, of which plain text is a special case.
                let is_plain = matches!(kind, "text" | "text/plain");
                let is_elsewhere = name == "link" && node.attribute("href").is_some()
                    || node.attribute("src").is_some();
                if !is_elsewhere {
                    self.open.push(Open {
                        depth,
                        key,
                        inline,
                        is_plain,
                        capture: Capture::default(),
                    });
                }
            }
            Node::Words { words, map } => {
                for open in &mut self.open {
                    open.capture.add(words, map);
                }
                if self.entry.is_none() {
                    let place = |names: &[&str]| {
                        path.ends_with(
                            &names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(),
                        )
                    };
                    if place(&["channel", "title"]) || path.len() == 2 && place(&["feed", "title"])
                    {
                        let title = self.channel.title.take().unwrap_or_default();
                        self.channel.title = line(&format!("{title}{words}"));
                    } else if place(&["channel", "language"]) {
                        self.channel.language = line(words);
                    }
                }
            }
            Node::Close { inner } => {
                if let Some(open) = self.open.pop_if(|open| open.depth == depth) {
                    let capture = match open.inline {
                        Some(start) => Capture::raw(self.xml, start..(*inner).max(start)),
                        None => open.capture,
                    };
                    if !capture.text.trim().is_empty() {
                        let value = Value { capture, is_plain: open.is_plain };
                        self.fields.entry(open.key).or_insert(value);
                    }
                }
                if self.entry == Some(depth) {
                    self.entry = None;
                    let fields = std::mem::take(&mut self.fields);
                    self.found.push(document(&fields));
                }
            }
        }
    }
}

/// Returns true if an Atom link leads to the page of the entry.
fn is_link(node: &Node<'_>) -> bool {
    node.attribute("href").is_some() && node.attribute("rel").is_none_or(|rel| rel == "alternate")
}

/// Returns the document of an entry.
fn document(fields: &BTreeMap<(Field, u32), Value>) -> Result<OpenedDocument, String> {
    let told = |field: Field| {
        let mut values = fields.iter().filter(|((own, _), _)| *own == field);
        values.find_map(|(_, value)| line(&value.capture.text))
    };
    // Most feeds have headlines in HTML, too.
    let title = fields
        .iter()
        .find(|((own, _), _)| *own == Field::Title)
        .and_then(|(_, value)| line(&in_text(value).0));
    let id = told(Field::Id);
    let mut texts =
        fields.iter().filter(|((own, _), _)| *own == Field::Html).map(|(_, value)| in_text(value));
    let Some((words, map)) = texts.find(|(words, _)| !words.trim().is_empty()) else {
        let name = title.or(id).unwrap_or_else(|| "without a title".to_owned());
        return Err(format!("entry `{name}` has no text in the feed; read the page it links to"));
    };
    let date = told(Field::Published);
    let published = date.as_deref().map(|date| {
        published::moment(date).ok_or_else(|| {
            format!(
                "read the date `{date}`, expected RFC 2822 or RFC 3339 such as 2021-05-08T09:30:00Z"
            )
        })
    });
    let mut document = Document::new(words);
    document.published = published.transpose()?;
    document.title = title;
    document.publisher = told(Field::Publisher);
    document.byline = told(Field::Byline);
    document.url = told(Field::Url).or_else(|| id.clone().filter(|id| is_address(id)));
    document.language = told(Field::Language);
    document.id = id;
    Ok(OpenedDocument { document, map, encoding: "", guessed: BTreeMap::new(), note: None })
}

fn in_text(value: &Value) -> (String, dateline_core::SourceMap) {
    let Value { capture, is_plain } = value;
    if *is_plain {
        (capture.text.clone(), capture.map.clone())
    } else {
        html::words(&capture.text, &capture.map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_known() {
        assert_eq!(ELEMENTS.get("content:encoded"), Some(&(Field::Html, 1)));
        assert_eq!(ELEMENTS.get("author/name"), Some(&(Field::Byline, 1)));
    }
}
