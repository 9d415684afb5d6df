//! The analysis of a text, and views of its tokens and sentences.
//!
//! [`Analysis`] stores one flat record for each token. [`Token`] and [`Sentence`] are small copyable views into it.

use std::ops::Range;

use crate::{
    Span,
    segment::Segmentation,
    tags::{Deprel, NameKind, Upos, Xpos},
    triggers::Triggers,
};

/// Index of a token in the whole text, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenIdx(pub u32);

/// Index of a sentence in the text, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceIdx(pub u32);

impl TokenIdx {
    /// Converts to an index into a slice with one entry for each token.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl SentenceIdx {
    /// Converts to an index into a slice with one entry for each sentence.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A name: consecutive tokens of one sentence that name something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// First token.
    pub first: TokenIdx,
    /// Last token.
    pub last: TokenIdx,
    /// Kind of thing it names.
    pub kind: NameKind,
}

/// The analysis of a text. Created by [`English::analyze`](crate::English::analyze).
///
/// ```
/// use dateline_nlp::{English, ReaderKind};
///
/// let english = English::new(ReaderKind::Fast);
/// let analysis = english.analyze("Ito met Ruiz in Geneva.");
/// let names: Vec<&str> = analysis
///     .names()
///     .iter()
///     .map(|name| analysis.span_of(name.first, name.last).of(analysis.text()))
///     .collect();
/// assert_eq!(names, ["Ito", "Ruiz", "Geneva"]);
/// ```
#[derive(Debug, Clone)]
pub struct Analysis<'t> {
    pub(crate) text: &'t str,
    pub(crate) rows: Vec<TokenRecord>,
    /// Token range of each sentence, in order and without gaps.
    pub(crate) sentences: Vec<Range<u32>>,
    pub(crate) names: Vec<Name>,
    pub(crate) triggers: Triggers,
    /// Lemmas that are not a slice of the text, concatenated.
    pub(crate) lemmas: String,
}

/// The analysis of one token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TokenRecord {
    pub(crate) span: Span,
    /// True if it forms one written word with the token before it: *do* + *n't*.
    pub(crate) joined: bool,
    pub(crate) upos: Upos,
    pub(crate) xpos: Xpos,
    pub(crate) deprel: Deprel,
    pub(crate) lemma: LemmaAt,
    /// Index of the head. The root of a sentence is its own head.
    pub(crate) head: u32,
    /// Leftmost and rightmost token of the subtree.
    pub(crate) subtree: (u32, u32),
    pub(crate) first_child: u32,
    pub(crate) next_sibling: u32,
    pub(crate) sentence: u32,
}

/// Location of a lemma.
#[derive(Debug, Clone, Copy)]
pub(crate) enum LemmaAt {
    /// The text of the token.
    Text,
    /// Byte range of [`Analysis::lemmas`].
    Arena(u32, u32),
}

/// Narrows an index. There are fewer tokens and sentences than bytes, and spans keep those to 32 bits.
#[expect(clippy::cast_possible_truncation, reason = "a text has fewer than 2^32 bytes")]
fn number(index: usize) -> u32 {
    index as u32
}

/// End of a list of children.
const NONE: u32 = u32::MAX;

impl<'t> Analysis<'t> {
    /// Creates an analysis with neutral tags, in which every token depends on the first of its sentence. Children and subtrees
    /// are valid once [`Self::link_trees`] has run on the final heads.
    pub(crate) fn from_segmentation(text: &'t str, segmentation: &Segmentation) -> Self {
        let mut rows = Vec::with_capacity(segmentation.tokens().len());
        let mut sentences = Vec::with_capacity(segmentation.sentences().len());
        for (sentence, range) in segmentation.sentences().iter().enumerate() {
            for &(span, joined) in &segmentation.tokens()[range.start as usize..range.end as usize]
            {
                rows.push(TokenRecord {
                    span,
                    joined,
                    upos: Upos::X,
                    xpos: Xpos::FW,
                    deprel: if rows.len() == range.start as usize {
                        Deprel::Root
                    } else {
                        Deprel::Dep
                    },
                    lemma: LemmaAt::Text,
                    head: range.start,
                    subtree: (0, 0),
                    first_child: NONE,
                    next_sibling: NONE,
                    sentence: number(sentence),
                });
            }
            sentences.push(range.clone());
        }
        Self {
            text,
            rows,
            sentences,
            names: Vec::new(),
            triggers: Triggers::default(),
            lemmas: String::new(),
        }
    }

    /// Builds child lists and subtree edges from the heads. Must be called after heads change.
    pub(crate) fn link_trees(&mut self) {
        for (idx, row) in self.rows.iter_mut().enumerate() {
            let idx = number(idx);
            row.subtree = (idx, idx);
            row.first_child = NONE;
            row.next_sibling = NONE;
        }
        // Backward, so that each list of children is in text order.
        for idx in (0..self.rows.len()).rev() {
            let head = self.rows[idx].head as usize;
            if head != idx {
                self.rows[idx].next_sibling = self.rows[head].first_child;
                self.rows[head].first_child = number(idx);
            }
        }
        // Edges propagate from the leaves up: each tree is visited in post-order, without recursion.
        let mut order = Vec::new();
        for range in &self.sentences {
            order.clear();
            order.extend(
                (range.start..range.end).filter(|&idx| self.rows[idx as usize].head == idx),
            );
            let mut next = 0;
            while next < order.len() {
                let mut child = self.rows[order[next] as usize].first_child;
                while child != NONE {
                    order.push(child);
                    child = self.rows[child as usize].next_sibling;
                }
                next += 1;
            }
            for &idx in order.iter().rev() {
                let (left, right) = self.rows[idx as usize].subtree;
                let head = self.rows[idx as usize].head as usize;
                let edges = &mut self.rows[head].subtree;
                *edges = (edges.0.min(left), edges.1.max(right));
            }
        }
    }

    /// The text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Number of tokens.
    pub fn n_tokens(&self) -> usize {
        self.rows.len()
    }

    /// Number of sentences.
    pub fn n_sentences(&self) -> usize {
        self.sentences.len()
    }

    /// Returns the words that may tell an event, with their scores.
    pub fn triggers(&self) -> &Triggers {
        &self.triggers
    }

    /// Returns the token at an index.
    ///
    /// # Panics
    ///
    /// If the index is out of range.
    pub fn token(&self, idx: TokenIdx) -> Token<'_> {
        assert!(idx.index() < self.rows.len(), "token {} of {}", idx.0, self.rows.len());
        Token { analysis: self, idx }
    }

    /// Returns the sentence at an index.
    ///
    /// # Panics
    ///
    /// If the index is out of range.
    pub fn sentence(&self, idx: SentenceIdx) -> Sentence<'_> {
        assert!(
            idx.index() < self.sentences.len(),
            "sentence {} of {}",
            idx.0,
            self.sentences.len()
        );
        Sentence { analysis: self, idx }
    }

    /// Returns all tokens, in text order.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + ExactSizeIterator {
        (0..number(self.rows.len())).map(|idx| self.token(TokenIdx(idx)))
    }

    /// Returns all sentences, in text order.
    pub fn sentences(&self) -> impl DoubleEndedIterator<Item = Sentence<'_>> + ExactSizeIterator {
        (0..number(self.sentences.len())).map(|idx| self.sentence(SentenceIdx(idx)))
    }

    /// The names, in text order. They do not overlap.
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// Returns the span from the start of one token to the end of another.
    pub fn span_of(&self, first: TokenIdx, last: TokenIdx) -> Span {
        self.token(first).span().cover(self.token(last).span())
    }

    /// Returns the token that contains a byte offset, if there is one.
    pub fn token_at(&self, byte: usize) -> Option<Token<'_>> {
        let after = self.rows.partition_point(|row| row.span.start() <= byte);
        let idx = after.checked_sub(1)?;
        (byte < self.rows[idx].span.end()).then(|| self.token(TokenIdx(number(idx))))
    }
}

/// A sentence of an [`Analysis`].
#[derive(Debug, Clone, Copy)]
pub struct Sentence<'a> {
    analysis: &'a Analysis<'a>,
    idx: SentenceIdx,
}

impl<'a> Sentence<'a> {
    /// Index of the sentence in the text.
    pub fn idx(self) -> SentenceIdx {
        self.idx
    }

    fn range(self) -> Range<u32> {
        self.analysis.sentences[self.idx.index()].clone()
    }

    /// Returns its tokens, in text order. There is at least one.
    pub fn tokens(self) -> impl DoubleEndedIterator<Item = Token<'a>> + ExactSizeIterator {
        self.range().map(move |idx| self.analysis.token(TokenIdx(idx)))
    }

    /// First token.
    pub fn first(self) -> Token<'a> {
        self.analysis.token(TokenIdx(self.range().start))
    }

    /// Last token.
    pub fn last(self) -> Token<'a> {
        self.analysis.token(TokenIdx(self.range().end - 1))
    }

    /// Root of the dependency tree.
    pub fn root(self) -> Token<'a> {
        self.tokens().find(|token| token.head().is_none()).unwrap_or_else(|| self.first())
    }

    /// Span of the sentence, without surrounding white space.
    pub fn span(self) -> Span {
        self.first().span().cover(self.last().span())
    }

    /// Text of the sentence.
    pub fn text(self) -> &'a str {
        self.span().of(self.analysis.text)
    }

    /// Names in the sentence.
    pub fn names(self) -> &'a [Name] {
        let range = self.range();
        let from = self.analysis.names.partition_point(|name| name.first.0 < range.start);
        let to = self.analysis.names.partition_point(|name| name.first.0 < range.end);
        &self.analysis.names[from..to]
    }
}

/// A token of an [`Analysis`]: a syntactic word as in Universal Dependencies, so *don't* is two tokens.
#[derive(Debug, Clone, Copy)]
pub struct Token<'a> {
    analysis: &'a Analysis<'a>,
    idx: TokenIdx,
}

impl PartialEq for Token<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.idx == other.idx && std::ptr::eq(self.analysis, other.analysis)
    }
}

impl Eq for Token<'_> {}

impl<'a> Token<'a> {
    fn record(self) -> &'a TokenRecord {
        &self.analysis.rows[self.idx.index()]
    }

    fn at(self, idx: u32) -> Self {
        Self { analysis: self.analysis, idx: TokenIdx(idx) }
    }

    /// Index of the token in the text.
    pub fn idx(self) -> TokenIdx {
        self.idx
    }

    /// Analysis it belongs to.
    pub fn analysis(self) -> &'a Analysis<'a> {
        self.analysis
    }

    /// Span of the token, in bytes.
    pub fn span(self) -> Span {
        self.record().span
    }

    /// Text of the token, as written.
    pub fn text(self) -> &'a str {
        self.record().span.of(self.analysis.text)
    }

    /// Dictionary form: `expel` for *expelled*. A proper noun is its own lemma.
    pub fn lemma(self) -> &'a str {
        match self.record().lemma {
            LemmaAt::Text => self.text(),
            LemmaAt::Arena(start, end) => &self.analysis.lemmas[start as usize..end as usize],
        }
    }

    /// Universal part of speech.
    pub fn upos(self) -> Upos {
        self.record().upos
    }

    /// Penn Treebank tag.
    pub fn xpos(self) -> Xpos {
        self.record().xpos
    }

    /// Relation to its head.
    pub fn deprel(self) -> Deprel {
        self.record().deprel
    }

    /// Returns true if it forms one written word with the token before it: *n't* in *don't*.
    pub fn is_joined(self) -> bool {
        self.record().joined
    }

    /// Head it depends on, or `None` for the root of the sentence.
    pub fn head(self) -> Option<Self> {
        let head = self.record().head;
        (head != self.idx.0).then(|| self.at(head))
    }

    /// Returns its dependents, in text order.
    pub fn children(self) -> impl Iterator<Item = Self> {
        let mut next = self.record().first_child;
        std::iter::from_fn(move || {
            let child = (next != NONE).then(|| self.at(next))?;
            next = child.record().next_sibling;
            Some(child)
        })
    }

    /// Returns the first dependent with a relation.
    pub fn child(self, deprel: Deprel) -> Option<Self> {
        self.children().find(|child| child.deprel() == deprel)
    }

    /// Returns its head, the head of that, and so on up to the root.
    pub fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.head(), |token| token.head())
    }

    /// Returns the first and last token of its subtree, which includes the token. Trees of the parser are projective, so all
    /// tokens between the two are in the subtree.
    pub fn subtree(self) -> (Self, Self) {
        let (left, right) = self.record().subtree;
        (self.at(left), self.at(right))
    }

    /// Span of [`Self::subtree`].
    pub fn subtree_span(self) -> Span {
        let (left, right) = self.subtree();
        left.span().cover(right.span())
    }

    /// Returns the tokens of [`Self::subtree`].
    pub fn subtree_tokens(self) -> impl DoubleEndedIterator<Item = Self> {
        let (left, right) = self.record().subtree;
        (left..=right).map(move |idx| self.at(idx))
    }

    /// Previous token of the sentence.
    pub fn previous(self) -> Option<Self> {
        let range = &self.analysis.sentences[self.record().sentence as usize];
        (self.idx.0 > range.start).then(|| self.at(self.idx.0 - 1))
    }

    /// Next token of the sentence.
    pub fn next(self) -> Option<Self> {
        let range = &self.analysis.sentences[self.record().sentence as usize];
        (self.idx.0 + 1 < range.end).then(|| self.at(self.idx.0 + 1))
    }

    /// Sentence it belongs to.
    pub fn sentence(self) -> Sentence<'a> {
        Sentence { analysis: self.analysis, idx: SentenceIdx(self.record().sentence) }
    }
}
