//! A page as a tree that knows the source bytes of each text.
//!
//! The parser reports only line numbers, so it is fed small pieces, split at HTML markup; text it adds to the tree while it reads a
//! piece came from that piece. Positions are kept by tree node, so they survive later changes to the tree.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
    collections::BTreeMap,
    ops::Range,
};

use dateline_core::{Run, SourceMap};
use dom_query::{Document, NodeData, NodeId};
use html5ever::{
    Attribute, ParseOpts, Parser, QualName,
    interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
    local_name, ns, parse_document, parse_fragment,
    tendril::{StrTendril, TendrilSink as _},
    tree_builder::TreeBuilderOpts,
};

/// Maximum depth of nested elements. News sites use less than a tenth of it, and tree algorithms take time for depth.
const DEEPEST: u32 = 512;
/// Maximum number of nodes.
const MOST_NODES: usize = 200_000;

/// Character references for `&`.
const AMPERSANDS: [&str; 5] = ["&amp;", "&AMP;", "&#38;", "&#x26;", "&#X26;"];

/// A tree with the positions of its texts.
pub(super) struct Located {
    pub(super) document: Document,
    texts: BTreeMap<NodeId, SourceMap>,
}

impl Located {
    /// Parses a page.
    ///
    /// # Errors
    ///
    /// If it is nested too deeply or has too many nodes. Parsing stops there.
    pub(super) fn page(source: &str) -> Result<Self, String> {
        Self::fed(parse_document(Sink::new(source, Document::default()), options()), source)
    }

    /// Parses a fragment of a page.
    ///
    /// # Errors
    ///
    /// As for [`Located::page`].
    pub(super) fn fragment(source: &str) -> Result<Self, String> {
        let sink = Sink::new(source, Document::fragment_sink());
        let body = QualName::new(None, ns!(html), local_name!("body"));
        Self::fed(parse_fragment(sink, options(), body, Vec::new(), false), source)
    }

    /// Returns the map of a text to the source, or `None` for a text that was not in the page.
    pub(super) fn map(&self, id: NodeId) -> Option<&SourceMap> {
        self.texts.get(&id)
    }

    fn fed(mut parser: Parser<Sink<'_>>, source: &str) -> Result<Self, String> {
        for piece in pieces(source) {
            let sink = &parser.tokenizer.sink.sink;
            if let Some(why) = sink.refusal() {
                return Err(why);
            }
            sink.feed(piece.clone());
            parser.process(StrTendril::from_slice(&source[piece]));
        }
        parser.tokenizer.sink.sink.feed(source.len()..source.len());
        let (document, texts, refusal) = parser.finish();
        match refusal {
            Some(why) => Err(why),
            None => Ok(Self { document, texts }),
        }
    }
}

fn options() -> ParseOpts {
    // As a reader without scripts sees the page.
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    ParseOpts { tree_builder, ..ParseOpts::default() }
}

/// Splits a source where a text can start or end, or change when parsed: before `<`, after `>`, and around character references,
/// CR LF and NUL.
fn pieces(source: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = source.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let first = *bytes.get(start)?;
        let rest = &bytes[start + 1..];
        let length = match first {
            b'&' => rest
                .iter()
                .take(40)
                .position(|byte| !is_of_reference(*byte))
                .map_or(rest.len().min(40), |end| if rest[end] == b';' { end + 1 } else { end }),
            b'\r' => usize::from(rest.first() == Some(&b'\n')),
            0 => 0,
            _ => {
                let stop = |byte: &u8| matches!(*byte, b'<' | b'>' | b'&' | b'\r' | 0);
                match rest.iter().position(stop) {
                    Some(end) if rest[end] == b'>' => end + 1,
                    Some(end) => end,
                    None => rest.len(),
                }
            }
        };
        at = start + 1 + length;
        Some(start..at)
    })
}

fn is_of_reference(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'#'
}

/// Sink through which the parser builds the tree.
struct Sink<'s> {
    source: &'s str,
    document: Document,
    texts: RefCell<BTreeMap<NodeId, SourceMap>>,
    /// Offset from which the next text can start.
    next: Cell<usize>,
    /// The piece being fed to the parser.
    piece: RefCell<Range<usize>>,
    /// True if the piece is a tag or comment or part of one; `goes_on` is true if the tag or comment continues in the next piece.
    in_tag: Cell<bool>,
    goes_on: Cell<bool>,
    /// Earlier pieces that have produced no text yet, such as text in tables, which the parser holds back.
    waiting: RefCell<Vec<Range<usize>>>,
    depths: RefCell<BTreeMap<NodeId, u32>>,
    deepest: Cell<u32>,
    nodes: Cell<usize>,
}

impl<'s> Sink<'s> {
    fn new(source: &'s str, document: Document) -> Self {
        Self {
            source,
            document,
            texts: RefCell::default(),
            next: Cell::new(0),
            piece: RefCell::new(0..0),
            in_tag: Cell::new(true),
            goes_on: Cell::new(false),
            waiting: RefCell::default(),
            depths: RefCell::default(),
            deepest: Cell::new(0),
            nodes: Cell::new(0),
        }
    }

    fn feed(&self, piece: Range<usize>) {
        let was_tag = self.in_tag.get();
        let source = &self.source[piece.clone()];
        let opens = source.strip_prefix('<').is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
        });
        let is_tag = opens || self.goes_on.get();
        self.goes_on.set(is_tag && !source.ends_with('>'));
        self.in_tag.set(is_tag);
        let last = self.piece.replace(piece);
        let left = last.start.max(self.next.get())..last.end;
        if !was_tag && !left.is_empty() {
            self.waiting.borrow_mut().push(left);
        }
    }

    fn refusal(&self) -> Option<String> {
        if self.deepest.get() > DEEPEST {
            Some(format!("elements are nested more than {DEEPEST} deep; the page is not read"))
        } else if self.nodes.get() > MOST_NODES {
            Some(format!("more than {MOST_NODES} elements and texts; the page is not read"))
        } else {
            None
        }
    }

    /// Returns the source bytes of a text, and true if they are the same.
    fn place(&self, text: &str) -> (Range<usize>, bool) {
        let piece = self.piece.borrow();
        let start = if self.in_tag.get() { piece.end } else { piece.start.max(self.next.get()) };
        let here = start..piece.end;
        if text == "&" && AMPERSANDS.contains(&&self.source[here.clone()]) {
            return (here, false);
        }
        let waiting = self.waiting.borrow();
        // The parser adds the text of a piece at once, except text in tables and incomplete references, which it holds back.
        let among = || [&here].into_iter().chain(waiting.iter());
        for range in among() {
            let from = range.start.max(self.next.get()).min(range.end);
            if let Some(found) = self.source[from..range.end].find(text) {
                return (from + found..from + found + text.len(), true);
            }
        }
        // A character reference, CR or NUL, each of which is a piece of its own, or bytes that the parser split.
        let marks =
            |range: &&Range<usize>| self.source[(*range).clone()].starts_with(['&', '\r', '\0']);
        let found = among().find(marks).or_else(|| among().find(|range| !range.is_empty()));
        (found.cloned().unwrap_or(piece.end..piece.end), false)
    }

    /// Records the source of a text just added to a node.
    fn note(&self, node: Option<NodeId>, text: &str) {
        let Some(node) = node else { return };
        let (place, verbatim) = self.place(text);
        self.next.set(place.end);
        self.waiting.borrow_mut().retain(|range| range.end > place.end);
        if place.is_empty() {
            return;
        }
        let length = self.document.tree.query_node_or(&node, 0, |node| match &node.data {
            NodeData::Text { contents } => contents.len(),
            _ => 0,
        });
        let mut texts = self.texts.borrow_mut();
        let map = texts.entry(node).or_default();
        // If something else was added to the text in between, its map is not reliable.
        let end = map.runs().last().map_or(0, |run| run.text + run.length);
        let start = length.saturating_sub(text.len()) as u64;
        if end <= start {
            map.push(Run {
                text: start,
                source: place.start as u64,
                length: text.len() as u64,
                width: place.len() as u64,
                verbatim,
            });
        }
    }

    fn nested(&self, parent: NodeId, child: &NodeOrText<NodeId>) {
        self.nodes.set(self.nodes.get() + 1);
        if let NodeOrText::AppendNode(node) = child {
            let mut depths = self.depths.borrow_mut();
            let depth = depths.get(&parent).copied().unwrap_or(0) + 1;
            depths.insert(*node, depth);
            self.deepest.set(self.deepest.get().max(depth));
        }
    }
}

/// Returns the text of a text node.
fn text_of(child: &NodeOrText<NodeId>) -> Option<StrTendril> {
    match child {
        NodeOrText::AppendText(text) => Some(text.clone()),
        NodeOrText::AppendNode(_) => None,
    }
}

impl TreeSink for Sink<'_> {
    type Handle = NodeId;
    type Output = (Document, BTreeMap<NodeId, SourceMap>, Option<String>);
    type ElemName<'a>
        = <Document as TreeSink>::ElemName<'a>
    where
        Self: 'a;

    fn finish(self) -> Self::Output {
        let refusal = self.refusal();
        (self.document.finish(), self.texts.into_inner(), refusal)
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.document.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.document.elem_name(target)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.document.create_element(name, attrs, flags)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.document.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.document.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.nested(*parent, &child);
        let text = text_of(&child);
        self.document.append(parent, child);
        if let Some(text) = text {
            let node = self.document.tree.last_child_of(parent).map(|node| node.id);
            self.note(node, &text);
        }
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        if let Some(parent) = self.document.tree.parent_of(sibling) {
            self.nested(parent.id, &child);
        }
        let text = text_of(&child);
        self.document.append_before_sibling(sibling, child);
        if let Some(text) = text {
            let node = self.document.tree.prev_sibling_of(sibling).map(|node| node.id);
            self.note(node, &text);
        }
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        prev_element: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        if self.document.tree.parent_of(element).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(prev_element, child);
        }
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.document.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.document.get_template_contents(target)
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.document.add_attrs_if_missing(target, attrs);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.document.reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        self.document.is_mathml_annotation_xml_integration_point(handle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of a piece of a page, each with the bytes it was read from.
    fn check(source: &str, expected: &[(&str, &str)]) {
        let located = Located::fragment(source).unwrap();
        let mut found = Vec::new();
        for node in located.document.root().descendants_it().filter(dom_query::NodeRef::is_text) {
            let text = node.text().to_string();
            let map = located.map(node.id).unwrap();
            let place = map.source(0..text.len() as u64).unwrap();
            let range = usize::try_from(place.start).unwrap()..usize::try_from(place.end).unwrap();
            found.push((text, source[range].to_owned()));
        }
        let found: Vec<(&str, &str)> =
            found.iter().map(|(text, place)| (text.as_str(), place.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn texts_have_positions() {
        check(
            "<p>Talks <b>resumed</b> on Friday.</p>",
            &[("Talks ", "Talks "), ("resumed", "resumed"), (" on Friday.", " on Friday.")],
        );
        check(
            "<p>Q&amp;A &#8212; AT&T &eacute;t&eacute &lt b</p>",
            &[("Q&A — AT&T été < b", "Q&amp;A &#8212; AT&T &eacute;t&eacute &lt b")],
        );
        check("<p>one\r\ntwo</p>", &[("one\ntwo", "one\r\ntwo")]);
    }

    #[test]
    fn attributes_are_not_texts() {
        check("<a href=\"?x&Q=1&b=2\" title='a > b'>Q&amp;b</a>", &[("Q&b", "Q&amp;b")]);
        check("a < b &bogus; c & d &", &[("a < b &bogus; c & d &", "a < b &bogus; c & d &")]);
    }

    #[test]
    fn moved_texts_keep_their_positions() {
        check(
            "<table>stray<tr><td>cell</td></tr></table>",
            &[("stray", "stray"), ("cell", "cell")],
        );
        check("<b><p>one</b> two</p>", &[("one", "one"), (" two", " two")]);
    }

    #[test]
    fn deep_nesting_is_refused_early() {
        let deep = "<div>".repeat(50_000);
        assert!(Located::page(&deep).err().unwrap().contains("nested more than 512 deep"));
        let wide = "<p>x".repeat(150_000);
        assert!(
            Located::page(&wide).err().unwrap().contains("more than 200000 elements and texts")
        );
        assert!(Located::page(&"<p>Talks resumed.".repeat(3_000)).is_ok());
    }
}
