//! "X's claim that Z": a noun of speech or attitude with its clause.
//!
//! - fires: *Oslo's claim that talks had stalled* · *Ito made a promise to return.*
//! - silent: *the claim that talks had stalled* (nobody makes it) · *the fact that …* (no cue)

use dateline_nlp::{Deprel, Token, Upos};

use super::{
    Finder, Finding, cue,
    cue::{CueEntry, Frame},
    source,
};
use crate::clause;

pub(super) fn find(finder: &mut Finder<'_>) {
    for token in finder.analysis.tokens() {
        if token.upos() != Upos::Noun || finder.is_claimed(token) {
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
    let said = cue.children().find(|child| {
        let governed = matches!(child.deprel(), Deprel::Acl | Deprel::Ccomp);
        let that =
            child.children().any(|mark| mark.deprel() == Deprel::Mark && clause::is(mark, "that"));
        governed
            && (that && entry.takes(Frame::That)
                || clause::is_infinitive(*child) && entry.takes(Frame::To))
    })?;
    let speaker = cue
        .child(Deprel::NmodPoss)
        .or_else(|| clause::oblique(cue, "by"))
        .or_else(|| clause::oblique(cue, "of").filter(|of| of.idx() < said.idx()))
        .or_else(|| maker(cue))?;
    let source = source::of(speaker, finder.entities);
    let (mut first, last) = said.subtree();
    if first.deprel() == Deprel::Mark && clause::is(first, "that") {
        first = first.next().unwrap_or(first);
    }
    Some(Finding {
        source: Some(source),
        cue: Some((cue, cue.span())),
        content: vec![first.span().cover(last.span())],
        addressee: None,
    })
}

/// Who makes it: the subject of the verb whose object the noun is (*Ito made the claim that …*).
fn maker(cue: Token<'_>) -> Option<Token<'_>> {
    let verb = clause::near_head(cue).filter(|_| cue.deprel() == Deprel::Obj)?;
    let entry_of_its_own = cue::of(verb).is_some_and(|entry| entry.takes(Frame::NounPhrase));
    (!entry_of_its_own && verb.upos() == Upos::Verb).then(|| clause::agent(verb)).flatten()
}
