//! Chunks: runs of tokens that name something, or nouns that say what somebody is. Names come from the tagger and the
//! lexicon, and each corrects the other.
//!
//! - *White House Press Secretary Ann Lee* is three chunks, a seat, a role and a name, whatever the tagger made of
//!   it.
//! - *Bank of England* is one chunk: the lexicon's *England* lies inside the tagger's name.
//! - *mid-June* is none, because it is a time.
//! - *Guy Parmelin* is one chunk even if the tagger cut it or missed it: a name attached flat to a given name is a
//!   surname.

mod part;
mod user;

use dateline_lexicon::names::{self, Named, Role, Sense, Usage};
use dateline_nlp::{Analysis, Deprel, Name, NameKind, Sentence, Span, Token, TokenIdx, Upos, Xpos};

pub(super) use self::part::{Chunk, Part};

use super::vocabulary::Vocabulary;

/// Returns the last words of the multi-word names of people in a text, sorted.
pub(super) fn surnames<'a>(analysis: &'a Analysis<'_>) -> Vec<&'a str> {
    let full = |name: &&Name| name.kind == NameKind::Person && name.first < name.last;
    let last = |name: &Name| analysis.token(name.last).text();
    let mut surnames: Vec<&str> = analysis
        .names()
        .iter()
        .filter(full)
        .map(last)
        .filter(|word| word.starts_with(char::is_uppercase))
        .collect();
    surnames.sort_unstable();
    surnames.dedup();
    surnames
}

/// Finds the chunks of a sentence. None overlap, and none overlaps a time.
pub(super) fn chunks<'l>(
    sentence: Sentence<'_>,
    times: &[Span],
    (surnames, day): (&[&str], Option<&str>),
    vocabulary: &'l Vocabulary,
    found: &mut Vec<Chunk<'l>>,
) {
    found.clear();
    let text = sentence.first().analysis().text();
    let end = sentence.last().idx().0;
    let mut names = sentence.names().iter().peekable();
    let mut times = times.iter().peekable();
    let analysis = sentence.first().analysis();
    let mut at = sentence.first().idx().0;
    while at <= end {
        let token = analysis.token(TokenIdx(at));
        while times.next_if(|time| time.end() <= token.span().start()).is_some() {}
        if times.peek().is_some_and(|time| time.overlaps(token.span())) {
            at += 1;
            continue;
        }
        while names.next_if(|name| name.last.0 < at).is_some() {}
        let name = names.peek().copied().copied().filter(|name| {
            name.first.0 <= at
                && times
                    .peek()
                    .is_none_or(|time| time.start() >= analysis.token(name.last).span().end())
        });
        let until = times.peek().map_or(text.len(), |time| time.start());
        let reader = ChunkReader { text, surnames, day, until, vocabulary, end };
        let name = name.map(|name| reader.with_surname(name, token));
        let Some(chunk) = reader.chunk(token, name) else {
            at += 1;
            continue;
        };
        at = chunk.last + 1;
        found.push(chunk);
    }
}

/// State of cutting one sentence into chunks.
#[derive(Clone, Copy)]
struct ChunkReader<'t, 'l> {
    text: &'t str,
    /// Last words of the full names of people in the whole text, sorted.
    surnames: &'t [&'t str],
    /// Publication date.
    day: Option<&'t str>,
    /// Byte at which the next time expression starts.
    until: usize,
    vocabulary: &'l Vocabulary,
    /// Last token of the sentence.
    end: u32,
}

impl<'l> ChunkReader<'_, 'l> {
    /// Returns the chunk that starts at a token, given the tagger's name around the token.
    fn chunk(self, token: Token<'_>, name: Option<Name>) -> Option<Chunk<'l>> {
        let first = token.idx().0;
        let known = self.known(token).filter(|known| self.is_trusted(token, *known, name));
        if let Some(chunk) = self.user_name(token, name, known) {
            return Some(chunk);
        }
        if known.is_some() {
            return known;
        }
        let role = self.role(token);
        match (name, role) {
            (Some(name), Some(role)) if role.last < name.last.0 => {
                let splits = name.kind == NameKind::Person || {
                    let next = token.analysis().token(TokenIdx(role.last + 1));
                    names::gender(next.text()).is_some()
                };
                if splits { Some(role) } else { named(token, name) }
            }
            (Some(name), Some(role)) if name.first.0 == first && role.last == name.last.0 => {
                Some(role)
            }
            (_, Some(role)) => Some(role),
            // A surname is a person, whatever the tagger takes it for elsewhere.
            (Some(name), None)
                if name.last.0 == first
                    && (self.is_surname(token)
                        || name.kind != NameKind::Person && self.is_head(token)) =>
            {
                Some(Chunk { first, last: first, part: Part::Name(NameKind::Person) })
            }
            (Some(name), None) => named(token, name),
            // The tagger missed the name here but saw it elsewhere, or the lexicon knows somebody of that name.
            (None, None) => {
                let last = self
                    .surname_behind(token)
                    .or_else(|| (self.is_surname(token) || self.is_head(token)).then_some(first))?;
                Some(Chunk { first, last, part: Part::Name(NameKind::Person) })
            }
        }
    }

    /// Extends a person's name by a surname that the tagger cut off: *Viola | Amherd*.
    fn with_surname(self, name: Name, token: Token<'_>) -> Name {
        if name.kind != NameKind::Person {
            return name;
        }
        let last = token.analysis().token(name.last);
        Name { last: self.flat_behind(name.first, last), ..name }
    }

    /// Returns the last token of a name that starts with a given name and that the tagger missed: *Parmelin* at
    /// *Guy*.
    fn surname_behind(self, token: Token<'_>) -> Option<u32> {
        let is_given = token.text().starts_with(char::is_uppercase)
            && matches!(token.upos(), Upos::Propn | Upos::Noun)
            && token.deprel() != Deprel::Flat
            && names::gender(token.text()).is_some();
        let last = is_given.then(|| self.flat_behind(token.idx(), token))?;
        (last > token.idx()).then_some(last.0)
    }

    /// Returns the last of the proper nouns that directly follow a name and attach to it as flat.
    fn flat_behind(self, first: TokenIdx, last: Token<'_>) -> TokenIdx {
        let mut last = last;
        while let Some(next) = last.next().filter(|next| next.idx().0 <= self.end) {
            let hangs = next.deprel() == Deprel::Flat
                && next.head().is_some_and(|head| first <= head.idx() && head.idx() <= last.idx());
            let is_name = next.upos() == Upos::Propn
                && next.text().starts_with(char::is_uppercase)
                && next.span().end() <= self.until;
            if !hangs || !is_name || self.known(next).is_some() || self.role(next).is_some() {
                break;
            }
            last = next;
        }
        last.idx()
    }

    /// Returns true if a name that fits nothing else belongs to exactly one head of state or government on the
    /// publication date.
    fn is_head(self, token: Token<'_>) -> bool {
        let stands_alone = !matches!(
            token.deprel(),
            Deprel::Flat | Deprel::Compound | Deprel::NmodDesc | Deprel::NmodUnmarked
        );
        let is_name = token.upos() == Upos::Propn && token.text().starts_with(char::is_uppercase);
        is_name
            && stands_alone
            && self.day.is_some_and(|day| names::head(token.text(), None, day).is_some())
    }

    fn is_surname(self, token: Token<'_>) -> bool {
        token.upos() == Upos::Propn && self.surnames.binary_search(&token.text()).is_ok()
    }

    /// Returns true for a city so large that a bare name means the city. The text or the list of given names can
    /// still make it a person.
    fn is_metropolis(self, token: Token<'_>, named: Named) -> bool {
        !self.is_surname(token)
            && names::gender(token.text()).is_none()
            && names::cities(named.name).any(|city| city.population >= METROPOLIS)
    }

    /// Returns the lexicon's name that starts at a token.
    fn known(self, token: Token<'_>) -> Option<Chunk<'l>> {
        let word = token.text();
        let may_start = word.starts_with(char::is_uppercase)
            || word.starts_with("al")
            || word.starts_with("10");
        if !may_start {
            return None;
        }
        let (named, length) = names::name_at(word, &self.text[token.span().start()..])?;
        let last = self.last_token(token, token.span().start() + length)?;
        Some(Chunk { first: token.idx().0, last, part: Part::Known(named) })
    }

    /// Returns the name of the user's list that starts at a token.
    fn user_name(
        self,
        token: Token<'_>,
        name: Option<Name>,
        known: Option<Chunk<'l>>,
    ) -> Option<Chunk<'l>> {
        let (actor, length) = self.vocabulary.user().name_at(token)?;
        let last = self.last_token(token, token.span().start() + length)?;
        user::chunk(self.vocabulary, actor, (token, last), name, (known, self.role(token)))
    }

    /// Returns the role that starts at a token.
    fn role(self, token: Token<'_>) -> Option<Chunk<'l>> {
        let word = token.text();
        // "ex-president" is a noun, whatever the tagger says.
        let ex = if word.get(..3).is_some_and(|ex| ex.eq_ignore_ascii_case("ex-")) { 3 } else { 0 };
        let is_noun = matches!(token.upos(), Upos::Noun | Upos::Propn | Upos::Adj)
            || token.xpos() == Xpos::NN;
        (is_noun || ex > 0).then_some(())?;
        let start = token.span().start() + ex;
        let known = self.vocabulary.role_at(&word[ex..], &self.text[start..]);
        let own = self.vocabulary.user().role_at(&word[ex..], &self.text[start..]);
        let length_of = |found: Option<(&Role, usize)>| found.map_or(0, |(_, length)| length);
        let (role, length) = if length_of(own) >= length_of(known) { own } else { known }?;
        let last = self.last_token(token, start + length)?;
        let head = token.analysis().token(TokenIdx(last));
        let is_noun = matches!(head.upos(), Upos::Noun | Upos::Propn);
        (is_noun || ex > 0).then_some(Chunk { first: token.idx().0, last, part: Part::Role(role) })
    }

    /// Returns the token that ends at a byte; `None` if the byte lies inside a token.
    fn last_token(self, token: Token<'_>, end: usize) -> Option<u32> {
        let analysis = token.analysis();
        (token.idx().0..=self.end)
            .find(|&at| analysis.token(TokenIdx(at)).span().end() >= end)
            .filter(|&at| analysis.token(TokenIdx(at)).span().end() == end)
    }

    /// Returns true if the lexicon's name prevails over the tagger's.
    fn is_trusted(self, token: Token<'_>, known: Chunk<'l>, name: Option<Name>) -> bool {
        let Part::Known(named) = known.part else { return false };
        let is_word = token.upos() != Upos::Propn && known.first == known.last;
        match name {
            Some(name) if name.last.0 > known.last => {
                // Inside a longer name, it prevails only before a role: *US President Ann Lee*.
                let next = token.analysis().token(TokenIdx(known.last + 1));
                let role = self.role(next);
                let is_title = role.is_some_and(|role| {
                    matches!(role.part, Part::Role(role) if !matches!(role.usage, Usage::Body | Usage::Plural))
                });
                is_title || name.kind == NameKind::Other
            }
            Some(name) => {
                let alone = name.first == token.idx() && name.last.0 == known.last;
                let is_person = name.kind == NameKind::Person;
                let may_be_person = named.sense == Sense::City && !self.is_metropolis(token, named);
                !(is_person && (may_be_person || !alone))
            }
            None => match named.sense {
                Sense::City => !is_word,
                _ => !is_word || named.sense == Sense::Demonym || token.upos() != Upos::Verb,
            },
        }
    }
}

/// Returns the tagger's name as a chunk, unless it is neither a person, an organization nor a place, or it is a
/// common word at the start of a sentence.
fn named<'l>(token: Token<'_>, name: Name) -> Option<Chunk<'l>> {
    let first = token.idx().0;
    let opens = first == token.sentence().first().idx().0 && name.last.0 == first;
    let common = opens && matches!(token.xpos(), Xpos::NNS | Xpos::NN);
    let is_name = name.kind != NameKind::Other && !common;
    is_name.then_some(Chunk { first, last: name.last.0, part: Part::Name(name.kind) })
}

/// Population above which a city is a metropolis.
const METROPOLIS: u32 = 1_000_000;
