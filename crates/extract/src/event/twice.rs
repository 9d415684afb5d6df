//! One act told by two words of a sentence: *killed two soldiers in a bombing*, *met for talks*, *signed an agreement*.
//!
//! - one event: two acts of one type, near each other, whose parties do not contradict each other
//! - apart: *Oslo expelled two diplomats and Bergen three*; acts on different days; one denied and the other not
//!
//! In the annotated training texts, of such pairs with [`MERGED`] types nine in ten are mentions of one event. With other types it is
//! half of them, since one act there often follows another: *raided the town and arrested six*.

use dateline_core::codes::PloverType;

use super::{draft::EventDraft, known::Known};
use crate::entity::EntityIdx;

/// Types whose acts are told by their course and by their outcome.
const MERGED: [PloverType; 4] =
    [PloverType::Agree, PloverType::Consult, PloverType::Protest, PloverType::Assault];

/// Maximum number of tokens between the two words.
const NEAR: u32 = 9;

/// Merges events that one sentence tells twice. The one with more parties stays, of equal ones the more confident; it takes parties,
/// time and places that only the other has.
pub(super) fn merge(known: &Known<'_>, events: &mut Vec<EventDraft>) {
    // Removing an event from a long list would move all behind it.
    let mut slots: Vec<Option<EventDraft>> = std::mem::take(events).into_iter().map(Some).collect();
    for at in 0..slots.len() {
        let Some(mut first) = slots[at].take() else { continue };
        while let Some(other) = other_word(known, &first, &slots, at + 1)
            && let Some(second) = slots[other].take()
        {
            first = merged(first, second);
        }
        slots[at] = Some(first);
    }
    events.extend(slots.into_iter().flatten());
    events.sort_by_key(|event| event.trigger.1);
}

/// Returns the place of the next event that tells the same act.
fn other_word(
    known: &Known<'_>,
    first: &EventDraft,
    slots: &[Option<EventDraft>],
    from: usize,
) -> Option<usize> {
    let others = (from..slots.len()).filter_map(|at| slots[at].as_ref().map(|event| (at, event)));
    others
        .take_while(|(_, other)| distance(first, other) <= NEAR)
        .find(|(_, other)| is_one(known, first, other))
        .map(|(at, _)| at)
}

fn merged(first: EventDraft, second: EventDraft) -> EventDraft {
    let rank = |event: &EventDraft| (event.sources.len() + event.targets.len(), event.confidence);
    let is_better = rank(&second) > rank(&first);
    let (mut kept, other) = if is_better { (second, first) } else { (first, second) };
    complete(&mut kept, other);
    kept
}

fn distance(first: &EventDraft, second: &EventDraft) -> u32 {
    second.trigger.1.0.abs_diff(first.trigger.1.0)
}

fn is_one(known: &Known<'_>, first: &EventDraft, second: &EventDraft) -> bool {
    let sentence =
        |event: &EventDraft| known.reading.analysis.token(event.trigger.1).sentence().idx();
    let alike = |a: &[EntityIdx], b: &[EntityIdx]| {
        a.is_empty()
            || b.is_empty()
            || a.iter().all(|x| b.contains(x))
            || b.iter().all(|x| a.contains(x))
    };
    MERGED.contains(&first.kind)
        && first.kind == second.kind
        && sentence(first) == sentence(second)
        && first.polarity == second.polarity
        && first.status == second.status
        && alike(&first.sources, &second.sources)
        && alike(&first.targets, &second.targets)
        && !first.is_at_another_time(second)
}

/// Gives an event what only its other mention tells.
fn complete(event: &mut EventDraft, other: EventDraft) {
    if event.sources.is_empty() {
        event.sources = other.sources;
        event.sources.retain(|party| !event.targets.contains(party));
    }
    if event.targets.is_empty() {
        event.targets = other.targets;
        event.targets.retain(|party| !event.sources.contains(party));
    }
    event.when = event.when.or(other.when);
    if event.places.is_empty() {
        event.places = other.places;
    }
    event.confidence = event.confidence.max(other.confidence);
}

#[cfg(test)]
mod tests {
    use dateline_nlp::ReaderKind;

    use crate::{Extractor, read_document};

    #[test]
    fn an_act_told_by_two_words_is_one_event() {
        if !ReaderKind::Careful.is_available() {
            return;
        }
        let extractor = Extractor::builder().reader(ReaderKind::Careful).build();
        let check = |text: &str, expected: &[&str]| {
            let record = extractor.extract(&read_document(text));
            let words = record.events.iter().map(|event| event.trigger.span.text.as_str());
            assert_eq!(words.collect::<Vec<_>>(), expected, "{text}");
        };
        check(
            "Two Kenyan soldiers were killed on Monday in a bombing near the Somali border.\n",
            &["killed"],
        );
        check("The presidents of Kenya and Uganda met in Nairobi for talks on Friday.\n", &["met"]);
        // One act follows the other.
        check(
            "Kenyan police raided the office of the party and arrested six members.\n",
            &["raided", "arrested"],
        );
    }
}
