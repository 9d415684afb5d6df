//! Ingestion: storing documents with their records. One transaction writes the rows, finds copies and versions, and updates events,
//! so a document is stored with all that follows from it or not at all.

use std::sync::Arc;

use dateline_core::{Document, Moment, Record, Sentence, Source};
use dateline_coreference::{
    day,
    record::{reports, sketch},
};
use rusqlite::{Connection, params};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    actor::{self, Actor},
    copies,
    document::{self, Doc},
    error::{Result, StoreError, Trying as _},
    event::{self, Touched, antecedent},
    ledger::{Caches, Ledger},
    packed, report, source,
};

/// Outcome of storing a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum IngestOutcome {
    /// The document is new.
    New,
    /// The document was stored before; nothing changed.
    Duplicate,
    /// The document is another version of one with the same URL. Both are kept.
    Changed,
}

/// A document to store: its record, and where it was read from.
///
/// ```
/// use dateline_extract::{Extractor, read_document};
/// use dateline_store::IncomingDocument;
///
/// let record = Extractor::new().extract(&read_document("date 2021-06-16\n\nTalks resumed in Oslo on Monday.\n"));
/// let incoming = IncomingDocument::new(record);
/// assert!(incoming.source.is_none());
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct IncomingDocument {
    /// Record of the document, which contains its text.
    pub record: Record,
    /// File and bytes the document was read from, if known. A document keeps the source it was first stored with.
    pub source: Option<Source>,
}

impl IncomingDocument {
    /// Returns a document with its record and no known source.
    pub fn new(record: Record) -> Self {
        Self { record, source: None }
    }

    /// Sets the source.
    #[must_use]
    pub fn source(mut self, source: impl Into<Option<Source>>) -> Self {
        self.source = source.into();
        self
    }
}

impl From<Record> for IncomingDocument {
    fn from(record: Record) -> Self {
        Self { record, source: None }
    }
}

/// Outcome of [`Ledger::ingest`] for one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct IngestedDocument {
    /// Id of the document.
    pub id: String,
    /// Whether the document is new.
    pub outcome: IngestOutcome,
    /// Id of the earliest document with nearly the same words, if there is one.
    pub copy_of: Option<String>,
    /// Whether the document has no publication date. It is kept and can be searched for, but its events are not in the timeline.
    pub undated: bool,
}

impl Ledger {
    /// Returns the id of a document if it is stored already. Use it to skip extraction of documents the ledger has.
    ///
    /// # Errors
    ///
    /// [`StoreError::Sqlite`] if the file cannot be read.
    pub fn find_document(
        &self,
        document: &Document,
    ) -> std::result::Result<Option<String>, StoreError> {
        let id = document::id(document);
        document::find(&self.db, &id).map(|found| found.map(|_| id)).trying("find a document")
    }

    /// Stores documents with their records in one transaction, and updates the events they report. When this returns, all of them
    /// are safely on disk. If it fails, none of them is stored.
    ///
    /// `build` names the program and version that made the records; [`Ledger::documents_to_recode`] finds those of other builds. A
    /// document that is stored already is left as it is, even if its record differs; [`Ledger::recode`] replaces records.
    ///
    /// The result has one entry for each document, in the same order. Large batches are faster: each transaction waits for the
    /// disk.
    ///
    /// # Errors
    ///
    /// [`StoreError::Sqlite`] if the file cannot be written.
    pub fn ingest(
        &mut self,
        incoming: &[IncomingDocument],
        build: &str,
    ) -> std::result::Result<Vec<IngestedDocument>, StoreError> {
        self.transaction(|db, caches| {
            let build = document::build(db, build)?;
            let mut touched = Touched::default();
            let mut arrivals = Vec::with_capacity(incoming.len());
            for one in incoming {
                arrivals.push(take(db, caches, one, build, &mut touched)?);
            }
            event::settle(db, &mut caches.sketches, touched)?;
            // Copies are known once the whole batch is stored.
            for arrival in arrivals.iter_mut().filter(|it| it.outcome != IngestOutcome::Duplicate) {
                arrival.copy_of = original(db, &arrival.id)?;
            }
            Ok(arrivals)
        })
        .trying("store documents")
    }
}

fn original(db: &Connection, id: &str) -> Result<Option<String>> {
    let doc = document::find(db, id)?.unwrap_or_default();
    let root = copies::root(db, doc)?;
    if root == doc {
        return Ok(None);
    }
    let mut select = db.prepare_cached("SELECT id FROM document WHERE doc = ?1")?;
    Ok(Some(select.query_row([root], |row| row.get(0))?))
}

fn take(
    db: &Connection,
    caches: &mut Caches,
    incoming: &IncomingDocument,
    build: i64,
    touched: &mut Touched,
) -> Result<IngestedDocument> {
    let record = &incoming.record;
    let document = &record.document;
    let id = document::id(document);
    let undated = document.published.is_none();
    if document::find(db, &id)?.is_some() {
        return Ok(IngestedDocument {
            id,
            outcome: IngestOutcome::Duplicate,
            copy_of: None,
            undated,
        });
    }
    let doc = document::insert(db, &id, record, build)?;
    if let Some(from) = &incoming.source {
        source::insert(db, doc, from)?;
    }
    let mut outcome = IngestOutcome::New;
    if let Some(url) = &document.url {
        let superseded = document::supersede(db, url)?;
        if !superseded.is_empty() {
            outcome = IngestOutcome::Changed;
            touched.documents.extend(superseded);
        }
    }
    if let Some(published) = document.published {
        let day = day::number(published.date());
        let copies = copies::group(db, &mut caches.shingles, doc, day, &document.text)?;
        touched.documents.extend(copies);
    }
    words(db, doc, record)?;
    rows(db, caches, doc, record, touched)?;
    Ok(IngestedDocument { id, outcome, copy_of: None, undated })
}

/// Adds a document to the full-text index. Each word of the text goes under `statements` if somebody says it, and under `text`
/// otherwise.
pub(crate) fn words(db: &Connection, doc: Doc, record: &Record) -> Result<()> {
    let (narrated, quoted) = narrated_and_quoted(record);
    db.prepare_cached(
        "INSERT INTO words (rowid, title, text, statements) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![doc, record.document.title, narrated, quoted])?;
    Ok(())
}

/// Splits a text into what it reports itself and what it has others say.
fn narrated_and_quoted(record: &Record) -> (String, String) {
    let text = &record.document.text;
    let offsets = packed::Offsets::of(text);
    let spans = record.statements.iter().flat_map(|statement| &statement.content);
    let mut bounds: Vec<(usize, usize)> = spans
        .filter_map(|span| offsets.byte(span.start as usize).zip(offsets.byte(span.end as usize)))
        .collect();
    bounds.sort_unstable();
    let (mut narrated, mut quoted) = (String::with_capacity(text.len()), String::new());
    let mut done = 0;
    for (start, end) in bounds {
        // A statement within a statement counts once.
        let start = start.max(done);
        if end <= start {
            continue;
        }
        narrated.push_str(text.get(done..start).unwrap_or_default());
        narrated.push('\n');
        quoted.push_str(text.get(start..end).unwrap_or_default());
        quoted.push('\n');
        done = end;
    }
    narrated.push_str(text.get(done..).unwrap_or_default());
    (narrated, quoted)
}

/// Writes the rows that make a record's parts searchable, and the units of its events.
pub(crate) fn rows(
    db: &Connection,
    caches: &mut Caches,
    doc: Doc,
    record: &Record,
    touched: &mut Touched,
) -> Result<()> {
    let mut actors: Vec<Option<Actor>> = Vec::with_capacity(record.entities.len());
    for (nth, entity) in (1..).zip(&record.entities) {
        let actor = actor::of(db, &mut caches.actors, entity)?;
        if let Some(actor) = actor {
            db.prepare_cached("INSERT INTO entity (actor, doc, nth) VALUES (?1, ?2, ?3)")?
                .execute([actor, doc, nth])?;
        }
        actors.push(actor);
    }
    times(db, doc, record)?;
    statements(db, doc, record, &actors)?;
    mentions(db, doc, record)?;
    relations(db, doc, record)?;
    let Some(published) = record.document.published else { return Ok(()) };
    units(db, caches, doc, record, &actors, published, touched)
}

fn times(db: &Connection, doc: Doc, record: &Record) -> Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO time (doc, nth, type, value, \"from\") VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (nth, time) in (1_i64..).zip(&record.times) {
        let from = time.interval.map(|interval| interval.from().to_string());
        insert.execute(params![doc, nth, time.kind.as_str(), time.value, from])?;
    }
    Ok(())
}

fn statements(db: &Connection, doc: Doc, record: &Record, actors: &[Option<Actor>]) -> Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO statement (doc, nth, speaker, kind, lemma, \"from\") VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (nth, statement) in (1_i64..).zip(&record.statements) {
        let speaker = statement.speaker.and_then(|id| actors.get(id.index()).copied().flatten());
        let from = statement.date.map(|date| date.interval.from().to_string());
        let lemma = statement.cue.as_ref().map(|cue| &cue.lemma);
        insert.execute(params![doc, nth, speaker, statement.kind.as_str(), lemma, from])?;
    }
    Ok(())
}

fn mentions(db: &Connection, doc: Doc, record: &Record) -> Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO mention (mention, unit, type, status, polarity, certainty, confidence, \"from\", \"to\", lemma, start, length)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    for unit in reports(record, report::MOST) {
        let first = report::number(doc, unit[0] + 1);
        for at in unit {
            let (mention, event) = (report::number(doc, at + 1), &record.events[at]);
            let trigger = &event.trigger.span;
            let alone = Sentence { start: trigger.start, end: trigger.end };
            let sentence = record.sentences.get(event.sentence as usize).copied().unwrap_or(alone);
            insert.execute(params![
                mention,
                (mention != first).then_some(first),
                event.kind.as_str(),
                event.status.as_str(),
                event.polarity.as_str(),
                event.certainty.as_str(),
                event.confidence,
                event.date.map(|date| date.interval.from().to_string()),
                event.date.map(|date| date.interval.to().to_string()),
                event.trigger.lemma,
                sentence.start,
                sentence.end - sentence.start,
            ])?;
        }
    }
    Ok(())
}

fn relations(db: &Connection, doc: Doc, record: &Record) -> Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT OR IGNORE INTO relation (doc, kind, \"from\", \"to\") VALUES (?1, ?2, ?3, ?4)",
    )?;
    for relation in &record.relations {
        let (from, to) = (relation.from.index() + 1, relation.to.index() + 1);
        if from.max(to) <= report::MOST {
            let (from, to) = (report::number(doc, from), report::number(doc, to));
            insert.execute(params![doc, relation.kind.as_str(), from, to])?;
        }
    }
    Ok(())
}

fn units(
    db: &Connection,
    caches: &mut Caches,
    doc: Doc,
    record: &Record,
    actors: &[Option<Actor>],
    published: Moment,
    touched: &mut Touched,
) -> Result<()> {
    let day = day::number(published.date());
    let id = document::id(&record.document);
    let document = u64::from_str_radix(&id[1..], 16).expect("an id is hexadecimal");
    let mut insert =
        db.prepare_cached("INSERT INTO unit (unit, tree, sketch) VALUES (?1, ?1, ?2)")?;
    for unit in reports(record, report::MOST) {
        let sketch = sketch(record, &unit, actors, day, document);
        let number = report::number(doc, unit[0] + 1);
        insert.execute(params![number, sketch.to_bytes()])?;
        antecedent::insert(db, number, &sketch)?;
        caches.sketches.put(number, Arc::new(sketch));
        touched.units.insert(number);
    }
    Ok(())
}
