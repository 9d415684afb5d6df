//! `dateline timeline`, `agenda`, `search`, `actor`, `stats` and `sql`: queries that print rows.

use dateline_store::{ActorProfile, EventRow, SearchFilter};
use serde_json::{Map, Value};

use super::rows;
use crate::{
    arguments::{Actor, Agenda, QueryOptions, RowFormat, Search, Sql, StatsOf, Timeline},
    batch::Outcome,
    output,
    text::{escaped, wrapped},
};

/// Fields of an event, in the order of CSV columns.
pub(super) const EVENT: &[&str] = &[
    "id",
    "type",
    "status",
    "date",
    "from",
    "to",
    "parties",
    "place",
    "summary",
    "first_reported",
    "reported",
    "source",
    "sources",
    "mentions",
];

/// Runs `dateline timeline`.
///
/// # Errors
///
/// If there is no ledger, or no actor has the name.
pub(crate) fn timeline(timeline: &Timeline) -> anyhow::Result<Outcome> {
    let events = timeline.options.ledger()?.timeline(&timeline.filters.filter())?;
    let shown = ["date", "status", "type", "parties", "place", "id", "summary"];
    events_printed(&timeline.options, &events, &shown)
}

/// Runs `dateline agenda`.
///
/// # Errors
///
/// The same as [`timeline`].
pub(crate) fn agenda(agenda: &Agenda) -> anyhow::Result<Outcome> {
    let events = agenda.options.ledger()?.agenda(&agenda.filters.filter())?;
    let shown = ["date", "status", "type", "parties", "place", "source", "reported", "id"];
    events_printed(&agenda.options, &events, &shown)
}

fn events_printed(
    options: &QueryOptions,
    events: &[EventRow],
    shown: &[&str],
) -> anyhow::Result<Outcome> {
    rows::print(options.format(), events, EVENT, shown)?;
    Ok(Outcome::Done)
}

/// Runs `dateline search`.
///
/// # Errors
///
/// If there is no ledger, or the query is not valid.
pub(crate) fn search(search: &Search) -> anyhow::Result<Outcome> {
    let asked = SearchFilter::new()
        .words(search.words.join(" "))
        .since(search.since)
        .until(search.until)
        .limit(search.limit);
    let hits = search.options.ledger()?.search(&asked)?;
    // A table shows only the text of a snippet.
    let flat: Vec<Value> = hits
        .iter()
        .map(|hit| {
            let mut value = serde_json::to_value(hit)?;
            if search.options.format() != RowFormat::Json
                && search.options.format() != RowFormat::Ndjson
            {
                value["snippet"] = hit.snippet.text.clone().into();
            }
            Ok(value)
        })
        .collect::<anyhow::Result<_>>()?;
    let all = ["id", "published", "publisher", "title", "snippet", "is_said"];
    rows::print(
        search.options.format(),
        &flat,
        &all,
        &["published", "publisher", "id", "snippet"],
    )?;
    Ok(Outcome::Done)
}

/// Runs `dateline actor`.
///
/// # Errors
///
/// If there is no ledger, or no actor has the name.
pub(crate) fn actor(actor: &Actor) -> anyhow::Result<Outcome> {
    let pages = actor.options.ledger()?.find_actors(&actor.name, actor.limit)?;
    match actor.options.format() {
        RowFormat::Table => rows::write(&pages.iter().map(page).collect::<Vec<_>>().join("\n"))?,
        format => {
            let all = [
                "id",
                "name",
                "kind",
                "country",
                "code",
                "aliases",
                "documents",
                "events",
                "statements",
            ];
            rows::print(format, &pages, &all, &[])?;
        }
    }
    Ok(Outcome::Done)
}

fn page(actor: &ActorProfile) -> String {
    let about = [Some(&actor.kind), actor.country.as_ref(), actor.code.as_ref(), Some(&actor.id)];
    let about: Vec<&str> = about.into_iter().flatten().map(String::as_str).collect();
    let mut lines = vec![escaped(&actor.name), format!("  {}", escaped(&about.join(" · ")))];
    lines.push(format!(
        "  in {} documents, {} events, {} statements",
        actor.documents, actor.events, actor.statements
    ));
    let mut list = |head: &str, items: Vec<String>| {
        if !items.is_empty() {
            lines.push(format!("\n  {head}"));
            for item in items {
                let item = escaped(&item);
                let width = rows::width().saturating_sub(6);
                let mut pieces = wrapped(&item, width, 2).into_iter();
                lines.extend(pieces.next().map(|piece| format!("    {piece}")));
                lines.extend(pieces.map(|piece| format!("      {piece}")));
            }
        }
    };
    list("known as", vec![actor.aliases.join(", ")]);
    let offices = actor.offices.iter().map(|office| {
        let days = [office.first.as_deref(), office.last.as_deref()].map(|day| day.unwrap_or("-"));
        format!("{} ({} to {})", office.title, days[0], days[1])
    });
    list("offices", offices.collect());
    list(
        "deals with",
        actor.with.iter().map(|it| format!("{} in {}", it.name, it.events)).collect(),
    );
    let events = actor.last_events.iter().map(|event| {
        let day = event.date.as_deref().unwrap_or(&event.first_reported);
        format!("{day} {} {} {}: {}", event.status, event.kind, event.id, event.summary)
    });
    list("events", events.collect());
    let said = actor.last_statements.iter().map(|said| {
        let day = said.published.as_deref().unwrap_or("-");
        format!("{day} {}:{} “{}”", said.document, said.statement, said.content)
    });
    list("said", said.collect());
    lines.join("\n") + "\n"
}

/// Runs `dateline stats`.
///
/// # Errors
///
/// If there is no ledger.
pub(crate) fn stats(stats: &StatsOf) -> anyhow::Result<Outcome> {
    let counts = serde_json::to_value(stats.options.ledger()?.stats()?)?;
    let mut flat = Vec::new();
    flatten("", &counts, &mut flat);
    match stats.options.format() {
        RowFormat::Json | RowFormat::Ndjson => rows::write(&output::json_line(&counts))?,
        format => {
            let cells = flat.into_iter().map(|(name, value)| {
                let row = [("name".to_owned(), Value::String(name)), ("value".to_owned(), value)];
                Value::Object(row.into_iter().collect())
            });
            rows::print(
                format,
                &cells.collect::<Vec<_>>(),
                &["name", "value"],
                &["name", "value"],
            )?;
        }
    }
    Ok(Outcome::Done)
}

fn flatten(prefix: &str, value: &Value, out: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let name =
                    if prefix.is_empty() { name.clone() } else { format!("{prefix} {name}") };
                flatten(&name, value, out);
            }
        }
        other => out.push((prefix.to_owned(), other.clone())),
    }
}

/// Runs `dateline sql`.
///
/// # Errors
///
/// If there is no ledger, or the query is refused.
pub(crate) fn sql(sql: &Sql) -> anyhow::Result<Outcome> {
    let answer = sql.options.ledger()?.sql(&sql.query)?;
    let columns: Vec<&str> = answer.columns.iter().map(String::as_str).collect();
    let objects: Vec<Map<String, Value>> = answer
        .rows
        .iter()
        .map(|row| answer.columns.iter().cloned().zip(row.iter().cloned()).collect())
        .collect();
    rows::print(sql.options.format(), &objects, &columns, &columns)?;
    Ok(Outcome::Done)
}
