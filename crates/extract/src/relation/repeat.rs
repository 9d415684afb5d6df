//! One event reported more than once: *Oslo and Bergen met. The meeting lasted an hour.*
//!
//! - A noun that points back (*the summit*, *this attack*, *their talks*) is an earlier act of its type, if all its
//!   parties took part there.
//! - Two acts of one type with the same parties on both sides are one, if one of them is a noun or both have the same
//!   word.
//! - Acts on different days are never one, nor are a call and a summit, nor an act that is over and one to come, nor are
//!   acts if the text says that one follows, causes or answers the other.

use dateline_core::RelationKind;
use dateline_nlp::{Deprel, Token, Upos};

use super::RelationDraft;
use crate::{
    clause,
    entity::EntityIdx,
    event::{EventDraft, EventIdx},
    reading::Reading,
};

/// Maximum number of earlier events searched.
const MEMORY: usize = 100;

/// Maximum number of sentences a noun without parties points back over.
const NEAR: u32 = 3;

/// Adds relations between events that are the same, each with the nearest one before it.
pub(super) fn complete(
    reading: Reading<'_>,
    events: &[EventDraft],
    found: &mut Vec<RelationDraft>,
) {
    let told = found.clone();
    let idx = |at: usize| EventIdx(u32::try_from(at).expect("fewer events than bytes"));
    for (at, event) in events.iter().enumerate() {
        let head = reading.analysis.token(event.trigger.1);
        let before = (at.saturating_sub(MEMORY)..at).rev().find(|&other| {
            let related = |one: &RelationDraft| {
                (one.from, one.to) == (idx(at), idx(other))
                    || (one.from, one.to) == (idx(other), idx(at))
            };
            is_same(reading, &events[other], event, head) && !told.iter().any(related)
        });
        if let Some(other) = before {
            found.push(RelationDraft {
                kind: RelationKind::Same,
                from: idx(at),
                to: idx(other),
                evidence: event.trigger.0,
            });
        }
    }
}

fn is_same(reading: Reading<'_>, before: &EventDraft, event: &EventDraft, head: Token<'_>) -> bool {
    if before.kind != event.kind || before.is_at_another_time(event) || differs(before, event) {
        return false;
    }
    let other = reading.analysis.token(before.trigger.1);
    let same_word = other.lemma() == head.lemma();
    if points_back(head) {
        let known: Vec<EntityIdx> = parties(before).collect();
        let within = parties(event).all(|party| known.contains(&party));
        let has_parties = parties(event).next().is_some();
        let near = head.sentence().idx().0 - other.sentence().idx().0 <= NEAR;
        return within
            && !known.is_empty()
            && (has_parties || near)
            && (same_word || !is_noun(other) || has_parties);
    }
    let alike = |a: &[EntityIdx], b: &[EntityIdx]| {
        a.len() == b.len() && a.iter().all(|party| b.contains(party))
    };
    let both_sides = !event.sources.is_empty()
        && (event.sources.len() > 1 || !event.targets.is_empty())
        && alike(&event.sources, &before.sources)
        && alike(&event.targets, &before.targets);
    both_sides && event.mode == before.mode && (same_word || is_noun(head) != is_noun(other))
}

fn parties(event: &EventDraft) -> impl Iterator<Item = EntityIdx> {
    event.sources.iter().chain(&event.targets).copied()
}

fn is_noun(token: Token<'_>) -> bool {
    token.upos() == Upos::Noun
}

/// Returns true if a noun is definite or owned: *the*, *this*, *their*.
fn points_back(head: Token<'_>) -> bool {
    is_noun(head)
        && head.children().any(|child| match child.deprel() {
            Deprel::Det => clause::is_definite(child),
            Deprel::NmodPoss => child.upos() == Upos::Pron,
            _ => false,
        })
}

/// Returns true if two acts have different modes, as a call and a summit have, or if one is over and the other still to come.
fn differs(before: &EventDraft, event: &EventDraft) -> bool {
    before.mode.zip(event.mode).is_some_and(|(a, b)| a != b)
        || before.polarity == event.polarity && before.is_past() != event.is_past()
}
