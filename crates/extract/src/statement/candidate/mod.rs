//! Candidates: every way in which a word could be the cue of a statement, by the tree around it.
//!
//! Nothing is decided here. [`super::model`] chooses one of the candidates of a word, or none.
//!
//! - *Ito said talks had stalled*: the clause below *said*; *talks had stalled, Ito said*: all before it
//! - *Ito called for talks*: what follows *for*; *Ito called them a farce*: the object with its predicate
//! - *talks are expected to fail*: subject and infinitive; *Ito's claim that …*: the clause below the noun

mod nominal;
mod verb;

use dateline_lexicon::{
    predicate::{self, Predicate},
    preposition::{self, Use},
};
use dateline_nlp::{Deprel, Span, Token, Upos, Xpos};

use super::Finder;
use crate::clause;

/// Position of the content relative to the cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ContentPosition {
    /// A clause below it.
    Clause,
    /// A clause below the listener.
    Listener,
    /// An infinitive below it.
    Infinitive,
    /// An object with an infinitive or a predicate: *urged them to leave*, *called them liars*.
    ObjectInfinitive,
    /// The subject with an infinitive: *talks are expected to fail*.
    SubjectInfinitive,
    /// The object.
    Object,
    /// The object and everything after it in the clause.
    ObjectRest,
    /// The nominal after a preposition.
    Behind,
    /// The nominal after a preposition and everything after that.
    BehindRest,
    /// The clause after a preposition or conjunction: *insisted on leaving*.
    Adverbial,
    /// A clause in parataxis.
    Beside,
    /// The subject of a passive: *the plan was criticized by Ito*.
    Subject,
    /// Everything after the cue in its clause.
    Rest,
    /// Everything after the cue in its sentence.
    SentenceRest,
    /// The clause that the cue interrupts.
    Around,
    /// The sentence around the commas that the cue stands between.
    Inserted,
    /// Everything before the clause of the cue.
    Before,
    /// A clause or infinitive below a noun or adjective.
    Complement,
    /// The predicate whose subject is the noun: *his view is that …*.
    Predicate,
}

impl ContentPosition {
    /// Returns its name in features and explanations.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Clause => "clause",
            Self::Listener => "listener",
            Self::Infinitive => "infinitive",
            Self::ObjectInfinitive => "object infinitive",
            Self::SubjectInfinitive => "subject infinitive",
            Self::Object => "object",
            Self::ObjectRest => "object rest",
            Self::Behind => "behind",
            Self::BehindRest => "behind rest",
            Self::Adverbial => "adverbial",
            Self::Beside => "beside",
            Self::Subject => "subject",
            Self::Rest => "rest",
            Self::SentenceRest => "sentence rest",
            Self::Around => "around",
            Self::Inserted => "inserted",
            Self::Before => "before",
            Self::Complement => "complement",
            Self::Predicate => "predicate",
        }
    }
}

/// One way to read a statement.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate<'a> {
    pub(crate) cue: Token<'a>,
    pub(crate) position: ContentPosition,
    /// Preposition between the cue and the content.
    pub(crate) preposition: Option<Token<'a>>,
    /// Head of the words that name the source.
    pub(crate) source: Option<Token<'a>>,
    /// Head of the content.
    pub(crate) head: Token<'a>,
    pub(crate) content: [Option<Span>; 2],
    /// Cut at the end of the content: a clause joined or added to it is left out.
    pub(crate) cut: Option<Cut<'a>>,
}

/// Place where the content ends before the end that the tree gives.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cut<'a> {
    /// Before a clause, given by its head.
    Clause(Token<'a>),
    /// At the end of a quotation.
    Mark,
}

/// Replaces `found` with the candidates of a word. Cut versions follow the whole ones.
pub(crate) fn of<'a>(finder: &Finder<'a>, cue: Token<'a>, found: &mut Vec<Candidate<'a>>) {
    found.clear();
    match cue.upos() {
        Upos::Verb => verb::of_verb(finder, cue, found),
        Upos::Noun => nominal::of_noun(cue, found),
        Upos::Adj => nominal::of_adjective(cue, found),
        _ => {}
    }
    for candidate in &mut *found {
        candidate.content = candidate.content.map(|span| span.map(|span| without_added(cue, span)));
    }
    for at in 0..found.len() {
        cut(finder, found[at], found);
    }
    found.retain(|candidate| !says_nothing(candidate));
}

/// Returns true if the content is a pronoun alone: *said nothing*, *cleared it*.
fn says_nothing(candidate: &Candidate<'_>) -> bool {
    let [Some(span), None] = candidate.content else { return false };
    let alone = span == candidate.head.span();
    alone && candidate.head.upos() == Upos::Pron
}

/// Maximum number of content tokens searched for a trailing participle.
const LONG: usize = 120;

/// Returns the content without a trailing participle, which is another statement: *talks had stalled, adding that …*.
fn without_added(cue: Token<'_>, span: Span) -> Span {
    let added = |token: &Token<'_>| {
        token.xpos() == Xpos::VBG
            && token.span().start() > cue.span().start()
            && clause::is_behind_comma(*token)
            && predicate::cue(*token).is_some_and(Predicate::is_speech)
    };
    let mut tokens = clause::tokens_in(cue.analysis(), span).skip(2).take(LONG);
    match tokens.find(added) {
        Some(token) if span.start() < token.span().start() => {
            Span::new(span.start(), token.span().start())
        }
        _ => span,
    }
}

/// Maximum number of clauses cut off one candidate.
const CUTS: usize = 4;

/// Adds versions of a candidate that end before a clause in it, or where a quotation in it ends: *Ito said talks had
/// stalled, adding that …*, read with *adding* below *stalled*.
fn cut<'a>(finder: &Finder<'a>, whole: Candidate<'a>, found: &mut Vec<Candidate<'a>>) {
    let [Some(span), None] = whole.content else { return };
    if matches!(
        whole.position,
        ContentPosition::Around
            | ContentPosition::Before
            | ContentPosition::Inserted
            | ContentPosition::Subject
    ) {
        return;
    }
    let ending = |end: usize, tail| Candidate {
        content: [Some(Span::new(span.start(), end)), None],
        cut: Some(tail),
        ..whole
    };
    let is_tail = |token: &Token<'_>| {
        matches!(
            token.deprel(),
            Deprel::Conj | Deprel::Advcl | Deprel::Parataxis | Deprel::AclRelcl | Deprel::Ccomp
        ) && token.subtree().1.span().end() + 1 >= span.end()
    };
    let tails = clause::tokens_in(finder.analysis, span).skip(1).take(LONG).filter(is_tail);
    let mut ends = [usize::MAX; CUTS];
    for (tail, place) in tails.take(CUTS).zip(0..) {
        let from = tail.subtree().0.span().start();
        if span.start() < from && from < span.end() && !ends.contains(&from) {
            ends[place] = from;
            found.push(ending(from, Cut::Clause(tail)));
        }
    }
    let after = finder.quotes.partition_point(|quote| quote.outer.end() <= span.start());
    if let Some(quote) = finder.quotes.get(after)
        && quote.closed
        && quote.outer.end() + 1 < span.end()
    {
        found.push(ending(quote.outer.end(), Cut::Mark));
    }
}

/// Adds the content after a preposition, alone and with everything after it.
fn behind<'a>(
    add: Candidate<'a>,
    nominal: Token<'a>,
    last: Token<'a>,
    found: &mut Vec<Candidate<'a>>,
) {
    let Some(preposition) = clause::preposition(nominal) else { return };
    if !preposition::has(preposition.lemma(), Use::Content) {
        return;
    }
    let (mut first, to) = nominal.subtree();
    if preposition.idx() >= first.idx()
        && let Some(next) = preposition.next()
    {
        first = next;
    }
    if first.idx() > to.idx() {
        return;
    }
    let add = Candidate { preposition: Some(preposition), ..add };
    found.push(add.with(ContentPosition::Behind, [Some(first.span().cover(to.span())), None]));
    if last.idx() > to.idx() {
        found.push(
            add.with(ContentPosition::BehindRest, [Some(first.span().cover(last.span())), None]),
        );
    }
}

/// Returns what is left of a span around another one inside it.
fn without(whole: Span, own: Span) -> [Option<Span>; 2] {
    if !whole.overlaps(own) {
        return [Some(whole), None];
    }
    let before = (whole.start() < own.start()).then(|| Span::new(whole.start(), own.start()));
    let after = (own.end() < whole.end()).then(|| Span::new(own.end(), whole.end()));
    if before.is_some() { [before, after] } else { [after, None] }
}

impl Candidate<'_> {
    fn with(self, position: ContentPosition, content: [Option<Span>; 2]) -> Self {
        Self { position, content, ..self }
    }
}
