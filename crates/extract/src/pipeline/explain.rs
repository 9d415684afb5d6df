//! Explanations: the rule behind each part of a record, and the evidence for it.

use dateline_core::{EventId, Explanation, Reason, StatementId, TimeId};
use dateline_nlp::Span;

use super::{layers::Drafts, print::Printer};
use crate::{
    codepoint::CodePoints,
    entity::{Decision, Entities, EntityIdx, Fact, Inferred},
    event::{self, codebook::Codebook, model::Models},
    reading::Reading,
    statement::StatementDraft,
    time::{Anchor, TimeExpression},
};

/// Explains every part of a record: times, then entities in printed order, then statements, then events.
pub(super) fn explain(
    reading: Reading<'_>,
    codebook: &Codebook,
    models: &Models,
    drafts: &Drafts,
    order: &[EntityIdx],
    printer: &Printer<'_>,
) -> Vec<Explanation> {
    let Drafts { times, entities, statements, events, .. } = drafts;
    let mut explanations = explain_times(reading, printer.points(), times);
    for &idx in order {
        explain_entity(printer, entities, idx, &mut explanations);
        explain_inferred(printer, entities, idx, &mut explanations);
    }
    explanations.extend(
        statements
            .iter()
            .enumerate()
            .map(|(at, draft)| explain_statement(printer, times, at, draft)),
    );
    let name = |idx| printer.entity_id(idx).to_string();
    let reasons =
        event::explain(codebook, models, reading, times, entities, statements, events, name);
    explanations.extend(events.iter().zip(reasons).enumerate().map(|(at, (draft, reasons))| {
        Explanation {
            of: EventId::from_index(at).to_string(),
            rule: draft.rule.name().to_owned(),
            reasons: reasons
                .into_iter()
                .map(|event::Reason { name, value, evidence }| {
                    printer.reason(name, value, evidence)
                })
                .collect(),
        }
    }));
    explanations
}

/// Explains time expressions, one explanation each, in the same order.
pub(super) fn explain_times(
    reading: Reading<'_>,
    points: &CodePoints<'_>,
    times: &[TimeExpression],
) -> Vec<Explanation> {
    (0..times.len()).map(|at| explain_time(reading, points, times, at)).collect()
}

/// Explains a time expression: its anchor, and the direction its clause gives.
fn explain_time(
    reading: Reading<'_>,
    points: &CodePoints<'_>,
    times: &[TimeExpression],
    at: usize,
) -> Explanation {
    let trace = times[at].trace;
    let mut reasons = Vec::new();
    match trace.anchor {
        Anchor::None => {}
        Anchor::Published => reasons.push(Reason {
            name: "anchor".to_owned(),
            value: reading.document.published.map_or_else(String::new, |day| day.to_string()),
            evidence: None,
        }),
        Anchor::Expression(idx) => reasons.push(Reason {
            name: "anchor".to_owned(),
            value: times[idx].value.clone(),
            evidence: Some(points.span(times[idx].span)),
        }),
    }
    if let Some(direction) = trace.direction {
        reasons.push(Reason {
            name: "direction".to_owned(),
            value: direction.name().to_owned(),
            evidence: None,
        });
    }
    let of = TimeId::from_index(at).to_string();
    Explanation { of, rule: trace.rule.to_owned(), reasons }
}

/// Explains the codes and titles of an entity: one explanation for each run of decisions of one rule.
fn explain_entity(
    printer: &Printer<'_>,
    entities: &Entities,
    idx: EntityIdx,
    explanations: &mut Vec<Explanation>,
) {
    let of = printer.entity_id(idx).to_string();
    let from = explanations.len();
    for Decision { fact, rule, evidence } in entities.decisions(idx) {
        let (name, value) = match fact {
            Fact::Country(country) => ("country", country.to_string()),
            Fact::International(code) => ("country", code.clone()),
            Fact::Sector(sector) => ("sector", sector.to_string()),
            Fact::Title(title) => ("title", title.clone()),
            Fact::Link(link) => ("link", link.clone()),
        };
        let reason = printer.reason(name, value, *evidence);
        match explanations[from..].last_mut() {
            Some(last) if last.rule == *rule => last.reasons.push(reason),
            _ => explanations.push(Explanation {
                of: of.clone(),
                rule: (*rule).to_owned(),
                reasons: vec![reason],
            }),
        }
    }
}

/// Explains what is inferred about an entity.
fn explain_inferred(
    printer: &Printer<'_>,
    entities: &Entities,
    idx: EntityIdx,
    explanations: &mut Vec<Explanation>,
) {
    let Inferred { home, sector } = entities.get(idx).inferred;
    let home =
        home.map(|(country, near)| printer.reason("country", country.to_string(), Some(near)));
    let sector = sector.map(|sector| printer.reason("sector", sector.to_string(), None));
    let reasons: Vec<Reason> = home.into_iter().chain(sector).collect();
    if !reasons.is_empty() {
        let of = printer.entity_id(idx).to_string();
        explanations.push(Explanation { of, rule: "inferred".to_owned(), reasons });
    }
}

/// Explains a statement: its cue, its speaker, and the position of each span of content relative to the cue.
fn explain_statement(
    printer: &Printer<'_>,
    times: &[TimeExpression],
    at: usize,
    draft: &StatementDraft,
) -> Explanation {
    let mut reasons = Vec::new();
    let mut reason = |name: &str, value: String, evidence: Option<Span>| {
        reasons.push(printer.reason(name, value, evidence));
    };
    if let Some((span, head)) = draft.cue {
        let listed = dateline_lexicon::predicate::cue(printer.token(head)).is_some();
        let class = if listed { draft.class.to_string() } else { "not listed".to_owned() };
        reason("cue", class, Some(span));
    }
    if let Some(speaker) = draft.speaker {
        reason("speaker", printer.entity_id(speaker).to_string(), draft.source);
    }
    for &span in &draft.content {
        reason("content", draft.kind.to_string(), Some(span));
    }
    if let Some(listener) = draft.addressee {
        reason("addressee", printer.entity_id(listener).to_string(), None);
    }
    if let Some(when) = draft.when {
        let time = when.time.map(|idx| &times[idx.0 as usize]);
        let value =
            time.map_or_else(|| when.interval.from().to_string(), |time| time.value.clone());
        reason("date", value, time.map(|time| time.span));
    }
    let of = StatementId::from_index(at).to_string();
    Explanation { of, rule: draft.rule.replace(' ', "-"), reasons }
}
