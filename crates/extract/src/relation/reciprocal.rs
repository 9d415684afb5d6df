//! Answers in kind: *tit-for-tat expulsions*, *retaliatory tariffs*, *expelled ten envoys in turn*.
//!
//! An act that follows another and is called an answer responds to it. If the text names no target, the targets are those who
//! acted first. Without a relation to an earlier act, the target stays empty.

use dateline_core::RelationKind;
use dateline_lexicon::WordClass;
use dateline_nlp::{Deprel, Token, Upos};

use super::RelationDraft;
use crate::{clause, event::EventDraft, reading::Reading};

/// Turns *after* into a response if the act is called an answer, and aims responses at those they answer.
pub(super) fn complete(
    reading: Reading<'_>,
    events: &mut [EventDraft],
    relations: &mut [RelationDraft],
) {
    for relation in relations {
        let (from, to) = (relation.from.0 as usize, relation.to.0 as usize);
        let answer = is_answer(reading.analysis.token(super::head(&events[from])));
        if relation.kind == RelationKind::After && answer {
            relation.kind = RelationKind::Response;
        }
        if relation.kind == RelationKind::Response
            && answer
            && events[from].targets.is_empty()
            && !events[from].sources.is_empty()
        {
            let first: Vec<_> = events[to]
                .sources
                .iter()
                .copied()
                .filter(|actor| !events[from].sources.contains(actor))
                .collect();
            events[from].targets = first;
        }
    }
}

/// Returns true if a noun is modified by a word for answers in kind.
fn is_answer(noun: Token<'_>) -> bool {
    let is_chain = |word: Token<'_>| clause::is_of(word, WordClass::AnswerChain);
    let follows_chain = noun.head().is_some_and(|head| head.idx() < noun.idx() && is_chain(head));
    noun.upos() == Upos::Noun
        && (follows_chain
            || noun.children().any(|child| {
                matches!(
                    child.deprel(),
                    Deprel::Amod | Deprel::Compound | Deprel::NmodUnmarked | Deprel::Nmod
                ) && child.idx() < noun.idx()
                    && (clause::is_of(child, WordClass::Answer)
                        || child.subtree_tokens().take(6).any(is_chain))
            }))
}
