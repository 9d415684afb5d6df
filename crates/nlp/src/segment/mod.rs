//! Where sentences and tokens begin and end.

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
pub fn segment(text: &str) -> Segmentation {
    let mut segmentation = Segmentation::new();
    let mut start = None;
    for (offset, character) in text.char_indices().chain([(text.len(), ' ')]) {
        match (character.is_whitespace(), start) {
            (true, Some(from)) => {
                segmentation.push_token(Span::new(from, offset), false);
                start = None;
            }
            (false, None) => start = Some(offset),
            _ => {}
        }
    }
    segmentation.end_sentence();
    segmentation
}
