//! Segmentation into sentences and tokens.
//!
//! There are five steps, each linear in the text: [`chunk`] reads runs of characters without white space; [`token`] splits each
//! run into tokens; [`line`] tells line breaks that end something from those that only wrap; [`list`] finds the items of lists
//! inside a paragraph; [`sentence`] finds sentence ends.

mod abbreviation;
mod address;
mod chunk;
mod clitic;
mod dateline;
mod hyphen;
mod kind;
mod line;
mod list;
mod mark;
mod number;
mod sentence;
mod token;
mod unmarked;
mod word;

pub(crate) use chunk::is_blank;

use std::ops::Range;

use crate::Span;

/// A word in lowercase, as the word lists of the segmenter have it.
type Lower = dateline_data::Lower<16>;

/// Sentences and tokens of a text, as byte spans.
///
/// Tokens are in order and do not overlap. Every sentence has at least one token, and every token is in a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segmentation {
    tokens: Vec<(Span, bool)>,
    sentences: Vec<Range<u32>>,
}

impl Segmentation {
    /// Creates an empty segmentation, to be filled in text order.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a token. `joined` is true if it forms one written word with the token before it, like *n't* in *don't*.
    ///
    /// # Panics
    ///
    /// If it starts before the end of the last token.
    pub fn push_token(&mut self, span: Span, joined: bool) {
        assert!(
            self.tokens.last().is_none_or(|(last, _)| last.end() <= span.start()),
            "tokens are added in order"
        );
        self.tokens.push((span, joined));
    }

    /// Ends the sentence after the last token. Does nothing if the sentence has no tokens.
    ///
    /// # Panics
    ///
    /// If there are more than 2³² tokens.
    pub fn end_sentence(&mut self) {
        let start = self.sentences.last().map_or(0, |range| range.end);
        let end = u32::try_from(self.tokens.len()).expect("fewer tokens than bytes");
        if start < end {
            self.sentences.push(start..end);
        }
    }

    /// Tokens, each with a flag for tokens joined to the one before.
    pub fn tokens(&self) -> &[(Span, bool)] {
        &self.tokens
    }

    /// Sentences, as ranges of token indices without gaps.
    pub fn sentences(&self) -> &[Range<u32>] {
        &self.sentences
    }
}

/// Splits a text into sentences and tokens.
///
/// Never fails, and runs in linear time. Tokens follow the English treebanks of Universal Dependencies: *don't* is `do` + `n't`,
/// *state-run* is `state` + `-` + `run`, *U.S.* is one token. Tokens contain no white space, and every character is in a token
/// except white space, control characters, invisible format characters and HTML tags. A sentence ends at the end of its
/// paragraph at the latest, and is cut at 400 tokens.
///
/// Text after an empty line never changes the segmentation before it.
///
/// ```
/// let text = "Dr. Ito won't come. \"Why?\" she asked.";
/// let segmentation = dateline_nlp::segment(text);
/// let words: Vec<&str> = segmentation.tokens().iter().map(|(span, _)| span.of(text)).collect();
/// assert_eq!(words[..6], ["Dr.", "Ito", "wo", "n't", "come", "."]);
/// assert_eq!(segmentation.sentences(), [0..6, 6..13]);
/// ```
pub fn segment(text: &str) -> Segmentation {
    segment_within(text, Span::new(0, text.len()))
}

/// Splits part of a text, like [`segment`]. Spans count from the start of the whole text.
///
/// # Panics
///
/// If the part does not lie on character boundaries of the text.
pub fn segment_within(text: &str, part: Span) -> Segmentation {
    let mut pieces = token::tokens(text, part);
    line::settle_breaks(text, &mut pieces);
    list::settle_items(text, &mut pieces);
    sentence::sentences(text, &pieces)
}
