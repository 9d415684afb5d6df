//! Reasons given for hostile acts: *expelled two envoys over Oslo's attack*.
//!
//! The reason is the view of whoever acts, so the act it names is only probable.

use dateline_core::{Certainty, codes::Quad};
use dateline_lexicon::preposition::Use;
use dateline_nlp::{Deprel, Token, Upos};

use super::draft::EventDraft;
use crate::{clause, reading::Reading};

/// Makes acts probable that are given as the reason for a hostile act. The events are in the order of their triggers.
pub(super) fn doubt(reading: Reading<'_>, events: &mut [EventDraft]) {
    for at in 0..events.len() {
        let noun = reading.analysis.token(events[at].trigger.1);
        if noun.upos() == Upos::Noun
            && let Some(governor) = governor(noun)
            && let Ok(by) = events.binary_search_by_key(&governor.idx(), |event| event.trigger.1)
            && matches!(events[by].kind.quad(), Quad::MaterialConflict | Quad::VerbalConflict)
        {
            events[at].certainty = events[at].certainty.max(Certainty::Probable);
        }
    }
}

/// Returns the word that a noun gives the reason for, by *over*, *for* or *because of*.
pub(super) fn governor(noun: Token<'_>) -> Option<Token<'_>> {
    let mut noun = noun;
    for _ in 0..4 {
        let head = noun.head()?;
        match noun.deprel() {
            Deprel::Conj => noun = head,
            Deprel::Obl | Deprel::Nmod => {
                let case = clause::preposition(noun)?;
                return clause::may_be(case, Use::Reason).then_some(head);
            }
            _ => return None,
        }
    }
    None
}
