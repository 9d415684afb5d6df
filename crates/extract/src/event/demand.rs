//! Demands: to say what another must do is a request. *Oslo said Bergen must pay* is a REQUEST by Oslo.
//!
//! - fires: *The envoy warned that Bergen should withdraw.* · *Oslo said Bergen had to pay.*
//! - silent: *Oslo said it must pay.* (nobody requests something of themselves) · *Oslo said Bergen may pay.*

use dateline_core::codes::PloverType;
use dateline_lexicon::predicate::{self, Predicate};
use dateline_nlp::{Deprel, Token, Xpos};

use super::{actor::Actors, argument::Act, codebook::Pos, draft::Rule, frame::Fit};
use crate::{clause, entity::EntityIdx};

/// Reads the request in what a verb of speech reports.
pub(super) fn fit<'a>(act: &Act<'a>, actors: &Actors<'_>) -> Option<Fit<'a>> {
    let verb = act.head;
    if act.pos != Pos::Verb || predicate::cue(verb).is_none_or(Predicate::is_attitude) {
        return None;
    }
    let told = verb.child(Deprel::Ccomp).filter(|told| obliges(*told))?;
    let political = |word: Token<'_>| actors.political(word);
    let source = clause::agent(verb).and_then(political)?;
    let targets: Vec<EntityIdx> =
        clause::joined(clause::agent(told)?).filter_map(political).collect();
    let asks_another = !targets.is_empty() && !targets.contains(&source);
    asks_another.then(|| Fit {
        rule: Rule::Demand,
        frame: None,
        kind: PloverType::Request,
        sources: vec![source],
        targets,
    })
}

/// Returns true if a clause states an obligation: *must*, *should*, *ought to*, *have to*.
fn obliges(clause_head: Token<'_>) -> bool {
    let by_modal = clause_head.children().any(|aux| {
        aux.xpos() == Xpos::MD
            && ["must", "should", "ought"].iter().any(|modal| clause::is(aux, modal))
    });
    let by_have = clause::is(clause_head, "have")
        && clause_head.child(Deprel::Xcomp).is_some_and(clause::is_infinitive);
    by_modal || by_have
}
