//! Coding anew what an older build has coded: the record and its rows are replaced, and what changed is said.

use std::collections::BTreeSet;

use dateline_core::{Document, Record};
use rusqlite::params;
use serde::Serialize;

use crate::{
    StoreError,
    document::{self, Doc},
    error::{Result, Trying as _},
    event::{self, Touched, antecedent, sketch::Unit},
    intake,
    ledger::{Caches, Ledger},
    packed,
};

/// Documents coded anew in one transaction.
const BATCH: usize = 200;

/// A document that was looked at again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recoded {
    /// The id of the document.
    pub id: String,
    /// What the new record has otherwise; empty where it says the same.
    pub differences: Vec<Difference>,
}

/// A part of a record that came, went or changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Difference {
    /// `entity`, `time`, `statement`, `event` or `relation`.
    pub part: String,
    /// As the old build had it; none where it is new.
    pub before: Option<String>,
    /// As the new build has it; none where it is gone.
    pub after: Option<String>,
}

impl Ledger {
    /// The documents that another build than this one has coded; all, if `all`.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn coded_otherwise(
        &self,
        build: &str,
        all: bool,
    ) -> std::result::Result<Vec<String>, StoreError> {
        let list = || -> Result<Vec<String>> {
            let mut select = self.db.prepare_cached(
                "SELECT id FROM document WHERE ?2 OR build NOT IN (SELECT build FROM build WHERE name = ?1) ORDER BY doc",
            )?;
            Ok(select
                .query_map(params![build, all], |row| row.get(0))?
                .collect::<std::result::Result<_, _>>()?)
        };
        list().trying("list documents")
    }

    /// Makes the records of some documents anew. Each batch is one transaction: a document has its old record or its new one,
    /// with all that follows from it. With `keep` nothing is written, and only what would change is said.
    ///
    /// # Errors
    ///
    /// If a document is not there, or the file cannot be written.
    pub fn recode(
        &mut self,
        ids: &[String],
        build: &str,
        keep: bool,
        extract: &dyn Fn(&Document) -> Record,
        each: &mut dyn FnMut(Recoded),
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
) -> Result<Vec<Recoded>> {
    ids.iter()
        .map(|id| {
            let old = document::record(db, crate::hand::document(db, id)?)?;
            let new = extract(&old.document);
            Ok(Recoded { id: id.clone(), differences: differences(&old, &new) })
        })
        .collect()
}

fn replace(
    db: &rusqlite::Connection,
    caches: &mut Caches,
    ids: &[String],
    build: &str,
    extract: &dyn Fn(&Document) -> Record,
) -> Result<Vec<Recoded>> {
    let build = document::build(db, build)?;
    let mut touched = Touched::default();
    let mut recoded = Vec::with_capacity(ids.len());
    for id in ids {
        let doc = crate::hand::document(db, id)?;
        let old = document::record(db, doc)?;
        let new = extract(&old.document);
        let differences = differences(&old, &new);
        db.prepare_cached("UPDATE document SET build = ?2, record = ?3 WHERE doc = ?1")?
            .execute(params![doc, build, packed::pack(&new)?])?;
        if old != new {
            forget(db, caches, doc, &old, &mut touched)?;
            intake::rows(db, caches, doc, &new, &mut touched)?;
            words(db, doc, &new)?;
        }
        recoded.push(Recoded { id: id.clone(), differences });
    }
    db.execute("UPDATE recoding SET n = n + 1", [])?;
    let lost = touched.events.clone();
    event::settle(db, &mut caches.sketches, touched)?;
    leave_empty(db, &lost)?;
    Ok(recoded)
}

/// What is said may be read otherwise now.
fn words(db: &rusqlite::Connection, doc: Doc, new: &Record) -> Result<()> {
    db.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([doc])?;
    intake::words(db, doc, new)
}

/// Takes out the rows of a record. Units that hung on its units are to find another antecedent.
fn forget(
    db: &rusqlite::Connection,
    caches: &mut Caches,
    doc: Doc,
    old: &Record,
    touched: &mut Touched,
) -> Result<()> {
    let (first, last) = (event::mention(doc, 0), event::mention(doc, event::MENTIONS));
    let mut select =
        db.prepare_cached("SELECT unit, tree FROM unit WHERE unit BETWEEN ?1 AND ?2")?;
    let units: Vec<(Unit, Unit)> = select
        .query_map([first, last], |row| Ok((row.get(0)?, row.get(1)?)))?
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
        // A tree is named by its first unit; where that goes, another names what is left until it is cut anew.
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
    // The events lose these reports; those that are left with none go in the end.
    touched.documents.insert(doc);
    let mut reported = db.prepare_cached(
        "SELECT DISTINCT event FROM mention WHERE mention BETWEEN ?1 AND ?2 AND event IS NOT NULL",
    )?;
    let events: Vec<i64> = reported
        .query_map([first, last], |row| row.get(0))?
        .collect::<std::result::Result<_, _>>()?;
    touched.events.extend(events);
    db.prepare_cached("DELETE FROM mention WHERE mention BETWEEN ?1 AND ?2")?
        .execute([first, last])?;
    for table in ["time", "statement", "relation"] {
        db.prepare_cached(&format!("DELETE FROM {table} WHERE doc = ?1"))?.execute([doc])?;
    }
    let mut delete = db.prepare_cached("DELETE FROM entity WHERE actor = ?1 AND doc = ?2")?;
    for entity in &old.entities {
        if let Some(actor) = crate::actor::of(db, &mut caches.actors, entity)? {
            delete.execute([actor, doc])?;
        }
    }
    Ok(())
}

/// Events whose last report is gone go, and their ids with them.
fn leave_empty(db: &rusqlite::Connection, events: &BTreeSet<i64>) -> Result<()> {
    let mut any = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM mention WHERE event = ?1)")?;
    for &event in events {
        if !any.query_row([event], |row| row.get::<_, bool>(0))? {
            event::tree::delete(db, event)?;
        }
    }
    Ok(())
}

/// What a new record of a text has otherwise than an old one, part by part, in the words of the text.
fn differences(old: &Record, new: &Record) -> Vec<Difference> {
    let (mut before, mut after) = (described(old), described(new));
    let (all_before, all_after) = (before.clone(), after.clone());
    before.retain(|part| !all_after.contains(part));
    after.retain(|part| !all_before.contains(part));
    let mut differences: Vec<Difference> = Vec::new();
    for (part, at, text) in before {
        let changed = after.iter().position(|(name, place, _)| *name == part && *place == at);
        let after = changed.map(|found| after.remove(found).2);
        differences.push(Difference { part: part.to_owned(), before: Some(text), after });
    }
    differences.extend(after.into_iter().map(|(part, _, text)| Difference {
        part: part.to_owned(),
        before: None,
        after: Some(text),
    }));
    differences.sort();
    differences
}

/// The parts of a record as lines that do not depend on how the others are numbered, with the place each stands at.
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
