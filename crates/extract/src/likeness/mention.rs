//! What a text tells of an act it mentions: the word that names it, who takes part, and the words, names and figures around.

use dateline_nlp::{Analysis, Deprel, Span, Token, Upos, Xpos};

use super::kin;
use crate::{
    calendar_words::{self, Sense},
    clause,
    table::Lower,
};

/// Tokens of a phrase that are looked at, at most.
const PHRASE: usize = 12;

/// Tokens to each side of a mention that make its window.
const WINDOW: usize = 6;

/// How the head of a mention is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Verb,
    Noun,
    Other,
}

/// A sentence, as bags of words.
#[derive(Debug, Default)]
pub(super) struct SentenceWords {
    pub(super) content: Vec<String>,
    pub(super) names: Vec<String>,
    pub(super) figures: Vec<String>,
    pub(super) times: Vec<String>,
}

/// A mention, as words.
#[derive(Debug)]
pub(super) struct MentionWords {
    pub(super) sentence: usize,
    /// The number of its head token.
    pub(super) at: u32,
    pub(super) form: Form,
    pub(super) lemma: String,
    /// The verb of its family.
    pub(super) kin: String,
    /// What a verb is joined with in the mention: *into*, *out*.
    pub(super) particles: Vec<String>,
    /// The content words of the mention itself.
    pub(super) inside: Vec<String>,
    pub(super) window: Vec<String>,
    pub(super) agent: Vec<String>,
    pub(super) patient: Vec<String>,
    /// Behind prepositions, and what modifies a noun.
    pub(super) others: Vec<String>,
    pub(super) governor: Option<String>,
    pub(super) relation: Deprel,
}

/// A document, as words.
#[derive(Debug)]
pub(super) struct DocumentWords {
    pub(super) sentences: Vec<SentenceWords>,
    /// None for a span without a word.
    pub(super) mentions: Vec<Option<MentionWords>>,
}

/// Reads the mentions at some spans of a text.
pub(super) fn read(analysis: &Analysis<'_>, spans: &[Span]) -> DocumentWords {
    let sentences = analysis.sentences().map(sentence).collect();
    let mentions = spans.iter().map(|&span| mention(analysis, span)).collect();
    DocumentWords { sentences, mentions }
}

fn sentence(sentence: dateline_nlp::Sentence<'_>) -> SentenceWords {
    let mut words = SentenceWords::default();
    for token in sentence.tokens() {
        words.content.extend(term(token));
        let lower = Lower::of(token.text());
        match calendar_words::sense(&lower) {
            Sense::Month(_) if token.upos() == Upos::Propn => {
                words.times.push(lower.as_str().to_owned());
            }
            Sense::Weekday(_) => words.times.push(lower.as_str().to_owned()),
            _ if token.text().bytes().any(|byte| byte.is_ascii_digit()) => {
                words.figures.push(token.text().to_lowercase());
            }
            _ => {}
        }
    }
    for name in sentence.names() {
        let mut at = Some(sentence.first().analysis().token(name.first));
        while let Some(token) = at.filter(|token| token.idx() <= name.last) {
            words.names.extend(term(token));
            at = token.next();
        }
    }
    words
}

fn mention(analysis: &Analysis<'_>, span: Span) -> Option<MentionWords> {
    let head = head(analysis, span)?;
    let lemma = lower(head.lemma());
    let inside = || clause::tokens_in(analysis, span);
    let is_inside = |token: Token<'_>| span.overlaps(token.span());
    let outside = |phrase: Option<Token<'_>>| -> Vec<String> {
        phrase.filter(|top| !is_inside(*top)).map(content).unwrap_or_default()
    };
    let form = match head.upos() {
        Upos::Verb | Upos::Aux => Form::Verb,
        Upos::Noun | Upos::Propn => Form::Noun,
        _ => Form::Other,
    };
    let (agent, patient) = match form {
        Form::Verb => (clause::agent(head), clause::patient(head)),
        _ => (owner(head), clause::oblique(head, "of")),
    };
    let mut others = Vec::new();
    let taken = [agent, patient];
    for child in head.children().take(PHRASE) {
        let fits = matches!(
            child.deprel(),
            Deprel::Obl
                | Deprel::OblAgent
                | Deprel::Nmod
                | Deprel::NmodPoss
                | Deprel::Compound
                | Deprel::Amod
                | Deprel::Iobj
                | Deprel::Xcomp
                | Deprel::Ccomp
        );
        if fits && !taken.contains(&Some(child)) {
            others.extend(outside(Some(child)));
        }
    }
    Some(MentionWords {
        sentence: head.sentence().idx().index(),
        at: head.idx().0,
        form,
        kin: kin::verb_of(&lemma).to_owned(),
        particles: particles(head),
        inside: inside().take(PHRASE).filter(|token| *token != head).filter_map(term).collect(),
        window: window(head).filter(|token| *token != head).filter_map(term).collect(),
        agent: outside(agent),
        patient: outside(patient),
        others,
        governor: clause::near_head(head).map(|head| kin::verb_of(&lower(head.lemma())).to_owned()),
        relation: head.deprel(),
        lemma,
    })
}

/// The word of a span whose own head stands outside; of several, a verb or noun goes first.
fn head<'a>(analysis: &'a Analysis<'a>, span: Span) -> Option<Token<'a>> {
    let tokens = || clause::tokens_in(analysis, span);
    let tops =
        || tokens().filter(|token| token.head().is_none_or(|head| !span.overlaps(head.span())));
    let names_act =
        |token: &Token<'_>| matches!(token.upos(), Upos::Verb | Upos::Noun | Upos::Propn);
    tops()
        .find(names_act)
        .or_else(|| tokens().find(names_act))
        .or_else(|| tops().next())
        .or_else(|| analysis.token_at(span.start()))
}

/// Whose act a noun names: *Oslo's raid*, *the Oslo raid*, and the subject of the verb that has it as its object.
fn owner(noun: Token<'_>) -> Option<Token<'_>> {
    noun.child(Deprel::NmodPoss).or_else(|| clause::oblique(noun, "by")).or_else(|| {
        let verb = clause::near_head(noun).filter(|verb| verb.upos() == Upos::Verb)?;
        (noun.deprel() == Deprel::Obj).then(|| clause::agent(verb)).flatten()
    })
}

/// *checked into*, *checked out of*: the words right behind a verb that say where it leads.
fn particles(head: Token<'_>) -> Vec<String> {
    let follows = |token: &Token<'_>| {
        matches!(token.upos(), Upos::Adp | Upos::Adv) || token.xpos() == Xpos::RP
    };
    let behind = std::iter::successors(head.next(), |token| token.next()).take(3);
    behind
        .take_while(|token| follows(token) || token.upos() == Upos::Pron)
        .filter(follows)
        .map(|token| lower(token.lemma()))
        .collect()
}

fn window(head: Token<'_>) -> impl Iterator<Item = Token<'_>> {
    let sentence = head.sentence();
    let at = head.idx().index() - sentence.first().idx().index();
    sentence.tokens().skip(at.saturating_sub(WINDOW)).take(WINDOW + 1 + at.min(WINDOW))
}

/// The content words of a phrase.
fn content(top: Token<'_>) -> Vec<String> {
    top.subtree_tokens().take(PHRASE).filter_map(term).collect()
}

/// The term a token counts as, where it is a content word.
fn term(token: Token<'_>) -> Option<String> {
    let counts =
        matches!(token.upos(), Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num);
    (counts && token.text().chars().any(char::is_alphanumeric))
        .then(|| kin::verb_of(&lower(token.lemma())).to_owned())
}

fn lower(word: &str) -> String {
    word.to_lowercase()
}
