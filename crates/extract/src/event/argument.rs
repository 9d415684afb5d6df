//! From a slot beside a trigger to the words that fill it, and from those to the entities they mean.
//!
//! - *Oslo expelled two envoys* · *two envoys were expelled by Oslo* · *envoys expelled by Oslo* fill the same slots.
//! - *Oslo's attack on Bergen*, *an attack by Oslo*, *Oslo launched an attack on Bergen* likewise.
//! - What belongs to an actor stands for it: *an attack on America's computers* is one on America.

use dateline_nlp::{Deprel, Token, Upos};

use super::{
    codebook::{Pos, Slot},
    light::{self, Light},
};
use crate::{
    clause,
    entity::{Entities, EntityIdx},
};

/// A word that may tell an act, with the verb that lends it a subject.
#[derive(Debug, Clone, Copy)]
pub(super) struct Act<'a> {
    pub(super) head: Token<'a>,
    pub(super) pos: Pos,
    /// For a noun: the light verb that governs it.
    pub(super) light: Option<(Token<'a>, Light)>,
}

impl<'a> Act<'a> {
    pub(super) fn verb(head: Token<'a>) -> Self {
        Self { head, pos: Pos::Verb, light: None }
    }

    pub(super) fn noun(head: Token<'a>) -> Self {
        Self { head, pos: Pos::Noun, light: light::governing(head) }
    }

    /// The words that fill a slot, what is joined to them by *and* included.
    pub(super) fn fillers(&self, slot: Slot, out: &mut Vec<Token<'a>>) {
        match self.pos {
            Pos::Verb => self.verb_fillers(slot, out),
            Pos::Noun => self.noun_fillers(slot, out),
        }
    }

    fn verb_fillers(&self, slot: Slot, out: &mut Vec<Token<'a>>) {
        let verb = self.head;
        let object = || clause::patient(verb);
        let first = match slot {
            Slot::Subject => clause::agent(verb),
            Slot::Object => object(),
            Slot::Indirect => verb.child(Deprel::Iobj),
            Slot::Possessor => object().and_then(|object| object.child(Deprel::NmodPoss)),
            Slot::Premodifier => {
                if let Some(object) = object() {
                    premodifiers(object, out);
                }
                None
            }
            Slot::Complement => complement(verb),
            Slot::Behind(preposition) => clause::oblique(verb, preposition).or_else(|| {
                let object = object()?;
                clause::oblique(object, preposition)
            }),
        };
        out.extend(first.into_iter().flat_map(clause::joined));
    }

    fn noun_fillers(&self, slot: Slot, out: &mut Vec<Token<'a>>) {
        let noun = self.head;
        let first = match slot {
            Slot::Subject => self.light.and_then(|(verb, _)| clause::agent(verb)),
            Slot::Object | Slot::Indirect => None,
            Slot::Possessor => possessor(noun),
            Slot::Premodifier => {
                premodifiers(noun, out);
                None
            }
            Slot::Complement => {
                noun.children().find(|child| matches!(child.deprel(), Deprel::Acl | Deprel::Ccomp))
            }
            Slot::Behind(preposition) => clause::oblique(noun, preposition).or_else(|| {
                let verb = self.light?.0;
                clause::oblique(verb, preposition)
            }),
        };
        out.extend(first.into_iter().flat_map(clause::joined));
    }
}

/// The clause or infinitive a verb takes.
fn complement(verb: Token<'_>) -> Option<Token<'_>> {
    verb.children().find(|child| {
        matches!(child.deprel(), Deprel::Xcomp | Deprel::Ccomp)
            || child.deprel() == Deprel::Advcl && clause::is_infinitive(*child)
    })
}

/// Who owns a noun; of nouns joined by *and*, the first has the owner of all.
fn possessor(noun: Token<'_>) -> Option<Token<'_>> {
    noun.child(Deprel::NmodPoss).or_else(|| {
        let first = clause::near_head(noun).filter(|_| noun.deprel() == Deprel::Conj)?;
        let own_determiner = noun.child(Deprel::Det).is_some();
        (!own_determiner).then(|| first.child(Deprel::NmodPoss)).flatten()
    })
}

/// Adjectives, nouns and names in front of a noun, and what hangs in front of them: *US* and *Russia* in *the US-Russia
/// summit*.
fn premodifiers<'a>(noun: Token<'a>, out: &mut Vec<Token<'a>>) {
    for child in noun.children() {
        let before = child.idx() < noun.idx();
        let modifies = matches!(
            child.deprel(),
            Deprel::Amod
                | Deprel::Compound
                | Deprel::NmodUnmarked
                | Deprel::Nmod
                | Deprel::NmodDesc
        );
        if before && modifies {
            out.extend(
                child
                    .subtree_tokens()
                    .take(16)
                    .filter(|token| matches!(token.upos(), Upos::Propn | Upos::Adj | Upos::Noun)),
            );
        }
    }
}

/// The entity a filler means: itself, the name beside it, or its owner.
pub(super) fn entity(filler: Token<'_>, entities: &Entities) -> Option<EntityIdx> {
    let direct = |token: Token<'_>| entities.headed_by(token.idx());
    if let Some(found) = direct(filler) {
        return Some(found);
    }
    let mut owner = None;
    for child in filler.children() {
        match child.deprel() {
            Deprel::Flat | Deprel::Appos | Deprel::NmodDesc if owner.is_none() => {
                owner = direct(child);
            }
            Deprel::NmodPoss | Deprel::Amod | Deprel::Compound | Deprel::NmodUnmarked => {
                owner = direct(child).or(owner);
            }
            Deprel::Nmod if owner.is_none() && filler.upos() == Upos::Noun => {
                let of = clause::preposition(child).is_some_and(|case| clause::is(case, "of"));
                owner = of.then(|| direct(child)).flatten();
            }
            _ => {}
        }
    }
    owner
}
