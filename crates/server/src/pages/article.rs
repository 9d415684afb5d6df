//! `/documents/{id}`: a text with its annotations, and its record in the margin.

use askama::Template;
use dateline_core::{Entity, EntityId, Event, Moment, Record, Statement};
use dateline_store::DocumentDetail;

use super::{
    PageRoute, PageShell,
    marked::{self, Line},
    words,
};
use crate::{app::Question, parameter::DOCUMENT_ID, problem::Problem, reply::Reply};

pub(super) const PAGE: PageRoute =
    PageRoute { path: "/documents/{id}", parameters: &[DOCUMENT_ID], work };

/// Maximum length of a statement in the margin, in code points.
const OPENING: usize = 160;

#[derive(Template)]
#[template(path = "article.html")]
struct Article {
    shell: PageShell,
    id: String,
    title: String,
    published: Option<String>,
    publisher: Option<String>,
    agency: Option<String>,
    byline: Option<String>,
    url: Option<String>,
    copy_of: Option<String>,
    superseded: Option<String>,
    build: String,
    reader: Option<String>,
    /// Lines before the first sentence.
    head: Vec<Line>,
    lines: Vec<Line>,
    events: Vec<EventNote>,
    statements: Vec<StatementNote>,
    actors: Vec<ActorNote>,
    times: Vec<TimeNote>,
}

/// An event in the margin.
struct EventNote {
    id: String,
    kind: String,
    mode: Option<&'static str>,
    quad: &'static str,
    status: &'static str,
    /// Polarity and certainty, if not the default: `negative`, `probable`.
    doubts: String,
    sources: String,
    targets: String,
    trigger: String,
    when: Option<String>,
    places: String,
    /// Id of the event in the ledger.
    world: Option<String>,
    /// Ids of the entities and the time in it, separated by spaces.
    also: String,
}

/// A statement in the margin.
struct StatementNote {
    id: String,
    speaker: String,
    actor: Option<String>,
    cue: Option<String>,
    kind: &'static str,
    content: String,
}

/// An actor in the margin.
struct ActorNote {
    id: String,
    name: String,
    kind: &'static str,
    code: Option<String>,
    mentions: u32,
    actor: Option<String>,
}

/// A time in the margin.
struct TimeNote {
    id: String,
    text: String,
    kind: &'static str,
    value: String,
}

fn work(question: &Question<'_>) -> Result<Reply, Problem> {
    let id = question.asked.text(DOCUMENT_ID.name).unwrap_or_default();
    let stored = question.ledger.document(id)?;
    let record = &stored.record;
    let origin = &record.document;
    let first_line = || words::opening(&origin.text, 80);
    let (head, lines) = marked::lines(record).into_iter().partition(|line: &Line| line.is_head);
    Reply::page(&Article {
        shell: PageShell::of(question, "documents"),
        title: origin.title.clone().unwrap_or_else(first_line),
        published: origin.published.map(|published| words::moment(&published.to_string())),
        publisher: origin.publisher.clone(),
        agency: origin.agency.clone(),
        byline: origin.byline.clone(),
        url: origin.url.clone(),
        copy_of: stored.copy_of.clone(),
        superseded: stored.superseded.clone(),
        build: stored.build.clone(),
        reader: record.reader.clone(),
        head,
        lines,
        events: events(&stored),
        statements: record.statements.iter().map(|one| statement(&stored, one)).collect(),
        actors: actors(&stored),
        times: record
            .times
            .iter()
            .map(|time| TimeNote {
                id: time.id.to_string(),
                text: time.span.text.clone(),
                kind: time.kind.as_str(),
                value: time.value.clone(),
            })
            .collect(),
        id: stored.id.clone(),
    })
}

fn names(record: &Record, ids: &[EntityId]) -> String {
    let names: Vec<&str> = ids
        .iter()
        .filter_map(|id| record.entities.get(id.index()))
        .map(|entity| entity.name.as_str())
        .collect();
    names.join(", ")
}

fn events(stored: &DocumentDetail) -> Vec<EventNote> {
    let record = &stored.record;
    let note = |(event, world): (&Event, &Option<String>)| {
        let doubts = [event.polarity.as_str(), event.certainty.as_str()];
        let doubts: Vec<&str> =
            doubts.into_iter().filter(|doubt| !matches!(*doubt, "positive" | "certain")).collect();
        let parties = event.sources.iter().chain(&event.targets).chain(&event.places);
        let also: Vec<String> = parties
            .map(ToString::to_string)
            .chain(event.date.and_then(|date| date.time).map(|time| time.to_string()))
            .collect();
        EventNote {
            id: event.id.to_string(),
            kind: words::kind(event.kind.as_str()),
            mode: event.mode.map(dateline_core::codes::Mode::as_str),
            quad: words::quad(event.kind.as_str()),
            status: event.status.as_str(),
            doubts: doubts.join(", "),
            sources: names(record, &event.sources),
            targets: names(record, &event.targets),
            trigger: event.trigger.span.text.clone(),
            when: event.date.map(|date| {
                let (from, to) = (date.interval.from(), date.interval.to());
                when(from, to)
            }),
            places: names(record, &event.places),
            world: world.clone(),
            also: also.join(" "),
        }
    };
    record.events.iter().zip(&stored.events).map(note).collect()
}

/// Formats a half-open period as in the ledger.
fn when(from: Moment, to: Moment) -> String {
    match (from, to) {
        (Moment::Day(from), Moment::Day(to)) if from.tomorrow().ok() == Some(to) => {
            from.to_string()
        }
        _ => format!("{from}/{to}"),
    }
}

fn statement(stored: &DocumentDetail, statement: &Statement) -> StatementNote {
    let record = &stored.record;
    let known = statement.speaker.and_then(|id| record.entities.get(id.index()));
    let words_of = |statement: &Statement| statement.source.as_ref().map(|it| it.text.clone());
    let content: Vec<&str> = statement.content.iter().map(|span| span.text.as_str()).collect();
    StatementNote {
        id: statement.id.to_string(),
        speaker: known
            .map(|entity| entity.name.clone())
            .or_else(|| words_of(statement))
            .unwrap_or_else(|| "Unknown speaker".to_owned()),
        actor: statement.speaker.and_then(|id| stored.actors.get(id.index()).cloned().flatten()),
        cue: statement.cue.as_ref().map(|cue| cue.span.text.clone()),
        kind: statement.kind.as_str(),
        content: words::opening(&content.join(" … "), OPENING),
    }
}

fn actors(stored: &DocumentDetail) -> Vec<ActorNote> {
    let note = |(entity, actor): (&Entity, &Option<String>)| ActorNote {
        id: entity.id.to_string(),
        name: entity.name.clone(),
        kind: entity.kind.as_str(),
        code: entity.code.clone(),
        mentions: u32::try_from(entity.mentions.len()).unwrap_or(u32::MAX),
        actor: actor.clone(),
    };
    stored.record.entities.iter().zip(&stored.actors).map(note).collect()
}
