//! What must hold of any text at all: the body of the property tests and of the fuzz target.

use crate::{Segmentation, Span, segment, segment_within};

/// Checks the segmentation of a text.
///
/// # Panics
///
/// If a token or sentence breaks what [`segment`] promises.
pub fn segmentation(text: &str) {
    let read = segment(text);
    tokens(text, &read);
    assert_eq!(read, segment(text), "twice the same");
    let longer = format!("{text}\n\nA paragraph \"more.");
    let appended = segment(&longer);
    assert_eq!(appended.tokens()[..read.tokens().len()], *read.tokens(), "tokens stay");
    assert_eq!(appended.sentences()[..read.sentences().len()], *read.sentences(), "sentences stay");
    let moved = format!("é {text}é");
    let within = segment_within(&moved, Span::new(3, 3 + text.len()));
    assert_eq!(within.sentences(), read.sentences(), "a part is read as if it were all");
    for (&(there, joined), &(here, was_joined)) in within.tokens().iter().zip(read.tokens()) {
        assert_eq!((there.start(), joined), (here.start() + 3, was_joined));
    }
}

fn tokens(text: &str, read: &Segmentation) {
    let mut covered = 0;
    for (idx, &(span, joined)) in read.tokens().iter().enumerate() {
        assert!(!span.is_empty(), "token {idx} is empty");
        assert!(covered <= span.start(), "token {idx} overlaps the one before it");
        let between = &text[covered..span.start()];
        assert!(!joined || between.is_empty(), "token {idx} is joined over a gap");
        assert!(idx > 0 || !joined, "the first token is joined to nothing");
        is_left_out(between);
        assert!(!span.of(text).contains(char::is_whitespace), "token {idx} holds a blank");
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

/// Between tokens there are blanks, tags, and references to blanks.
fn is_left_out(between: &str) {
    let has_markup = between.contains(['<', '&']);
    assert!(has_markup || between.chars().all(crate::segment::is_blank), "left out: {between:?}");
}
