//! Re-extraction: replacing the records that another build or another reader made, and reporting what changed.

use std::collections::BTreeSet;

use dateline_core::{Document, Record};
use rusqlite::params;
use serde::Serialize;

use crate::{
    actor,
    document::{self, Doc},
    error::{Result, StoreError, Trying as _},
    event::{self, Touched, antecedent},
    intake,
    ledger::{Caches, Ledger},
    packed, report,
    unit::Unit,
};

/// Number of documents in one transaction.
const BATCH: usize = 200;

/// Selection of documents to re-extract, by how their records were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecodeScope {
    /// Documents whose record another build or another reader made.
    Outdated,
    /// Documents whose record another build made.
    OtherBuild,
    /// Documents whose record another reader made, or a build that had only one.
    OtherReader,
    /// All documents.
    All,
}

/// A re-extracted document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RecodedDocument {
    /// Id of the document.
    pub id: String,
    /// Differences between the old record and the new one; empty if they say the same.
    pub differences: Vec<RecordDifference>,
}

/// A part of a record that was added, removed or changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct RecordDifference {
    /// Kind of the part: `entity`, `time`, `statement`, `event` or `relation`.
    pub part: String,
    /// The part in the old record, on one line; `None` if it was added.
    pub before: Option<String>,
    /// The part in the new record, on one line; `None` if it was removed.
    pub after: Option<String>,
}

impl Ledger {
    /// Returns the ids of the documents to re-extract, in the order they were stored. `build` and `reader` are those that will make
    /// the new records; the scope says which others count as outdated.
    ///
    /// # Errors
    ///
    /// [`StoreError::Sqlite`] if the file cannot be read.
    pub fn documents_to_recode(
        &self,
        build: &str,
        reader: &str,
        scope: RecodeScope,
    ) -> std::result::Result<Vec<String>, StoreError> {
        let by_build = matches!(scope, RecodeScope::Outdated | RecodeScope::OtherBuild);
        let by_reader = matches!(scope, RecodeScope::Outdated | RecodeScope::OtherReader);
        let all = scope == RecodeScope::All;
        let list = || -> Result<Vec<String>> {
            let mut select = self.db.prepare_cached(
                "SELECT id FROM document WHERE ?3 OR ?4 AND build NOT IN (SELECT build FROM build WHERE name = ?1)
                     OR ?5 AND reader IS NOT ?2 ORDER BY doc",
            )?;
            Ok(select
                .query_map(params![build, reader, all, by_build, by_reader], |row| row.get(0))?
                .collect::<std::result::Result<_, _>>()?)
        };
        list().trying("list documents")
    }

    /// Replaces the records of some documents with those that `extract` makes, and calls `each` with the differences. With `keep`
    /// set, nothing is written: `each` learns what would change.
    ///
    /// Documents are replaced in batches, each in one transaction, so a document always has its old record or its new one, with all
    /// that follows from it.
    ///
    /// ```
    /// use std::time::Duration;
    /// use dateline_store::{Ledger, RecodeScope};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let path = folder.path().join("news.db");
    /// # std::fs::copy("tests/data/schema-5.db", &path)?;
    /// let mut ledger = Ledger::open_for_writing(&path, "example", Duration::ZERO)?;
    /// let extractor = dateline_extract::Extractor::new();
    /// let build = "my program 2.0";
    /// let reader = extractor.reader().as_str();
    /// let ids = ledger.documents_to_recode(build, reader, RecodeScope::Outdated)?;
    /// ledger.recode(&ids, build, false, &|document| extractor.extract(document), &mut |document| {
    ///     println!("{}: {} differences", document.id, document.differences.len());
    /// })?;
    /// assert!(ledger.documents_to_recode(build, reader, RecodeScope::Outdated)?.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// - [`StoreError::NoSuchDocument`] if an id is not known.
    /// - [`StoreError::Sqlite`] if the file cannot be written.
    pub fn recode(
        &mut self,
        ids: &[String],
        build: &str,
        keep: bool,
        extract: &dyn Fn(&Document) -> Record,
        each: &mut dyn FnMut(RecodedDocument),
    ) -> std::result::Result<(), StoreError> {
        for batch in ids.chunks(BATCH) {
            let recoded = if keep {
                compare(&self.db, batch, extract).trying("compare records")?
            } else {
                self.transaction(|db, caches| replace(db, caches, batch, build, extract))
                    .trying("replace records")?
            };
            recoded.into_iter().for_each(&mut *each);
        }
        Ok(())
    }
}

fn compare(
    db: &rusqlite::Connection,
    ids: &[String],
    extract: &dyn Fn(&Document) -> Record,
) -> Result<Vec<RecodedDocument>> {
    ids.iter()
        .map(|id| {
            let old = document::record(db, document::require(db, id)?)?;
            let new = extract(&old.document);
            Ok(RecodedDocument { id: id.clone(), differences: differences(&old, &new) })
        })
        .collect()
}

fn replace(
    db: &rusqlite::Connection,
    caches: &mut Caches,
    ids: &[String],
    build: &str,
    extract: &dyn Fn(&Document) -> Record,
) -> Result<Vec<RecodedDocument>> {
    let build = document::build(db, build)?;
    let mut touched = Touched::default();
    let mut recoded = Vec::with_capacity(ids.len());
    for id in ids {
        let doc = document::require(db, id)?;
        let mut old = document::record(db, doc)?;
        let new = extract(&old.document);
        let differences = differences(&old, &new);
        db.prepare_cached(
            "UPDATE document SET build = ?2, record = ?3, reader = ?4 WHERE doc = ?1",
        )?
        .execute(params![doc, build, packed::pack(&new)?, new.reader])?;
        // No other row depends on the reader itself.
        old.reader.clone_from(&new.reader);
        if old != new {
            forget(db, caches, doc, &old, &mut touched)?;
            intake::rows(db, caches, doc, &new, &mut touched)?;
            words(db, doc, &new)?;
        }
        recoded.push(RecodedDocument { id: id.clone(), differences });
    }
    db.execute("UPDATE recoding SET n = n + 1", [])?;
    let lost = touched.events.clone();
    event::settle(db, &mut caches.sketches, touched)?;
    remove_empty(db, &lost)?;
    Ok(recoded)
}

/// Indexes the words of a document again: other words may be part of a statement now.
fn words(db: &rusqlite::Connection, doc: Doc, new: &Record) -> Result<()> {
    db.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([doc])?;
    intake::words(db, doc, new)
}

/// Removes the rows of a record. Units whose antecedent is removed will look for another one.
fn forget(
    db: &rusqlite::Connection,
    caches: &mut Caches,
    doc: Doc,
    old: &Record,
    touched: &mut Touched,
) -> Result<()> {
    let own = report::numbers(doc);
    let mut select =
        db.prepare_cached("SELECT unit, tree FROM unit WHERE unit BETWEEN ?1 AND ?2")?;
    let units: Vec<(Unit, Unit)> = select
        .query_map(own, |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<std::result::Result<_, _>>()?;
    let mut orphans = db.prepare_cached("SELECT unit FROM unit WHERE antecedent = ?1")?;
    let mut rest = db.prepare_cached("SELECT unit FROM unit WHERE tree = ?1 AND unit <> ?1")?;
    let mut plant =
        db.prepare_cached("UPDATE unit SET tree = ?2 WHERE tree = ?1 AND unit <> ?1")?;
    for (unit, tree) in units {
        let sketch = caches.sketches.get(db, unit)?;
        antecedent::remove(db, unit, &sketch)?;
        caches.sketches.forget(unit);
        let orphans: Vec<Unit> =
            orphans.query_map([unit], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
        touched.units.extend(orphans);
        touched.units.remove(&unit);
        // A tree is named after one of its units. If that unit goes, another names the rest until it is cut again.
        let heir: Option<Unit> = if tree == unit {
            let heirs: Vec<Unit> =
                rest.query_map([unit], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
            heirs.first().copied()
        } else {
            Some(tree)
        };
        touched.trees.remove(&unit);
        if let Some(heir) = heir {
            plant.execute([unit, heir])?;
            touched.trees.insert(heir);
        }
        db.prepare_cached(
            "UPDATE unit SET antecedent = NULL, score = NULL, reasons = NULL WHERE antecedent = ?1",
        )?
        .execute([unit])?;
        db.prepare_cached("DELETE FROM unit WHERE unit = ?1")?.execute([unit])?;
    }
    // The events lose these reports. Events that are left with none are removed in the end.
    touched.documents.insert(doc);
    let mut reported = db.prepare_cached(
        "SELECT DISTINCT event FROM mention WHERE mention BETWEEN ?1 AND ?2 AND event IS NOT NULL",
    )?;
    let events: Vec<i64> =
        reported.query_map(own, |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
    touched.events.extend(events);
    db.prepare_cached("DELETE FROM mention WHERE mention BETWEEN ?1 AND ?2")?.execute(own)?;
    for table in ["time", "statement", "relation"] {
        db.prepare_cached(&format!("DELETE FROM {table} WHERE doc = ?1"))?.execute([doc])?;
    }
    let mut delete = db.prepare_cached("DELETE FROM entity WHERE actor = ?1 AND doc = ?2")?;
    for entity in &old.entities {
        if let Some(actor) = actor::of(db, &mut caches.actors, entity)? {
            delete.execute([actor, doc])?;
        }
    }
    Ok(())
}

/// Removes the events that are left without a report, together with their ids.
fn remove_empty(db: &rusqlite::Connection, events: &BTreeSet<i64>) -> Result<()> {
    let mut any = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM mention WHERE event = ?1)")?;
    for &event in events {
        if !any.query_row([event], |row| row.get::<_, bool>(0))? {
            event::tree::delete(db, event)?;
        }
    }
    Ok(())
}

/// Returns the differences between two records of a text, part by part, in the words of the text.
fn differences(old: &Record, new: &Record) -> Vec<RecordDifference> {
    let (mut before, mut after) = (described(old), described(new));
    let (all_before, all_after) = (before.clone(), after.clone());
    before.retain(|part| !all_after.contains(part));
    after.retain(|part| !all_before.contains(part));
    let mut differences: Vec<RecordDifference> = Vec::new();
    for (part, at, text) in before {
        let changed = after.iter().position(|(name, place, _)| *name == part && *place == at);
        let after = changed.map(|found| after.remove(found).2);
        differences.push(RecordDifference { part: part.to_owned(), before: Some(text), after });
    }
    differences.extend(after.into_iter().map(|(part, _, text)| RecordDifference {
        part: part.to_owned(),
        before: None,
        after: Some(text),
    }));
    differences.sort();
    differences
}

/// Describes the parts of a record: kind, position in the text, and a line that does not depend on how other parts are numbered.
fn described(record: &Record) -> Vec<(&'static str, u32, String)> {
    let name = |id: &dateline_core::EntityId| {
        record.entities.get(id.index()).map_or_else(|| id.to_string(), |entity| entity.name.clone())
    };
    let names =
        |ids: &[dateline_core::EntityId]| ids.iter().map(name).collect::<Vec<_>>().join(", ");
    let mut parts = Vec::new();
    for entity in &record.entities {
        let at = entity.mentions.first().map_or(0, |mention| mention.span.start);
        let code = entity.code.as_deref().unwrap_or("-");
        let n = entity.mentions.len();
        parts.push(("entity", at, format!("{} {} {code} ×{n}", entity.name, entity.kind)));
    }
    for time in &record.times {
        parts.push((
            "time",
            time.span.start,
            format!("{} {} {}", time.span.text, time.kind, time.value),
        ));
    }
    for statement in &record.statements {
        let first = statement.content.first();
        let at = first.map_or(0, |span| span.start);
        let speaker = statement.speaker.as_ref().map_or_else(|| "-".to_owned(), name);
        let words = first.map_or("", |span| span.text.as_str());
        parts.push(("statement", at, format!("{} {speaker}: {words}", statement.kind)));
    }
    for event in &record.events {
        let date =
            event.date.map_or_else(|| "-".to_owned(), |date| date.interval.from().to_string());
        let line = format!(
            "{} {} {} {}: {} → {} on {date}",
            event.trigger.span.text,
            event.kind,
            event.polarity,
            event.status,
            names(&event.sources),
            names(&event.targets),
        );
        parts.push(("event", event.trigger.span.start, line));
    }
    for relation in &record.relations {
        let trigger = |id: &dateline_core::EventId| {
            record.events.get(id.index()).map_or("", |event| event.trigger.span.text.as_str())
        };
        let line =
            format!("{} {} {}", trigger(&relation.from), relation.kind, trigger(&relation.to));
        parts.push(("relation", relation.evidence.start, line));
    }
    parts
}
