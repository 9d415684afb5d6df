//! Documents and their records come in: rows are written, copies and versions found, events brought up to date, all in one
//! transaction, so that nothing is ever half there.

use std::sync::Arc;

use dateline_core::{Document, Moment, Record, Sentence, Source};
use dateline_coreference::record::{reports, sketch};
use rusqlite::{Connection, params};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    StoreError,
    actor::{self, Actor},
    calendar, copies,
    document::{self, Doc},
    error::{Result, Trying as _},
    event::{self, Touched, antecedent},
    ledger::{Caches, Ledger},
    packed, source,
};

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It was not there before.
    New,
    /// It was there already; nothing changed.
    Duplicate,
    /// It is another version of a document with the same URL. Both are kept.
    Changed,
}

/// A document to be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// What was made of it.
    pub record: Record,
    /// Where it was read from, as far as known. A document keeps the first source it was stored with.
    pub source: Option<Source>,
}

impl From<Record> for Incoming {
    fn from(record: Record) -> Self {
        Self { record, source: None }
    }
}

/// A document that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Arrival {
    /// The id of the document.
    pub id: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The earliest document with nearly the same words.
    pub copy_of: Option<String>,
    /// It has no date of publication: it is kept and found, but tells nothing of what was known when, and so no events.
    pub undated: bool,
}

impl Ledger {
    /// The id of a document if it is there already, so that no record needs to be made of it.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn known(&self, document: &Document) -> std::result::Result<Option<String>, StoreError> {
        let id = document::id(document);
        document::find(&self.db, &id).map(|found| found.map(|_| id)).trying("look for a document")
    }

    /// Stores documents with their records, all in one transaction: when this returns, they are safe on disk; if it fails, none of them is there.
    /// `build` names the program that made them.
    ///
    /// The same document again changes nothing, whatever its record says; see [`Ledger::recode`].
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn ingest(
        &mut self,
        incoming: &[Incoming],
        build: &str,
    ) -> std::result::Result<Vec<Arrival>, StoreError> {
        self.transaction(|db, caches| {
            let build = document::build(db, build)?;
            let mut touched = Touched::default();
            let mut arrivals = Vec::with_capacity(incoming.len());
            for one in incoming {
                arrivals.push(take(db, caches, one, build, &mut touched)?);
            }
            event::settle(db, &mut caches.sketches, touched)?;
            // Copies are known when all of the batch is there.
            for arrival in arrivals.iter_mut().filter(|it| it.outcome != Outcome::Duplicate) {
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
    incoming: &Incoming,
    build: i64,
    touched: &mut Touched,
) -> Result<Arrival> {
    let record = &incoming.record;
    let document = &record.document;
    let id = document::id(document);
    let undated = document.published.is_none();
    if document::find(db, &id)?.is_some() {
        return Ok(Arrival { id, outcome: Outcome::Duplicate, copy_of: None, undated });
    }
    let doc = document::insert(db, &id, document, build, &packed::pack(record)?)?;
    if let Some(from) = &incoming.source {
        source::insert(db, doc, from)?;
    }
    let mut outcome = Outcome::New;
    if let Some(url) = &document.url {
        let superseded = document::supersede(db, url)?;
        if !superseded.is_empty() {
            outcome = Outcome::Changed;
            touched.documents.extend(superseded);
        }
    }
    if let Some(published) = document.published {
        let day = calendar::number(published.date());
        let copies = copies::group(db, &mut caches.runs, doc, day, &document.text)?;
        touched.documents.extend(copies);
    }
    words(db, doc, record)?;
    rows(db, caches, doc, record, touched)?;
    Ok(Arrival { id, outcome, copy_of: None, undated })
}

/// Title, text and what is said, for the search of words: each word of the text once, under `statements` where somebody says it.
pub(crate) fn words(db: &Connection, doc: Doc, record: &Record) -> Result<()> {
    let (told, said) = told_and_said(record);
    db.prepare_cached(
        "INSERT INTO words (rowid, title, text, statements) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![doc, record.document.title, told, said])?;
    Ok(())
}

/// A text parted into what it tells and what it has others say.
fn told_and_said(record: &Record) -> (String, String) {
    let text = &record.document.text;
    let offsets = packed::Offsets::of(text);
    let spans = record.statements.iter().flat_map(|statement| &statement.content);
    let mut bounds: Vec<(usize, usize)> = spans
        .filter_map(|span| offsets.byte(span.start as usize).zip(offsets.byte(span.end as usize)))
        .collect();
    bounds.sort_unstable();
    let (mut told, mut said) = (String::with_capacity(text.len()), String::new());
    let mut done = 0;
    for (start, end) in bounds {
        // What is said within what is said is said once.
        let start = start.max(done);
        if end <= start {
            continue;
        }
        told.push_str(text.get(done..start).unwrap_or_default());
        told.push('\n');
        said.push_str(text.get(start..end).unwrap_or_default());
        said.push('\n');
        done = end;
    }
    told.push_str(text.get(done..).unwrap_or_default());
    (told, said)
}

/// The rows that make a record's parts findable, and the units its events are told by.
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
    for unit in reports(record, event::MENTIONS) {
        let first = event::mention(doc, unit[0] + 1);
        for at in unit {
            let (mention, event) = (event::mention(doc, at + 1), &record.events[at]);
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
        if from.max(to) <= event::MENTIONS {
            let (from, to) = (event::mention(doc, from), event::mention(doc, to));
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
    let day = calendar::number(published.date());
    let id = document::id(&record.document);
    let document = u64::from_str_radix(&id[1..], 16).expect("an id is hexadecimal");
    let mut insert =
        db.prepare_cached("INSERT INTO unit (unit, tree, sketch) VALUES (?1, ?1, ?2)")?;
    for unit in reports(record, event::MENTIONS) {
        let sketch = sketch(record, &unit, actors, day, document);
        let number = event::mention(doc, unit[0] + 1);
        insert.execute(params![number, sketch.to_bytes()])?;
        antecedent::insert(db, number, &sketch)?;
        caches.sketches.put(number, Arc::new(sketch));
        touched.units.insert(number);
    }
    Ok(())
}
