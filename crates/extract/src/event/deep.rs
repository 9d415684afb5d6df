//! Target of an act whose slots are empty: the first party in what the verb takes.
//!
//! - *Oslo demanded that Bergen pay* · *Oslo threatened to expel Bergen's envoy* · *Oslo rejected a Bergen proposal*:
//!   the clause or noun the act is about names its target.
//! - A modifier of that clause or noun (a relative clause, a condition, a time) is not searched.

use dateline_lexicon::preposition::Use;
use dateline_nlp::{Deprel, Token, Upos};

use super::{actor::Actors, argument::Act, class};
use crate::{clause, entity::EntityIdx};

/// Maximum number of words searched.
const REACH: usize = 24;

/// Returns the first political party in the object or complement of an act that is not among its sources, the nearest
/// first.
pub(super) fn target(
    act: &Act<'_>,
    actors: &Actors<'_>,
    sources: &[EntityIdx],
) -> Option<EntityIdx> {
    let mut level: Vec<Token<'_>> = vec![act.head];
    let mut seen = 0;
    while !level.is_empty() && seen < REACH {
        let mut next = Vec::new();
        for token in &level {
            let below = token.children().filter(|child| {
                child.idx() > act.head.idx() && belongs(*token, *child, *token == act.head)
            });
            for child in below {
                seen += 1;
                if let Some(idx) = party(child, actors).filter(|idx| !sources.contains(idx)) {
                    return Some(idx);
                }
                next.push(child);
            }
        }
        level = next;
    }
    None
}

/// Returns the party that a word itself names.
fn party(word: Token<'_>, actors: &Actors<'_>) -> Option<EntityIdx> {
    let named = matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj);
    let idx = named.then(|| actors.entities.headed_by(word.idx())).flatten()?;
    class::is_political(actors.entities.get(idx)).then_some(idx)
}

/// Returns true if a word is part of what its head takes.
fn belongs(head: Token<'_>, child: Token<'_>, top: bool) -> bool {
    match child.deprel() {
        Deprel::Obj
        | Deprel::Iobj
        | Deprel::Xcomp
        | Deprel::Ccomp
        | Deprel::NmodPoss
        | Deprel::NmodUnmarked
        | Deprel::Amod
        | Deprel::Compound
        | Deprel::Nsubj
        | Deprel::NsubjPass => true,
        // *protested in Oslo*, *a road near Oslo*: the place of an act is not its target; but *rejected a ban on votes in Oslo*.
        Deprel::Nmod | Deprel::Obl => clause::preposition(child).is_none_or(|case| {
            clause::may_be(case, Use::Aim) || !top && clause::may_be(case, Use::Owner)
        }),
        // *threatened to …*, at times read as a purpose; *an offer to …*
        Deprel::Advcl | Deprel::Acl => clause::is_infinitive(child) && head.upos() != Upos::Adj,
        _ => false,
    }
}
