//! Negation of a clause or noun by its own words, wherever they stand in it.
//!
//! *did not meet*, *never met*, *no longer meet* · *no envoy left*, *neither side left*, *nobody left* · *signed no pact*,
//! *found nothing* · *without talks*, *without leaving* · *neither met nor spoke*, *did not meet or speak*

use dateline_data::Lower;
use dateline_lexicon::WordClass;
use dateline_nlp::{Deprel, Token, Upos, Xpos};

use crate::clause;

/// Kind of negation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Negation {
    /// By a word of its own: *not*, *never*, *no longer*, *nor*, *without*; of a noun, *no* and *neither*.
    Own,
    /// By its subject: *no envoy left*, *nobody left*.
    Subject,
    /// By its object: *signed no pact*, *found nothing*.
    Object,
}

/// Returns the negation of a word.
pub(super) fn of(word: Token<'_>) -> Option<Negation> {
    beside(word, None)
}

/// Returns the negation of a word, not counting one child that has been looked at.
pub(super) fn beside(word: Token<'_>, below: Option<Token<'_>>) -> Option<Negation> {
    if is_own(word) || is_yet(word) {
        return Some(Negation::Own);
    }
    if !clause::is_predicate(word) {
        return shared(word).then_some(Negation::Own);
    }
    for child in word.children().filter(|child| Some(*child) != below) {
        match child.deprel() {
            Deprel::Nsubj | Deprel::NsubjPass if is_nothing(child) => {
                return Some(Negation::Subject);
            }
            Deprel::Obj if is_nothing(child) => return Some(Negation::Object),
            _ => {}
        }
    }
    shared(word).then_some(Negation::Own)
}

/// Returns the word that negates a negated word, or the word itself if none is near.
pub(super) fn cue(word: Token<'_>) -> Token<'_> {
    beneath(word)
        .or_else(|| clause::near_head(word).filter(|_| shared(word)).and_then(beneath))
        .unwrap_or(word)
}

/// Returns the first word of negation among the children and grandchildren of a word.
fn beneath(word: Token<'_>) -> Option<Token<'_>> {
    let negates = |token: &Token<'_>| WordClass::Negation.has(lower(*token).as_str());
    word.children()
        .find(negates)
        .or_else(|| word.children().flat_map(Token::children).find(negates))
}

/// Returns true if a child negates the word.
fn is_own(word: Token<'_>) -> bool {
    word.children().any(|child| {
        let lower = lower(child);
        match child.deprel() {
            Deprel::Advmod => match lower.as_str() {
                "not" | "n't" | "never" | "nor" | "neither" | "nowhere" => !is_only(child),
                "longer" | "more" | "way" => child.children().any(is_no),
                _ => false,
            },
            Deprel::Det => is_no(child),
            Deprel::Cc | Deprel::CcPreconj => {
                // *neither met nor spoke*, *nor has it met*
                matches!(lower.as_str(), "neither" | "nor")
            }
            Deprel::Mark | Deprel::Case => lower.as_str() == "without",
            _ => false,
        }
    })
}

/// Lowercases a word for comparison.
fn lower(token: Token<'_>) -> Lower<20> {
    Lower::without_stop(token.text())
}

/// Returns true if *not* limits instead of denying: *not only*, *not just*.
fn is_only(not: Token<'_>) -> bool {
    not.next().is_some_and(|next| WordClass::Limiter.has(next.lemma()))
}

/// Returns true for *had yet to leave*.
fn is_yet(word: Token<'_>) -> bool {
    let to = word.children().find(|child| child.xpos() == Xpos::TO);
    to.and_then(Token::previous).is_some_and(|before| clause::is(before, "yet"))
}

fn is_no(token: Token<'_>) -> bool {
    matches!(lower(token).as_str(), "no" | "neither")
}

/// Returns true for *no envoy*, *neither*, *none of them*, *nobody*, *nothing*. *No* covers the nouns joined to its
/// own.
fn is_nothing(noun: Token<'_>) -> bool {
    let lower = lower(noun);
    matches!(lower.as_str(), "nobody" | "nothing" | "none" | "neither" | "no-one")
        || noun.children().any(|child| {
            matches!(child.deprel(), Deprel::Det | Deprel::CcPreconj | Deprel::Advmod)
                && is_no(child)
        })
}

/// Returns the verb above an infinitive that means no more than a modal: *is going* to leave, *has* to leave.
#[cfg(feature = "train")]
pub(super) fn semi_modal(word: Token<'_>) -> Option<Token<'_>> {
    let head = clause::near_head(word).filter(|_| word.deprel() == Deprel::Xcomp)?;
    let is_one = clause::is(head, "have") || clause::is(head, "go") && head.xpos() == Xpos::VBG;
    (is_one && clause::is_infinitive(word)).then_some(head)
}

/// Returns true if a coordinated word shares the negation of the first: *did not meet or speak*, *no meetings or
/// talks*.
pub(super) fn shared(word: Token<'_>) -> bool {
    if word.deprel() != Deprel::Conj {
        return false;
    }
    let Some(first) = clause::near_head(word) else { return false };
    let joins = |lemma: &str| word.child(Deprel::Cc).is_some_and(|cc| lower(cc).as_str() == lemma);
    if joins("but") || first.upos() != word.upos() && word.upos() == Upos::Verb {
        return false;
    }
    let has_own = word.children().any(|child| {
        matches!(
            child.deprel(),
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Aux | Deprel::AuxPass | Deprel::Det
        )
    });
    let is_finite = matches!(word.xpos(), Xpos::VBD | Xpos::VBZ | Xpos::VBP);
    (!has_own || joins("nor")) && !is_finite && is_own(first)
}
