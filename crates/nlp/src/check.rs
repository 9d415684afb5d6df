//! Invariants of every segmentation and analysis, used by the property tests and the fuzz targets.

use crate::{
    Analysis, Deprel, English, Segmentation, Span, encoder::Machine, segment, segment_within,
};

/// Checks the segmentation of a text.
///
/// # Panics
///
/// If the segmentation violates an invariant of [`segment`].
pub fn segmentation(text: &str) {
    let read = segment(text);
    tokens(text, &read);
    assert_eq!(read, segment(text), "segmentation is deterministic");
    let longer = format!("{text}\n\nA paragraph \"more.");
    let appended = segment(&longer);
    assert_eq!(
        appended.tokens()[..read.tokens().len()],
        *read.tokens(),
        "an appended paragraph leaves tokens as they were"
    );
    assert_eq!(
        appended.sentences()[..read.sentences().len()],
        *read.sentences(),
        "an appended paragraph leaves sentences as they were"
    );
    let moved = format!("é {text}é");
    let within = segment_within(&moved, Span::new(3, 3 + text.len()));
    assert_eq!(within.sentences(), read.sentences(), "a part is segmented like a whole text");
    for (&(there, joined), &(here, was_joined)) in within.tokens().iter().zip(read.tokens()) {
        assert_eq!((there.start(), joined), (here.start() + 3, was_joined));
    }
}

/// Reads a text and checks its trees, and that they do not depend on the vector instructions of the machine.
///
/// # Panics
///
/// If an analysis violates an invariant, or two differ.
pub fn reading(english: &English, text: &str) {
    let segmentation = segment(text);
    let best = english.annotate(text, &segmentation);
    trees(&best);
    for machine in Machine::all() {
        let other = english.annotate_on(machine, text, &segmentation);
        assert_eq!(format!("{best:?}"), format!("{other:?}"), "the same on {machine:?}");
    }
}

/// Checks that each sentence of an analysis is a tree, and that names lie within sentences.
///
/// # Panics
///
/// If that is not so.
pub fn trees(analysis: &Analysis<'_>) {
    for sentence in analysis.sentences() {
        let n_tokens = sentence.tokens().len();
        let roots = sentence.tokens().filter(|token| token.head().is_none());
        assert_eq!(roots.count(), 1, "a sentence has one root");
        for token in sentence.tokens() {
            assert_eq!(token.deprel() == Deprel::Root, token.head().is_none(), "the root alone");
            if let Some(head) = token.head() {
                assert_eq!(head.sentence().idx(), sentence.idx(), "a head in the sentence");
                assert!(token.ancestors().take(n_tokens).count() < n_tokens, "no cycle");
            }
        }
        for name in sentence.names() {
            assert!(name.first <= name.last, "a name has a token");
            assert!(name.last <= sentence.last().idx(), "a name ends in its sentence");
        }
    }
}

fn tokens(text: &str, read: &Segmentation) {
    let mut covered = 0;
    for (idx, &(span, joined)) in read.tokens().iter().enumerate() {
        assert!(!span.is_empty(), "token {idx} is empty");
        assert!(covered <= span.start(), "token {idx} overlaps the one before it");
        let between = &text[covered..span.start()];
        assert!(!joined || between.is_empty(), "token {idx} is joined across a gap");
        assert!(idx > 0 || !joined, "the first token is not joined");
        is_left_out(between);
        assert!(!span.of(text).contains(char::is_whitespace), "token {idx} contains white space");
        covered = span.end();
    }
    is_left_out(&text[covered..]);
    let mut next = 0;
    for range in read.sentences() {
        assert_eq!(range.start, next, "sentences leave no gap");
        assert!(range.start < range.end && range.end - range.start <= 400, "{range:?}");
        next = range.end;
    }
    assert_eq!(next as usize, read.tokens().len(), "every token is in a sentence");
}

/// Checks that only white space, tags and references to white space lie between tokens.
fn is_left_out(between: &str) {
    let has_markup = between.contains(['<', '&']);
    assert!(has_markup || between.chars().all(crate::segment::is_blank), "left out: {between:?}");
}
