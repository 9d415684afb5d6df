//! Merging two events and splitting a report off, as a person decides. The decisions are kept as manual overrides.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _};

use crate::{
    document,
    error::{Failure, Result, StoreError, Trying as _},
    event::{self, Touched, tree::Event},
    ledger::Ledger,
    manual_override::{self, OverrideKind, PortableSide, Side},
    query::event::find,
    report::ReportId,
    unit::{Sketches, Unit},
};

impl Ledger {
    /// Merges two events for good, whatever their reports have in common, and returns the id of the merged event. Both ids go on to
    /// lead to it.
    ///
    /// ```
    /// use std::time::Duration;
    /// use dateline_store::{EventFilter, Ledger};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let path = folder.path().join("news.db");
    /// # std::fs::copy("tests/data/schema-5.db", &path)?;
    /// let mut ledger = Ledger::open_for_writing(&path, "example", Duration::ZERO)?;
    /// let events = ledger.timeline(&EventFilter::new())?;
    /// let merged = ledger.merge(&events[0].id, &events[1].id)?;
    /// assert_eq!(ledger.event(&events[1].id, None)?.event.id, merged);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StoreError::NoSuchEvent`] if one of the ids is not known, and [`StoreError::SameEvent`] if both lead to the same event.
    pub fn merge(&mut self, one: &str, other: &str) -> std::result::Result<String, StoreError> {
        self.transaction(|db, caches| {
            let (left, right) = (find(db, one)?, find(db, other)?);
            if left == right {
                return Err(
                    StoreError::SameEvent { one: one.to_owned(), other: other.to_owned() }.into()
                );
            }
            let (left, right) = (
                first_unit(db, &mut caches.sketches, left)?,
                first_unit(db, &mut caches.sketches, right)?,
            );
            manual_override::remove_split(db, left, right)?;
            manual_override::insert(db, OverrideKind::Merge, left, right)?;
            settle(db, &mut caches.sketches, &[left.0, right.0])?;
            let event: Event =
                db.query_row("SELECT event FROM mention WHERE mention = ?1", [left.0], |row| {
                    row.get(0)
                })?;
            Ok(db.query_row("SELECT id FROM event WHERE event = ?1", [event], |row| row.get(0))?)
        })
        .trying("merge two events")
    }

    /// Splits a report off its event for good, and returns the id of the event the report now belongs to. Returns `None` if the
    /// report is a denial: without another report, nobody claims that its event exists.
    ///
    /// `document` and `mention` are the two parts of the report's [`ReportId`].
    ///
    /// # Errors
    ///
    /// - [`StoreError::NoSuchEvent`] if the id is not known.
    /// - [`StoreError::NoSuchReport`] if the event has no such report.
    /// - [`StoreError::FirstReport`] if the event is named after this report. Split off the others instead.
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
                let report = format!("{document}:{mention}");
                return Err(StoreError::FirstReport { event: event.to_owned(), report }.into());
            }
            // It may not stay with any report of the event, or it would come back by way of another.
            let own = (unit, caches.sketches.get(db, unit)?.start);
            let others: BTreeSet<Unit> =
                reports.iter().map(|(_, other)| *other).filter(|other| *other != unit).collect();
            manual_override::remove_merges(db, own)?;
            for other in others {
                let start = caches.sketches.get(db, other)?.start;
                manual_override::insert(db, OverrideKind::Split, (other, start), own)?;
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

/// An override as a dump has it, with the number of its line.
#[derive(Debug, Clone)]
pub(crate) struct DumpedOverride {
    pub(crate) line: u64,
    pub(crate) kind: String,
    pub(crate) left: PortableSide,
    pub(crate) right: PortableSide,
}

/// Stores the overrides of a dump and updates the events they touch. Returns the lines of those that could not be stored, each
/// with the reason.
pub(crate) fn restore(
    db: &Connection,
    sketches: &mut Sketches,
    overrides: &[DumpedOverride],
) -> Result<Vec<(u64, String)>> {
    let (mut refused, mut units) = (Vec::new(), Vec::new());
    for DumpedOverride { line, kind, left, right } in overrides {
        let unit = |side: &PortableSide| -> Result<Option<Unit>> {
            let doc = document::find(db, &side.0)?;
            doc.map_or(Ok(None), |doc| manual_override::unit_at(db, doc, side.1))
        };
        let (Some(one), Some(other)) = (unit(left)?, unit(right)?) else {
            refused.push((*line, "a manual override of a report that does not exist".to_owned()));
            continue;
        };
        match kind.parse() {
            Ok(kind) => {
                manual_override::insert(db, kind, (one, left.1), (other, right.1))?;
                units.extend([one, other]);
            }
            Err(why) => refused.push((*line, why)),
        }
    }
    settle(db, sketches, &units)?;
    Ok(refused)
}

/// Returns the reports of an event with their units, by publication date and document.
fn reports(db: &Connection, event: Event) -> Result<Vec<(ReportId, Unit)>> {
    let mut select = db.prepare_cached(
        "SELECT document.id, mention.nth, coalesce(unit, mention) FROM mention JOIN document USING (doc)
         WHERE event = ?1 ORDER BY document.published, document.id, mention",
    )?;
    let rows = select.query_map([event], |row| {
        let nth: i64 = row.get(1)?;
        Ok((ReportId { document: row.get(0)?, event: format!("v{nth}") }, row.get(2)?))
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Returns the unit an event is named after.
fn first_unit(db: &Connection, sketches: &mut Sketches, event: Event) -> Result<Side> {
    let mut select =
        db.prepare_cached("SELECT DISTINCT coalesce(unit, mention) FROM mention WHERE event = ?1")?;
    let units: Vec<Unit> =
        select.query_map([event], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
    let mut first: Option<((i32, u64, u32), Side)> = None;
    for unit in units {
        let sketch = sketches.get(db, unit)?;
        if sketch.is_founder() && first.as_ref().is_none_or(|(order, _)| sketch.order() < *order) {
            first = Some((sketch.order(), (unit, sketch.start)));
        }
    }
    first
        .map(|(_, side)| side)
        .ok_or_else(|| Failure::damaged(format!("event {event} has no report")))
}

/// Updates the events of some units.
fn settle(db: &Connection, sketches: &mut Sketches, units: &[Unit]) -> Result<()> {
    let mut touched = Touched::default();
    for unit in units {
        let tree =
            db.query_row("SELECT tree FROM unit WHERE unit = ?1", [unit], |row| row.get(0))?;
        touched.trees.insert(tree);
    }
    event::settle(db, sketches, touched)
}
