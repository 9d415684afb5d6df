//! What was read in a text, and the views that walk it.
//!
//! [`Analysis`] keeps one flat row a token; [`Token`] and [`Sentence`] are small copyable views into it.

use std::ops::Range;

use crate::{
    Span,
    segment::Segmentation,
    tags::{Deprel, NameKind, Upos, Xpos},
};

/// Counts the tokens of a whole text from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenIdx(pub u32);

/// Counts the sentences of a text from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceIdx(pub u32);

impl TokenIdx {
    /// As an index into something with one entry a token.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl SentenceIdx {
    /// As an index into something with one entry a sentence.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A name: a run of tokens inside one sentence that names something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// First token.
    pub first: TokenIdx,
    /// Last token.
    pub last: TokenIdx,
    /// What it names.
    pub kind: NameKind,
}

/// All that was read in one text. Made by [`English::analyze`](crate::English::analyze).
#[derive(Debug, Clone)]
pub struct Analysis<'t> {
    pub(crate) text: &'t str,
    pub(crate) rows: Vec<Row>,
    /// Token range of each sentence; in order, without gaps.
    pub(crate) sentences: Vec<Range<u32>>,
    pub(crate) names: Vec<Name>,
    /// Lemmas that are not a slice of the text, end to end.
    pub(crate) lemmas: String,
}

/// What is known of one token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) span: Span,
    /// Belongs to one written word with the token before it: *do* + *n't*.
    pub(crate) joined: bool,
    pub(crate) upos: Upos,
    pub(crate) xpos: Xpos,
    pub(crate) deprel: Deprel,
    pub(crate) lemma: LemmaAt,
    /// Index of the head; the token itself at the root of a sentence.
    pub(crate) head: u32,
    /// Leftmost and rightmost token of the subtree.
    pub(crate) subtree: (u32, u32),
    pub(crate) first_child: u32,
    pub(crate) next_sibling: u32,
    pub(crate) sentence: u32,
}

/// Where the lemma of a token is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) enum LemmaAt {
    /// It is the token's own words.
    Text,
    /// Bytes of [`Analysis::lemmas`].
    Arena(u32, u32),
}

/// An index as it is kept: there are fewer tokens and sentences than bytes, and spans keep those to 32 bits.
#[expect(
    clippy::cast_possible_truncation,
    reason = "spans are 32 bits wide, and their counts no more"
)]
fn number(index: usize) -> u32 {
    index as u32
}

/// Marks the end of a list of children.
const NONE: u32 = u32::MAX;

impl<'t> Analysis<'t> {
    /// The tokens and sentences of `text`, with neutral tags and every token hung on the first of its sentence. Children and
    /// subtrees are there once [`Self::link_trees`] has run on the final heads.
    pub(crate) fn from_segmentation(text: &'t str, segmentation: &Segmentation) -> Self {
        let mut rows = Vec::with_capacity(segmentation.tokens().len());
        let mut sentences = Vec::with_capacity(segmentation.sentences().len());
        for (sentence, range) in segmentation.sentences().iter().enumerate() {
            for &(span, joined) in &segmentation.tokens()[range.start as usize..range.end as usize]
            {
                rows.push(Row {
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
        Self { text, rows, sentences, names: Vec::new(), lemmas: String::new() }
    }

    /// Makes child lists and subtree edges from the heads. To be called whenever heads have changed.
    pub(crate) fn link_trees(&mut self) {
        for (idx, row) in self.rows.iter_mut().enumerate() {
            let idx = number(idx);
            row.subtree = (idx, idx);
            row.first_child = NONE;
            row.next_sibling = NONE;
        }
        // Backwards, so that each list of children ends up in the order of the text.
        for idx in (0..self.rows.len()).rev() {
            let head = self.rows[idx].head as usize;
            if head != idx {
                self.rows[idx].next_sibling = self.rows[head].first_child;
                self.rows[head].first_child = number(idx);
            }
        }
        // Edges flow up; a pass from the leaves is found by walking each sentence's tree in post-order, without recursion.
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

    /// The text that was read.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// How many tokens there are.
    pub fn n_tokens(&self) -> usize {
        self.rows.len()
    }

    /// How many sentences there are.
    pub fn n_sentences(&self) -> usize {
        self.sentences.len()
    }

    /// The token at an index.
    ///
    /// # Panics
    ///
    /// If the index is of another text and too large for this one.
    pub fn token(&self, idx: TokenIdx) -> Token<'_> {
        assert!(idx.index() < self.rows.len(), "token {} of {}", idx.0, self.rows.len());
        Token { analysis: self, idx }
    }

    /// The sentence at an index.
    ///
    /// # Panics
    ///
    /// If the index is of another text and too large for this one.
    pub fn sentence(&self, idx: SentenceIdx) -> Sentence<'_> {
        assert!(
            idx.index() < self.sentences.len(),
            "sentence {} of {}",
            idx.0,
            self.sentences.len()
        );
        Sentence { analysis: self, idx }
    }

    /// All tokens, in the order of the text.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + ExactSizeIterator {
        (0..number(self.rows.len())).map(|idx| self.token(TokenIdx(idx)))
    }

    /// All sentences, in the order of the text.
    pub fn sentences(&self) -> impl DoubleEndedIterator<Item = Sentence<'_>> + ExactSizeIterator {
        (0..number(self.sentences.len())).map(|idx| self.sentence(SentenceIdx(idx)))
    }

    /// All names, in the order of the text; none overlap.
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// From the first byte of one token to the last of another.
    pub fn span_of(&self, first: TokenIdx, last: TokenIdx) -> Span {
        self.token(first).span().cover(self.token(last).span())
    }

    /// The token that holds a byte, if any does.
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
    /// Its place among the sentences of the text.
    pub fn idx(self) -> SentenceIdx {
        self.idx
    }

    fn range(self) -> Range<u32> {
        self.analysis.sentences[self.idx.index()].clone()
    }

    /// Its tokens, in the order of the text; never none.
    pub fn tokens(self) -> impl DoubleEndedIterator<Item = Token<'a>> + ExactSizeIterator {
        self.range().map(move |idx| self.analysis.token(TokenIdx(idx)))
    }

    /// Its first token.
    pub fn first(self) -> Token<'a> {
        self.analysis.token(TokenIdx(self.range().start))
    }

    /// Its last token.
    pub fn last(self) -> Token<'a> {
        self.analysis.token(TokenIdx(self.range().end - 1))
    }

    /// The root of its tree.
    pub fn root(self) -> Token<'a> {
        self.tokens().find(|token| token.head().is_none()).unwrap_or_else(|| self.first())
    }

    /// From its first byte to its last, without the blanks around it.
    pub fn span(self) -> Span {
        self.first().span().cover(self.last().span())
    }

    /// Its words.
    pub fn text(self) -> &'a str {
        self.span().of(self.analysis.text)
    }

    /// The names in it.
    pub fn names(self) -> &'a [Name] {
        let range = self.range();
        let from = self.analysis.names.partition_point(|name| name.first.0 < range.start);
        let to = self.analysis.names.partition_point(|name| name.first.0 < range.end);
        &self.analysis.names[from..to]
    }
}

/// A token of an [`Analysis`]: a syntactic word in the sense of Universal Dependencies, so *don't* is two.
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
    fn row(self) -> &'a Row {
        &self.analysis.rows[self.idx.index()]
    }

    fn at(self, idx: u32) -> Self {
        Self { analysis: self.analysis, idx: TokenIdx(idx) }
    }

    /// Its place among the tokens of the text.
    pub fn idx(self) -> TokenIdx {
        self.idx
    }

    /// The analysis it belongs to.
    pub fn analysis(self) -> &'a Analysis<'a> {
        self.analysis
    }

    /// Its bytes.
    pub fn span(self) -> Span {
        self.row().span
    }

    /// Its words, as written.
    pub fn text(self) -> &'a str {
        self.row().span.of(self.analysis.text)
    }

    /// Its dictionary form: *expelled* is `expel`; a proper noun is itself.
    pub fn lemma(self) -> &'a str {
        match self.row().lemma {
            LemmaAt::Text => self.text(),
            LemmaAt::Arena(start, end) => &self.analysis.lemmas[start as usize..end as usize],
        }
    }

    /// Its universal part of speech.
    pub fn upos(self) -> Upos {
        self.row().upos
    }

    /// Its Penn Treebank tag.
    pub fn xpos(self) -> Xpos {
        self.row().xpos
    }

    /// How it depends on its head.
    pub fn deprel(self) -> Deprel {
        self.row().deprel
    }

    /// Whether it belongs to one written word with the token before it: *n't* in *don't*.
    pub fn is_joined(self) -> bool {
        self.row().joined
    }

    /// What it depends on; `None` at the root of the sentence.
    pub fn head(self) -> Option<Self> {
        let head = self.row().head;
        (head != self.idx.0).then(|| self.at(head))
    }

    /// What depends on it, in the order of the text.
    pub fn children(self) -> impl Iterator<Item = Self> {
        let mut next = self.row().first_child;
        std::iter::from_fn(move || {
            let child = (next != NONE).then(|| self.at(next))?;
            next = child.row().next_sibling;
            Some(child)
        })
    }

    /// The first dependent with this relation.
    pub fn child(self, deprel: Deprel) -> Option<Self> {
        self.children().find(|child| child.deprel() == deprel)
    }

    /// Its head, the head's head and so on, up to the root of the sentence.
    pub fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.head(), |token| token.head())
    }

    /// First and last token of all that depends on it, itself included. Trees the parser makes are projective, so
    /// everything between the two depends on it as well.
    pub fn subtree(self) -> (Self, Self) {
        let (left, right) = self.row().subtree;
        (self.at(left), self.at(right))
    }

    /// The bytes of [`Self::subtree`].
    pub fn subtree_span(self) -> Span {
        let (left, right) = self.subtree();
        left.span().cover(right.span())
    }

    /// The tokens from the first to the last of [`Self::subtree`].
    pub fn subtree_tokens(self) -> impl DoubleEndedIterator<Item = Self> {
        let (left, right) = self.row().subtree;
        (left..=right).map(move |idx| self.at(idx))
    }

    /// The token before it in the same sentence.
    pub fn previous(self) -> Option<Self> {
        let range = &self.analysis.sentences[self.row().sentence as usize];
        (self.idx.0 > range.start).then(|| self.at(self.idx.0 - 1))
    }

    /// The token after it in the same sentence.
    pub fn next(self) -> Option<Self> {
        let range = &self.analysis.sentences[self.row().sentence as usize];
        (self.idx.0 + 1 < range.end).then(|| self.at(self.idx.0 + 1))
    }

    /// The sentence it stands in.
    pub fn sentence(self) -> Sentence<'a> {
        Sentence { analysis: self.analysis, idx: SentenceIdx(self.row().sentence) }
    }
}
