//! Effect of the words above an act: verbs, nouns and adjectives that embed it, and light verbs that lend a noun their
//! tense.

use dateline_core::{Certainty, Status};
use dateline_lexicon::{
    WordClass,
    predicate::{self, Predicate},
    preposition::Use,
};
use dateline_nlp::{Deprel, Token, Upos, Xpos};

use super::{Act, Reality};
use crate::clause;

/// Applies the effect of a head on the word below it. Returns false where the walk ends.
pub(super) fn climb(word: Token<'_>, head: Token<'_>, act: Act<'_>, reality: &mut Reality) -> bool {
    if !matches!(head.upos(), Upos::Verb | Upos::Noun | Upos::Adj) {
        return false;
    }
    let entry = predicate::governing_act(head);
    // *kept them from leaving*
    if word.xpos() == Xpos::VBG
        && word.children().any(|child| is_case(child) && clause::is(child, "from"))
        && let Some(entry) = predicate::governing_from(head)
    {
        reality.apply(entry);
        return true;
    }
    match word.deprel() {
        // A coordinated verb has the tense of the first.
        Deprel::Conj => head.upos() == word.upos() || head.upos() == Upos::Noun,
        Deprel::Xcomp => {
            if let Some(entry) = entry {
                reality.apply(entry);
            }
            true
        }
        Deprel::Ccomp if word.xpos() == Xpos::VBG || clause::is_infinitive(word) => {
            if let Some(entry) = entry {
                reality.apply(entry);
            }
            true
        }
        Deprel::Acl if clause::is_infinitive(word) || word.xpos() == Xpos::VBG => {
            if let Some(entry) = entry {
                reality.apply(entry);
            } else if clause::is_infinitive(word) {
                reality.claim(Status::Proposed);
                reality.doubt(Certainty::Possible);
            }
            // A plan that is refused or hoped for is still a plan.
            false
        }
        Deprel::Advcl if clause::is_infinitive(word) => {
            if let Some(entry) = entry {
                reality.apply(entry);
                return true;
            }
            reality.claim(Status::Proposed);
            reality.doubt(Certainty::Possible);
            false
        }
        Deprel::Advcl if word.xpos() == Xpos::VBG => true,
        Deprel::Obj
        | Deprel::NsubjPass
        | Deprel::Obl
        | Deprel::Nmod
        | Deprel::Nsubj
        | Deprel::Compound
            if word.upos() != Upos::Verb =>
        {
            nominal_climb(word, head, act, entry, reality)
        }
        _ => false,
    }
}

/// Applies the effect of what governs a noun: a light verb lends its tense, a plan or a hope makes the act one.
fn nominal_climb(
    word: Token<'_>,
    head: Token<'_>,
    act: Act<'_>,
    entry: Option<&'static Predicate>,
    reality: &mut Reality,
) -> bool {
    if let Some(light) = act.light
        && light.verb == head
        && word == act.head
    {
        // *called off the planned talks*: it is no longer planned.
        if light.effect.status == Some(Status::Cancelled) {
            (reality.status, reality.certainty) = (None, Certainty::Certain);
        }
        reality.apply(light.effect);
        return true;
    }
    // *there is no meeting*
    if clause::existence(word) == Some(head) {
        if clause::is_negated(head) {
            reality.negate();
        }
        return false;
    }
    // *the talks begin on Monday*, *the visit will take place*
    let begins = word.deprel() == Deprel::Nsubj
        && head.upos() == Upos::Verb
        && clause::is_of(head, WordClass::TakesPlace);
    if begins {
        return true;
    }
    match entry {
        // *a summit is unlikely*
        Some(entry) if word.deprel() == Deprel::Nsubj && head.upos() == Upos::Adj => {
            reality.apply(entry);
            true
        }
        Some(_) if word.deprel() == Deprel::Obj && clause::ascribed(head).is_some() => false,
        Some(entry) if word.deprel() != Deprel::Nsubj => {
            let looks_ahead = head.upos() != Upos::Verb
                || word.deprel() == Deprel::Obj
                || clause::preposition(word).is_some_and(|case| clause::may_be(case, Use::Ahead));
            if looks_ahead {
                reality.apply(entry);
            }
            false
        }
        _ => false,
    }
}

fn is_case(child: Token<'_>) -> bool {
    matches!(child.deprel(), Deprel::Mark | Deprel::Case)
}
