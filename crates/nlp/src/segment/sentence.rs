//! Sentence ends.
//!
//! - ends: *He left. She stayed.*, *He said "No." She left.*, *in the U.S. The talks*, a paragraph, a headline's line
//! - goes on: *Dr. Ito*, *"Why?" she asked*, *Yahoo! said*, *WASHINGTON, Sept. 5 (AP) - The*, *1. First*

use std::sync::LazyLock;

use dateline_data::Table;

use super::{
    Lower, Segmentation,
    chunk::Gap,
    dateline,
    kind::{Abbreviation, Kind},
    token::Piece,
    unmarked,
};

/// Maximum number of tokens in a sentence.
const LONGEST: usize = 400;
/// Minimum number of tokens before the *p.m.* that ends a sentence: *They left at 9 p.m.*
const SHORTEST_BEFORE_TIME: usize = 4;

static STARTERS: LazyLock<Table<()>> =
    LazyLock::new(|| Table::read(include_str!("../../data/en/segment/starters.tsv"), |_| ()));
static SPEECH: LazyLock<Table<()>> =
    LazyLock::new(|| Table::read(include_str!("../../data/en/segment/speech.tsv"), |_| ()));

/// Groups the tokens of a text into sentences.
pub(super) fn sentences(text: &str, pieces: &[Piece]) -> Segmentation {
    let mut splitter = Splitter { text, pieces, first: 0, in_quote: false };
    let mut segmentation = Segmentation {
        tokens: pieces.iter().map(|piece| (piece.span, piece.joined)).collect(),
        sentences: Vec::with_capacity(pieces.len() / 16 + 1),
    };
    let mut idx = 0;
    while idx < pieces.len() {
        idx = splitter.next_end(idx);
        while idx - splitter.first > LONGEST {
            let cut = splitter.best_cut();
            push(&mut segmentation, splitter.first, cut);
            splitter.first = cut;
        }
        push(&mut segmentation, splitter.first, idx);
        splitter.first = idx;
    }
    segmentation
}

fn push(segmentation: &mut Segmentation, from: usize, to: usize) {
    let fit = |idx: usize| u32::try_from(idx).expect("fewer tokens than bytes");
    segmentation.sentences.push(fit(from)..fit(to));
}

struct Splitter<'a> {
    text: &'a str,
    pieces: &'a [Piece],
    /// First token of the current sentence.
    first: usize,
    /// True while a straight double quote is open in the paragraph.
    in_quote: bool,
}

impl Splitter<'_> {
    /// Returns the index after the last token of the sentence that starts at or before `idx`.
    fn next_end(&mut self, mut idx: usize) -> usize {
        let first = idx;
        if self.pieces.get(idx).is_some_and(|piece| piece.gap == Gap::Paragraph)
            && let Some(end) = dateline::end(self.text, &self.pieces[idx..])
        {
            return idx + end;
        }
        while idx < self.pieces.len() {
            if idx > first && self.pieces[idx].gap == Gap::Paragraph {
                self.in_quote = false;
                return idx;
            }
            if idx > first && unmarked::ends(self.text, &self.pieces[first..], idx - first) {
                return idx;
            }
            let kind = self.pieces[idx].kind;
            if kind == Kind::Quote {
                self.in_quote = !self.in_quote;
            }
            let end = match kind {
                Kind::Stop | Kind::Ellipsis => self.end_behind_stop(idx),
                Kind::Abbreviation(abbreviation) => self.end_behind_abbreviation(idx, abbreviation),
                _ => None,
            };
            idx += 1;
            if let Some(end) = end {
                while idx < end {
                    self.in_quote ^= self.pieces[idx].kind == Kind::Quote;
                    idx += 1;
                }
                if idx < self.pieces.len() && self.pieces[idx].gap == Gap::Paragraph {
                    self.in_quote = false;
                }
                return idx;
            }
        }
        idx
    }

    /// Returns the index after the closing quotes and brackets that follow a stop, and true if there is a quote among them.
    fn closers(&self, stop: usize) -> (usize, bool) {
        let mut in_quote = self.in_quote;
        let mut has_quote = false;
        let mut idx = stop + 1;
        while let Some(piece) = self.pieces.get(idx).filter(|piece| piece.gap < Gap::Paragraph) {
            let closes = match piece.kind {
                Kind::Close => true,
                Kind::Emoticon => piece.gap <= Gap::Blank,
                Kind::Quote => {
                    let next_is_glued =
                        self.pieces.get(idx + 1).is_some_and(|next| next.gap == Gap::Glued);
                    in_quote && (piece.gap == Gap::Glued || !next_is_glued)
                        || piece.gap == Gap::Glued && !next_is_glued
                }
                // The number of a note: *in 1971. [2] He*
                Kind::Open => {
                    self.word(idx) == "["
                        && self.pieces.get(idx + 1).is_some_and(|next| next.kind == Kind::Number)
                        && self.pieces.get(idx + 2).is_some_and(|last| last.kind == Kind::Close)
                }
                Kind::Number => {
                    idx > stop + 1 && piece.gap == Gap::Glued && self.word(idx - 1) == "["
                }
                // A second stop after a quote: *"Why?".*
                Kind::Stop => has_quote && piece.gap == Gap::Glued,
                _ => false,
            };
            if !closes {
                break;
            }
            if piece.kind == Kind::Quote {
                in_quote = !in_quote;
            }
            has_quote |= matches!(piece.kind, Kind::Quote)
                || piece.kind == Kind::Close && !matches!(self.word(idx), ")" | "]" | "}");
            idx += 1;
        }
        (idx, has_quote)
    }

    fn word(&self, idx: usize) -> &str {
        self.pieces[idx].span.of(self.text)
    }

    fn end_behind_stop(&self, stop: usize) -> Option<usize> {
        let (end, has_quote) = self.closers(stop);
        let Some(next) = self.pieces.get(end) else {
            return Some(end);
        };
        if next.gap == Gap::Paragraph {
            return Some(end);
        }
        // The number of an item: *1. First*, *"1. First*.
        let opens_quote = matches!(self.pieces[self.first].kind, Kind::Quote | Kind::Open);
        let number = self.first + usize::from(opens_quote);
        if stop == number + 1 && self.pieces[number].kind == Kind::Number && end == stop + 1 {
            return None;
        }
        // The points of an ellipsis before the first word: *. . . The talks*.
        let is_point = |piece: &Piece| piece.kind == Kind::Stop;
        if stop < self.first + 3 && self.pieces[self.first..stop].iter().all(is_point) {
            return None;
        }
        if self.precedes_spaced_ellipsis(stop) {
            return Some(stop + 1);
        }
        let is_ellipsis = self.pieces[stop].kind == Kind::Ellipsis;
        let is_cry = self.word(stop).contains(['?', '!']);
        let opens = self.opens_sentence(end);
        if next.gap == Gap::Glued {
            // *end.Then*, but not *v.2* or *Yahoo!-owned*.
            let runs_on = next.kind == Kind::Word && self.is_capitalized(end) && !is_ellipsis
                || end > stop + 1 && opens && next.kind == Kind::Word
                || next.kind == Kind::Open && end == stop + 1 && !is_ellipsis;
            return runs_on.then_some(end);
        }
        if !opens {
            let lower = next.kind == Kind::Word
                && !is_ellipsis
                && !has_quote
                && self.word(end).starts_with(char::is_lowercase)
                && (!is_cry || self.word(stop).len() > 1 || self.lacks_capital())
                && end == stop + 1
                && self.word(stop - 1).len() > 2;
            return lower.then_some(end);
        }
        if has_quote && is_cry && self.has_speech_verb(end) {
            return None;
        }
        Some(end)
    }

    /// *They met. . . . The talks*: returns true if the points for the words left out between two sentences follow.
    fn precedes_spaced_ellipsis(&self, stop: usize) -> bool {
        let is_point = |idx: usize| {
            let is_spaced = |piece: &Piece| piece.gap == Gap::Blank && piece.kind == Kind::Stop;
            self.pieces.get(idx).is_some_and(is_spaced) && self.word(idx) == "."
        };
        self.pieces[stop].gap == Gap::Glued
            && self.word(stop) == "."
            && (1..4).all(|n| is_point(stop + n))
            && self.pieces.get(stop + 4).is_some_and(|next| {
                next.gap == Gap::Blank && next.kind == Kind::Word && self.is_capitalized(stop + 4)
            })
    }

    /// *"Why?" Ito asked*: returns true if a verb of speech is near.
    fn has_speech_verb(&self, from: usize) -> bool {
        self.pieces[from..]
            .iter()
            .take(5)
            .enumerate()
            .take_while(|(at, piece)| {
                matches!(piece.kind, Kind::Word | Kind::Abbreviation(_))
                    && (*at == 0 || piece.gap < Gap::Paragraph)
            })
            .any(|(_, piece)| {
                SPEECH.has(Lower::of_chars(piece.span.of(self.text).chars()).as_str())
            })
    }

    /// Returns true if the sentence itself starts in lowercase, as with people who write everything so.
    fn lacks_capital(&self) -> bool {
        self.word(self.first).starts_with(char::is_lowercase)
    }

    fn is_capitalized(&self, idx: usize) -> bool {
        self.word(idx).starts_with(char::is_uppercase)
    }

    /// Returns true if the token here can start a sentence.
    fn opens_sentence(&self, mut idx: usize) -> bool {
        let first = idx;
        for _ in 0..3 {
            let Some(piece) =
                self.pieces.get(idx).filter(|piece| idx == first || piece.gap < Gap::Paragraph)
            else {
                return true;
            };
            match piece.kind {
                Kind::Word | Kind::Abbreviation(_) => {
                    let word = self.word(idx);
                    return !word.starts_with(|c: char| c.is_lowercase());
                }
                Kind::Number | Kind::Ellipsis => return true,
                Kind::Open | Kind::Quote => idx += 1,
                Kind::Mark => {
                    return !matches!(
                        self.word(idx),
                        ":" | ";" | "/" | "-" | "–" | "—" | "--" | "%" | "&" | "="
                    );
                }
                Kind::Comma | Kind::Stop | Kind::Close | Kind::Emoticon => return false,
            }
        }
        true
    }

    fn end_behind_abbreviation(&self, idx: usize, abbreviation: Abbreviation) -> Option<usize> {
        let (end, has_quote) = self.closers(idx);
        let next = self.pieces.get(end)?;
        if next.gap == Gap::Paragraph {
            return Some(end);
        }
        if next.gap == Gap::Glued || idx == self.first {
            return None;
        }
        let may_end = match abbreviation {
            Abbreviation::Title | Abbreviation::Number | Abbreviation::Middle => false,
            Abbreviation::End
            | Abbreviation::Time
            | Abbreviation::Acronym
            | Abbreviation::Initial
            | Abbreviation::Month
            | Abbreviation::Day
            | Abbreviation::State
            | Abbreviation::Unit => true,
        };
        if !may_end {
            return None;
        }
        // *until 6 p.m. Mr. Ito*, but not *At 6 p.m. Mr. Ito*.
        if abbreviation == Abbreviation::Time
            && next.kind == Kind::Abbreviation(Abbreviation::Title)
        {
            return (idx - self.first >= SHORTEST_BEFORE_TIME).then_some(end);
        }
        let word = if matches!(next.kind, Kind::Quote | Kind::Open) { end + 1 } else { end };
        let starts = self.pieces.get(word).is_some_and(|piece| {
            piece.kind == Kind::Word
                && (word == end || piece.gap < Gap::Paragraph)
                && self.is_capitalized(word)
                && (has_quote || STARTERS.has(Lower::of_chars(self.word(word).chars()).as_str()))
        });
        starts.then_some(end)
    }

    /// Returns where to cut a sentence that is too long: after the strongest mark in the second half of the maximum length.
    fn best_cut(&self) -> usize {
        let range = self.first + LONGEST / 2..self.first + LONGEST;
        let rank = |idx: usize| match self.pieces[idx].kind {
            Kind::Stop | Kind::Ellipsis => 5,
            Kind::Mark if matches!(self.word(idx), ";" | ":" | "—" | "--" | "–" | "|") => 4,
            Kind::Comma => 3,
            Kind::Close => 2,
            _ => u8::from(self.pieces.get(idx + 1).is_some_and(|next| next.gap > Gap::Glued)),
        };
        let mut best = (0, self.first + LONGEST - 1);
        for idx in range {
            let joins = self.pieces.get(idx + 1).is_some_and(|next| next.joined);
            if !joins && rank(idx) >= best.0 {
                best = (rank(idx), idx);
            }
        }
        best.1 + 1
    }
}

#[cfg(test)]
pub(super) mod tests {
    use crate::segment;

    /// Sentences, from their first token to their last, with bars between them.
    pub(in crate::segment) fn check(text: &str, expected: &str) {
        let read = segment(text);
        let sentences: Vec<&str> = read
            .sentences()
            .iter()
            .map(|range| {
                let (first, last) = (range.start as usize, range.end as usize - 1);
                read.tokens()[first].0.cover(read.tokens()[last].0).of(text)
            })
            .collect();
        assert_eq!(sentences.join("|"), expected);
    }

    #[test]
    fn a_full_stop_ends() {
        check("He left. She stayed.", "He left.|She stayed.");
        check("Is it? It is! Good.", "Is it?|It is!|Good.");
    }

    #[test]
    fn quotes_close_after_the_full_stop() {
        check("\"We go.\" He left.", "\"We go.\"|He left.");
        check("“We go.” He left.", "“We go.”|He left.");
        check("“We go.\" He left.", "“We go.\"|He left.");
        check("'We go.' He left.", "'We go.'|He left.");
        check("\"We go. We stay,\" he said.", "\"We go.|We stay,\" he said.");
        check("\"Why?\" Ito asked. \"No!\" she cried.", "\"Why?\" Ito asked.|\"No!\" she cried.");
        check("(They left.) We stay. [2] Then", "(They left.)|We stay. [2]|Then");
    }

    #[test]
    fn text_after_a_paragraph_changes_nothing_before_it() {
        check("Ito of the U.S. \"\n\nThe talks resumed.", "Ito of the U.S. \"|The talks resumed.");
    }

    #[test]
    fn abbreviations_end_a_sentence_only_before_a_starter() {
        check("He met Dr. Ito. They spoke.", "He met Dr. Ito.|They spoke.");
        check("It left the U.S. The talks end.", "It left the U.S.|The talks end.");
        check("The U.S. Senate voted at 3 p.m. Monday.", "The U.S. Senate voted at 3 p.m. Monday.");
        check("J. K. Ruiz of Acme Corp. Chairman Lee", "J. K. Ruiz of Acme Corp. Chairman Lee");
    }

    #[test]
    fn headlines_and_bylines_end_with_their_line() {
        check("Talks fail\n\nThey met.", "Talks fail|They met.");
        check(
            "Talks fail\nBy Ana Ruiz\nThe two sides met for a very long time on Monday, and then they\nleft.",
            "Talks fail|By Ana Ruiz|The two sides met for a very long time on Monday, and then they\nleft.",
        );
        check("<h1>Talks fail</h1>They met.", "Talks fail|They met.");
    }

    #[test]
    fn wrapped_lines_go_on() {
        let text = "The foreign ministers of the two countries met in the capital on\nMonday to speak about the border, and agreed to meet again on\nTuesday.";
        check(text, text);
    }

    #[test]
    fn a_time_before_a_title_ends_a_sentence_unless_it_opens_one() {
        check("They left at 9 p.m. Mrs. Ito stayed.", "They left at 9 p.m.|Mrs. Ito stayed.");
        check("At 9 p.m. Mrs. Ito left.", "At 9 p.m. Mrs. Ito left.");
    }

    #[test]
    fn a_question_goes_on_in_lowercase_only_where_the_writer_has_capitals() {
        check("What now? asks Ito.", "What now? asks Ito.");
        check("what now? nobody knows", "what now?|nobody knows");
    }

    #[test]
    fn an_ellipsis_belongs_to_the_sentence_it_touches() {
        check("We met.... Then we left.", "We met....|Then we left.");
        check("We met. . . . Then we left.", "We met.|. . . Then we left.");
        check("We met . . . . Then we left.", "We met . . . .|Then we left.");
    }

    #[test]
    fn turns_of_a_transcript_open_a_line() {
        let question = "QUESTION: Will the minister come to the talks that start in the city of";
        check(&format!("{question}\nMR. ITO: He will."), &format!("{question}|MR. ITO: He will."));
        check(&format!("{question}\nMontgomery?"), &format!("{question}\nMontgomery?"));
    }

    #[test]
    fn list_items_are_separate() {
        check("- The first\n- The second", "- The first|- The second");
        check("1. First they met.", "1. First they met.");
    }

    #[test]
    fn a_dateline_is_a_sentence() {
        check("MOSCOW (AP) - Talks failed.", "MOSCOW (AP) -|Talks failed.");
        check("LIMA, Sept. 5 (Reuters) — Talks failed.", "LIMA, Sept. 5 (Reuters) —|Talks failed.");
        check("US-Russia talks - at last - failed.", "US-Russia talks - at last - failed.");
    }

    #[test]
    fn a_sentence_without_end_is_cut_at_a_comma() {
        let text = "one two, ".repeat(300);
        let read = segment(&text);
        assert!(read.sentences().iter().all(|range| range.end - range.start <= 400));
        let last = read.sentences()[0].end as usize - 1;
        assert_eq!(read.tokens()[last].0.of(&text), ",");
    }
}
