//! Events against PLOVER gold standard records: sentences with one event each, its type, and the codes of its parties.
//!
//! A line is `{"id", "text", "event", "source", "target", "reciprocal"}`; the parties are `{"country", "sector"}`, a country as alpha-3 code or one
//! of PLOVER's `IGO`, `NGO`, `IMG`, `ISM`, `MNC`. Types follow PLOVER, in which an announced act may have the type of its announcement.
//!
//! Four measures, each with precision, recall and F1: the type alone (`event`); the type and a shared country of the source
//! (`event_source`); the type and the same countries as source and target (`triple`); the type and the same codes
//! (`triple_sector`). In a reciprocal record, source and target are one set. Every event beyond the annotated one counts against
//! precision.

use std::{collections::BTreeSet, path::Path};

use anyhow::{Context as _, Result};
use dateline_core::{EntityId, Event, Record, Status, codes::PloverType};
use dateline_extract::{Extractor, read_document};
use serde_json::{Value, json};

use crate::{Report, Score, actors::Code, read_lines};

/// Scores a file of records.
///
/// # Errors
///
/// If the file cannot be read, or a line is not laid out as described above.
pub fn run(extractor: &Extractor, data: &Path) -> Result<Report> {
    let mut scores = [Score::default(); MEASURES.len()];
    let mut report = Report::default();
    for value in read_lines::<Value>(data)? {
        let text = value["text"].as_str().context("expected a line with `text`")?;
        let record = extractor.extract(&read_document(text));
        let found: Vec<Act> =
            record.events.iter().map(|event| Act::found(&record, event)).collect();
        let list: Vec<Value> = found.iter().map(Act::to_json).collect();
        report.predictions.push(json!({ "id": value["id"], "events": list }).to_string());
        let Some(expected) = Act::annotated(&value) else { continue };
        let reciprocal = value["reciprocal"].as_bool() == Some(true);
        let mut hits = [false; MEASURES.len()];
        for act in &found {
            for (hit, right) in hits.iter_mut().zip(act.matches(&expected, reciprocal)) {
                *hit |= right;
            }
        }
        for (score, hit) in scores.iter_mut().zip(hits) {
            score.expected += 1;
            score.found += found.len();
            score.right += usize::from(hit);
        }
        if !hits[2] {
            let level = hits.iter().take_while(|hit| **hit).count();
            report.differences.push(format!(
                "{} {level} {} | {} | {text}",
                value["id"],
                expected.to_json(),
                Value::from(list)
            ));
        }
    }
    for (name, score) in MEASURES.iter().zip(scores) {
        report.score(name, &format!("{name}_f1"), score);
    }
    Ok(report)
}

const MEASURES: [&str; 4] = ["event", "event_source", "triple", "triple_sector"];

/// An event as the gold standard writes it: its type, and country and sector of each party.
#[derive(Debug)]
struct Act {
    kind: String,
    source: BTreeSet<(String, String)>,
    target: BTreeSet<(String, String)>,
}

impl Act {
    fn found(record: &Record, event: &Event) -> Self {
        let codes = |ids: &[EntityId]| {
            let code = |id: &EntityId| {
                let code = Code::of(&record.entities[id.index()]);
                Some((code.country?, code.sector.unwrap_or_default()))
            };
            ids.iter().filter_map(code).collect()
        };
        let source = codes(&event.sources);
        let target = codes(&event.targets);
        Self { kind: written(event).to_string(), source, target }
    }

    fn annotated(value: &Value) -> Option<Self> {
        let codes = |role: &str| {
            let code = |actor: &Value| {
                let sector = actor["sector"].as_str().unwrap_or_default().to_owned();
                Some((actor["country"].as_str()?.to_owned(), sector))
            };
            value[role]
                .as_array()
                .map(|list| list.iter().filter_map(code).collect())
                .unwrap_or_default()
        };
        let kind = value["event"].as_str()?.to_owned();
        Some(Self { kind, source: codes("source"), target: codes("target") })
    }

    fn to_json(&self) -> Value {
        let codes = |set: &BTreeSet<(String, String)>| -> Vec<String> {
            set.iter().map(|(country, sector)| format!("{country}{sector}")).collect()
        };
        json!({ "event": self.kind, "source": codes(&self.source), "target": codes(&self.target) })
    }

    /// Agreement with the annotated event, one truth value per measure.
    fn matches(&self, expected: &Self, reciprocal: bool) -> [bool; MEASURES.len()] {
        let countries = |set: &BTreeSet<(String, String)>| -> BTreeSet<String> {
            set.iter().map(|(country, _)| country.clone()).collect()
        };
        let together = |act: &Self| -> (BTreeSet<_>, BTreeSet<_>) {
            if reciprocal {
                (act.source.union(&act.target).cloned().collect(), BTreeSet::new())
            } else {
                (act.source.clone(), act.target.clone())
            }
        };
        let (source, target) = together(self);
        let (source_wanted, target_wanted) = together(expected);
        let kind = self.kind == expected.kind;
        let shared = !countries(&source).is_disjoint(&countries(&source_wanted));
        let same = countries(&source) == countries(&source_wanted)
            && countries(&target) == countries(&target_wanted);
        let alike = source == source_wanted && target == target_wanted;
        [kind, kind && shared, kind && same, kind && alike]
    }
}

/// The type PLOVER files an event under.
fn written(event: &Event) -> PloverType {
    match event.status {
        Status::Expected | Status::Scheduled => event.kind.announced(),
        _ => event.kind,
    }
}
