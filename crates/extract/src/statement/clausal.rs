//! Clauses that a verb of speech or attitude governs, with and without *that*.
//!
//! - fires: *Ito said talks had stalled.* · *Ito told reporters that talks had stalled.* · *Ito promised to return.*
//!   · *Talks had stalled, an aide said.* · *It is believed that talks have stalled.*
//! - silent: *Ito told reporters a story.* · *Ito did not say why.*

use dateline_nlp::{Deprel, Span, Token, Upos};

use super::{
    Finder, Finding, cue,
    cue::{CueEntry, Frame},
    cue_span, source,
};
use crate::clause;

pub(super) fn find(finder: &mut Finder<'_>) {
    for token in finder.analysis.tokens() {
        if !matches!(token.upos(), Upos::Verb | Upos::Adj) || finder.is_claimed(token) {
            continue;
        }
        if let Some(entry) = cue::of(token)
            && let Some(finding) = read(finder, token, entry)
        {
            finder.add(finding);
        }
    }
}

fn read<'a>(finder: &Finder<'_>, cue: Token<'a>, entry: &CueEntry) -> Option<Finding<'a>> {
    let said = said(cue, entry)?;
    // What is left unsaid is no statement; who does not believe still has a view.
    if clause::is_negated(cue) && !entry.attitude {
        return None;
    }
    let passive = clause::is_passive(cue);
    let source = clause::agent(cue)
        .filter(|agent| clause::is_nominal(*agent) && !clause::is(*agent, "it"))
        .map(|agent| source::of(agent, finder.entities))
        .filter(|source| !source.span.overlaps(cue.span()));
    let infinitive = said.deprel() == Deprel::Xcomp;
    if source.is_none() && (!passive || infinitive) {
        return None;
    }
    if entry.attitude && is_of_the_speaker(finder, cue) {
        return None;
    }
    let content = stretches(said, cue, source.map(|source| source.span));
    let addressee = source::addressee(cue, finder.entities);
    Some(Finding { source, cue: Some((cue, cue_span(cue))), content, addressee })
}

/// The head of the clause that is said.
fn said<'a>(cue: Token<'a>, entry: &CueEntry) -> Option<Token<'a>> {
    let governed = cue.children().find(|child| match child.deprel() {
        Deprel::Ccomp => entry.takes(Frame::That) && !is_bare_question(*child),
        Deprel::Xcomp if clause::is_infinitive(*child) => {
            entry.takes(Frame::To)
                || entry.takes(Frame::ObjectTo) && cue.child(Deprel::Obj).is_some()
        }
        Deprel::Obj => {
            entry.takes(Frame::NounPhrase) && child.upos() == Upos::Noun && child.idx() > cue.idx()
        }
        _ => false,
    });
    // *told reporters that talks had stalled*, read as reporters that …
    governed.or_else(|| {
        let listener = cue.child(Deprel::Obj).filter(|_| entry.takes(Frame::Addressee))?;
        let clause = listener.child(Deprel::AclRelcl)?;
        let that = clause::is(clause.subtree().0, "that");
        (that && clause.child(Deprel::Nsubj).is_some_and(|subject| !clause::is(subject, "that")))
            .then_some(clause)
    })
}

/// *said why*: a question word alone says nothing.
fn is_bare_question(clause: Token<'_>) -> bool {
    let (first, last) = clause.subtree();
    first.idx() == last.idx() && clause.upos() != Upos::Verb
}

/// *"I think we should go"*: a view of the speaker of the quote is part of what he says.
fn is_of_the_speaker(finder: &Finder<'_>, cue: Token<'_>) -> bool {
    let quoted = finder.quote_at(cue.span().start()).is_some();
    quoted
        && clause::subject(cue).is_some_and(|subject| {
            ["i", "we"].iter().any(|own| subject.text().eq_ignore_ascii_case(own))
        })
}

/// What is said: the clause without its *that*, cut where the cue's own words stand inside it.
fn stretches(said: Token<'_>, cue: Token<'_>, source: Option<Span>) -> Vec<Span> {
    let (mut first, last) = said.subtree();
    if clause::is(first, "that") && matches!(first.deprel(), Deprel::Mark | Deprel::Obj) {
        first = first.next().unwrap_or(first);
    }
    let whole = first.span().cover(last.span());
    let own = source.map_or(cue.span(), |span| span.cover(cue.span()));
    if !whole.overlaps(own) {
        return vec![whole];
    }
    [
        (whole.start() < own.start()).then(|| Span::new(whole.start(), own.start())),
        (own.end() < whole.end()).then(|| Span::new(own.end(), whole.end())),
    ]
    .into_iter()
    .flatten()
    .collect()
}
