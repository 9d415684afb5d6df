//! Answers in kind: *tit-for-tat expulsions*, *retaliatory tariffs*, *expelled ten envoys in turn*.
//!
//! An act that follows another and is called an answer responds to it. If the sentence names no target, the targets are those who
//! acted first. Without a relation to an earlier act, the target stays empty.

use dateline_core::RelationKind;
use dateline_lexicon::WordClass;
use dateline_nlp::{Deprel, Token, Upos};

use super::RelationDraft;
use crate::{clause, entity::Entities, event::EventDraft, reading::Reading};

/// Turns *after* into a response if the act is called an answer, and aims responses at those they answer.
pub(super) fn complete(
    reading: Reading<'_>,
    entities: &Entities,
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
            && !names_target(reading, entities, &events[from])
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

/// Returns true if the sentence of an act names one of its targets.
fn names_target(reading: Reading<'_>, entities: &Entities, event: &EventDraft) -> bool {
    let sentence = reading.analysis.token(event.trigger.1).sentence().span();
    event.targets.iter().any(|target| entities.get(*target).mentions_in(sentence).next().is_some())
}

/// Returns true if a noun is modified by a word for answers in kind.
fn is_answer(noun: Token<'_>) -> bool {
    let is_chain = |word: Token<'_>| clause::is_of(word, WordClass::AnswerChain);
    // *tit-for-tat*: words joined by hyphens, wherever the tree puts them.
    let before = || std::iter::successors(noun.previous(), |token| token.previous());
    let is_joined = before().nth(1).is_some_and(|token| token.text() == "-");
    let is_hyphenated = is_joined && before().take(5).any(is_chain);
    let follows_chain = noun.head().is_some_and(|head| head.idx() < noun.idx() && is_chain(head));
    noun.upos() == Upos::Noun
        && (follows_chain
            || is_hyphenated
            || noun.children().any(|child| {
                matches!(
                    child.deprel(),
                    Deprel::Amod | Deprel::Compound | Deprel::NmodUnmarked | Deprel::Nmod
                ) && child.idx() < noun.idx()
                    && (clause::is_of(child, WordClass::Answer)
                        || child.subtree_tokens().take(6).any(is_chain))
            }))
}
