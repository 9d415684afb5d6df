//! A cue inserted into what it reports.
//!
//! - fires: *The talks, he added, had failed.* · *Talks had failed, officials say.*
//! - silent: *The talks, added last week, had failed.* (no subject)

use dateline_nlp::{Deprel, Span, Token, Upos};

use super::{Finder, Finding, cue, cue::Frame, cue_span, source};
use crate::clause;

pub(super) fn find(finder: &mut Finder<'_>) {
    for token in finder.analysis.tokens() {
        if token.upos() != Upos::Verb
            || token.deprel() != Deprel::Parataxis
            || finder.is_claimed(token)
            || !cue::of(token).is_some_and(|entry| entry.takes(Frame::That))
        {
            continue;
        }
        if let Some(finding) = read(finder, token) {
            finder.add(finding);
        }
    }
}

fn read<'a>(finder: &Finder<'_>, cue: Token<'a>) -> Option<Finding<'a>> {
    if cue.child(Deprel::Ccomp).is_some() || cue.child(Deprel::Obj).is_some() {
        return None;
    }
    let subject = cue.child(Deprel::Nsubj).filter(|subject| clause::is_nominal(*subject))?;
    let clause_head = clause::near_head(cue).filter(|head| clause::is_predicate(*head))?;
    let own = cue.subtree_span();
    let whole = clause_head.subtree_span();
    let content: Vec<Span> = [
        (whole.start() < own.start()).then(|| Span::new(whole.start(), own.start())),
        (own.end() < whole.end()).then(|| Span::new(own.end(), whole.end())),
    ]
    .into_iter()
    .flatten()
    .collect();
    Some(Finding {
        source: Some(source::of(subject, finder.entities)),
        cue: Some((cue, cue_span(cue))),
        content,
        addressee: source::addressee(cue, finder.entities),
    })
}
