//! Grammar of a clause, as the factuality model sees it: tense, modal, negation, subject, conjunction, condition.

use dateline_data::Lower;
use dateline_lexicon::WordClass;
use dateline_nlp::{Deprel, Token, Upos, Xpos};

use super::negation::{self, Negation};
use crate::clause;

/// Values of a clause. They are part of the model: if one changes, the model must be trained again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Situation<'a> {
    pub(super) tense: &'static str,
    /// *may*, *should*; empty if there is none.
    pub(super) modal: &'a str,
    pub(super) negation: &'static str,
    pub(super) subject: &'static str,
    /// Conjunction that opens the clause: *if*, *that*, *because*; empty if there is none.
    pub(super) mark: &'a str,
    /// `if`: it is a condition; `then`: it has one; `in if`: it depends on one.
    pub(super) condition: &'static str,
}

/// Reads the situation of a word; of a word that heads no clause, most values are empty.
pub(super) fn of(word: Token<'_>) -> Situation<'_> {
    let (mut tense, modal) = tense(word);
    let mut modal = modal.unwrap_or("");
    if tense == "base"
        && word.deprel() == Deprel::Conj
        && let Some(first) = clause::near_head(word)
        && matches!(first.xpos(), Xpos::VB)
    {
        // *will meet and sign*
        let (of_first, modal_of_first) = self::tense(first);
        (tense, modal) = (of_first, modal_of_first.unwrap_or(""));
    }
    let mark = word.child(Deprel::Mark).filter(|mark| mark.xpos() != Xpos::TO);
    Situation {
        tense,
        modal,
        negation: match negation::of(word) {
            Some(Negation::Own) => "not",
            Some(Negation::Subject) => "no subject",
            Some(Negation::Object) => "no object",
            None if weakly(word) => "hardly",
            None => "",
        },
        subject: subject(word),
        mark: mark.map_or("", Token::lemma),
        condition: condition(word),
    }
}

/// Returns the tense of a clause, and its modal if it has one.
pub(super) fn tense(word: Token<'_>) -> (&'static str, Option<&'static str>) {
    let (mut have, mut be, mut other) = (None, None, None);
    let mut is_to = false;
    for child in word.children() {
        match child.deprel() {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop => {
                if child.xpos() == Xpos::MD {
                    return ("modal", Some(modal_name(child)));
                }
                match child.lemma() {
                    "do" => return (if is_past(child) { "past" } else { "present" }, None),
                    "have" => have = have.or(Some(child)),
                    "be" => be = be.or(Some(child)),
                    // *got arrested*
                    _ => other = other.or(Some(child)),
                }
            }
            Deprel::Mark if child.xpos() == Xpos::TO => is_to = true,
            _ => {}
        }
    }
    let tense = match (is_to, have, be.or(other)) {
        (true, Some(_), _) => "to have",
        (true, None, _) => "to",
        (false, Some(have), _) if is_past(have) => "pluperfect",
        (false, Some(_), _) => "perfect",
        (false, None, Some(be)) => tense_with_be(word, be),
        (false, None, None) => own_tense(word),
    };
    (tense, None)
}

fn is_past(token: Token<'_>) -> bool {
    token.xpos() == Xpos::VBD
}

/// Returns the tense of a word with a form of *be*: *was leaving*, *is closed*, *was ready*.
fn tense_with_be(word: Token<'_>, be: Token<'_>) -> &'static str {
    match (word.xpos(), be.xpos()) {
        (Xpos::VBG, Xpos::VBD) => "was doing",
        (Xpos::VBG, Xpos::VBZ | Xpos::VBP) => "is doing",
        (Xpos::VBN, Xpos::VBD) => "was done",
        (Xpos::VBN, Xpos::VBZ | Xpos::VBP) => "is done",
        (_, Xpos::VBD) => "was",
        (_, Xpos::VBZ | Xpos::VBP) => "is",
        _ => "be",
    }
}

/// Returns the tense of a word without auxiliaries; `do!` is an imperative.
fn own_tense(word: Token<'_>) -> &'static str {
    match word.xpos() {
        Xpos::VBD => "past",
        Xpos::VBZ | Xpos::VBP => "present",
        Xpos::VBG => "doing",
        Xpos::VBN => "done",
        Xpos::VB if word.child(Deprel::Nsubj).is_none() && word.deprel() != Deprel::Conj => {
            match word.deprel() {
                Deprel::Root | Deprel::Parataxis => "do!",
                _ => "do",
            }
        }
        Xpos::VB => "base",
        _ => "none",
    }
}

/// Returns the name of a modal by its form, since the lemma of *would* is *will*.
pub(super) fn modal_name(aux: Token<'_>) -> &'static str {
    match Lower::<20>::without_stop(aux.text()).as_str() {
        "will" | "'ll" | "wo" | "shall" => "will",
        "would" | "'d" => "would",
        "can" | "ca" => "can",
        "could" => "could",
        "may" => "may",
        "might" => "might",
        "must" => "must",
        "should" | "ought" => "should",
        _ => "modal",
    }
}

/// Returns true for *hardly*, *barely*, *rarely*, *few envoys*.
fn weakly(word: Token<'_>) -> bool {
    let is_weak = |word: Token<'_>| WordClass::WeakNegation.has(word.lemma());
    word.children().any(|child| {
        child.deprel() == Deprel::Advmod && is_weak(child)
            || matches!(child.deprel(), Deprel::Nsubj | Deprel::Obj)
                && child.children().any(|below| below.deprel() == Deprel::Amod && is_weak(below))
    })
}

/// Returns the kind of word the subject is.
fn subject(word: Token<'_>) -> &'static str {
    let Some(subject) = clause::subject(word) else { return "" };
    match Lower::<20>::without_stop(subject.text()).as_str() {
        "i" | "me" => "i",
        "we" | "us" => "we",
        "you" | "u" | "ya" => "you",
        "he" | "she" | "him" | "her" => "he",
        "they" | "them" => "they",
        "it" => "it",
        "this" | "that" | "which" => "this",
        "who" => "who",
        "anyone" | "anybody" | "anything" | "someone" | "somebody" | "one" => "someone",
        _ => match subject.upos() {
            Upos::Propn => "name",
            Upos::Pron => "pronoun",
            _ if subject.xpos() == Xpos::NNS => "nouns",
            _ => "noun",
        },
    }
}

/// Returns how a clause relates to a condition.
fn condition(word: Token<'_>) -> &'static str {
    let is_if = |clause: Token<'_>| {
        clause.children().any(|child| {
            matches!(child.deprel(), Deprel::Mark | Deprel::Advmod)
                && matches!(
                    Lower::<20>::without_stop(child.text()).as_str(),
                    "if" | "unless" | "whether" | "whenever"
                )
        })
    };
    if is_if(word) {
        return "if";
    }
    let is_under = |clause: &Token<'_>| clause.deprel() == Deprel::Advcl && is_if(*clause);
    if word.children().any(|child| is_under(&child)) {
        return "then";
    }
    if word.ancestors().take(4).any(|above| is_under(&above)) { "in if" } else { "" }
}
