//! Candidates of nouns and adjectives: *Ito's claim that …*, *his call for talks*, *confident that …*.

use dateline_lexicon::predicate;
use dateline_nlp::{Deprel, Token, Upos};

use super::{Candidate, ContentPosition, behind, without};
use crate::clause;

pub(super) fn of_noun<'a>(cue: Token<'a>, found: &mut Vec<Candidate<'a>>) {
    let known = predicate::cue(cue).is_some();
    let owner = cue.child(Deprel::NmodPoss).or_else(|| clause::oblique(cue, "by"));
    let source = owner.or_else(|| maker(cue));
    let plain = Candidate {
        cue,
        position: ContentPosition::Complement,
        preposition: None,
        source: source.filter(|source| clause::is_nominal(*source)),
        head: cue,
        content: [None; 2],
        cut: None,
    };
    let last = cue.subtree().1;
    for child in cue.children().filter(|child| child.idx() > cue.idx()) {
        let add = Candidate { head: child, ..plain };
        match child.deprel() {
            Deprel::Acl | Deprel::Ccomp | Deprel::AclRelcl | Deprel::Xcomp => {
                found.push(
                    add.with(ContentPosition::Complement, [Some(child.subtree_span()), None]),
                );
            }
            Deprel::Nmod | Deprel::Obl if known || owner.is_some() => {
                behind(add, child, last, found);
            }
            _ => {}
        }
    }
    if cue.deprel() == Deprel::Nsubj && (known || owner.is_some()) {
        let predicate = clause::near_head(cue);
        let said =
            predicate.and_then(|predicate| predicate.child(Deprel::Ccomp).or(Some(predicate)));
        if let (Some(predicate), Some(said)) = (predicate, said)
            && (clause::copula(predicate).is_some() || said != predicate)
        {
            let content = without(said.subtree_span(), cue.subtree_span());
            found.push(Candidate { head: said, ..plain }.with(ContentPosition::Predicate, content));
        }
    }
}

/// Returns who makes a claim: the subject of the verb whose object the noun is (*Ito made the claim that …*).
pub(super) fn maker(cue: Token<'_>) -> Option<Token<'_>> {
    let verb = clause::near_head(cue).filter(|_| cue.deprel() == Deprel::Obj)?;
    (verb.upos() == Upos::Verb).then(|| clause::agent(verb)).flatten()
}

pub(super) fn of_adjective<'a>(cue: Token<'a>, found: &mut Vec<Candidate<'a>>) {
    let source = clause::subject(cue).filter(|subject| {
        clause::is_nominal(*subject) && !clause::is(*subject, "it") && subject.idx() != cue.idx()
    });
    let plain = Candidate {
        cue,
        position: ContentPosition::Complement,
        preposition: None,
        source,
        head: cue,
        content: [None; 2],
        cut: None,
    };
    let last = cue.subtree().1;
    for child in cue.children().filter(|child| child.idx() > cue.idx()) {
        let add = Candidate { head: child, ..plain };
        match child.deprel() {
            Deprel::Ccomp | Deprel::Xcomp | Deprel::Advcl => {
                found.push(
                    add.with(ContentPosition::Complement, [Some(child.subtree_span()), None]),
                );
            }
            Deprel::Obl | Deprel::Nmod => behind(add, child, last, found),
            _ => {}
        }
    }
}
