//! Which mentions of acts are of one act, within and across documents.
//!
//! *A quake hit Iran. The earthquake killed four*, and in another text *The temblor in southern Iran*: one quake, three mentions.
//! Documents are grouped by story ([`corpus`]), pairs of mentions of a group are scored by boosted trees ([`trees`]) on what is
//! alike in their words, parties and surroundings ([`features`]), and what scores high enough on the mean becomes a chain
//! ([`agglomerate`]). The way is that of Cybulska and Vossen 2015 and Barhom et al. 2019, with the means at hand here.
//!
//! The weights are `model/likeness.weights`, made by `cargo xtask train-coref`.

mod agglomerate;
mod corpus;
mod features;
mod kin;
mod kinds;
mod mention;
mod stories;
mod terms;
#[cfg(feature = "train")]
pub(crate) mod train;
mod trees;

use std::{collections::BTreeMap, fmt, ops::Range};

use dateline_nlp::{English, Span};

use agglomerate::{Square, agglomerate};
use corpus::Corpus;
use trees::Trees;

/// A text with the places in it that mention acts.
#[derive(Debug, Clone)]
pub struct Marked<'t> {
    /// The text.
    pub text: &'t str,
    /// The mentions, in code points, half-open.
    pub spans: Vec<Range<u32>>,
}

/// A span that is empty or does not lie in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadSpan {
    /// The number of the document, from nought.
    pub document: usize,
    /// The span.
    pub span: Range<u32>,
}

impl fmt::Display for BadSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Range { start, end } = self.span;
        write!(f, "document {}: no text from {start} to {end}", self.document)
    }
}

impl std::error::Error for BadSpan {}

/// Documents read side by side, to tell which of their mentions are of one act. Made by
/// [`Extractor::likeness`](crate::Extractor::likeness).
#[derive(Debug)]
pub struct Likeness {
    corpus: Corpus,
    /// The documents in an order that does not depend on the one they came in.
    order: Vec<usize>,
    /// Mentions of each document, in the order they came in.
    n_mentions: Vec<usize>,
}

impl Likeness {
    pub(crate) fn read(english: &English, documents: &[Marked<'_>]) -> Result<Self, BadSpan> {
        let mut order: Vec<usize> = (0..documents.len()).collect();
        order.sort_by_key(|&number| {
            let document = &documents[number];
            let spans: Vec<(u32, u32)> =
                document.spans.iter().map(|span| (span.start, span.end)).collect();
            (document.text, spans)
        });
        let mut words = Vec::new();
        for &number in &order {
            let document = &documents[number];
            let spans = in_bytes(document).map_err(|span| BadSpan { document: number, span })?;
            words.push(mention::read(&english.analyze(document.text), &spans));
        }
        let n_mentions = documents.iter().map(|document| document.spans.len()).collect();
        Ok(Self { corpus: Corpus::new(&words), order, n_mentions })
    }

    /// The number of the chain of each mention of each document, in the order they came in. Mentions of one act have one number.
    pub fn chains(&self) -> Vec<Vec<u32>> {
        self.chains_with(trees::compiled_in())
    }

    /// The same as [`chains`](Self::chains) by the simplest rule: mentions with one head lemma are of one act, in whatever documents.
    pub fn same_lemma(&self) -> Vec<Vec<u32>> {
        let mut lemmas: BTreeMap<&str, usize> = BTreeMap::new();
        let mut cluster_of = BTreeMap::new();
        for mention in &self.corpus.mentions {
            let next = lemmas.len();
            let lemma = *lemmas.entry(&mention.lemma).or_insert(next);
            cluster_of.insert(mention.slot, (0, lemma));
        }
        self.numbered(&cluster_of)
    }

    fn chains_with(&self, trees: &Trees) -> Vec<Vec<u32>> {
        let corpus = &self.corpus;
        let mut cluster_of: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for (number, group) in corpus.groups.iter().enumerate() {
            let square = Square::of(group.len(), |a, b| {
                let (a, b) = (&corpus.mentions[group[a]], &corpus.mentions[group[b]]);
                i64::from(trees.score(&features::features(corpus, a, b)))
            });
            let clusters = agglomerate(&square, i64::from(trees.floor), |_, _, _| {});
            for (cluster, members) in clusters.iter().enumerate() {
                for &member in members {
                    cluster_of.insert(corpus.mentions[group[member]].slot, (number, cluster));
                }
            }
        }
        self.numbered(&cluster_of)
    }

    /// Numbers chains by their first mention, and brings the documents back into the order they came in.
    fn numbered(&self, cluster_of: &BTreeMap<usize, (usize, usize)>) -> Vec<Vec<u32>> {
        let mut first_slot = vec![0; self.order.len()];
        let mut slot = 0;
        for &document in &self.order {
            first_slot[document] = slot;
            slot += self.n_mentions[document];
        }
        let mut number_of: BTreeMap<(usize, usize), u32> = BTreeMap::new();
        let mut next = 0;
        let mut fresh = || {
            next += 1;
            next - 1
        };
        let mut chains = Vec::new();
        for (&first, &n) in first_slot.iter().zip(&self.n_mentions) {
            let numbers = (first..first + n).map(|slot| match cluster_of.get(&slot) {
                Some(cluster) => *number_of.entry(*cluster).or_insert_with(&mut fresh),
                None => fresh(),
            });
            chains.push(numbers.collect());
        }
        chains
    }
}

/// The spans of a document in bytes; an error is the first that does not lie in it.
fn in_bytes(document: &Marked<'_>) -> Result<Vec<Span>, Range<u32>> {
    let mut starts: Vec<usize> = document.text.char_indices().map(|(at, _)| at).collect();
    starts.push(document.text.len());
    let byte = |point: u32| starts.get(point as usize).copied();
    let span = |span: &Range<u32>| match (byte(span.start), byte(span.end)) {
        (Some(start), Some(end)) if start < end => Ok(Span::new(start, end)),
        _ => Err(span.clone()),
    };
    document.spans.iter().map(span).collect()
}
