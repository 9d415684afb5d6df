//! Light verbs in the tree: the verb that gives a noun its subject, if one governs it.
//!
//! - *Oslo held talks with Bergen*: the talks are Oslo's. · *Oslo called off the talks*: and they are cancelled.
//! - *Oslo will attend a summit in Bergen and talks in Rome*: the talks are as planned as the summit.
//! - *Oslo suffered an attack*: the attack is on Oslo. · *Oslo expects a visit.*

use dateline_lexicon::predicate::{self, LightVerb};
use dateline_nlp::{Deprel, Token, Upos};

use crate::clause;

/// Returns the light verb that governs a noun.
pub(super) fn governing(noun: Token<'_>) -> Option<(Token<'_>, LightVerb)> {
    let noun = clause::first_of_joined(noun);
    let verb = clause::near_head(noun)?;
    if verb.upos() != Upos::Verb {
        return None;
    }
    let light = match noun.deprel() {
        Deprel::Obj | Deprel::NsubjPass => with_particle(verb),
        Deprel::Obl => of_oblique(noun, verb),
        _ => None,
    }?;
    Some((verb, light))
}

/// *held talks* · *called off the talks*
fn with_particle(verb: Token<'_>) -> Option<LightVerb> {
    predicate::light_verb(verb.lemma(), clause::particle(verb).map(Token::lemma))
}

/// The light verb of a noun that the tree takes for an oblique.
fn of_oblique(noun: Token<'_>, verb: Token<'_>) -> Option<LightVerb> {
    let Some(preposition) = clause::preposition(noun) else {
        // *called off their talks*, read as an oblique without a preposition
        return clause::particle(verb).and_then(|_| with_particle(verb));
    };
    // *envoys took part in talks*
    if clause::is(preposition, "in")
        && let Some(light) =
            predicate::light_verb_in(verb.lemma(), verb.child(Deprel::Obj).map(Token::lemma))
    {
        return Some(light);
    }
    // *called off the talks*, read as called | off the talks
    let adjacent = preposition.idx().0 == verb.idx().0 + 1;
    adjacent.then(|| predicate::light_verb(verb.lemma(), Some(preposition.lemma()))).flatten()
}
