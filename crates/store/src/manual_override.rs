//! Manual overrides: merges and splits of events that a person decided, as the table `manual_override` keeps them.
//!
//! An override names two reports by document and by where their triggers begin. It is applied whenever events are built from their
//! reports, so it outlives ingestion and re-extraction. While a new extraction finds no report at that place, the override is kept
//! and has no effect.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

use rusqlite::{Connection, params};

use crate::{
    document::Doc,
    error::{Failure, Result},
    report,
    unit::{Sketches, Unit},
};

/// What an override does with its two reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OverrideKind {
    /// Both belong to one event.
    Merge,
    /// They belong to different events.
    Split,
}

impl OverrideKind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Split => "split",
        }
    }
}

impl fmt::Display for OverrideKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for OverrideKind {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        match text {
            "merge" => Ok(Self::Merge),
            "split" => Ok(Self::Split),
            _ => Err(format!("read `{text}`, expected `merge` or `split`")),
        }
    }
}

/// A report as an override names it in this file: the unit, and the code point its first trigger begins at.
pub(crate) type Side = (Unit, u32);

/// A report as an override names it in any file: the id of the document, and the code point the first trigger begins at.
pub(crate) type PortableSide = (String, u32);

/// All overrides whose reports exist, between units.
#[derive(Debug, Default)]
pub(crate) struct Overrides {
    merged: BTreeMap<Unit, BTreeSet<Unit>>,
    split: BTreeSet<(Unit, Unit)>,
}

impl Overrides {
    /// Reads the overrides of a ledger.
    pub(crate) fn read(db: &Connection) -> Result<Self> {
        let mut select = db.prepare_cached(
            "SELECT kind, left_doc, left_start, right_doc, right_start FROM manual_override",
        )?;
        let mut overrides = Self::default();
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let kind = kind(row.get_ref(0)?.as_str()?)?;
            let left = unit_at(db, row.get(1)?, row.get(2)?)?;
            let right = unit_at(db, row.get(3)?, row.get(4)?)?;
            let (Some(left), Some(right)) = (left, right) else { continue };
            match kind {
                OverrideKind::Merge => {
                    overrides.merged.entry(left).or_default().insert(right);
                    overrides.merged.entry(right).or_default().insert(left);
                }
                OverrideKind::Split => {
                    overrides.split.insert((left.min(right), left.max(right)));
                }
            }
        }
        Ok(overrides)
    }

    /// Returns the pairs of units that belong to one event, each pair in both orders.
    pub(crate) fn merged(&self) -> impl Iterator<Item = (Unit, Unit)> {
        self.merged.iter().flat_map(|(&one, others)| others.iter().map(move |&other| (one, other)))
    }

    /// Returns the units a unit was merged with.
    pub(crate) fn merged_with(&self, unit: Unit) -> impl Iterator<Item = Unit> {
        self.merged.get(&unit).into_iter().flatten().copied()
    }

    /// Whether two units were split.
    pub(crate) fn is_split(&self, one: Unit, other: Unit) -> bool {
        self.split.contains(&(one.min(other), one.max(other)))
    }
}

/// Returns the unit whose first trigger begins at a code point of a document.
pub(crate) fn unit_at(db: &Connection, doc: Doc, start: u32) -> Result<Option<Unit>> {
    let mut units = db.prepare_cached("SELECT unit FROM unit WHERE unit BETWEEN ?1 AND ?2")?;
    let units: Vec<Unit> = units
        .query_map(report::numbers(doc), |row| row.get(0))?
        .collect::<std::result::Result<_, _>>()?;
    // Overrides are few, so no cache is needed here.
    let mut sketches = Sketches::default();
    for unit in units {
        if sketches.get(db, unit)?.start == start {
            return Ok(Some(unit));
        }
    }
    Ok(None)
}

/// Returns all overrides, in an order that does not depend on when they were made.
pub(crate) fn all(db: &Connection) -> Result<Vec<(OverrideKind, PortableSide, PortableSide)>> {
    let mut select = db.prepare(
        "SELECT kind, l.id, left_start, r.id, right_start FROM manual_override
         JOIN document AS l ON l.doc = left_doc JOIN document AS r ON r.doc = right_doc
         ORDER BY l.id, left_start, r.id, right_start, kind",
    )?;
    let mut all = Vec::new();
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let kind = kind(row.get_ref(0)?.as_str()?)?;
        all.push((kind, (row.get(1)?, row.get(2)?), (row.get(3)?, row.get(4)?)));
    }
    Ok(all)
}

/// Stores an override, in place of any other between the same two reports.
pub(crate) fn insert(db: &Connection, kind: OverrideKind, left: Side, right: Side) -> Result<()> {
    db.execute(
        "INSERT OR REPLACE INTO manual_override (kind, left_doc, left_start, right_doc, right_start)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![kind.as_str(), doc(left), left.1, doc(right), right.1],
    )?;
    Ok(())
}

/// Removes a split between two reports, if there is one.
pub(crate) fn remove_split(db: &Connection, left: Side, right: Side) -> Result<()> {
    db.execute(
        "DELETE FROM manual_override WHERE kind = 'split' AND (left_doc, left_start, right_doc, right_start) IN
         (VALUES (?1, ?2, ?3, ?4), (?3, ?4, ?1, ?2))",
        params![doc(left), left.1, doc(right), right.1],
    )?;
    Ok(())
}

/// Removes every merge of a report.
pub(crate) fn remove_merges(db: &Connection, side: Side) -> Result<()> {
    db.execute(
        "DELETE FROM manual_override WHERE kind = 'merge' AND ((left_doc = ?1 AND left_start = ?2)
         OR (right_doc = ?1 AND right_start = ?2))",
        params![doc(side), side.1],
    )?;
    Ok(())
}

fn kind(text: &str) -> Result<OverrideKind> {
    text.parse().map_err(|why: String| Failure::damaged(format!("a manual override: {why}")))
}

fn doc(side: Side) -> Doc {
    report::place(side.0).0
}
