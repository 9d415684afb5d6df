//! One event with its history: its states and the reports that led to them, every report with its sentence, and related events.

use dateline_core::{Certainty, Moment, Polarity, Standing, Status};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, params};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    column::{label, moment},
    copies,
    document::Doc,
    error::{Failure, Result, StoreError, Trying as _},
    event::tree::Event,
    ledger::Ledger,
    query::{
        event_row::{self, EventRow, Names},
        quote::Quote,
        related::{RelatedEvent, related},
    },
    report::{self, ReportId},
};

/// An event with its history.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "History")]
#[non_exhaustive]
pub struct EventHistory {
    /// Event, as of the day asked for.
    #[serde(flatten)]
    pub event: EventRow,
    /// States the event went through, oldest first.
    pub history: Vec<StateChange>,
    /// Reports of the event, in the order of publication dates.
    pub reports: Vec<EventReport>,
    /// Independent sources of the event, in the order of their first reports.
    pub reported_by: Vec<EventSource>,
    /// Related events.
    pub related: Vec<RelatedEvent>,
}

/// A state of an event, with the report that led to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Change")]
#[non_exhaustive]
pub struct StateChange {
    /// Date the state was reported.
    pub day: String,
    /// Status of the event from then on.
    pub status: Standing,
    /// Days the event takes place on: `2021-06-16`, or `2021-06-11/2021-06-14` with the last day not included.
    pub date: Option<String>,
    /// Place of the event.
    pub place: Option<String>,
    /// Participants, by name.
    pub parties: Vec<String>,
    /// Report that led to the state.
    pub report: ReportId,
    /// Publisher, agency or document of the report.
    pub source: String,
    /// Sentence of the report.
    pub quote: Quote,
}

/// A report of an event, with its sentence and how it was assigned to the event.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Witness")]
#[non_exhaustive]
pub struct EventReport {
    /// Document of the report, and the event in its record.
    #[serde(flatten)]
    pub report: ReportId,
    /// Publication date.
    pub published: String,
    /// Publisher, agency or document.
    pub source: String,
    /// Title of the document.
    pub title: Option<String>,
    /// Status of the event by this report.
    pub status: Status,
    /// Whether the report affirms or denies the event.
    pub polarity: Polarity,
    /// Certainty of the report.
    pub certainty: Certainty,
    /// Sentence of the trigger.
    pub quote: Quote,
    /// Id of the document this one is a copy of.
    pub copy_of: Option<String>,
    /// Id of the next version of the document, as of the day asked for.
    pub superseded: Option<String>,
    /// Earlier report that joined this one to the event, and what the two share. `None` for the first report.
    pub because: Option<JoinReason>,
}

/// Reason a report was assigned to an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Because")]
#[non_exhaustive]
pub struct JoinReason {
    /// Most similar earlier report.
    pub like: ReportId,
    /// Similarity to that report, in tenths of a point.
    pub score: i32,
    /// Features the two share: `people`, `parties`, `countries`, `day`, `period`, `time`, `place`, `form`, `trigger`, `mode`, `words`.
    pub shared: Vec<String>,
}

/// An independent source of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Source")]
#[non_exhaustive]
pub struct EventSource {
    /// Publisher, agency or document.
    pub name: String,
    /// Date of its first report.
    pub first: String,
    /// Ids of its documents, including copies.
    pub documents: Vec<String>,
}

impl Ledger {
    /// Returns an event with its history, as of the end of a day or, with `None`, by all reports. Accepts ids the event had before an
    /// earlier report or a merge gave it another.
    ///
    /// ```
    /// use std::path::Path;
    /// use dateline_store::{EventFilter, Ledger, jiff::civil::date};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let ledger = Ledger::open(Path::new("tests/data/schema-5.db"))?;
    /// let summit = &ledger.timeline(&EventFilter::new().actor("Putin"))?[0];
    /// let history = ledger.event(&summit.id, Some(date(2021, 5, 26)))?;
    /// for change in &history.history {
    ///     println!("{}: {} ({}: {})", change.day, change.status, change.source, change.quote.text);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// - [`StoreError::NoSuchEvent`] if no event has or had the id.
    /// - [`StoreError::NotYetReported`] if the event was first reported after the day.
    /// - [`StoreError::Sqlite`] if the file cannot be read.
    pub fn event(
        &self,
        id: &str,
        as_of: Option<Date>,
    ) -> std::result::Result<EventHistory, StoreError> {
        let read = || -> Result<EventHistory> {
            let db = &self.db;
            let event = find(db, id)?;
            let day = self.day(as_of)?;
            let Some(row) = event_row::one(db, event, as_of, day)? else {
                let first: String =
                    db.query_row("SELECT first FROM event WHERE event = ?1", [event], |row| {
                        row.get(0)
                    })?;
                return Err(StoreError::NotYetReported { event: id.to_owned(), first }.into());
            };
            let reports = event_reports(db, event, as_of)?;
            Ok(EventHistory {
                event: row,
                history: changes(db, event, as_of)?,
                reported_by: sources(&reports),
                related: related(db, event, as_of, day)?,
                reports,
            })
        };
        read().trying("read an event")
    }
}

/// Returns the number of the event that has or had an id.
pub(crate) fn find(db: &Connection, id: &str) -> Result<Event> {
    let mut find = db.prepare_cached("SELECT event FROM event WHERE id = ?1")?;
    if let Some(event) = find.query_row([id], |row| row.get(0)).optional()? {
        return Ok(event);
    }
    let mut former = db.prepare_cached(
        "SELECT event FROM former_id JOIN mention USING (mention) WHERE former_id.id = ?1 AND event IS NOT NULL",
    )?;
    former
        .query_row([id], |row| row.get(0))
        .optional()?
        .ok_or_else(|| StoreError::NoSuchEvent(id.to_owned()).into())
}

fn changes(db: &Connection, event: Event, as_of: Option<Date>) -> Result<Vec<StateChange>> {
    let mut select = db.prepare_cached(
        "SELECT day, standing, \"from\", \"to\", place, parties, mention FROM state
         WHERE event = ?1 AND (?2 IS NULL OR day <= ?2) ORDER BY day",
    )?;
    let mut names = Names::default();
    let mut changes = Vec::new();
    let mut rows = select.query(params![event, as_of.map(|day| day.to_string())])?;
    while let Some(row) = rows.next()? {
        let at = |column: usize| -> Result<Option<Moment>> {
            row.get::<_, Option<String>>(column)?.map(|text| moment(&text)).transpose()
        };
        let parties: String = row.get(5)?;
        let report = report_row(db, row.get(6)?)?;
        changes.push(StateChange {
            day: row.get(0)?,
            status: label(&row.get::<_, String>(1)?)?,
            date: event_row::date(at(2)?, at(3)?),
            place: row.get::<_, Option<i64>>(4)?.map(|place| names.name(db, place)).transpose()?,
            parties: parties
                .split_whitespace()
                .filter_map(|actor| actor.parse().ok())
                .map(|actor| names.name(db, actor))
                .collect::<Result<_>>()?,
            report: report.report,
            source: report.source,
            quote: report.quote,
        });
    }
    Ok(changes)
}

/// A report with its publisher and its sentence.
struct ReportRow {
    report: ReportId,
    source: String,
    quote: Quote,
}

/// Reads a report from the tables alone. Unpacking its record would take most of the time of a query.
fn report_row(db: &Connection, mention: i64) -> Result<ReportRow> {
    let (doc, nth) = report::place(mention);
    // SQLite counts code points as spans do, but from 1.
    let mut select = db.prepare_cached(
        "SELECT document.id, coalesce(publisher, agency, name, document.id), start, length, substr(text, start + 1, length)
         FROM mention JOIN document ON document.doc = mention >> 20 WHERE mention = ?1",
    )?;
    let row = select.query_row([mention], |row| {
        let (start, length): (u32, u32) = (row.get(2)?, row.get(3)?);
        Ok(ReportRow {
            report: ReportId { document: row.get(0)?, event: format!("v{nth}") },
            source: row.get(1)?,
            quote: Quote { start, end: start.saturating_add(length), text: row.get(4)? },
        })
    });
    row.optional()?.ok_or_else(|| Failure::damaged(format!("document {doc} has no event v{nth}")))
}

fn event_reports(db: &Connection, event: Event, as_of: Option<Date>) -> Result<Vec<EventReport>> {
    let mut select = db.prepare_cached(
        "SELECT mention, status, polarity, certainty, unit.antecedent, unit.score, unit.reasons,
                document.published, document.title, document.copy_of, next.id, next.published
         FROM mention JOIN document USING (doc) LEFT JOIN document AS next ON next.doc = document.superseded
              LEFT JOIN unit ON unit.unit = mention.mention
         WHERE event = ?1 AND (?2 IS NULL OR substr(document.published, 1, 10) <= ?2)
         ORDER BY document.published, document.id, mention",
    )?;
    let mut reports = Vec::new();
    let mut rows = select.query(params![event, as_of.map(|day| day.to_string())])?;
    while let Some(row) = rows.next()? {
        let report = report_row(db, row.get(0)?)?;
        let copy_of: Option<Doc> = row.get(9)?;
        let (next, next_day): (Option<String>, Option<String>) = (row.get(10)?, row.get(11)?);
        let is_superseded = match (as_of, &next_day) {
            (Some(day), Some(next)) => moment(next)?.date() <= day,
            _ => true,
        };
        let because = match (row.get::<_, Option<i64>>(4)?, row.get::<_, Option<i32>>(5)?) {
            (Some(like), Some(score)) => Some(JoinReason {
                like: report_id(db, like)?,
                score,
                shared: row
                    .get::<_, Option<String>>(6)?
                    .unwrap_or_default()
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect(),
            }),
            _ => None,
        };
        let published: String = row.get(7)?;
        reports.push(EventReport {
            report: report.report,
            published,
            source: report.source,
            title: row.get(8)?,
            status: label(&row.get::<_, String>(1)?)?,
            polarity: label(&row.get::<_, String>(2)?)?,
            certainty: label(&row.get::<_, String>(3)?)?,
            quote: report.quote,
            copy_of: copy_of
                .map(|doc| {
                    let root = copies::root(db, doc)?;
                    document_id(db, root)
                })
                .transpose()?,
            superseded: next.filter(|_| is_superseded),
            because,
        });
    }
    Ok(reports)
}

fn report_id(db: &Connection, mention: i64) -> Result<ReportId> {
    let (doc, nth) = report::place(mention);
    Ok(ReportId { document: document_id(db, doc)?, event: format!("v{nth}") })
}

fn document_id(db: &Connection, doc: Doc) -> Result<String> {
    let mut select = db.prepare_cached("SELECT id FROM document WHERE doc = ?1")?;
    Ok(select.query_row([doc], |row| row.get(0))?)
}

/// Groups reports by source. A copy counts as its original.
fn sources(reports: &[EventReport]) -> Vec<EventSource> {
    let mut sources: Vec<EventSource> = Vec::new();
    for report in reports {
        let original = report
            .copy_of
            .as_ref()
            .and_then(|id| reports.iter().find(|other| other.report.document == *id));
        let name = &original.unwrap_or(report).source;
        let at = sources.iter().position(|source| source.name == *name).unwrap_or_else(|| {
            sources.push(EventSource {
                name: name.clone(),
                first: report.published.clone(),
                documents: Vec::new(),
            });
            sources.len() - 1
        });
        let documents = &mut sources[at].documents;
        if !documents.contains(&report.report.document) {
            documents.push(report.report.document.clone());
        }
    }
    sources
}
