//! One event for each act: an act that is part of another is not coded again.
//!
//! - *imposed sanctions*: the noun is part of the verb's frame.
//! - *agreed to meet*, *demanded that Oslo withdraw*, *threatened to attack*, *invited him to a meeting*: the verbal
//!   act is the event, and its content is not an event of its own.

use dateline_core::codes::{PloverType, Quad};
use dateline_nlp::{Deprel, Token};

use super::{argument::Act, frame::Fit};
use crate::clause;

/// Maximum number of steps up the tree.
const REACH: usize = 8;

/// Returns for each act whether it is part of another.
pub(super) fn taken_in(found: &[(Act<'_>, Fit<'_>)]) -> Vec<bool> {
    found.iter().map(|one| is_taken_in(one, found)).collect()
}

fn is_taken_in(one: &(Act<'_>, Fit<'_>), found: &[(Act<'_>, Fit<'_>)]) -> bool {
    let by_reduced = one.0.head.children().any(|child| {
        found
            .binary_search_by_key(&child.idx(), |(act, _)| act.head.idx())
            .is_ok_and(|at| found[at].1.takes_object_in())
            && clause::patient(child) == Some(one.0.head)
    });
    if by_reduced {
        return true;
    }
    let mut child = one.0.head;
    for _ in 0..REACH {
        let Some(head) = child.head() else { return false };
        if let Ok(at) = found.binary_search_by_key(&head.idx(), |(act, _)| act.head.idx())
            && takes_in(&found[at].1, child, one)
        {
            return true;
        }
        child = head;
    }
    false
}

/// Returns true if what depends on the trigger of a frame through `child` is part of its act.
fn takes_in(outer: &Fit<'_>, child: Token<'_>, inner: &(Act<'_>, Fit<'_>)) -> bool {
    let object = matches!(child.deprel(), Deprel::Obj | Deprel::NsubjPass);
    if object && child == inner.0.head && outer.takes_object_in() {
        return true;
    }
    // Anything deeper in the complement is reported, not requested.
    let own = inner.0.head;
    if own != child && own.head() != Some(child) {
        return false;
    }
    let verbal = matches!(
        outer.kind,
        PloverType::Agree | PloverType::Request | PloverType::Reject | PloverType::Threaten
    );
    let friendly =
        matches!(inner.1.kind.quad(), Quad::VerbalCooperation | Quad::MaterialCooperation);
    verbal
        && match child.deprel() {
            Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl | Deprel::Advcl => true,
            Deprel::Obj | Deprel::Obl | Deprel::Nmod => friendly,
            _ => false,
        }
}
