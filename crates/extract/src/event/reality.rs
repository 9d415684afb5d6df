//! Status, polarity and certainty of an act in the whole document: its own clause, what hinders it, the statements it is part of,
//! scare quotes, its date, and earlier reports.

use dateline_core::{Certainty, Polarity, StatementKind, Status};
use dateline_lexicon::predicate::{self, Complement};
use dateline_nlp::{Deprel, Token, Upos};

use super::{argument::Act, draft::EventDraft, frame::Fit, known::Known};
use crate::{
    clause,
    factuality::{self, Reality, Step},
    reading::Reading,
    statement::{StatementDraft, StatementIdx},
    time::When,
};

/// Maximum number of earlier events searched.
const MEMORY: usize = 100;

/// Applies to the reality of an act's own clause what hinders it and what its statements and scare quotes say, and reports each
/// step that changes something.
pub(super) fn in_document(
    known: &Known<'_>,
    head: Token<'_>,
    attribution: &[StatementIdx],
    own: Reality,
    mut observe: impl FnMut(Step),
) -> Reality {
    let mut reality = own;
    if let Some(hindrance) = factuality::hindrance(head) {
        reality.hinder(hindrance);
        if reality != own {
            observe(Step { cue: hindrance.cue.span(), before: own, after: reality });
        }
    }
    for idx in attribution {
        let statement = &known.statements[idx.0 as usize];
        let Some((cue, _)) = statement.cue else { continue };
        let before = reality;
        apply_cue(known, statement, &mut reality);
        if reality != before {
            observe(Step { cue, before, after: reality });
        }
    }
    let near = known.scare_quotes.partition_point(|span| span.end() <= head.span().start());
    if let Some(&cue) = known.scare_quotes.get(near).filter(|span| span.contains(head.span())) {
        let before = reality;
        reality.doubt(Certainty::Probable);
        if reality != before {
            observe(Step { cue, before, after: reality });
        }
    }
    reality
}

/// Applies what the cue of a statement says about the acts in its content.
fn apply_cue(known: &Known<'_>, statement: &StatementDraft, reality: &mut Reality) {
    let Some((_, cue_idx)) = statement.cue else { return };
    let cue = known.reading.analysis.token(cue_idx);
    let Some(entry) = predicate::cue(cue) else { return };
    if statement.kind == StatementKind::Direct {
        return;
    }
    if entry.takes(Complement::That) && !entry.takes(Complement::To) {
        // *denied a report that …* denies what the report says.
        let by_verb = cue.head().filter(|_| cue.deprel() == Deprel::Obj).and_then(predicate::cue);
        let denies = entry.polarity == Polarity::Negative
            || by_verb.is_some_and(|verb| verb.polarity == Polarity::Negative);
        if denies != (entry.is_attitude() && clause::is_negated(cue)) {
            reality.negate();
        }
    }
    reality.doubt(entry.certainty);
    if let Some(status) = entry.status
        && matches!(reality.status, None | Some(Status::Expected))
    {
        reality.status = Some(status);
    }
}

/// Returns true for a time after the day of publication.
pub(super) fn is_ahead(reading: Reading<'_>, when: Option<When>) -> bool {
    when.zip(reading.published())
        .is_some_and(|(when, published)| when.interval.from().date() > published)
}

/// Returns the status of an act: that of its clause, scheduled if its date is still to come, or that of an event reported before.
pub(super) fn status(
    reading: Reading<'_>,
    when: Option<When>,
    reality: Reality,
    fit: &Fit<'_>,
    act: &Act<'_>,
    before: &[EventDraft],
) -> Status {
    let ahead = is_ahead(reading, when);
    match reality.status {
        None if ahead => Status::Scheduled,
        Some(Status::Occurred | Status::Ongoing | Status::Expected) if ahead && reality.future => {
            Status::Scheduled
        }
        Some(status) => status,
        None if act.head.upos() == Upos::Noun => before
            .iter()
            .rev()
            .take(MEMORY)
            .find(|event| shares_parties(event, fit))
            .map_or(Status::Occurred, |event| event.status),
        None => Status::Occurred,
    }
}

/// Returns true if an event reported before has the type of an act and its sources, at least two, among its parties.
fn shares_parties(event: &EventDraft, fit: &Fit<'_>) -> bool {
    let parties = event.sources.iter().chain(&event.targets);
    event.kind == fit.kind
        && (fit.sources.is_empty()
            || parties.filter(|party| fit.sources.contains(party)).count()
                >= fit.sources.len().min(2))
}
