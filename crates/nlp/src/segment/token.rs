//! Splits each chunk into tokens: words, numbers, addresses and marks, with their kind for the sentence splitter.

use crate::Span;

use super::{
    abbreviation::{self, Around},
    address,
    chunk::{Chunk, Chunks, Gap},
    clitic,
    kind::{Kind, Open},
    mark, number, word,
};

/// A token, before sentences are known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) span: Span,
    pub(super) joined: bool,
    /// Gap before it.
    pub(super) gap: Gap,
    pub(super) kind: Kind,
}

/// Splits part of a text into tokens.
pub(super) fn tokens(text: &str, part: Span) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(part.len() / 5 + 1);
    let mut chunks = Chunks::new(text, part);
    let mut chunk = Chunk::new();
    let mut open = Open::default();
    while chunks.read(&mut chunk) {
        if chunk.gap == Gap::Paragraph {
            open = Open::default();
        }
        let mut cutter = Cutter { text, chunk: &chunk, chunks: &chunks, pieces: &mut pieces, open };
        cutter.cut();
        open = cutter.open;
    }
    pieces
}

struct Cutter<'a, 't> {
    text: &'t str,
    chunk: &'a Chunk,
    chunks: &'a Chunks<'t>,
    pieces: &'a mut Vec<Piece>,
    open: Open,
}

impl Cutter<'_, '_> {
    fn cut(&mut self) {
        let traits = address::Traits::of(self.chunk);
        let mut idx = 0;
        while idx < self.chunk.len() {
            idx = match address::address(self.chunk, idx, traits) {
                Some(end) => self.push(idx, end, false, Kind::Word),
                None if word::opens(self.chunk, idx) => self.word(idx),
                None => {
                    let (end, kind) = mark::mark(self.chunk, idx, &mut self.open);
                    self.push(idx, end, false, kind)
                }
            };
        }
    }

    /// Adds a token for a range of the chunk and returns its end.
    fn push(&mut self, from: usize, to: usize, joined: bool, kind: Kind) -> usize {
        let gap = if from == 0 { self.chunk.gap } else { Gap::Glued };
        let span = Span::new(self.chunk.offset(from), self.chunk.offset(to));
        self.pieces.push(Piece { span, joined, gap, kind });
        to
    }

    /// Splits a word: the word, its full stop if it is an abbreviation, its unit, its clitics.
    fn word(&mut self, from: usize) -> usize {
        let chunk = self.chunk;
        let mut to = word::end(chunk, from);
        let unit = number::unit(chunk, from, to);
        if let Some(unit) = unit {
            self.push(from, unit, false, Kind::Number);
        }
        let from = unit.unwrap_or(from);
        let mut kind = if chunk.at(from).is_ascii_digit() { Kind::Number } else { Kind::Word };
        if chunk.at(to) == '.' && chunk.at(to + 1) != '.' {
            let around = Around {
                before: self.pieces.last().map(|piece| piece.kind),
                after_name: self.pieces.last().is_some_and(|piece| {
                    piece.kind == Kind::Word
                        && piece.span.of(self.text).starts_with(char::is_uppercase)
                }),
                after: if to + 1 < chunk.len() {
                    Some(chunk.at(to + 1))
                } else {
                    self.chunks.peek()
                },
                glued: to + 1 < chunk.len(),
            };
            if let Some(abbreviation) = abbreviation::with_stop(chunk, from, to, around) {
                kind = Kind::Abbreviation(abbreviation);
                to += 1;
                // *U.S.'s*: the clitic follows the full stop.
                if let Some(clitic) = clitic::after_stop(chunk, to) {
                    self.push(from, to, false, kind);
                    return self.push(to, clitic, true, Kind::Word);
                }
                return self.push(from, to, false, kind);
            }
        }
        let parts = clitic::split(chunk, from, to);
        let mut start = from;
        for cut in parts.into_iter().flatten() {
            self.push(start, cut, start > from, kind);
            (start, kind) = (cut, Kind::Word);
        }
        let to = if chunk.at(to) != '\0'
            && clitic::takes_apostrophe(chunk, from, to, self.open.single)
        {
            self.push(start, to, start > from, kind);
            start = to;
            to + 1
        } else {
            to
        };
        self.push(start, to, start > from, kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens are separated by bars; `+` marks a joined one.
    fn check(text: &str, expected: &str) {
        let tokens: Vec<String> = tokens(text, Span::new(0, text.len()))
            .iter()
            .map(|piece| format!("{}{}", if piece.joined { "+" } else { "" }, piece.span.of(text)))
            .collect();
        assert_eq!(tokens.join("|"), expected);
    }

    #[test]
    fn clitics_are_tokens() {
        check("don't can’t I'm we'd've", "do|+n't|ca|+n’t|I|+'m|we|+'d|+'ve");
        check("cannot gonna dunno", "can|+not|gon|+na|du|+n|+no");
        check("Ito's the U.S.'s O'Brien's", "Ito|+'s|the|U.S.|+'s|O'Brien|+'s");
        check("o'clock ma'am Qa'ida", "o'clock|ma'am|Qa'ida");
    }

    #[test]
    fn a_possessive_is_not_a_quotation_mark() {
        check("the voters' choice", "the|voters|+'|choice");
        check("a 'plan of the voters' here", "a|'|plan|of|the|voters|'|here");
        check("in the '90s, get 'em", "in|the|'90s|,|get|'em");
    }

    #[test]
    fn hyphens_split_words_except_after_affixes() {
        check("a state-run, anti-war site", "a|state|-|run|,|anti-war|site");
        check("15-year-old ex-envoy al-Qaeda", "15|-|year|-|old|ex-envoy|al|-|Qaeda");
        check("call 555-0134 in 1914-1918", "call|555-0134|in|1914|-|1918");
    }

    #[test]
    fn numbers_keep_their_marks() {
        check("$1,200.50 at 7:30pm on 9/11", "$|1,200.50|at|7:30|pm|on|9/11");
        check("10km, 5% or US$5m", "10|km|,|5|%|or|US$|5|m");
        check("the 1990's, 20th, .5", "the|1990's|,|20th|,|.5");
    }

    #[test]
    fn abbreviations_keep_their_full_stop() {
        check("Dr. J. Ito of Acme Inc. left.", "Dr.|J.|Ito|of|Acme|Inc.|left|.");
        check("On Sept. 5 at 3 p.m. in the U.S.", "On|Sept.|5|at|3|p.m.|in|the|U.S.");
        check("No. 10 said no. The sun.", "No.|10|said|no|.|The|sun|.");
        check("In Jackson, Miss., police", "In|Jackson|,|Miss.|,|police");
        check("Sec. 5 of Sec. Ito, N°. 10, H. R. 12", "Sec.|5|of|Sec.|Ito|,|N°.|10|,|H.|R.|12");
        check("Ana I. Ito and I. They", "Ana|I.|Ito|and|I|.|They");
        check("I told her so do I. She", "I|told|her|so|do|I|.|She");
    }

    #[test]
    fn addresses_are_one_token() {
        check("see http://example.org/a-b?c=d.", "see|http://example.org/a-b?c=d|.");
        check("(desk@example.org)", "(|desk@example.org|)");
        check("Example.com's plan.doc", "Example.com|+'s|plan.doc");
        check("PLAN.DOC or END.IN", "PLAN.DOC|or|END|.|IN");
        check("@ana #vote AT&T R&D", "@ana|#vote|AT&T|R&D");
        check("It ended.Then", "It|ended|.|Then");
    }

    #[test]
    fn marks_run_together() {
        check("Well... no?! -- (G7)", "Well|...|no|?!|--|(|G7|)");
        check("good :) ``quoted''", "good|:)|``|quoted|''");
        check("and/or 24% he/she", "and|/|or|24|%|he|/|she");
    }

    #[test]
    fn leftover_markup_is_interpreted() {
        check("AT&amp;T&nbsp;rose<br>It&#39;s <b>up</b>", "AT&amp;T|rose|It|+&#39;s|up");
        check("so.</quote> He", "so|.|He");
        check("a <friend> here, 1 < 2", "a|<|friend|>|here|,|1|<|2");
    }

    #[test]
    fn emoji_stay_whole() {
        check("go 👩\u{200d}🚀🇫🇷 e\u{301}t", "go|👩\u{200d}🚀|🇫🇷|e\u{301}t");
    }
}
