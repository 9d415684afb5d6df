//! `dateline statements`: the statements of texts, as JSON lines, as a table, or laid out for people.

use std::io::{self, IsTerminal as _};

use dateline_core::{CueClass, Document, Entity, EntityId, EventDate, Record, Statement};
use serde::Serialize;

use crate::{
    arguments::{Class, Statements, TableFormat},
    batch::Outcome,
    lists,
    news::{self, News},
    output, table, text,
};

/// JSON output for one text: the parts of its record that concern statements.
#[derive(Serialize)]
struct StatementsJson<'a> {
    document: &'a Document,
    entities: Vec<&'a Entity>,
    statements: &'a [Statement],
}

/// Columns of the table. Dates are half-open; `line` is the line where the content begins.
const COLUMNS: [&str; 14] = [
    "file",
    "line",
    "speaker",
    "code",
    "source",
    "cue",
    "lemma",
    "class",
    "kind",
    "content",
    "from",
    "to",
    "addressee",
    "published",
];

/// Runs the command.
///
/// # Errors
///
/// If a list of actors cannot be read, or the output cannot be written.
pub(crate) fn run(statements: &Statements) -> anyhow::Result<Outcome> {
    let for_people = io::stdout().is_terminal();
    let default = if for_people { TableFormat::Text } else { TableFormat::Json };
    let format = statements.format.unwrap_or(default);
    let width = text::width(for_people);
    let extractor = lists::extractor(&statements.lists)?;
    let work = |news: News| {
        let record = selected(extractor.extract(&news.document), statements);
        match format {
            TableFormat::Json => output::json_line(&json(&record)),
            TableFormat::Text => text::render_statements(&record, width),
            TableFormat::Csv => table::csv(rows(&record, &news.name)),
            TableFormat::Tsv => table::tsv(rows(&record, &news.name)),
        }
    };
    let mut out = match format {
        TableFormat::Text => output::for_people(statements.text.color),
        _ => output::for_programs(),
    };
    let head = || std::iter::once(COLUMNS.map(str::to_owned).to_vec());
    match format {
        TableFormat::Csv => out.write_all(table::csv(head()).as_bytes())?,
        TableFormat::Tsv => out.write_all(table::tsv(head()).as_bytes())?,
        TableFormat::Json | TableFormat::Text => {}
    }
    news::run(&statements.inputs.reading(statements.text.date), &mut out, work)
}

/// Removes the statements that do not match the filters.
fn selected(mut record: Record, wanted: &Statements) -> Record {
    let class = wanted.class.map(|class| match class {
        Class::Speech => CueClass::Speech,
        Class::Attitude => CueClass::Attitude,
    });
    let entities = &record.entities;
    record.statements.retain(|statement| {
        // A quotation without a cue continues the previous speaker's speech.
        let own = statement.cue.as_ref().map_or(CueClass::Speech, |cue| cue.class);
        let by = |name: &String| is_by(statement, name, entities);
        class.is_none_or(|class| class == own) && wanted.speaker.as_ref().is_none_or(by)
    });
    record
}

/// Returns `true` if words of a name, or the start of a code, match the speaker of the statement.
fn is_by(statement: &Statement, name: &str, entities: &[Entity]) -> bool {
    let name = name.to_lowercase();
    let has = |words: &str| words.to_lowercase().contains(&name);
    let source = statement.source.as_ref().is_some_and(|source| has(&source.text));
    let speaker = statement.speaker.and_then(|id| entities.get(id.index()));
    source
        || speaker.is_some_and(|speaker| {
            let code = speaker.code.as_ref().map(|code| code.to_lowercase());
            has(&speaker.name)
                || code.is_some_and(|code| code.starts_with(&name))
                || speaker.mentions.iter().any(|mention| has(&mention.span.text))
        })
}

fn json(record: &Record) -> StatementsJson<'_> {
    let named = |entity: &&Entity| {
        let is = |id: Option<EntityId>| id == Some(entity.id);
        record.statements.iter().any(|one| is(one.speaker) || is(one.addressee))
    };
    let entities = record.entities.iter().filter(named).collect();
    StatementsJson { document: &record.document, entities, statements: &record.statements }
}

/// Builds one row per statement.
fn rows(record: &Record, file: &str) -> impl Iterator<Item = Vec<String>> {
    let lines = text::Lines::new(&record.document);
    record.statements.iter().map(move |one| {
        let entity = |id: Option<EntityId>| id.and_then(|id| record.entities.get(id.index()));
        let speaker = entity(one.speaker);
        let cue = one.cue.as_ref();
        let content: Vec<&str> = one.content.iter().map(|piece| piece.text.as_str()).collect();
        let date = |bound: fn(EventDate) -> String| one.date.map(bound).unwrap_or_default();
        let place = one.content.first().map(|piece| lines.at(piece.start).to_string());
        vec![
            file.to_owned(),
            place.unwrap_or_default(),
            speaker.map(|speaker| speaker.name.clone()).unwrap_or_default(),
            speaker.and_then(|speaker| speaker.code.clone()).unwrap_or_default(),
            one.source.as_ref().map(|source| source.text.clone()).unwrap_or_default(),
            cue.map(|cue| cue.span.text.clone()).unwrap_or_default(),
            cue.map(|cue| cue.lemma.clone()).unwrap_or_default(),
            cue.map(|cue| cue.class.to_string()).unwrap_or_default(),
            one.kind.to_string(),
            content.join(" … "),
            date(|date| date.interval.from().to_string()),
            date(|date| date.interval.to().to_string()),
            entity(one.addressee).map(|entity| entity.name.clone()).unwrap_or_default(),
            record.document.published.map(|day| day.to_string()).unwrap_or_default(),
        ]
    })
}
