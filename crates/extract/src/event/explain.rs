//! Explanations of events: the frame, the slot each party came from, and the words that made the act planned, denied or
//! doubtful.
//!
//! Nothing is stored for this while events are read. The same walks run again for each event.

use dateline_core::{Certainty, Polarity, Status, codes::PloverType};
use dateline_nlp::{Span, Token, Upos};

use super::{
    actor::Actors,
    argument::Act,
    codebook::{Codebook, Condition, Frame, Slot},
    draft::{EventDraft, Rule},
    found::{self, Found},
    judged::{self, Judgment},
    known::Known,
    model::{
        self, Models,
        role::{self, SOURCE, Shares, TARGET},
    },
    reality, reason,
};
use crate::{
    clause,
    entity::{Entities, EntityIdx},
    factuality::{self, Step},
    reading::Reading,
    statement::StatementDraft,
    time::TimeExpression,
};

/// One reason for what an event is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    /// Name, in kebab-case.
    pub(crate) name: &'static str,
    pub(crate) value: String,
    pub(crate) evidence: Option<Span>,
}

/// Explains each event of a document; `name` returns the name of an entity.
#[expect(clippy::too_many_arguments, reason = "all layers, which only the pipeline has together")]
pub(crate) fn explain(
    codebook: &Codebook,
    models: &Models,
    reading: Reading<'_>,
    times: &[TimeExpression],
    entities: &Entities,
    statements: &[StatementDraft],
    events: &[EventDraft],
    name: impl Fn(EntityIdx) -> String,
) -> Vec<Vec<Reason>> {
    let known = Known::new(codebook, reading, times, entities, statements);
    let spots = reading.analysis.triggers().are_read();
    let found = if spots { found::find(&known) } else { Vec::new() };
    events
        .iter()
        .map(|event| {
            let head = reading.analysis.token(event.trigger.1);
            let act = Act::of(codebook, head);
            let mut reasons = Vec::new();
            let at = found.binary_search_by_key(&head.idx(), |one| one.act.head.idx());
            let shares = at.map_or_else(
                |_| Vec::new(),
                |at| {
                    let Judgment { kind, .. } = judged::judge(&known, models, &found[at]);
                    seen(event, &found[at], &mut reasons);
                    role::shares(models, &known, &found[at], kind)
                },
            );
            by_frame(event, &act, &mut reasons);
            roles(event, &act, &known.actors, &shares, &name, &mut reasons);
            steps(&known, event, &act, &mut reasons);
            circumstances(&known, event, &name, &mut reasons);
            reasons
        })
        .collect()
}

/// Adds what the reader sees: the probability of the event, and its types with their shares, the most likely first.
fn seen(event: &EventDraft, found: &Found<'_>, reasons: &mut Vec<Reason>) {
    let trigger = Some(event.trigger.0);
    let value = format!("{:.2}", event.confidence);
    reasons.push(Reason { name: "confidence", value, evidence: trigger });
    let mut types: Vec<(f32, PloverType)> =
        model::act::type_shares(found).into_iter().zip(PloverType::ALL.iter().copied()).collect();
    types.sort_by(|a, b| b.0.total_cmp(&a.0));
    let best = types.iter().take(4).map(|(share, kind)| format!("{kind} {share:.2}"));
    let value = best.collect::<Vec<_>>().join(", ");
    reasons.push(Reason { name: "types", value, evidence: trigger });
}

/// Adds the frame, and the words that met its conditions.
fn by_frame(event: &EventDraft, act: &Act<'_>, reasons: &mut Vec<Reason>) {
    let trigger = Some(event.trigger.0);
    let Some(frame) = event.frame.map(|idx| act.codebook.frame(idx)) else {
        let value = event.kind.to_string();
        reasons.push(Reason { name: "type", value, evidence: trigger });
        return;
    };
    let value = format!("{} ({}:{})", frame.trigger(), frame.file, frame.line);
    reasons.push(Reason { name: "frame", value, evidence: trigger });
    if event.rule == Rule::Frame {
        for condition in &frame.conditions {
            let evidence = slot_of(condition).and_then(|slot| first_filler(act, slot));
            reasons.push(Reason { name: "condition", value: condition.to_string(), evidence });
        }
    }
}

fn slot_of(condition: &Condition) -> Option<&Slot> {
    match condition {
        Condition::Filled(slot) | Condition::Class(slot, _) | Condition::Lemma(slot, _) => {
            Some(slot)
        }
        Condition::Empty(_) | Condition::Passive | Condition::Plural => None,
    }
}

fn first_filler(act: &Act<'_>, slot: &Slot) -> Option<Span> {
    let mut words = Vec::new();
    act.fillers(slot, &mut words);
    words.first().map(|word| word.span())
}

/// Adds each party with the slot it came from.
fn roles(
    event: &EventDraft,
    act: &Act<'_>,
    actors: &Actors<'_>,
    shares: &[Shares],
    name: &impl Fn(EntityIdx) -> String,
    reasons: &mut Vec<Reason>,
) {
    let frame = event.frame.map(|idx| act.codebook.frame(idx));
    let (of_source, of_target): (&[Slot], &[Slot]) = match frame {
        Some(Frame { source, target, symmetric: false, .. }) => (&source.slots, &target.slots),
        Some(Frame { source, .. }) => (&source.slots, &source.slots),
        None => (&[], &[]),
    };
    let sides = [
        ("source", &event.sources, of_source, SOURCE),
        ("target", &event.targets, of_target, TARGET),
    ];
    for (role, parties, slots, row) in sides {
        for &party in parties {
            let (how, evidence) = origin(act, actors, slots, party);
            let share = shares.iter().find(|(entity, _)| *entity == party);
            let share = share.map(|(_, shares)| format!(", {:.2}", shares[row]));
            let value = format!("{}, {how}{}", name(party), share.unwrap_or_default());
            reasons.push(Reason { name: role, value, evidence });
        }
    }
}

/// Returns where a party of an act was read: its slot as text, and its word.
fn origin(
    act: &Act<'_>,
    actors: &Actors<'_>,
    slots: &[Slot],
    party: EntityIdx,
) -> (String, Option<Span>) {
    let means = |word: &Token<'_>| actors.of(*word) == Some(party);
    let mut words = Vec::new();
    let usual = [
        Slot::Subject,
        Slot::Object,
        Slot::Indirect,
        Slot::Possessor,
        Slot::Premodifier,
        Slot::Complement,
    ];
    for slot in slots.iter().chain(&usual) {
        words.clear();
        act.fillers(slot, &mut words);
        if let Some(word) = words.iter().copied().find(means) {
            return (slot.to_string(), Some(word.span()));
        }
    }
    if let Some((verb, _)) = act.light
        && let Some(word) = clause::agent(verb).and_then(|agent| clause::joined(agent).find(means))
    {
        return (format!("subject of {}", verb.text()), Some(word.span()));
    }
    let sentence = act.head.sentence().span();
    let at = act.head.span().start();
    let nearest = actors
        .entities
        .get(party)
        .mentions_in(sentence)
        .map(|mention| mention.span)
        .min_by_key(|span| span.start().abs_diff(at));
    let behind = nearest.is_some_and(|span| span.start() > at);
    let how = if behind { "in what the act is about" } else { "carried on from before" };
    (how.to_owned(), nearest)
}

/// Adds the words that made the act planned, denied or doubtful.
fn steps(known: &Known<'_>, event: &EventDraft, act: &Act<'_>, reasons: &mut Vec<Reason>) {
    let mut steps: Vec<Step> = Vec::new();
    let own = factuality::read_step_by_step(act.head, act.lent(), |step| steps.push(step));
    reality::in_document(known, act.head, &event.attribution, own, |step| steps.push(step));
    let mut told = None;
    let mut denied = false;
    for Step { cue, before, after } in steps {
        let mut say = |name, value: &'static str| {
            reasons.push(Reason { name, value: value.to_owned(), evidence: Some(cue) });
        };
        if let Some(status) = after.status.filter(|_| before.status != after.status) {
            told = Some(status);
            say("status", status.as_str());
        }
        if before.polarity != after.polarity {
            denied = after.polarity == Polarity::Negative;
            say("polarity", after.polarity.as_str());
        }
        if before.certainty != after.certainty {
            say("certainty", after.certainty.as_str());
        }
    }
    let is_read = known.reading.analysis.triggers().are_read();
    let trigger = is_read.then_some(event.trigger.0);
    if denied != (event.polarity == Polarity::Negative) {
        let value = event.polarity.to_string();
        reasons.push(Reason { name: "polarity", value, evidence: trigger });
    }
    if told != Some(event.status) {
        let by_date = event.status == Status::Scheduled;
        let evidence = event.when.filter(|_| by_date).and_then(|when| when.time);
        let evidence = evidence.map(|idx| known.times[idx.0 as usize].span).or(trigger);
        reasons.push(Reason { name: "status", value: event.status.to_string(), evidence });
    }
    if act.head.upos() == Upos::Noun
        && let Some(governor) = reason::governor(act.head)
        && event.certainty == Certainty::Probable
    {
        let evidence = Some(governor.span());
        reasons.push(Reason { name: "certainty", value: "probable".to_owned(), evidence });
    }
}

/// Adds the date and the places.
fn circumstances(
    known: &Known<'_>,
    event: &EventDraft,
    name: &impl Fn(EntityIdx) -> String,
    reasons: &mut Vec<Reason>,
) {
    if let Some(when) = event.when {
        let time = when.time.map(|idx| &known.times[idx.0 as usize]);
        let value =
            time.map_or_else(|| when.interval.from().to_string(), |time| time.value.clone());
        reasons.push(Reason { name: "date", value, evidence: time.map(|time| time.span) });
    }
    let sentence = known.reading.analysis.token(event.trigger.1).sentence().span();
    for &place in &event.places {
        let evidence = known.entities.get(place).mentions_in(sentence).next().map(|one| one.span);
        reasons.push(Reason { name: "place", value: name(place), evidence });
    }
}
