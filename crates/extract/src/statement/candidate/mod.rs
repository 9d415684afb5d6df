//! What a word may say: every way in which it could be the cue of a statement, by the tree around it.
//!
//! Nothing is decided here; [`super::model`] chooses among the candidates of a word, or against them all.
//!
//! - *Ito said talks had stalled*: the clause below *said*; *talks had stalled, Ito said*: all before it
//! - *Ito called for talks*: what stands behind *for*; *Ito called them a farce*: the object with what it is called
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

/// Where what is said stands, seen from the cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ContentPosition {
    /// A clause below it.
    Clause,
    /// A clause below who listens.
    Listener,
    /// An infinitive below it.
    Infinitive,
    /// An object with an infinitive or a predicate: *urged them to leave*, *called them liars*.
    ObjectInfinitive,
    /// The subject with an infinitive: *talks are expected to fail*.
    SubjectInfinitive,
    /// The object.
    Object,
    /// The object and all behind it.
    ObjectRest,
    /// The nominal behind a preposition.
    Behind,
    /// The nominal behind a preposition and all behind that.
    BehindRest,
    /// The clause behind a preposition or conjunction: *insisted on leaving*.
    Adverbial,
    /// A clause put beside it.
    Beside,
    /// The subject of a passive: *the plan was criticized by Ito*.
    Subject,
    /// All behind the cue in its clause.
    Rest,
    /// All behind the cue in its sentence.
    SentenceRest,
    /// The clause it is put into.
    Around,
    /// The sentence around the commas it stands between.
    Inserted,
    /// All before its own clause.
    Before,
    /// A clause or infinitive below a noun or adjective.
    Complement,
    /// A clause the noun is the subject of: *his view is that …*.
    Predicate,
}

impl ContentPosition {
    /// Its name in features and explanations.
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
    /// The preposition between the cue and what is said.
    pub(crate) preposition: Option<Token<'a>>,
    /// Head of the words that name who says it.
    pub(crate) source: Option<Token<'a>>,
    /// Head of what is said.
    pub(crate) head: Token<'a>,
    pub(crate) content: [Option<Span>; 2],
    /// Whether something is cut off its end: a clause joined or added to what is said.
    pub(crate) cut: Option<Cut<'a>>,
}

/// Where what is said is held to end, before the end that the tree gives.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cut<'a> {
    /// Before a clause, by its head.
    Clause(Token<'a>),
    /// Where quotation marks close.
    Mark,
}

/// All candidates of a word, in the order of what is said.
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

/// Whether nothing is said: *said nothing*, *cleared it*.
fn says_nothing(candidate: &Candidate<'_>) -> bool {
    let [Some(span), None] = candidate.content else { return false };
    let alone = span == candidate.head.span();
    alone && candidate.head.upos() == Upos::Pron
}

/// Tokens of what is said that are looked at for what is added to it.
const LONG: usize = 120;

/// *talks had stalled, adding that …*: what is added is another statement, whatever the tree hangs it on.
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

/// Clauses cut off the end of a reading, most.
const CUTS: usize = 4;

/// *Ito said talks had stalled, adding that …*, read with *adding* below *stalled*: what is said may end before it, or
/// where the quotation marks in it close.
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

/// What stands behind a preposition, alone and with all behind it.
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

/// What is left of a stretch around another inside it.
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
