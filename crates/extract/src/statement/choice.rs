//! Words that govern what is said: the candidates of each word, and the model's choice among them.
//!
//! A sentence is read from the top of its tree down, so that a word knows whether it stands in what another one says.
//!
//! - fires: *Ito said talks had stalled.* · *Talks had stalled, an aide said.* · *Ito's claim that talks had stalled*
//! - silent: *Ito cut a ribbon.* · *Ito did not say why.* (what is left unsaid is no statement)

use dateline_lexicon::predicate;
use dateline_nlp::{Deprel, Span, Token, Upos, Xpos};

use super::{
    Finder, Finding,
    candidate::{self, Candidate, ContentPosition},
    model, source,
};
use crate::clause;

pub(super) fn find(finder: &mut Finder<'_>) {
    let (mut candidates, mut features) = (Vec::new(), Vec::new());
    for sentence in finder.analysis.sentences() {
        for cue in downward(sentence.root()) {
            if !may_be_cue(finder, cue) {
                continue;
            }
            candidate::of(finder, cue, &mut candidates);
            let context =
                model::Context { nested: finder.says(cue.span()), n_candidates: candidates.len() };
            if candidates.is_empty() {
                continue;
            }
            let values = model::Values::of_cue(finder, cue, context);
            let scored = candidates.iter().map(|candidate| {
                values.features(finder, candidate, &mut features);
                (model::score(&features) + lean(finder, candidate), candidate)
            });
            // Of equals the first.
            let best = scored.rev().max_by_key(|(score, _)| *score);
            if let Some((score, candidate)) = best
                && score > THRESHOLD
            {
                let mut finding = finding(finder, candidate);
                join_verb(finder, &mut finding);
                finder.add(finding);
            }
        }
    }
}

/// Whether a word may say something at all.
pub(super) fn may_be_cue(finder: &Finder<'_>, token: Token<'_>) -> bool {
    let is_free = !finder.is_claimed(token);
    let entry = predicate::cue(token);
    let silent = clause::is_negated(token)
        && entry.is_some_and(|entry| entry.is_speech() && token.lemma() != "deny");
    is_free && !silent && matches!(token.upos(), Upos::Verb | Upos::Noun | Upos::Adj)
}

/// The tokens of a tree, each before what depends on it.
pub(super) fn downward(root: Token<'_>) -> impl Iterator<Item = Token<'_>> {
    let mut waiting = vec![root];
    std::iter::from_fn(move || {
        let token = waiting.pop()?;
        let from = waiting.len();
        waiting.extend(token.children());
        waiting[from..].reverse();
        Some(token)
    })
}

fn finding<'a>(finder: &Finder<'a>, candidate: &Candidate<'a>) -> Finding<'a> {
    let source = candidate
        .source
        .map(|source| source::of(source, finder.entities))
        .filter(|source| !source.span.overlaps(candidate.cue.span()));
    let addressee = match candidate.position {
        ContentPosition::Object | ContentPosition::ObjectRest => None,
        _ => source::addressee(candidate.cue, finder.entities),
    };
    Finding {
        rule: candidate.position.name(),
        source,
        cue: Some((candidate.cue, words(candidate))),
        content: candidate
            .content
            .into_iter()
            .flatten()
            .map(|span| unmarked(finder, span))
            .filter(|span| has_words(finder, *span))
            .collect(),
        addressee,
    }
}

/// *made the claim that …*: a verb and its object that say the same are one cue, and the noun is its head.
fn join_verb(finder: &mut Finder<'_>, finding: &mut Finding<'_>) {
    let Some((noun, words)) = &mut finding.cue else { return };
    let verb = clause::near_head(*noun).filter(|_| noun.deprel() == Deprel::Obj);
    let Some(verb) = verb else { return };
    let Some(last) = finder.found.last() else { return };
    let says_same = last.content.len() == finding.content.len()
        && last
            .content
            .iter()
            .zip(&finding.content)
            .all(|(a, b)| a.overlaps(*b) && a.end() == b.end());
    if says_same
        && let Some((span, head)) = last.cue
        && head == verb.idx()
    {
        *words = span.cover(*words);
        finder.found.pop();
    }
}

/// What is said without the *that* it begins with.
fn unmarked(finder: &Finder<'_>, span: Span) -> Span {
    let first = finder.analysis.token_at(span.start());
    let that = first.filter(|first| clause::is(*first, "that") && first.deprel() == Deprel::Mark);
    let next = that.and_then(Token::next).filter(|next| next.span().end() <= span.end());
    next.map_or(span, |next| Span::new(next.span().start(), span.end()))
}

/// Whether a stretch is more than the full stop behind a cue.
fn has_words(finder: &Finder<'_>, span: Span) -> bool {
    clause::tokens_in(finder.analysis, span).any(|token| token.upos() != Upos::Punct)
}

/// The words of a cue: auxiliaries and adverbs right before it, its particle and its preposition right behind it.
fn words(candidate: &Candidate<'_>) -> Span {
    let cue = candidate.cue;
    let mut first = cue;
    while let Some(before) = first.previous()
        && before.head() == Some(cue)
        && is_part(before)
    {
        first = before;
    }
    let mut last = cue;
    if let Some(particle) = clause::particle(cue).filter(|it| it.idx().0 == cue.idx().0 + 1) {
        last = particle;
    }
    if let Some(preposition) = candidate.preposition
        && preposition.idx().0 == last.idx().0 + 1
    {
        last = preposition;
    }
    first.span().cover(last.span())
}

/// Whether a word before a verb is part of what it signals: *has said*, *also said*, *to call for*.
fn is_part(token: Token<'_>) -> bool {
    matches!(token.deprel(), Deprel::Aux | Deprel::AuxPass)
        || token.deprel() == Deprel::Mark && token.xpos() == Xpos::TO
        || token.deprel() == Deprel::Advmod && token.xpos() != Xpos::WRB
}

/// What is known beside the model: words in marks are somebody's, and a verb of no list that governs no clause is rarely one
/// of speech.
fn lean(finder: &Finder<'_>, candidate: &Candidate<'_>) -> i32 {
    if quotes(finder, candidate) {
        return QUOTED;
    }
    let governs = matches!(
        candidate.position,
        ContentPosition::Clause
            | ContentPosition::Listener
            | ContentPosition::Around
            | ContentPosition::Inserted
            | ContentPosition::Before
    );
    if governs || predicate::cue(candidate.cue).is_some() { 0 } else { -UNLISTED }
}

/// Whether some of what is said stands in quotation marks: words in marks are somebody's.
fn quotes(finder: &Finder<'_>, candidate: &Candidate<'_>) -> bool {
    let Some(span) = candidate.content[0] else { return false };
    let after = finder.quotes.partition_point(|quote| quote.outer.end() <= span.start());
    finder.quotes.get(after).is_some_and(|quote| quote.outer.start() < span.end())
}

/// What quotation marks add to the score of a reading.
const QUOTED: i32 = 8;

/// What a verb without clause and quotation marks loses if it is in no list.
const UNLISTED: i32 = 18;

/// What the score of a reading must be above.
const THRESHOLD: i32 = -28;
