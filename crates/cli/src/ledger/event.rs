//! `dateline event`: the history of an event with its quotations; manual merges and splits.

use dateline_store::{EventHistory, StateChange};

use super::{rows, write};
use crate::{
    arguments::{Correction, Event, RowFormat},
    batch::Outcome,
    output,
    text::{escaped, wrapped},
};

/// Maximum number of lines of a quotation.
const LINES: usize = 3;

/// Runs the command.
///
/// # Errors
///
/// If there is no ledger or no such event.
pub(crate) fn run(event: &Event) -> anyhow::Result<Outcome> {
    if let Some(correction) = &event.correction {
        return decide(correction);
    }
    let id = event.id.as_deref().unwrap_or_default();
    let history = event.options.ledger()?.event(id, event.as_of)?;
    match event.options.format() {
        RowFormat::Json | RowFormat::Ndjson => rows::write(&output::json_line(&history))?,
        RowFormat::Csv => {
            let all = [
                "day", "status", "date", "place", "parties", "source", "document", "event", "quote",
            ];
            rows::print(RowFormat::Csv, &flat(&history)?, &all, &[])?;
        }
        RowFormat::Table => rows::write(&page(&history))?,
    }
    Ok(Outcome::Done)
}

fn decide(correction: &Correction) -> anyhow::Result<Outcome> {
    let id = match correction {
        Correction::Merge { one, other, database } => {
            Some(write(database, "dateline event merge")?.merge(one, other)?)
        }
        Correction::Split { event, report, database } => {
            let (document, mention) = report.split_once(':').ok_or_else(|| {
                anyhow::anyhow!("read `{report}`, expected a document and an event, such as d0123456789abcdef:v3")
            })?;
            write(database, "dateline event split")?.split(event, document, mention)?
        }
    };
    let outcome = id.unwrap_or_else(|| "no event: no other report confirms it".to_owned());
    rows::write(&format!("{outcome}\n"))?;
    Ok(Outcome::Done)
}

/// Flattens the changes of an event for CSV.
fn flat(history: &EventHistory) -> anyhow::Result<Vec<serde_json::Value>> {
    let flat = |change: &StateChange| {
        let mut value = serde_json::to_value(change)?;
        value["document"] = change.report.document.clone().into();
        value["event"] = change.report.event.clone().into();
        value["quote"] = change.quote.text.split_whitespace().collect::<Vec<_>>().join(" ").into();
        Ok(value)
    };
    history.history.iter().map(flat).collect()
}

fn page(history: &EventHistory) -> String {
    let event = &history.event;
    let mut lines = vec![format!(
        "{}  {} {}: {}{}{}",
        event.id,
        event.status,
        event.kind,
        escaped(&event.parties.join(", ")),
        event.date.as_ref().map_or_else(String::new, |date| format!(", {date}")),
        event.place.as_ref().map_or_else(String::new, |place| format!(", {}", escaped(place))),
    )];
    lines.push("\nHistory".to_owned());
    for change in &history.history {
        let about = [change.date.clone(), change.place.clone()].into_iter().flatten();
        let about: Vec<String> = about.collect();
        lines.push(
            format!("\n  {}  {} {}", change.day, change.status, escaped(&about.join(", ")))
                .trim_end()
                .to_owned(),
        );
        quote(&change.quote.text, &mut lines);
        lines.push(format!("        {} · {}", escaped(&change.source), change.report));
    }
    lines.push("\nReported by".to_owned());
    for source in &history.reported_by {
        let n = source.documents.len();
        let documents = if n == 1 { "1 document".to_owned() } else { format!("{n} documents") };
        lines.push(format!(
            "  {}  {}, {documents}",
            source.first.get(..10).unwrap_or(&source.first),
            escaped(&source.name)
        ));
    }
    if !history.related.is_empty() {
        lines.push("\nRelated".to_owned());
    }
    for linked in &history.related {
        let (from, to) = if linked.is_other { ("", " to this") } else { ("this is ", " to") };
        lines.push(format!(
            "  {from}{}{to}: {} {} {} {}: {}",
            linked.kind,
            linked.event.id,
            linked.event.date.as_deref().unwrap_or(&linked.event.first_reported),
            linked.event.status,
            linked.event.kind,
            escaped(&linked.event.parties.join(", ")),
        ));
    }
    lines.join("\n") + "\n"
}

fn quote(text: &str, lines: &mut Vec<String>) {
    let text = escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    let width = rows::width().saturating_sub(6);
    lines.extend(wrapped(&text, width, LINES).into_iter().map(|line| format!("    │ {line}")));
}
