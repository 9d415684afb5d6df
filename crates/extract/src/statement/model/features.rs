//! Features of a candidate: values of the tree around it, and the combinations of them that count.

use dateline_core::{CueClass, EntityKind};
use dateline_lexicon::predicate::{self, Complement};
use dateline_nlp::{Deprel, Span, Token, Upos, Xpos};

use super::BUCKETS;
use crate::{
    clause,
    linear::{Weights, hash, mixed},
    statement::{
        Finder,
        candidate::{Candidate, ContentPosition, Cut},
        source,
    },
};

/// Facts about a word that its candidates share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context {
    /// True if it is part of another statement's content.
    pub(crate) nested: bool,
    /// Number of candidates of the word.
    pub(crate) n_candidates: usize,
}

/// Values that are read. The first are of the cue alone; from [`Position`](FeatureValue::Position) on they are of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FeatureValue {
    /// Lemma of the cue.
    Lemma,
    /// Its last letters.
    Ending,
    /// Verb, noun or adjective.
    Part,
    /// Tag of the cue.
    Tag,
    /// Speech, attitude or unlisted.
    Class,
    /// Head of the cue, and its relation to it.
    Above,
    Deprel,
    /// Passive or negated.
    Voice,
    /// Tense and mood by auxiliaries.
    Mood,
    /// Part of another statement's content.
    Nested,
    /// In quotation marks.
    Quoted,
    /// Many candidates.
    Crowd,
    /// Position of the content, with its preposition.
    Position,
    /// Listed with a complement for the position.
    Listed,
    /// Kind of source.
    Who,
    WhoLemma,
    /// Order of cue, source and content.
    Place,
    /// Head of the content.
    Said,
    SaidTag,
    /// First word of the content.
    Mark,
    Length,
    /// Position of quotation marks in the content.
    Marks,
    /// Overlap with another statement's content.
    Taken,
    /// Character after the content.
    Ends,
    /// Tag of the next word after the content.
    Next,
    /// Kind of cut at the end of the content, and the clause cut off.
    HowCut,
    CutClass,
    CutTag,
    CutAlike,
    CutLemma,
}

/// Number of values.
const N_VALUES: usize = FeatureValue::CutLemma as usize + 1;

use FeatureValue::{
    Above, Class, Crowd, CutAlike, CutClass, CutLemma, CutTag, Deprel as Relation, Ending, Ends,
    HowCut, Lemma, Length, Listed, Mark, Marks, Mood, Nested, Next, Part, Place, Position as Way,
    Quoted, Said, SaidTag, Tag, Taken, Voice, Who, WhoLemma,
};

/// Combinations of values; each has weights of its own.
const TEMPLATES: [&[FeatureValue]; 45] = [
    &[Way],
    &[Lemma, Part],
    &[Lemma, Way],
    &[Class, Way],
    &[Listed, Way, Class],
    &[Relation, Way],
    &[Who, Way],
    &[Who, Lemma],
    &[WhoLemma],
    &[Voice, Way],
    &[Voice, Lemma],
    &[Tag, Mood, Way],
    &[Mood, Class],
    &[Above, Relation],
    &[SaidTag, Mark, Way],
    &[Mark, Lemma],
    &[Length, Way],
    &[Marks, Way],
    &[Marks, Class, Way],
    &[Nested, Way],
    &[Nested, Class],
    &[Nested, Lemma],
    &[Quoted, Way],
    &[Quoted, Class, Who],
    &[Place, Way],
    &[Place, Class, Who],
    &[Said, Way],
    &[Said, Mark, Class],
    &[Taken, Way],
    &[Taken, Class],
    &[Who, Class, Mood],
    &[Ends, Way],
    &[Next, Ends, HowCut],
    &[Next, Marks, Ends],
    &[Who, SaidTag, Way],
    &[Crowd, Way],
    &[Ending, Part, Way],
    &[Length, Lemma],
    &[HowCut, Way],
    &[HowCut, CutClass, CutTag],
    &[HowCut, Class],
    &[HowCut, CutClass, CutAlike],
    &[HowCut, Class, CutAlike, Way],
    &[CutLemma, HowCut],
    &[Above, Relation, Lemma],
];

/// Hashes of the values, by [`FeatureValue`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Values([u32; N_VALUES]);

impl Values {
    /// Reads the values of a cue, before its candidates.
    pub(crate) fn of_cue(finder: &Finder<'_>, cue: Token<'_>, context: Context) -> Self {
        let mut values = Self([0; N_VALUES]);
        let lemma = cue.lemma();
        values.set(Lemma, lemma);
        values.set(Ending, ending(lemma));
        values.set(Part, part_of(cue));
        values.set(Tag, cue.xpos().as_str());
        values.set(Class, class_of(cue));
        values.set(Above, cue.head().map_or("-", Token::lemma));
        values.set(Relation, cue.deprel().as_str());
        let voice = match (clause::is_passive(cue), clause::is_negated(cue)) {
            (true, true) => "passive not",
            (true, false) => "passive",
            (false, true) => "not",
            (false, false) => "-",
        };
        values.set(Voice, voice);
        values.set(Mood, mood_of(cue));
        values.set(Nested, if context.nested { "nested" } else { "free" });
        let is_quoted = finder.quote_at(cue.span().start()).is_some();
        values.set(Quoted, if is_quoted { "quoted" } else { "-" });
        values.set(Crowd, if context.n_candidates > 6 { "many" } else { "few" });
        values
    }

    fn set(&mut self, seen: FeatureValue, value: &str) {
        self.0[seen as usize] = hash(value);
    }

    /// Replaces `into` with the features of a candidate, as buckets.
    pub(crate) fn features(
        mut self,
        finder: &Finder<'_>,
        candidate: &Candidate<'_>,
        into: &mut Vec<u32>,
    ) {
        let way = hash(candidate.position.name());
        let preposition = candidate.preposition.map_or(0, |preposition| hash(preposition.lemma()));
        self.0[Way as usize] = mixed(way, preposition);
        self.set(Listed, listed(candidate));
        self.set(Who, candidate.source.map_or("-", |source| kind_of(finder, source)));
        self.set(WhoLemma, candidate.source.map_or("-", Token::lemma));
        self.set(Place, place_of(candidate));
        self.content(finder, candidate);
        self.cut(candidate);
        into.clear();
        into.extend(TEMPLATES.iter().zip(0..).map(|(template, number)| {
            let all = template.iter().fold(number, |all, seen| mixed(all, self.0[*seen as usize]));
            Weights::<BUCKETS>::bucket(all)
        }));
    }

    /// Reads the values of the content.
    fn content(&mut self, finder: &Finder<'_>, candidate: &Candidate<'_>) {
        let head = candidate.head;
        let text = finder.analysis.text();
        let first = candidate.content[0];
        let length: usize = candidate.content.iter().flatten().map(|span| span.len()).sum();
        let starts = first.map_or(0, Span::start);
        let ends = candidate.content.iter().flatten().last().map_or(0, |span| span.end());
        let after = finder.quotes.partition_point(|quote| quote.outer.end() <= starts);
        let quote = finder.quotes.get(after).filter(|quote| quote.outer.start() < ends);
        let opens = |token: &Token<'_>| {
            matches!(token.upos(), Upos::Sconj | Upos::Part | Upos::Det | Upos::Pron | Upos::Adp)
                || matches!(token.xpos(), Xpos::WRB | Xpos::WP | Xpos::WDT)
        };
        let mark = first.and_then(|span| finder.analysis.token_at(span.start())).filter(opens);
        self.set(Said, head.lemma());
        self.set(SaidTag, head.xpos().as_str());
        self.set(Mark, mark.map_or("-", Token::lemma));
        self.set(
            Length,
            match length {
                0..8 => "0",
                8..20 => "1",
                20..50 => "2",
                50..100 => "3",
                100..200 => "4",
                _ => "5",
            },
        );
        self.set(
            Marks,
            match quote {
                Some(quote)
                    if quote.outer.start() <= starts + 1 && quote.outer.end() + 1 >= ends =>
                {
                    "all"
                }
                Some(quote) if quote.outer.start() <= starts + 1 => "starts",
                Some(_) => "inside",
                None => "none",
            },
        );
        let behind = Span::new(ends, text.len());
        let next = clause::tokens_in(finder.analysis, behind)
            .take(3)
            .find(|token| token.upos() != Upos::Punct);
        self.set(Next, next.map_or("-", |token| token.xpos().as_str()));
        self.set(Taken, if finder.is_said(starts, ends) { "taken" } else { "free" });
        self.set(
            Ends,
            match text[ends.min(text.len())..].chars().next() {
                Some(',') => ",",
                Some('.' | '!' | '?') => ".",
                Some('"' | '”') => "quote",
                _ => "-",
            },
        );
    }

    /// Reads the values of what is cut off.
    fn cut(&mut self, candidate: &Candidate<'_>) {
        let tail = match candidate.cut {
            Some(Cut::Clause(tail)) => Some(tail),
            _ => None,
        };
        let way = match candidate.cut {
            Some(Cut::Clause(tail)) => tail.deprel().as_str(),
            Some(Cut::Mark) => "mark",
            None => "whole",
        };
        self.set(HowCut, way);
        self.set(CutClass, tail.map_or("-", class_of));
        self.set(CutTag, tail.map_or("-", |tail| tail.xpos().as_str()));
        self.set(CutLemma, tail.map_or("-", Token::lemma));
        let is_alike = tail.map(|tail| tail.xpos() == candidate.cue.xpos());
        self.set(
            CutAlike,
            match is_alike {
                Some(true) => "alike",
                Some(false) => "unlike",
                None => "-",
            },
        );
    }
}

/// Returns the class of a word in the lexicon.
fn class_of(token: Token<'_>) -> &'static str {
    match predicate::cue_class(token) {
        Some(CueClass::Attitude) => "attitude",
        Some(CueClass::Speech) => "speech",
        None => "-",
    }
}

/// Returns whether the lexicon lists the cue with a complement for the candidate's position.
fn listed(candidate: &Candidate<'_>) -> &'static str {
    use ContentPosition as Position;
    let Some(entry) = predicate::cue(candidate.cue) else { return "-" };
    let takes = |complement| entry.takes(complement);
    let fits = match candidate.position {
        Position::Clause
        | Position::Around
        | Position::Inserted
        | Position::Before
        | Position::Beside => takes(Complement::That),
        Position::Infinitive => takes(Complement::To),
        Position::ObjectInfinitive => takes(Complement::ObjectTo),
        Position::Object => takes(Complement::NounPhrase),
        Position::Complement | Position::Predicate => {
            takes(Complement::That) || takes(Complement::To)
        }
        Position::ObjectRest | Position::Rest | Position::SentenceRest => {
            takes(Complement::Addressee)
        }
        _ => return "open",
    };
    if fits { "fits" } else { "not listed" }
}

/// Returns the kind of source.
fn kind_of(finder: &Finder<'_>, head: Token<'_>) -> &'static str {
    let own = |word: &str| head.text().eq_ignore_ascii_case(word);
    if head.upos() == Upos::Pron {
        return match () {
            () if own("i") || own("we") => "first",
            () if own("you") => "second",
            () if own("he") || own("she") => "third",
            () if own("they") => "they",
            () if own("who") => "who",
            () if own("that") || own("which") || own("this") => "that",
            () => "pronoun",
        };
    }
    let entity = source::entity(head, finder.entities);
    match entity.map(|entity| finder.entities.get(entity).kind) {
        Some(EntityKind::Person) => "person",
        Some(EntityKind::Organization) => "organization",
        Some(EntityKind::Place) => "place",
        Some(EntityKind::Group) => "group",
        None if head.upos() == Upos::Propn => "name",
        None if matches!(head.xpos(), Xpos::NNS | Xpos::NNPS) => "nouns",
        None => "noun",
    }
}

/// Returns the tense or mood of a verb by its auxiliaries.
fn mood_of(cue: Token<'_>) -> &'static str {
    let mut mood = "-";
    for child in cue.children() {
        match child.deprel() {
            Deprel::Aux if child.xpos() == Xpos::MD => {
                return if clause::is(child, "will") { "will" } else { "modal" };
            }
            Deprel::Aux if clause::is(child, "have") => mood = "have",
            Deprel::Aux if clause::is(child, "do") => mood = "do",
            Deprel::Aux => mood = "be",
            Deprel::Mark if child.xpos() == Xpos::TO => return "to",
            Deprel::Mark if clause::is(child, "if") => return "if",
            _ => {}
        }
    }
    mood
}

fn part_of(cue: Token<'_>) -> &'static str {
    match cue.upos() {
        Upos::Noun => "noun",
        Upos::Adj => "adj",
        _ => "verb",
    }
}

/// Returns the order of cue, source and content.
fn place_of(candidate: &Candidate<'_>) -> &'static str {
    let cue = candidate.cue;
    let inverted = candidate.source.is_some_and(|source| source.idx() > cue.idx());
    let starts = candidate.content[0].map_or(0, Span::start);
    match (inverted, starts < cue.span().start()) {
        (true, true) => "content cue source",
        (true, false) => "cue source",
        (false, true) => "content source cue",
        (false, false) => "source cue content",
    }
}

/// Returns the last three letters of a lemma.
fn ending(lemma: &str) -> &str {
    let from = lemma.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    &lemma[from..]
}
