//! Units, and a cache of their sketches.
//!
//! A unit is all that one document says of one event: one mention, or several that the record calls the same event. It is
//! compared by its [`Sketch`].

use std::{collections::HashMap, sync::Arc};

use dateline_coreference::Sketch;
use rusqlite::{Connection, OptionalExtension as _};

use crate::error::{Failure, Result};

/// Number of a unit: that of its first mention.
pub(crate) type Unit = i64;

/// Maximum number of sketches in memory.
const REMEMBERED: usize = 200_000;

/// Cache of sketches.
#[derive(Debug, Default)]
pub(crate) struct Sketches {
    of: HashMap<Unit, Arc<Sketch>>,
}

impl Sketches {
    /// Returns the sketch of a unit.
    pub(crate) fn get(&mut self, db: &Connection, unit: Unit) -> Result<Arc<Sketch>> {
        if let Some(known) = self.of.get(&unit) {
            return Ok(Arc::clone(known));
        }
        let mut select = db.prepare_cached("SELECT sketch FROM unit WHERE unit = ?1")?;
        let read = select
            .query_row([unit], |row| Ok(Sketch::from_bytes(row.get_ref(0)?.as_blob()?)))
            .optional()?
            .flatten()
            .ok_or_else(|| Failure::damaged(format!("unit {unit} has no sketch")))?;
        let read = Arc::new(read);
        self.put(unit, Arc::clone(&read));
        Ok(read)
    }

    /// Keeps a sketch.
    pub(crate) fn put(&mut self, unit: Unit, sketch: Arc<Sketch>) {
        if self.of.len() >= REMEMBERED {
            self.of.clear();
        }
        self.of.insert(unit, sketch);
    }

    /// Drops the sketch of a deleted unit.
    pub(crate) fn forget(&mut self, unit: Unit) {
        self.of.remove(&unit);
    }
}
