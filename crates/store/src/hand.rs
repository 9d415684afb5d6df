//! Merges and splits made by hand: what a person knows better goes before what is computed, and outlives it.
//!
//! A decision names two reports by document and trigger. It is applied whenever their events are made anew, so it survives
//! ingestion and recoding; where a new coding finds no report at that trigger any more, it waits.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::{
    StoreError,
    document::{self, Doc},
    error::{Result, Trying as _},
    event::{
        self, Touched, place_of,
        sketch::{Sketches, Unit},
        tree::Event,
    },
    ledger::Ledger,
    query::event::find,
};

/// A report of an event, by the id of its document and of the event in its record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
pub struct Report {
    /// The document.
    pub document: String,
    /// The event in its record: `v3`.
    pub event: String,
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.document, self.event)
    }
}

/// Decisions by hand, between units.
#[derive(Debug, Default)]
pub(crate) struct Decisions {
    merged: BTreeMap<Unit, BTreeSet<Unit>>,
    split: BTreeSet<(Unit, Unit)>,
}

impl Decisions {
    /// Pairs that are of one event.
    pub(crate) fn merged(&self) -> impl Iterator<Item = (Unit, Unit)> {
        self.merged.iter().flat_map(|(&one, others)| others.iter().map(move |&other| (one, other)))
    }

    /// The units a unit was merged with.
    pub(crate) fn merged_with(&self, unit: Unit) -> impl Iterator<Item = Unit> {
        self.merged.get(&unit).into_iter().flatten().copied()
    }

    /// Whether two units were split.
    pub(crate) fn is_split(&self, one: Unit, other: Unit) -> bool {
        self.split.contains(&(one.min(other), one.max(other)))
    }
}

/// All decisions whose reports are there.
pub(crate) fn decisions(db: &Connection) -> Result<Decisions> {
    let mut select =
        db.prepare_cached("SELECT kind, left_doc, left_start, right_doc, right_start FROM hand")?;
    let mut decisions = Decisions::default();
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let kind: String = row.get(0)?;
        let left = unit_at(db, row.get(1)?, row.get(2)?)?;
        let right = unit_at(db, row.get(3)?, row.get(4)?)?;
        let (Some(left), Some(right)) = (left, right) else { continue };
        if kind == "merge" {
            decisions.merged.entry(left).or_default().insert(right);
            decisions.merged.entry(right).or_default().insert(left);
        } else {
            decisions.split.insert((left.min(right), left.max(right)));
        }
    }
    Ok(decisions)
}

/// The unit whose first trigger begins at a code point of a document.
fn unit_at(db: &Connection, doc: Doc, start: u32) -> Result<Option<Unit>> {
    let mut units = db.prepare_cached("SELECT unit FROM unit WHERE unit BETWEEN ?1 AND ?2")?;
    let (first, last) = (event::mention(doc, 0), event::mention(doc, event::MENTIONS));
    let units: Vec<Unit> =
        units.query_map([first, last], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
    // Decisions are few, so the sketches are read as they are.
    let mut sketches = Sketches::default();
    for unit in units {
        if sketches.get(db, unit)?.start == start {
            return Ok(Some(unit));
        }
    }
    Ok(None)
}

/// A report as a decision names it: the document, and the code point its first trigger begins at.
pub(crate) type At = (String, u32);

/// All decisions, in an order that does not depend on when they were made.
pub(crate) fn all(db: &Connection) -> Result<Vec<(String, At, At)>> {
    let mut select = db.prepare(
        "SELECT kind, l.id, left_start, r.id, right_start FROM hand
         JOIN document AS l ON l.doc = left_doc JOIN document AS r ON r.doc = right_doc
         ORDER BY l.id, left_start, r.id, right_start, kind",
    )?;
    let rows = select.query_map([], |row| {
        Ok((row.get(0)?, (row.get(1)?, row.get(2)?), (row.get(3)?, row.get(4)?)))
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Stores decisions again, each with a number to name it by, and brings events up to date. Gives back those whose reports are not
/// there, and why.
pub(crate) fn restore(
    db: &Connection,
    sketches: &mut Sketches,
    decisions: &[(u64, String, At, At)],
) -> Result<Vec<(u64, String)>> {
    let (mut refused, mut units) = (Vec::new(), Vec::new());
    for (number, kind, left, right) in decisions {
        let unit = |at: &At| -> Result<Option<Unit>> {
            let doc = document::find(db, &at.0)?;
            doc.map_or(Ok(None), |doc| unit_at(db, doc, at.1))
        };
        let (Some(one), Some(other)) = (unit(left)?, unit(right)?) else {
            refused.push((*number, "a decision about a report that is not there".to_owned()));
            continue;
        };
        if kind != "merge" && kind != "split" {
            refused.push((*number, format!("read `{kind}`, expected `merge` or `split`")));
            continue;
        }
        decide(db, kind, (one, left.1), (other, right.1))?;
        units.extend([one, other]);
    }
    settle(db, sketches, &units)?;
    Ok(refused)
}

impl Ledger {
    /// Makes one event of two, whatever is computed, now and later. Gives back its id.
    ///
    /// # Errors
    ///
    /// If one of the ids is not known, or both are one event already.
    pub fn merge(&mut self, one: &str, other: &str) -> std::result::Result<String, StoreError> {
        self.transaction(|db, caches| {
            let (left, right) = (find(db, one)?, find(db, other)?);
            if left == right {
                return Err(StoreError::Refused(format!("{one} and {other} are one event already")).into());
            }
            let (left, right) = (
                first_unit(db, &mut caches.sketches, left)?,
                first_unit(db, &mut caches.sketches, right)?,
            );
            db.execute(
                "DELETE FROM hand WHERE kind = 'split' AND (left_doc, left_start, right_doc, right_start) IN
                 (VALUES (?1, ?2, ?3, ?4), (?3, ?4, ?1, ?2))",
                params![place_of(left.0).0, left.1, place_of(right.0).0, right.1],
            )?;
            decide(db, "merge", left, right)?;
            settle(db, &mut caches.sketches, &[left.0, right.0])?;
            let event: Event =
                db.query_row("SELECT event FROM mention WHERE mention = ?1", [left.0], |row| row.get(0))?;
            Ok(db.query_row("SELECT id FROM event WHERE event = ?1", [event], |row| row.get(0))?)
        })
        .trying("merge two events")
    }

    /// Takes a report out of its event, now and later. Gives back the id of the event the report is of from now on; none where
    /// it denies what it reports, so that nobody is left who says it is so.
    ///
    /// # Errors
    ///
    /// If there is no such event, it has no such report, or the report is its first: then the others are to be split off.
    pub fn split(
        &mut self,
        event: &str,
        document: &str,
        mention: &str,
    ) -> std::result::Result<Option<String>, StoreError> {
        self.transaction(|db, caches| {
            let number = find(db, event)?;
            let reports = reports(db, number)?;
            let unit = reports
                .iter()
                .find(|(report, _)| report.document == document && report.event == mention)
                .map(|(_, unit)| *unit)
                .ok_or_else(|| StoreError::NoSuchReport {
                    read: format!("{document}:{mention}"),
                    expected: reports.iter().map(|(report, _)| report.to_string()).collect(),
                })?;
            let first = first_unit(db, &mut caches.sketches, number)?;
            if first.0 == unit {
                return Err(StoreError::Refused(format!(
                    "{document}:{mention} is the first report of {event}, which is named for it; split the others off"
                ))
                .into());
            }
            // It may not stay with any report of the event, or it would come back by another.
            let own = (unit, caches.sketches.get(db, unit)?.start);
            let others: BTreeSet<Unit> =
                reports.iter().map(|(_, other)| *other).filter(|other| *other != unit).collect();
            db.execute(
                "DELETE FROM hand WHERE kind = 'merge' AND ((left_doc = ?1 AND left_start = ?2)
                 OR (right_doc = ?1 AND right_start = ?2))",
                params![place_of(own.0).0, own.1],
            )?;
            for other in others {
                let start = caches.sketches.get(db, other)?.start;
                decide(db, "split", (other, start), own)?;
            }
            settle(db, &mut caches.sketches, &[first.0, unit])?;
            let mut select = db.prepare_cached(
                "SELECT id FROM event JOIN mention USING (event) WHERE mention = ?1",
            )?;
            Ok(select.query_row([unit], |row| row.get(0)).optional()?)
        })
        .trying("split an event")
    }
}

/// The reports of an event with their units, by document.
pub(crate) fn reports(db: &Connection, event: Event) -> Result<Vec<(Report, Unit)>> {
    let mut select = db.prepare_cached(
        "SELECT document.id, mention.nth, coalesce(unit, mention) FROM mention JOIN document USING (doc)
         WHERE event = ?1 ORDER BY document.published, document.id, mention",
    )?;
    let rows = select.query_map([event], |row| {
        let nth: i64 = row.get(1)?;
        Ok((Report { document: row.get(0)?, event: format!("v{nth}") }, row.get(2)?))
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

fn first_unit(db: &Connection, sketches: &mut Sketches, event: Event) -> Result<(Unit, u32)> {
    let mut select =
        db.prepare_cached("SELECT DISTINCT coalesce(unit, mention) FROM mention WHERE event = ?1")?;
    let units: Vec<Unit> =
        select.query_map([event], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
    let mut first: Option<((i32, u64, u32), Unit, u32)> = None;
    for unit in units {
        let sketch = sketches.get(db, unit)?;
        if sketch.is_founder() && first.as_ref().is_none_or(|(order, ..)| sketch.order() < *order) {
            first = Some((sketch.order(), unit, sketch.start));
        }
    }
    first
        .map(|(_, unit, start)| (unit, start))
        .ok_or_else(|| crate::error::Failure::damaged(format!("event {event} has no report")))
}

fn decide(db: &Connection, kind: &str, left: (Unit, u32), right: (Unit, u32)) -> Result<()> {
    db.execute(
        "INSERT OR REPLACE INTO hand (kind, left_doc, left_start, right_doc, right_start) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![kind, place_of(left.0).0, left.1, place_of(right.0).0, right.1],
    )?;
    Ok(())
}

fn settle(db: &Connection, sketches: &mut Sketches, units: &[Unit]) -> Result<()> {
    let mut touched = Touched::default();
    for unit in units {
        let tree =
            db.query_row("SELECT tree FROM unit WHERE unit = ?1", [unit], |row| row.get(0))?;
        touched.trees.insert(tree);
    }
    event::settle(db, sketches, touched)
}

/// The document of an id, or an error that says so.
pub(crate) fn document(db: &Connection, id: &str) -> Result<Doc> {
    document::find(db, id)?.ok_or_else(|| StoreError::NoSuchDocument(id.to_owned()).into())
}
