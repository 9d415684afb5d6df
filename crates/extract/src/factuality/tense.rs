//! Tense of a clause, its modals and its conditions.

use dateline_core::{Certainty, Status};
use dateline_nlp::{Deprel, Token, Xpos};

use super::Reality;
use crate::clause;

/// Reads the tense of a clause. Returns false if it has none of its own.
pub(super) fn tense(verb: Token<'_>, reality: &mut Reality) -> bool {
    let mut have = None;
    let mut be = None;
    for aux in verb.children() {
        match aux.deprel() {
            Deprel::Aux | Deprel::Cop | Deprel::AuxPass => {}
            _ => continue,
        }
        if aux.xpos() == Xpos::MD {
            modal(aux, reality);
            return true;
        }
        if clause::is(aux, "have") {
            have = Some(aux);
        } else if clause::is(aux, "be") {
            be = be.or(Some(aux));
        } else if clause::is(aux, "do") {
            let past = aux.xpos() == Xpos::VBD;
            reality.claim(if past { Status::Occurred } else { Status::Ongoing });
            return true;
        }
    }
    if clause::is_infinitive(verb) {
        // *is to meet*
        return false;
    }
    let finite_be = be.filter(|be| matches!(be.xpos(), Xpos::VBD | Xpos::VBZ | Xpos::VBP));
    if let Some(have) = have {
        if have.xpos() == Xpos::VB {
            return false;
        }
        reality.claim(Status::Occurred);
        return true;
    }
    match (verb.xpos(), finite_be) {
        (Xpos::VBG, Some(be)) => {
            // *going to meet*
            if clause::is(verb, "go") && verb.child(Deprel::Xcomp).is_some() {
                reality.future = true;
                reality.claim(Status::Expected);
                return true;
            }
            reality.future = be.xpos() != Xpos::VBD;
            reality.claim(if be.xpos() == Xpos::VBD { Status::Occurred } else { Status::Ongoing });
            true
        }
        (Xpos::VBN, Some(_)) | (Xpos::VBD, _) => {
            reality.claim(Status::Occurred);
            true
        }
        // A base form with a subject is the present tense, tagged wrongly.
        (Xpos::VB, None)
            if verb.deprel() == Deprel::Root && verb.child(Deprel::Nsubj).is_some() =>
        {
            reality.future = true;
            reality.claim(Status::Occurred);
            true
        }
        (Xpos::VBZ | Xpos::VBP, _) => {
            reality.future = true;
            reality.claim(Status::Occurred);
            true
        }
        (Xpos::VBN, None) if matches!(verb.deprel(), Deprel::Acl | Deprel::Root | Deprel::Amod) => {
            reality.claim(Status::Occurred);
            true
        }
        // A predicate noun or adjective with its copula.
        (_, Some(be)) => {
            reality.future = be.xpos() != Xpos::VBD;
            reality.claim(Status::Occurred);
            true
        }
        _ => false,
    }
}

fn modal(aux: Token<'_>, reality: &mut Reality) {
    let (status, certainty) = match aux.lemma().to_ascii_lowercase().as_str() {
        "will" | "'ll" | "’ll" | "shall" | "wo" => {
            // The lemma of *would* is *will*.
            if aux.text().to_ascii_lowercase().starts_with('w') && aux.text().ends_with('d') {
                (Status::Hypothetical, Certainty::Possible)
            } else {
                reality.future = true;
                (Status::Expected, Certainty::Probable)
            }
        }
        "should" | "must" | "ought" => (Status::Proposed, Certainty::Possible),
        _ => (Status::Hypothetical, Certainty::Possible),
    };
    reality.claim(status);
    reality.doubt(certainty);
}

/// Returns the auxiliary that carries the tense of a clause, else the verb itself.
pub(super) fn carrier(verb: Token<'_>) -> Token<'_> {
    let carries =
        |aux: &Token<'_>| matches!(aux.deprel(), Deprel::Aux | Deprel::Cop | Deprel::AuxPass);
    verb.children().find(carries).unwrap_or(verb)
}

/// Returns *if*, *unless* or *whether* in front of a clause.
pub(super) fn condition(verb: Token<'_>) -> Option<Token<'_>> {
    verb.children().find(|child| {
        child.deprel() == Deprel::Mark
            && ["if", "unless", "whether"].iter().any(|mark| clause::is(*child, mark))
    })
}

/// Returns true if a clause is a yes-no question: *did Oslo attack?*, but not *why did Oslo attack?*
pub(super) fn is_asked(verb: Token<'_>) -> bool {
    if !matches!(verb.deprel(), Deprel::Root | Deprel::Parataxis | Deprel::Conj) {
        return false;
    }
    let asks = verb.sentence().tokens().rev().take(3).any(|token| token.text() == "?");
    let subject = || {
        verb.children().find(|child| {
            matches!(child.deprel(), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Expl)
        })
    };
    asks && subject().is_some_and(|subject| {
        let mut inverted = false;
        for child in verb.children().take_while(|child| child.idx() < subject.idx()) {
            match child.deprel() {
                Deprel::Aux | Deprel::AuxPass | Deprel::Cop => inverted = true,
                _ if matches!(child.xpos(), Xpos::WP | Xpos::WRB | Xpos::WDT) => return false,
                _ => {}
            }
        }
        inverted
    })
}
