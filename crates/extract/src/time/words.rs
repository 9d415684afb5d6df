//! The tokens of a text with their calendar senses.

use std::sync::LazyLock;

use dateline_nlp::{Deprel, NameKind, Span, Token, TokenIdx, Upos, Xpos};

use super::{
    habit::is_day_first,
    word::{NOTHING, Word, read},
};
use crate::{
    calendar_words::Sense,
    reading::Reading,
    table::{Lower, Table},
};

/// Words that introduce a time. True if a length may follow.
static LEADS: LazyLock<Table<bool>> = LazyLock::new(|| {
    Table::read(include_str!("../../data/en/calendar/leads.tsv"), |columns| columns[1] == "length")
});

/// All tokens of a text, with their calendar senses.
pub(super) struct Words<'a> {
    list: Vec<Word>,
    reading: Reading<'a>,
    /// Token range of the current sentence; nothing outside it is visible.
    sentence: (usize, usize),
    /// Index of the first time expression of the current sentence.
    first_time: usize,
    day_first: bool,
}

/// Returns true for a proper noun between *the* and the proper noun it modifies: *the Friday Gazette* is no day.
fn is_in_title(token: Token<'_>) -> bool {
    token.deprel() == Deprel::Compound
        && token.upos() == Upos::Propn
        && token.previous().is_some_and(|before| before.xpos() == Xpos::DT)
        && token.next().is_some_and(|next| {
            next.upos() == Upos::Propn && token.head().is_some_and(|head| head.idx() == next.idx())
        })
}

impl<'a> Words<'a> {
    pub(super) fn new(reading: Reading<'a>) -> Self {
        let mut list: Vec<_> = reading.analysis.tokens().map(read).collect();
        for name in reading.analysis.names() {
            let long = name.last > name.first;
            if long && name.kind != NameKind::Location {
                for word in &mut list[name.first.index()..=name.last.index()] {
                    word.named = true;
                }
            }
        }
        for token in reading.analysis.tokens().filter(|token| is_in_title(*token)) {
            let at = token.idx().index();
            list[at..at + 2].iter_mut().for_each(|word| word.named = true);
        }
        let day_first = is_day_first(&list, reading);
        Self { list, reading, sentence: (0, 0), first_time: 0, day_first }
    }

    /// Enters a sentence. `first_time` is the index the next time expression will get.
    pub(super) fn enter(&mut self, first: usize, end: usize, first_time: usize) {
        self.sentence = (first, end);
        self.first_time = first_time;
    }

    /// Returns the word at an index; a blank word outside the current sentence.
    pub(super) fn at(&self, idx: usize) -> Word {
        let (first, end) = self.sentence;
        if (first..end).contains(&idx) { self.list[idx] } else { NOTHING }
    }

    /// Returns the word at an index of the whole text.
    pub(super) fn any(&self, idx: usize) -> Word {
        self.list[idx]
    }

    pub(super) fn sense(&self, idx: usize) -> Sense {
        self.at(idx).sense
    }

    /// Returns the word before an index; a blank word at the start of the sentence.
    pub(super) fn before(&self, idx: usize) -> Word {
        idx.checked_sub(1).map_or(NOTHING, |idx| self.at(idx))
    }

    pub(super) fn holds(&self, idx: usize) -> bool {
        (self.sentence.0..self.sentence.1).contains(&idx)
    }

    pub(super) fn token(&self, idx: usize) -> Token<'a> {
        let idx = u32::try_from(idx).expect("tokens are counted in 32 bits");
        self.reading.analysis.token(TokenIdx(idx))
    }

    /// Returns the word in lowercase; empty outside the sentence.
    pub(super) fn lower(&self, idx: usize) -> Lower {
        if self.holds(idx) { Lower::of(self.token(idx).text()) } else { Lower::of("") }
    }

    /// Returns the word before an index in lowercase.
    pub(super) fn before_lower(&self, idx: usize) -> Lower {
        idx.checked_sub(1).map_or_else(|| Lower::of(""), |idx| self.lower(idx))
    }

    /// Returns true if an expression other than a fixed phrase can start here.
    pub(super) fn may_begin(&self, idx: usize) -> bool {
        let word = self.at(idx);
        let binds = matches!(
            word.sense,
            Sense::Other
                | Sense::Of
                | Sense::In
                | Sense::On
                | Sense::And
                | Sense::To
                | Sense::From
                | Sense::Between
                | Sense::Within
                | Sense::Zone
        );
        !binds || word.figure.is_some() || word.mark == b'\''
    }

    /// Returns true if the word can continue a date: a calendar word or a number.
    pub(super) fn is_calendar(&self, idx: usize) -> bool {
        let word = self.at(idx);
        word.figure.is_some()
            || matches!(
                word.sense,
                Sense::Month(_)
                    | Sense::Weekday(_)
                    | Sense::Season(_)
                    | Sense::Part(_)
                    | Sense::Day(_)
                    | Sense::Tonight
                    | Sense::Shift(_)
                    | Sense::Relative(_)
                    | Sense::Clock(_)
                    | Sense::Zone
                    | Sense::Meridiem(_)
                    | Sense::Earlier
                    | Sense::Later
            )
    }

    /// Returns true after a preposition or conjunction.
    pub(super) fn is_led(&self, idx: usize) -> bool {
        let before = idx.checked_sub(1).and_then(|before| self.upos(before));
        matches!(before, Some(Upos::Adp | Upos::Sconj))
            || matches!(
                self.before(idx).sense,
                Sense::In | Sense::On | Sense::At | Sense::From | Sense::Between | Sense::Within
            )
    }

    /// Returns true after a preposition that introduces a date: *by*, *since*, *until*, *on*.
    pub(super) fn is_led_by_time(&self, idx: usize) -> bool {
        matches!(
            self.before(idx).sense,
            Sense::In | Sense::On | Sense::To | Sense::From | Sense::Later | Sense::Earlier
        ) || idx.checked_sub(1).is_some_and(|before| LEADS.has(self.lower(before).as_str()))
    }

    /// Returns true after a word that introduces a length: *for*, *in*, *took*.
    pub(super) fn is_led_by_length(&self, idx: usize) -> bool {
        matches!(self.before(idx).sense, Sense::In | Sense::Within | Sense::Of | Sense::Later)
            || idx
                .checked_sub(1)
                .and_then(|before| LEADS.get(self.lower(before).as_str()))
                .is_some_and(|takes_length| takes_length)
    }

    /// Returns true right after a given word.
    pub(super) fn is_before(&self, idx: usize, word: &str) -> bool {
        idx.checked_sub(1).is_some_and(|before| self.is(before, word))
    }

    /// Returns true if a number that can be a year starts here, after an optional article or *fiscal*.
    pub(super) fn begins_year(&self, idx: usize) -> bool {
        let next = idx + usize::from(matches!(self.sense(idx), Sense::The | Sense::Fiscal));
        self.at(next).figure.is_some_and(|figure| figure.width == 4)
            || matches!(self.sense(next), Sense::Cardinal(1 | 2 | 11..=19) | Sense::Tens(20))
            || self.mark(next) == b'\''
    }

    /// Returns true if the sentence continues with a word: *two days after the vote*.
    pub(super) fn goes_on(&self, idx: usize) -> bool {
        self.holds(idx) && self.mark(idx) == 0
    }

    /// Returns true if the full stop here belongs to the abbreviation before it.
    pub(super) fn is_split_point(&self, idx: usize) -> bool {
        self.holds(idx + 1) && self.token(idx - 1).span().end() == self.token(idx).span().start()
    }

    /// Returns true if only punctuation follows in the sentence.
    pub(super) fn ends_sentence(&self, idx: usize) -> bool {
        (idx..self.sentence.1).all(|idx| self.mark(idx) != 0)
    }

    /// Returns true if the time expression with this index is in the current sentence.
    pub(super) fn in_sentence(&self, time: usize) -> bool {
        time >= self.first_time
    }

    /// Returns the longest phrase of a list that starts here, and the index after it.
    pub(super) fn longest_phrase<T: Copy>(
        &self,
        list: &Table<T>,
        idx: usize,
    ) -> Option<(T, usize)> {
        let first = self.lower(idx);
        if first.as_str().is_empty() {
            return None;
        }
        let mut best: Option<(T, usize)> = None;
        for (phrase, value) in list.beginning_with(first.as_str()) {
            let n_words = phrase.split(' ').count();
            let fits =
                phrase.split(' ').enumerate().skip(1).all(|(n, word)| self.is(idx + n, word));
            if fits && best.as_ref().is_none_or(|best| best.1 < idx + n_words) {
                best = Some((value, idx + n_words));
            }
        }
        best
    }

    /// Returns true if the document writes days before months: *13/5/2021*, *8 May*. Without evidence, months come
    /// first, as in most English news that writes dates in digits alone.
    pub(super) fn day_first(&self) -> bool {
        self.day_first
    }

    pub(super) fn is(&self, idx: usize, word: &str) -> bool {
        self.lower(idx).as_str() == word
    }

    pub(super) fn upos(&self, idx: usize) -> Option<Upos> {
        self.holds(idx).then(|| self.token(idx).upos())
    }

    pub(super) fn xpos(&self, idx: usize) -> Option<Xpos> {
        self.holds(idx).then(|| self.token(idx).xpos())
    }

    pub(super) fn mark(&self, idx: usize) -> u8 {
        self.at(idx).mark
    }

    /// Returns the text from a token to the end of its sentence; `None` outside the sentence.
    pub(super) fn rest(&self, idx: usize) -> Option<&'a str> {
        self.holds(idx).then_some(())?;
        let from = self.token(idx).span().start();
        let to = self.token(self.sentence.1 - 1).span().end();
        Some(&self.reading.document.text[from..to])
    }

    /// Returns the index after the token that ends at a byte.
    pub(super) fn index_after(&self, from: usize, byte: usize) -> Option<usize> {
        (from..self.sentence.1)
            .take(16)
            .take_while(|&idx| self.token(idx).span().end() <= byte)
            .find(|&idx| self.token(idx).span().end() == byte)
            .map(|idx| idx + 1)
    }

    pub(super) fn span(&self, first: usize, end: usize) -> Span {
        self.token(first).span().cover(self.token(end - 1).span())
    }
}
