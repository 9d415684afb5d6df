//! Arguments of a trigger: from a slot to the words that fill it.
//!
//! - *Oslo expelled two envoys* · *two envoys were expelled by Oslo* · *envoys expelled by Oslo* fill the same slots.
//! - *Oslo's attack on Bergen*, *an attack by Oslo*, *Oslo launched an attack on Bergen* likewise.

use dateline_lexicon::predicate::LightVerb;
use dateline_nlp::{Deprel, Token, Upos, Xpos};

use super::{
    codebook::{Codebook, Frame, Pos, Slot},
    light,
};
use crate::{clause, factuality};

/// Word that may report an act, with the verb that lends it a subject.
#[derive(Debug, Clone, Copy)]
pub(super) struct Act<'a> {
    pub(super) codebook: &'a Codebook,
    pub(super) head: Token<'a>,
    pub(super) pos: Pos,
    /// Light verb that governs a noun.
    pub(super) light: Option<(Token<'a>, LightVerb)>,
}

impl<'a> Act<'a> {
    pub(super) fn verb(codebook: &'a Codebook, head: Token<'a>) -> Self {
        Self { codebook, head, pos: Pos::Verb, light: None }
    }

    /// Returns the frames that its word triggers, whether they fit or not.
    pub(super) fn frames(&self) -> &'a [Frame] {
        self.codebook.frames_of(self.head.lemma(), self.pos)
    }

    /// Returns the act that a word of any kind would tell.
    pub(super) fn of(codebook: &'a Codebook, head: Token<'a>) -> Self {
        if head.upos() == Upos::Verb {
            Self::verb(codebook, head)
        } else {
            Self::noun(codebook, head)
        }
    }

    pub(super) fn noun(codebook: &'a Codebook, head: Token<'a>) -> Self {
        Self { codebook, head, pos: Pos::Noun, light: light::governing(head) }
    }

    /// Returns the verb that lends the act its tense.
    pub(super) fn lent(&self) -> Option<factuality::Light<'a>> {
        let (verb, light) = self.light?;
        Some(factuality::Light { verb, effect: light.effect })
    }

    /// Adds the words that fill a slot, and those joined to them by *and*.
    pub(super) fn fillers(&self, slot: &Slot, out: &mut Vec<Token<'a>>) {
        match self.pos {
            Pos::Verb => self.verb_fillers(slot, out),
            Pos::Noun => self.noun_fillers(slot, out),
        }
    }

    fn verb_fillers(&self, slot: &Slot, out: &mut Vec<Token<'a>>) {
        let verb = self.head;
        let object = || clause::patient(verb);
        let first = match slot {
            Slot::Subject => {
                out.extend(clause::agents(verb));
                None
            }
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

    fn noun_fillers(&self, slot: &Slot, out: &mut Vec<Token<'a>>) {
        let noun = self.head;
        let first = match slot {
            Slot::Subject => {
                out.extend(self.light.into_iter().flat_map(|(verb, _)| clause::agents(verb)));
                None
            }
            Slot::Object | Slot::Indirect => None,
            Slot::Possessor => possessor(self.codebook, noun),
            Slot::Premodifier => {
                premodifiers(noun, out);
                None
            }
            Slot::Complement => {
                noun.children().find(|child| matches!(child.deprel(), Deprel::Acl | Deprel::Ccomp))
            }
            Slot::Behind(preposition) => clause::oblique(noun, preposition)
                .or_else(|| next_phrase(noun, preposition))
                .or_else(|| {
                    let verb = match self.light {
                        Some((verb, _)) => verb,
                        // *protests broke out in Oslo*
                        None => clause::near_head(noun)
                            .filter(|_| *preposition == "in" && noun.deprel() == Deprel::Nsubj)?,
                    };
                    clause::oblique(verb, preposition)
                }),
        };
        out.extend(first.into_iter().flat_map(clause::joined));
    }
}

/// Returns the clause or infinitive a verb takes.
///
/// An ascribed predicate (*called the step hasty*) is not a clause, and a question (*asked whether they had met*) reports no act.
fn complement(verb: Token<'_>) -> Option<Token<'_>> {
    // *told reporters that ...*: what a listener is told is no act of the listener.
    let tells = verb.child(Deprel::Iobj).is_some() && verb.child(Deprel::Obj).is_none();
    verb.children().find(|child| {
        let is_told = tells && child.deprel() == Deprel::Ccomp && !clause::is_infinitive(*child);
        matches!(child.deprel(), Deprel::Xcomp | Deprel::Ccomp)
            && !is_told
            && clause::ascribed(verb) != Some(*child)
            && !is_question(*child)
            || child.deprel() == Deprel::Advcl
                && clause::is_infinitive(*child)
                && child.child(Deprel::Mark).is_none_or(|mark| mark.xpos() == Xpos::TO)
    })
}

/// Returns true if a clause is an indirect question: *whether they had met*.
fn is_question(predicate: Token<'_>) -> bool {
    predicate
        .child(Deprel::Mark)
        .is_some_and(|mark| clause::is(mark, "whether") || clause::is(mark, "if"))
}

/// Returns the phrase right after a noun that the tree attaches beside it: *the attack | on the base*.
fn next_phrase<'a>(noun: Token<'a>, preposition: &str) -> Option<Token<'a>> {
    let head = clause::near_head(noun)?;
    if !matches!(noun.deprel(), Deprel::Nmod | Deprel::Obl | Deprel::Obj | Deprel::Conj) {
        return None;
    }
    let mut next = noun.subtree().1.next()?;
    if next.upos() == Upos::Punct {
        next = next.next()?;
    }
    let phrase =
        next.head().filter(|_| clause::is(next, preposition) && next.deprel() == Deprel::Case)?;
    (phrase.head() == Some(head)).then_some(phrase)
}

/// Maximum number of tokens searched for the owner of joined nouns.
const OWNER_REACH: usize = 16;

/// Returns the owner of a noun. Of acts joined by *and* (*Oslo's attack on the base and interference in the vote*), the
/// first has the owner of all. In a hyphenated chain (*Oslo's tit-for-tat strikes*), the front of the chain has it.
fn possessor<'a>(codebook: &Codebook, noun: Token<'a>) -> Option<Token<'a>> {
    if let Some(owner) = noun.child(Deprel::NmodPoss) {
        return Some(owner);
    }
    let head = clause::near_head(noun)?;
    if head.idx() < noun.idx() && head.next().is_some_and(|next| next.text() == "-") {
        return head.child(Deprel::NmodPoss);
    }
    if noun.deprel() != Deprel::Conj || noun.child(Deprel::Det).is_some() {
        return None;
    }
    let is_act = |token: Token<'_>| {
        token.upos() == Upos::Noun && !codebook.frames_of(token.lemma(), Pos::Noun).is_empty()
    };
    if is_act(head) {
        return head.child(Deprel::NmodPoss);
    }
    std::iter::successors(noun.previous(), |token| token.previous())
        .take(OWNER_REACH)
        .take_while(|token| token.upos() != Upos::Verb)
        .find(|token| is_act(*token))
        .and_then(|act| act.child(Deprel::NmodPoss))
}

/// Adds the adjectives, nouns and names in front of a noun, and those inside them: *US* and *Russia* in *the US-Russia
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
