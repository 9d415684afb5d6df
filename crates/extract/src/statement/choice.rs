//! Cues of any other shape: each word gets candidates, and the model chooses among them.
//!
//! A sentence is read from the top of its tree down, so that a word knows whether it is part of another statement's
//! content.
//!
//! - fires: *Ito said talks had stalled.* · *Talks had stalled, an aide said.* · *Ito's claim that talks had stalled*
//! - silent: *Ito cut a ribbon.* · *Ito did not say why.* (unsaid words are not a statement)

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
            // The first of equal candidates.
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

/// Returns true if a word may be a cue.
pub(super) fn may_be_cue(finder: &Finder<'_>, token: Token<'_>) -> bool {
    let is_free = !finder.is_claimed(token);
    let entry = predicate::cue(token);
    let silent = clause::is_negated(token)
        && entry.is_some_and(|entry| entry.is_speech() && token.lemma() != "deny");
    is_free && !silent && matches!(token.upos(), Upos::Verb | Upos::Noun | Upos::Adj)
}

/// Returns the tokens of a tree, each before its dependents.
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

/// *made the claim that …*: a verb and its object with the same content are one cue, headed by the noun.
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

/// Returns the content without the *that* it begins with.
fn unmarked(finder: &Finder<'_>, span: Span) -> Span {
    let first = finder.analysis.token_at(span.start());
    let that = first.filter(|first| clause::is(*first, "that") && first.deprel() == Deprel::Mark);
    let next = that.and_then(Token::next).filter(|next| next.span().end() <= span.end());
    next.map_or(span, |next| Span::new(next.span().start(), span.end()))
}

/// Returns true if a span holds more than punctuation.
fn has_words(finder: &Finder<'_>, span: Span) -> bool {
    clause::tokens_in(finder.analysis, span).any(|token| token.upos() != Upos::Punct)
}

/// Returns the words of a cue: auxiliaries and adverbs right before it, its particle and its preposition right after
/// it.
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

/// Returns true if a word before a verb belongs to the cue: *has said*, *also said*, *to call for*.
fn is_part(token: Token<'_>) -> bool {
    matches!(token.deprel(), Deprel::Aux | Deprel::AuxPass)
        || token.deprel() == Deprel::Mark && token.xpos() == Xpos::TO
        || token.deprel() == Deprel::Advmod && token.xpos() != Xpos::WRB
}

/// Returns the correction to the model's score: words in quotation marks are most likely said by somebody, and an unlisted verb
/// without a clause rarely reports speech.
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

/// Returns true if some of the content is in quotation marks.
fn quotes(finder: &Finder<'_>, candidate: &Candidate<'_>) -> bool {
    let Some(span) = candidate.content[0] else { return false };
    let after = finder.quotes.partition_point(|quote| quote.outer.end() <= span.start());
    finder.quotes.get(after).is_some_and(|quote| quote.outer.start() < span.end())
}

/// Correction for quotation marks.
const QUOTED: i32 = 8;

/// Penalty for an unlisted verb without clause or quotation marks.
const UNLISTED: i32 = 18;

/// Score that a candidate must exceed.
const THRESHOLD: i32 = -28;
