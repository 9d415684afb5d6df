//! Where sentences and tokens begin and end.
//!
//! A text goes through four steps, each linear: [`chunk`] reads runs of characters without a blank and what lies between
//! them; [`token`] cuts each run into tokens; [`line`] tells line breaks that end something from those that only wrap;
//! [`sentence`] puts the sentence ends.

mod abbreviation;
mod address;
mod chunk;
mod clitic;
mod dateline;
mod hyphen;
mod line;
mod mark;
mod number;
mod sentence;
mod table;
mod token;
mod word;

pub(crate) use chunk::is_blank;

use std::ops::Range;

use crate::Span;

/// The sentences and tokens of a text, as byte spans.
///
/// Tokens are in order and do not overlap; every sentence holds at least one token and every token is in a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segmentation {
    tokens: Vec<(Span, bool)>,
    sentences: Vec<Range<u32>>,
}

impl Segmentation {
    /// An empty segmentation, to be filled in the order of the text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a token; `joined` says that it makes one written word with the token before it, as *n't* does in *don't*.
    ///
    /// # Panics
    ///
    /// If it does not lie behind the tokens added before.
    pub fn push_token(&mut self, span: Span, joined: bool) {
        assert!(
            self.tokens.last().is_none_or(|(last, _)| last.end() <= span.start()),
            "tokens are added in order"
        );
        self.tokens.push((span, joined));
    }

    /// Ends the sentence after the token added last; without tokens since the last end it does nothing.
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

    /// The tokens, with whether each is joined to the one before it.
    pub fn tokens(&self) -> &[(Span, bool)] {
        &self.tokens
    }

    /// The sentences, as ranges of tokens without gaps.
    pub fn sentences(&self) -> &[Range<u32>] {
        &self.sentences
    }
}

/// Finds the sentences and tokens of a text.
///
/// It never fails and takes time in proportion to the length of the text. Tokens are those of the English treebanks of
/// Universal Dependencies: *don't* is `do` + `n't`, *state-run* is `state` + `-` + `run`, *U.S.* is one. No token holds a
/// blank, and every character is in a token but blanks, control characters, invisible format characters and HTML tags.
/// A sentence never goes past the end of a paragraph and never holds more than 400 tokens: a longer one is cut.
///
/// What comes behind a blank line changes nothing before it.
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

/// As [`segment`], for a part of a text only; the spans count from the start of the whole text.
///
/// # Panics
///
/// If the part does not lie on character boundaries of the text.
pub fn segment_within(text: &str, part: Span) -> Segmentation {
    let mut pieces = token::tokens(text, part);
    line::settle_breaks(text, &mut pieces);
    sentence::sentences(text, &pieces)
}
