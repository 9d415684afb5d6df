//! Events against gold standard records: a sentence with one event, its type and its parties with their codes.
//!
//! A line is `{"id", "text", "event", "source", "target", "reciprocal"}`; the parties are `{"country", "sector"}`, a country as alpha-3 code or one
//! of PLOVER's `IGO`, `NGO`, `IMG`, `ISM`, `MNC`. A type is written as PLOVER writes it: an announced act as what it is filed as.
//!
//! Four measures, each with precision, recall and F1: the type alone; with a country of the source in common; with the same
//! countries as source and target (`triple`); with the same codes (`triple_sector`). In a reciprocal record the parties stand
//! together. Every event beyond the one annotated counts against precision.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context as _, Result};
use dateline_core::{EntityId, Event, Record, Status, codes::PloverType};
use dateline_extract::{Extractor, read_document};
use serde_json::{Value, json};

use super::{Score, actors::Code, print};

/// Scores a file of records.
pub(super) fn run(data: &Path, predictions: Option<&Path>, differences: bool) -> Result<()> {
    let file =
        fs::read_to_string(data).with_context(|| format!("could not read {}", data.display()))?;
    let extractor = Extractor::new();
    let mut scores = [Score::default(); MEASURES.len()];
    let mut out = String::new();
    for (number, line) in file.lines().enumerate() {
        let value: Value = serde_json::from_str(line)
            .with_context(|| format!("{} line {} is no JSON", data.display(), number + 1))?;
        let text = value["text"].as_str().context("a line has a `text`")?;
        let record = extractor.extract(&read_document(text));
        let found: Vec<Act> =
            record.events.iter().map(|event| Act::found(&record, event)).collect();
        let list: Vec<Value> = found.iter().map(Act::to_json).collect();
        out.push_str(&json!({ "id": value["id"], "events": list }).to_string());
        out.push('\n');
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
        if differences && !hits[2] {
            let level = hits.iter().take_while(|hit| **hit).count();
            println!(
                "{} {level} {} | {} | {text}",
                value["id"],
                expected.to_json(),
                Value::from(list)
            );
        }
    }
    for (name, score) in MEASURES.iter().zip(scores) {
        print(&format!("{name}_precision"), score.precision());
        print(&format!("{name}_recall"), score.recall());
        print(&format!("{name}_f1"), score.f1());
    }
    if let Some(path) = predictions {
        fs::write(path, out).with_context(|| format!("could not write {}", path.display()))?;
    }
    Ok(())
}

const MEASURES: [&str; 4] = ["event", "event_source", "triple", "triple_sector"];

/// An event as the records have it: its type, and codes of country and sector.
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

    /// The measures by which this is the annotated event.
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

/// The type PLOVER files an event as.
fn written(event: &Event) -> PloverType {
    match event.status {
        Status::Expected | Status::Scheduled => event.kind.announced(),
        _ => event.kind,
    }
}
