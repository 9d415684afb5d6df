//! Triggers: the words of a document that a frame fits, or that refer back to such a word.

use dateline_nlp::{Span, Token, TokenIdx, Upos};

use super::{
    actor::Actors,
    anaphora,
    argument::Act,
    codebook::{Codebook, Mark},
    demand,
    frame::{self, Fit},
    known::Known,
    single,
};
use crate::clause;

/// Acts that have a frame, and words at which a frame says that there is none.
pub(super) struct Framed<'a> {
    /// In the order of the text; one for each act.
    pub(super) acts: Vec<(Act<'a>, Fit<'a>)>,
    /// In the order of the text.
    pub(super) vetoed: Vec<TokenIdx>,
}

/// Returns the acts of a document that have a frame.
pub(super) fn find<'a>(known: &Known<'a>) -> Framed<'a> {
    let found = all(known);
    let taken = single::taken_in(&found);
    let is_veto =
        |(_, fit): &(Act<'_>, Fit<'_>)| fit.frame.is_some_and(|frame| frame.mark == Mark::Veto);
    let vetoed = found.iter().filter(|one| is_veto(one)).map(|(act, _)| act.head.idx()).collect();
    let acts = found.into_iter().zip(taken).filter(|(one, taken)| !taken && !is_veto(one));
    Framed { acts: acts.map(|(one, _)| one).collect(), vetoed }
}

/// Returns all acts of a document that have a frame, in the order of the text, with those that are part of others.
pub(super) fn all<'a>(known: &Known<'a>) -> Vec<(Act<'a>, Fit<'a>)> {
    let mut found: Vec<(Act<'_>, Fit<'_>)> = Vec::new();
    for token in known.reading.analysis.tokens() {
        let Some(act) = act_of(known.codebook, token) else { continue };
        if let Some(fit) = fit(&act, &known.actors, &found) {
            found.push((act, fit));
        }
    }
    found
}

/// Returns the act that a token may be the trigger of.
fn act_of<'a>(codebook: &'a Codebook, token: Token<'a>) -> Option<Act<'a>> {
    match token.upos() {
        Upos::Verb => Some(Act::verb(codebook, token)),
        Upos::Noun => Some(Act::noun(codebook, token)),
        // *the Geneva summit* tagged as a name: a lowercase word is not one.
        Upos::Propn if token.text().starts_with(char::is_lowercase) => {
            Some(Act::noun(codebook, token))
        }
        _ => None,
    }
}

fn fit<'a>(act: &Act<'a>, actors: &Actors<'_>, found: &[(Act<'a>, Fit<'a>)]) -> Option<Fit<'a>> {
    frame::fit(act, actors)
        .or_else(|| demand::fit(act, actors))
        .or_else(|| anaphora::denial(act, found))
        .or_else(|| anaphora::pointing_back(act, found))
}

/// Returns the words of a trigger, with its particle and with the object that the frame takes in.
pub(super) fn span(act: &Act<'_>, fit: &Fit<'_>) -> Span {
    let mut span = act.head.span();
    if let Some(particle) = clause::particle(act.head)
        && particle.idx().0 == act.head.idx().0 + 1
    {
        span = span.cover(particle.span());
    }
    if fit.takes_object_in()
        && let Some(object) = clause::patient(act.head)
        && (act.head.idx().0..act.head.idx().0 + 5).contains(&object.idx().0)
    {
        span = span.cover(object.span());
    }
    span
}
