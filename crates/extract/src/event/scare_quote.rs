//! Scare quotes: a few words in quotation marks that are not attributed to anybody. They make what they name doubtful.

use dateline_core::StatementKind;
use dateline_nlp::Span;

use crate::{
    clause,
    reading::Reading,
    statement::{StatementDraft, quote},
};

/// Maximum number of words in scare quotes.
const WORDS: usize = 5;

/// Returns the words in scare quotes, in the order of the text.
pub(super) fn find(reading: Reading<'_>, statements: &[StatementDraft]) -> Vec<Span> {
    let analysis = reading.analysis;
    let Some(first) = analysis.sentences().next() else { return Vec::new() };
    let last = analysis.sentences().next_back().unwrap_or(first);
    let mut spoken: Vec<Span> = statements
        .iter()
        .filter(|statement| statement.kind == StatementKind::Direct)
        .flat_map(|statement| statement.content.iter().copied())
        .collect();
    spoken.sort();
    quote::read(analysis.text(), first.span().cover(last.span()))
        .into_iter()
        .map(|quote| quote.inner)
        .filter(|inner| {
            let at = spoken.partition_point(|span| span.end() <= inner.start());
            let is_spoken = spoken.get(at).is_some_and(|span| span.overlaps(*inner));
            !is_spoken && clause::tokens_in(analysis, *inner).len() <= WORDS
        })
        .collect()
}
