//! The lead: the sentence of a news text that tells its main act first.

use dateline_nlp::{Sentence, SentenceIdx, Span};

use crate::{clause, reading::Reading};

/// Number of tokens a line above the text has at most.
const SHORT: usize = 5;

/// Maximum number of sentences above the text: headline, byline, dateline.
const ABOVE: usize = 8;

/// Returns the first sentence of the text below headline, byline and dateline.
pub(super) fn lead(reading: Reading<'_>, headline: Option<Span>) -> Option<SentenceIdx> {
    let is_above = |sentence: Sentence<'_>| {
        headline.is_some_and(|headline| headline.overlaps(sentence.span()))
            || sentence.tokens().len() <= SHORT
            || !clause::is_predicate(sentence.root())
    };
    let mut sentences = reading.analysis.sentences().take(ABOVE);
    sentences.find(|sentence| !is_above(*sentence)).map(Sentence::idx)
}
