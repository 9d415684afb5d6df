//! Proof that a ledger holds together: references, spans against text, rows against records, histories against reports, and what
//! `SQLite` and its full-text index say of themselves.

use rusqlite::Connection;
use serde::Serialize;

use crate::{
    StoreError, copies,
    document::{self, Doc},
    error::{Failure, Result, Trying as _},
    event::{self, sketch::Sketches, tree},
    ledger::Ledger,
    packed::Offsets,
    query::event::has_folded,
    source,
};

/// What a check has looked at, and what was wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Documents whose records and rows were read.
    pub documents: u64,
    /// Events whose histories were folded anew.
    pub events: u64,
    /// What is wrong; nothing where the ledger is whole.
    pub faults: Vec<Fault>,
}

/// Something that contradicts the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// What it is about: a document, an event, or the file.
    pub of: String,
    /// What is wrong with it.
    pub what: String,
}

/// References that the schema does not hold by itself, each with what it means when there is a row.
const REFERENCES: [(&str, &str); 11] = [
    (
        "SELECT mention FROM mention WHERE event IS NOT NULL AND event NOT IN (SELECT event FROM event)",
        "a report is of an event that is not there",
    ),
    (
        "SELECT unit FROM unit WHERE unit NOT IN (SELECT mention FROM mention)",
        "a unit has no mention",
    ),
    (
        "SELECT unit FROM unit WHERE tree NOT IN (SELECT unit FROM unit)
            OR antecedent IS NOT NULL AND antecedent NOT IN (SELECT unit FROM unit)",
        "a unit hangs on one that is not there",
    ),
    (
        "SELECT unit FROM band WHERE unit NOT IN (SELECT unit FROM unit)",
        "a band holds a unit that is not there",
    ),
    (
        "SELECT event FROM event WHERE event NOT IN (SELECT event FROM mention WHERE event IS NOT NULL)",
        "an event has no report",
    ),
    (
        "SELECT state.event FROM state WHERE mention NOT IN (SELECT mention FROM mention)",
        "a state was made by a report that is not there",
    ),
    (
        "SELECT event FROM state JOIN event USING (event) WHERE state.type <> event.type",
        "a state is of another type than its event",
    ),
    (
        "SELECT party.event FROM party JOIN state ON state.event = party.event AND state.until IS NULL
             WHERE (party.at, party.type) <> (state.at, state.type)",
        "a party is of another day or type than the present state",
    ),
    (
        "SELECT event FROM event WHERE event NOT IN (SELECT event FROM state)",
        "an event has no state",
    ),
    (
        "SELECT relation.doc FROM relation WHERE \"from\" NOT IN (SELECT mention FROM mention)
            OR \"to\" NOT IN (SELECT mention FROM mention)",
        "a relation holds of an event that is not there",
    ),
    (
        "SELECT doc FROM document WHERE doc NOT IN (SELECT rowid FROM words)
         UNION ALL SELECT rowid FROM words WHERE rowid NOT IN (SELECT doc FROM document)",
        "a document is not in the index of words, or the index has one that is not there",
    ),
];

impl Ledger {
    /// Reads everything and reports what contradicts the rest. The ledger is to be open for writing, for the index of words
    /// checks itself by a command that counts as one; nothing is changed.
    ///
    /// # Errors
    ///
    /// If the file cannot be read at all; what can be read and is wrong is a [`Fault`].
    pub fn check(&mut self) -> std::result::Result<Checked, StoreError> {
        let run = || -> Result<Checked> {
            let mut checked = Checked::default();
            file(&self.db, &mut checked)?;
            references(&self.db, &mut checked)?;
            documents(&self.db, &mut checked)?;
            events(&self.db, &mut checked)?;
            Ok(checked)
        };
        run().trying("check the ledger")
    }
}

impl Checked {
    fn fault(&mut self, of: impl Into<String>, what: impl Into<String>) {
        self.faults.push(Fault { of: of.into(), what: what.into() });
    }
}

fn file(db: &Connection, checked: &mut Checked) -> Result<()> {
    let mut integrity = db.prepare("PRAGMA integrity_check(100)")?;
    let found: Vec<String> =
        integrity.query_map([], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
    for what in found.into_iter().filter(|what| what != "ok") {
        checked.fault("file", what);
    }
    let mut keys = db.prepare("PRAGMA foreign_key_check")?;
    let mut rows = keys.query([])?;
    while let Some(row) = rows.next()? {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        checked
            .fault("file", format!("a row of {table} names a row of {parent} that is not there"));
    }
    if let Err(error) = db.execute("INSERT INTO words (words) VALUES ('integrity-check')", []) {
        checked.fault("file", format!("the index of words is damaged: {error}"));
    }
    Ok(())
}

fn references(db: &Connection, checked: &mut Checked) -> Result<()> {
    for (sql, what) in REFERENCES {
        let mut select = db.prepare(sql)?;
        let found: Vec<i64> =
            select.query_map([], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
        for number in found {
            checked.fault("file", format!("{what}: {number}"));
        }
    }
    Ok(())
}

fn documents(db: &Connection, checked: &mut Checked) -> Result<()> {
    let mut select =
        db.prepare("SELECT doc, id, superseded, copy_of FROM document ORDER BY doc")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        checked.documents += 1;
        let (doc, id): (Doc, String) = (row.get(0)?, row.get(1)?);
        let record = match document::record(db, doc) {
            Ok(record) => record,
            Err(Failure::Known(error)) => {
                checked.fault(id, error.to_string());
                continue;
            }
            Err(error) => return Err(error),
        };
        if document::id(&record.document) != id {
            checked.fault(&id, "its content is not what it is named by");
        }
        if let Some(what) = span_fault(&record) {
            checked.fault(&id, what);
        }
        match source::of(db, doc) {
            Ok(source) => {
                let what = source.and_then(|source| source::fault(&source, &record.document.text));
                if let Some(what) = what {
                    checked.fault(&id, what);
                }
            }
            Err(Failure::Known(error)) => checked.fault(&id, error.to_string()),
            Err(error) => return Err(error),
        }
        counts(db, doc, &record, &id, checked)?;
        if row.get::<_, Option<Doc>>(2)? == Some(doc) || row.get::<_, Option<Doc>>(3)? == Some(doc)
        {
            checked.fault(&id, "it is its own copy or successor");
        } else {
            copies::root(db, doc)?;
        }
    }
    Ok(())
}

/// The first span of a record that does not hold the words it claims, in a sentence.
pub(crate) fn span_fault(record: &dateline_core::Record) -> Option<String> {
    let text = &record.document.text;
    let offsets = Offsets::of(text);
    let spans = record
        .entities
        .iter()
        .flat_map(|entity| entity.mentions.iter().map(|mention| &mention.span))
        .chain(record.times.iter().map(|time| &time.span))
        .chain(record.statements.iter().flat_map(|it| it.content.iter().chain(&it.source)))
        .chain(record.statements.iter().filter_map(|it| it.cue.as_ref()).map(|cue| &cue.span))
        .chain(record.events.iter().map(|event| &event.trigger.span));
    for span in spans {
        let range = offsets.byte(span.start as usize).zip(offsets.byte(span.end as usize));
        let words = range.and_then(|(from, to)| text.get(from..to));
        if words != Some(span.text.as_str()) {
            return Some(format!(
                "words at {}..{} are not those of the text",
                span.start, span.end
            ));
        }
    }
    None
}

/// Whether the rows of a document are as many as its record has parts, and tell the same of events.
fn counts(
    db: &Connection,
    doc: Doc,
    record: &dateline_core::Record,
    id: &str,
    checked: &mut Checked,
) -> Result<()> {
    for (table, parts) in [("time", record.times.len()), ("statement", record.statements.len())] {
        let sql = format!("SELECT count(*) FROM {table} WHERE doc = ?1");
        let rows: usize = db.prepare_cached(&sql)?.query_row([doc], |row| row.get(0))?;
        if rows != parts {
            checked.fault(id, format!("it has {parts} in its record and {rows} rows of {table}"));
        }
    }
    let mut select = db.prepare_cached(
        "SELECT nth, type, status, polarity, lemma FROM mention WHERE mention BETWEEN ?1 AND ?2 ORDER BY mention",
    )?;
    let (first, last) = (event::mention(doc, 0), event::mention(doc, event::MENTIONS));
    let mut rows = select.query([first, last])?;
    let mut n = 0;
    while let Some(row) = rows.next()? {
        n += 1;
        let nth: usize = row.get(0)?;
        let same = record.events.get(nth.wrapping_sub(1)).is_some_and(|event| {
            let column = |at: usize| row.get::<_, String>(at).ok();
            column(1).as_deref() == Some(event.kind.as_str())
                && column(2).as_deref() == Some(event.status.as_str())
                && column(3).as_deref() == Some(event.polarity.as_str())
                && column(4).as_deref() == Some(event.trigger.lemma.as_str())
        });
        if !same {
            checked.fault(id, format!("the row of v{nth} is not what the record says"));
        }
    }
    if n != record.events.len().min(event::MENTIONS) {
        checked
            .fault(id, format!("it tells {} events and has {n} rows of them", record.events.len()));
    }
    Ok(())
}

fn events(db: &Connection, checked: &mut Checked) -> Result<()> {
    let mut sketches = Sketches::default();
    let mut select = db.prepare("SELECT event, id FROM event ORDER BY event")?;
    let mut founders =
        db.prepare_cached("SELECT DISTINCT coalesce(unit, mention) FROM mention WHERE event = ?1")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        checked.events += 1;
        let (event, id): (i64, String) = (row.get(0)?, row.get(1)?);
        if !has_folded(db, &mut sketches, event)? {
            checked.fault(&id, "its history is not what its reports fold to");
        }
        let units: Vec<i64> = founders
            .query_map([event], |row| row.get(0))?
            .collect::<std::result::Result<_, _>>()?;
        let mut first: Option<((i32, u64, u32), String)> = None;
        for unit in units {
            let sketch = sketches.get(db, unit)?;
            if sketch.is_founder()
                && first.as_ref().is_none_or(|(order, _)| sketch.order() < *order)
            {
                first = Some((sketch.order(), tree::id(&sketch)));
            }
        }
        if first.map(|(_, id)| id).as_ref() != Some(&id) {
            checked.fault(&id, "it is not named for its first report");
        }
    }
    Ok(())
}
