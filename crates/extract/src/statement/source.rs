//! Speaker and listener of a cue: the words that name them and the entities they mean.

use dateline_nlp::{Deprel, Span, Token, Upos};

use crate::{
    clause,
    entity::{Entities, EntityIdx},
};

/// Words that name a speaker, and the entity they mean.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source {
    pub(super) span: Span,
    pub(super) speaker: Option<EntityIdx>,
}

/// Returns the source a nominal names, with its modifiers but without a relative clause after it.
pub(super) fn of(nominal: Token<'_>, entities: &Entities) -> Source {
    let (mut first, mut last) = nominal.subtree();
    // The preposition in front is not part of the source.
    while matches!(first.deprel(), Deprel::Case | Deprel::Mark)
        && first.idx() < nominal.idx()
        && let Some(next) = first.next()
    {
        first = next;
    }
    for child in nominal.children() {
        let cut = matches!(
            child.deprel(),
            Deprel::AclRelcl | Deprel::Parataxis | Deprel::Acl | Deprel::Advcl
        );
        // *President Ruiz on May 4 said*: the date is not part of her name.
        let dated = child.deprel() == Deprel::Nmod
            && nominal.upos() == Upos::Propn
            && clause::preposition(child).is_some_and(|case| clause::is(case, "on"));
        if (cut || dated) && child.idx() > nominal.idx() {
            let from = child.subtree().0;
            if let Some(before) = from.previous()
                && before.idx() < last.idx()
            {
                last = before;
            }
        }
    }
    let span = bare(first, last.max_by_idx(nominal));
    Source { span, speaker: entity(nominal, entities) }
}

trait Later {
    fn max_by_idx(self, other: Self) -> Self;
}

impl Later for Token<'_> {
    fn max_by_idx(self, other: Self) -> Self {
        if self.idx() >= other.idx() { self } else { other }
    }
}

/// Returns the entity a nominal means: by its head, else by the name beside it.
pub(super) fn entity(nominal: Token<'_>, entities: &Entities) -> Option<EntityIdx> {
    // *the aide who said*: who says it is the aide, named by *who*.
    let nominal = clause::meant_by_relative(nominal).unwrap_or(nominal);
    entities.headed_by(nominal.idx()).or_else(|| {
        nominal
            .children()
            .filter(|child| {
                matches!(
                    child.deprel(),
                    Deprel::Flat | Deprel::Appos | Deprel::NmodDesc | Deprel::Compound
                )
            })
            .find_map(|child| entities.headed_by(child.idx()))
    })
}

/// Returns the span from one token to another without punctuation at its edges.
pub(super) fn bare(first: Token<'_>, last: Token<'_>) -> Span {
    let (mut first, mut last) = (first, last);
    while is_edge(last)
        && last.idx() > first.idx()
        && let Some(before) = last.previous()
    {
        last = before;
    }
    while is_edge(first)
        && first.idx() < last.idx()
        && let Some(after) = first.next()
    {
        first = after;
    }
    first.span().cover(last.span())
}

fn is_edge(token: Token<'_>) -> bool {
    token.text().chars().all(|c| c != '$' && c != '%' && !c.is_alphanumeric())
}

/// Returns the addressee of a cue: the object of *told*, the *to* of *said to*.
pub(super) fn addressee(cue: Token<'_>, entities: &Entities) -> Option<EntityIdx> {
    if clause::is_passive(cue) {
        return entity(clause::subject(cue)?, entities);
    }
    let listener = cue
        .child(Deprel::Iobj)
        .or_else(|| cue.child(Deprel::Obj).filter(|object| clause::is_nominal(*object)))
        .or_else(|| clause::oblique(cue, "to"))?;
    entity(listener, entities)
}
