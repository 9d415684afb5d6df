//! Consistency check of a ledger: references, spans against text, rows against records, histories against reports, and the integrity
//! checks of SQLite and its full-text index.

use rusqlite::Connection;
use serde::Serialize;

use crate::{
    copies,
    document::{self, Doc},
    error::{Failure, Result, StoreError, Trying as _},
    event::{history, refresh, tree},
    ledger::Ledger,
    packed::Offsets,
    report, source,
    unit::Sketches,
};

/// Result of [`Ledger::check`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CheckReport {
    /// Number of documents checked.
    pub documents: u64,
    /// Number of events checked.
    pub events: u64,
    /// Faults found; empty if the ledger is consistent.
    pub faults: Vec<LedgerFault>,
}

/// A contradiction within a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LedgerFault {
    /// Id of the document or event it concerns, or `file`.
    pub of: String,
    /// Description of the fault.
    pub what: String,
}

/// References that the schema does not enforce: a query that finds broken ones, and what a row of it means.
const REFERENCES: [(&str, &str); 11] = [
    (
        "SELECT mention FROM mention WHERE event IS NOT NULL AND event NOT IN (SELECT event FROM event)",
        "a report belongs to an event that does not exist",
    ),
    (
        "SELECT unit FROM unit WHERE unit NOT IN (SELECT mention FROM mention)",
        "a unit has no mention",
    ),
    (
        "SELECT unit FROM unit WHERE tree NOT IN (SELECT unit FROM unit)
            OR antecedent IS NOT NULL AND antecedent NOT IN (SELECT unit FROM unit)",
        "the tree or antecedent of a unit does not exist",
    ),
    (
        "SELECT unit FROM band WHERE unit NOT IN (SELECT unit FROM unit)",
        "a band contains a unit that does not exist",
    ),
    (
        "SELECT event FROM event WHERE event NOT IN (SELECT event FROM mention WHERE event IS NOT NULL)",
        "an event has no report",
    ),
    (
        "SELECT state.event FROM state WHERE mention NOT IN (SELECT mention FROM mention)",
        "the report of a state does not exist",
    ),
    (
        "SELECT event FROM state JOIN event USING (event) WHERE state.type <> event.type",
        "the type of a state differs from that of its event",
    ),
    (
        "SELECT party.event FROM party JOIN state ON state.event = party.event AND state.until IS NULL
             WHERE (party.at, party.type) <> (state.at, state.type)",
        "the date or type of a party differs from that of the current state",
    ),
    (
        "SELECT event FROM event WHERE event NOT IN (SELECT event FROM state)",
        "an event has no state",
    ),
    (
        "SELECT relation.doc FROM relation WHERE \"from\" NOT IN (SELECT mention FROM mention)
            OR \"to\" NOT IN (SELECT mention FROM mention)",
        "a relation refers to an event that does not exist",
    ),
    (
        "SELECT doc FROM document WHERE doc NOT IN (SELECT rowid FROM words)
         UNION ALL SELECT rowid FROM words WHERE rowid NOT IN (SELECT doc FROM document)",
        "the full-text index lacks a document or has one that does not exist",
    ),
];

impl Ledger {
    /// Checks that everything in the ledger follows from its documents, records and manual overrides. Takes about as long as reading
    /// every document.
    ///
    /// The ledger must be open for writing, because SQLite checks its full-text index with a command that counts as a write. Nothing
    /// is changed.
    ///
    /// ```
    /// use std::time::Duration;
    /// use dateline_store::Ledger;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let path = folder.path().join("news.db");
    /// # std::fs::copy("tests/data/schema-5.db", &path)?;
    /// let mut ledger = Ledger::open_for_writing(&path, "example", Duration::ZERO)?;
    /// let report = ledger.check()?;
    /// assert_eq!(report.documents, 3);
    /// assert!(report.faults.is_empty(), "{:?}", report.faults);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StoreError::Sqlite`] if the file cannot be read at all. Anything else that is wrong is a [`LedgerFault`].
    pub fn check(&mut self) -> std::result::Result<CheckReport, StoreError> {
        let run = || -> Result<CheckReport> {
            let mut checked = CheckReport::default();
            file(&self.db, &mut checked)?;
            references(&self.db, &mut checked)?;
            documents(&self.db, &mut checked)?;
            events(&self.db, &mut checked)?;
            Ok(checked)
        };
        run().trying("check the ledger")
    }
}

impl CheckReport {
    fn fault(&mut self, of: impl Into<String>, what: impl Into<String>) {
        self.faults.push(LedgerFault { of: of.into(), what: what.into() });
    }
}

fn file(db: &Connection, checked: &mut CheckReport) -> Result<()> {
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
        checked.fault(
            "file",
            format!("a row of {table} refers to a row of {parent} that does not exist"),
        );
    }
    if let Err(error) = db.execute("INSERT INTO words (words) VALUES ('integrity-check')", []) {
        checked.fault("file", format!("the full-text index is damaged: {error}"));
    }
    Ok(())
}

fn references(db: &Connection, checked: &mut CheckReport) -> Result<()> {
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

fn documents(db: &Connection, checked: &mut CheckReport) -> Result<()> {
    let mut select =
        db.prepare("SELECT doc, id, superseded, copy_of, reader FROM document ORDER BY doc")?;
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
            checked.fault(&id, "its id does not match its content");
        }
        if row.get::<_, Option<String>>(4)? != record.reader {
            checked.fault(&id, "its reader differs from that of its record");
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
            checked.fault(&id, "it is a copy or a version of itself");
        } else {
            copies::root(db, doc)?;
        }
    }
    Ok(())
}

/// Describes the first span of a record whose text differs from the document, if there is one.
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
                "the words of the span {}..{} are not those of the text",
                span.start, span.end
            ));
        }
    }
    None
}

/// Compares the rows of a document with its record.
fn counts(
    db: &Connection,
    doc: Doc,
    record: &dateline_core::Record,
    id: &str,
    checked: &mut CheckReport,
) -> Result<()> {
    for (table, parts) in [("time", record.times.len()), ("statement", record.statements.len())] {
        let sql = format!("SELECT count(*) FROM {table} WHERE doc = ?1");
        let rows: usize = db.prepare_cached(&sql)?.query_row([doc], |row| row.get(0))?;
        if rows != parts {
            checked
                .fault(id, format!("its record has {parts}, but there are {rows} rows of {table}"));
        }
    }
    let mut select = db.prepare_cached(
        "SELECT nth, type, status, polarity, lemma FROM mention WHERE mention BETWEEN ?1 AND ?2 ORDER BY mention",
    )?;
    let mut rows = select.query(report::numbers(doc))?;
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
            checked.fault(id, format!("the row of v{nth} differs from the record"));
        }
    }
    if n != record.events.len().min(report::MOST) {
        checked.fault(
            id,
            format!(
                "its record has {} events, but there are {n} rows of mention",
                record.events.len()
            ),
        );
    }
    Ok(())
}

fn events(db: &Connection, checked: &mut CheckReport) -> Result<()> {
    let mut sketches = Sketches::default();
    let mut select = db.prepare("SELECT event, id FROM event ORDER BY event")?;
    let mut founders =
        db.prepare_cached("SELECT DISTINCT coalesce(unit, mention) FROM mention WHERE event = ?1")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        checked.events += 1;
        let (event, id): (i64, String) = (row.get(0)?, row.get(1)?);
        if !has_folded(db, &mut sketches, event)? {
            checked.fault(&id, "its history does not follow from its reports");
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
            checked.fault(&id, "its id does not match its first report");
        }
    }
    Ok(())
}

/// Whether the stored states of an event are those its reports fold to.
fn has_folded(db: &Connection, sketches: &mut Sketches, event: tree::Event) -> Result<bool> {
    let folded = refresh::states(db, sketches, event)?;
    let mut select = db.prepare_cached(
        "SELECT day, standing, \"from\", \"to\", place, parties, mention FROM state WHERE event = ?1 ORDER BY day",
    )?;
    let mut rows = select.query([event])?;
    let mut expected = folded.iter();
    while let Some(row) = rows.next()? {
        let Some(state) = expected.next() else { return Ok(false) };
        let parties: Vec<String> = state.parties.iter().map(ToString::to_string).collect();
        let same = row.get::<_, String>(0)? == state.day.to_string()
            && row.get::<_, String>(1)? == state.status.as_str()
            && row.get::<_, Option<String>>(2)? == state.from.map(|from| from.to_string())
            && row.get::<_, Option<String>>(3)? == state.to.map(|to| to.to_string())
            && row.get::<_, Option<i64>>(4)? == state.place
            && row.get::<_, String>(5)? == parties.join(" ")
            && row.get::<_, i64>(6)? == state.mention;
        if !same {
            return Ok(false);
        }
    }
    debug_assert!(
        folded.iter().all(|state| history::on(state.status, state.to, state.day) == state.status
            || state.to.is_some())
    );
    Ok(expected.next().is_none())
}
