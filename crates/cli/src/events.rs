//! `dateline events`: the events of texts, as JSON lines, as a table, or laid out for people.

use std::io::{self, IsTerminal as _};

use dateline_core::{
    Document, Entity, EntityId, Event, EventDate, Interval, Record, Relation, Statement,
};
use serde::Serialize;

use crate::{
    arguments::{Events, TableFormat},
    batch::Outcome,
    lists,
    news::{self, News},
    output, table, text,
};

/// JSON output for one text: the parts of its record that concern events.
#[derive(Serialize)]
struct EventsJson<'a> {
    document: &'a Document,
    entities: Vec<&'a Entity>,
    statements: Vec<&'a Statement>,
    events: &'a [Event],
    relations: Vec<&'a Relation>,
}

/// Columns of the table. Dates are half-open; `line` is the line of the trigger.
const COLUMNS: [&str; 25] = [
    "file",
    "line",
    "id",
    "type",
    "mode",
    "cameo",
    "quad",
    "goldstein",
    "contexts",
    "trigger",
    "lemma",
    "sources",
    "source_codes",
    "targets",
    "target_codes",
    "from",
    "to",
    "places",
    "status",
    "polarity",
    "certainty",
    "confidence",
    "factuality",
    "attribution",
    "published",
];

/// Runs the command.
///
/// # Errors
///
/// If a list of actors cannot be read, or the output cannot be written.
pub(crate) fn run(events: &Events) -> anyhow::Result<Outcome> {
    let for_people = io::stdout().is_terminal();
    let default = if for_people { TableFormat::Text } else { TableFormat::Json };
    let format = events.format.unwrap_or(default);
    let width = text::width(for_people);
    let extractor = lists::extractor(&events.lists)?;
    let work = |news: News| {
        let record = selected(extractor.extract(&news.document), events);
        match format {
            TableFormat::Json => output::json_line(&json(&record)),
            TableFormat::Text => text::render_events(&record, width),
            TableFormat::Csv => table::csv(rows(&record, &news.name)),
            TableFormat::Tsv => table::tsv(rows(&record, &news.name)),
        }
    };
    let mut out = match format {
        TableFormat::Text => output::for_people(events.text.color),
        _ => output::for_programs(),
    };
    let head = || std::iter::once(COLUMNS.map(str::to_owned).to_vec());
    match format {
        TableFormat::Csv => out.write_all(table::csv(head()).as_bytes())?,
        TableFormat::Tsv => out.write_all(table::tsv(head()).as_bytes())?,
        TableFormat::Json | TableFormat::Text => {}
    }
    news::run(&events.inputs.reading(events.text.date), &mut out, work)
}

/// Removes the events that do not match the filters; the others keep their ids.
fn selected(mut record: Record, wanted: &Events) -> Record {
    let entities = &record.entities;
    let published = record.document.published;
    record.events.retain(|event| {
        let told = event.date.map(|date| date.interval);
        let day = told.or_else(|| Interval::day(published?.date()));
        let behind = wanted.since.is_none_or(|since| day.is_some_and(|day| day.to() > since));
        let ahead = wanted.until.is_none_or(|until| day.is_some_and(|day| day.from() < until));
        wanted.kind.is_none_or(|kind| kind == event.kind)
            && wanted.status.is_none_or(|status| status == event.status)
            && wanted.actor.as_ref().is_none_or(|name| has_actor(event, name, entities))
            && behind
            && ahead
    });
    record
}

/// Returns `true` if words of a name, or the start of a code, match a party of the event.
fn has_actor(event: &Event, name: &str, entities: &[Entity]) -> bool {
    let name = name.to_lowercase();
    let has = |words: &str| words.to_lowercase().contains(&name);
    event.sources.iter().chain(&event.targets).filter_map(|id| entities.get(id.index())).any(
        |entity| {
            let code = entity.code.as_ref().map(|code| code.to_lowercase());
            has(&entity.name)
                || code.is_some_and(|code| code.starts_with(&name))
                || entity.mentions.iter().any(|mention| has(&mention.span.text))
        },
    )
}

fn json(record: &Record) -> EventsJson<'_> {
    let vouches = |statement: &&Statement| {
        record.events.iter().any(|event| event.attribution.contains(&statement.id))
    };
    let statements: Vec<&Statement> = record.statements.iter().filter(vouches).collect();
    let named = |entity: &&Entity| {
        let takes_part = |event: &Event| {
            let all = event.sources.iter().chain(&event.targets).chain(&event.places);
            all.into_iter().any(|id| *id == entity.id)
        };
        record.events.iter().any(takes_part)
            || statements.iter().any(|one| one.speaker == Some(entity.id))
    };
    let kept = |id| record.events.iter().any(|event| event.id == id);
    let relations = record.relations.iter().filter(|one| kept(one.from) && kept(one.to)).collect();
    let entities = record.entities.iter().filter(named).collect();
    EventsJson {
        document: &record.document,
        entities,
        statements,
        events: &record.events,
        relations,
    }
}

/// Builds one row per event. Several parties, places and contexts are separated by `|`.
fn rows(record: &Record, file: &str) -> impl Iterator<Item = Vec<String>> {
    let lines = text::Lines::new(&record.document);
    record.events.iter().map(move |event| {
        let entities = |ids: &[EntityId], of: fn(&Entity) -> String| -> String {
            let list: Vec<String> =
                ids.iter().filter_map(|id| record.entities.get(id.index())).map(of).collect();
            list.join("|")
        };
        let name = |entity: &Entity| entity.name.clone();
        let code = |entity: &Entity| entity.code.clone().unwrap_or_default();
        let date = |bound: fn(EventDate) -> String| event.date.map(bound).unwrap_or_default();
        let contexts: Vec<&str> = event.contexts.iter().map(|context| context.as_str()).collect();
        let mut vouchers: Vec<EntityId> = Vec::new();
        for id in &event.attribution {
            let speaker = record.statements.get(id.index()).and_then(|one| one.speaker);
            vouchers.extend(speaker.filter(|speaker| !vouchers.contains(speaker)));
        }
        vec![
            file.to_owned(),
            lines.at(event.trigger.span.start).to_string(),
            event.id.to_string(),
            event.kind.to_string(),
            event.mode.map(|mode| mode.to_string()).unwrap_or_default(),
            event.cameo.map(|cameo| cameo.to_string()).unwrap_or_default(),
            event.quad.to_string(),
            event.goldstein.map(|score| score.to_string()).unwrap_or_default(),
            contexts.join("|"),
            event.trigger.span.text.clone(),
            event.trigger.lemma.clone(),
            entities(&event.sources, name),
            entities(&event.sources, code),
            entities(&event.targets, name),
            entities(&event.targets, code),
            date(|date| date.interval.from().to_string()),
            date(|date| date.interval.to().to_string()),
            entities(&event.places, name),
            event.status.to_string(),
            event.polarity.to_string(),
            event.certainty.to_string(),
            event.confidence.to_string(),
            event.factuality.to_string(),
            entities(&vouchers, name),
            record.document.published.map(|day| day.to_string()).unwrap_or_default(),
        ]
    })
}
