//! How much is there.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    StoreError,
    error::{Result, Trying as _},
    ledger::Ledger,
    schema::SCHEMA,
};

/// Counts of a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stats {
    /// The version of its tables.
    pub schema: u32,
    /// Documents, all versions and copies.
    pub documents: u64,
    /// Documents with nearly the words of an earlier one.
    pub copies: u64,
    /// Documents of which there is a later version.
    pub superseded: u64,
    /// Documents without a date of publication, which tell no events of the world.
    pub undated: u64,
    /// The first day of publication.
    pub first: Option<String>,
    /// The last.
    pub last: Option<String>,
    /// Actors.
    pub actors: u64,
    /// Statements.
    pub statements: u64,
    /// Reports of events.
    pub mentions: u64,
    /// Events of the world.
    pub events: u64,
    /// Events by how they stand, by all reports.
    pub by_status: BTreeMap<String, u64>,
    /// Events by type.
    pub by_type: BTreeMap<String, u64>,
    /// Documents by the build that coded them.
    pub builds: BTreeMap<String, u64>,
    /// Text, in bytes.
    pub text_bytes: u64,
    /// The file, in bytes.
    pub file_bytes: u64,
}

/// How much is there, as far as it is known at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Size {
    /// Documents, all versions and copies.
    pub documents: u64,
    /// Events of the world.
    pub events: u64,
    /// Actors.
    pub actors: u64,
    /// The first day of publication.
    pub first: Option<String>,
    /// The last.
    pub last: Option<String>,
}

impl Ledger {
    /// How much is there, in a moment: without a look at every text.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn size(&self) -> std::result::Result<Size, StoreError> {
        let count = || -> Result<Size> {
            let mut select = self.db.prepare_cached(
                "SELECT (SELECT count(*) FROM document INDEXED BY document_listed), (SELECT count(*) FROM event),
                        (SELECT count(*) FROM actor), (SELECT min(published) FROM document), (SELECT max(published) FROM document)",
            )?;
            Ok(select.query_row([], |row| {
                Ok(Size {
                    documents: row.get(0)?,
                    events: row.get(1)?,
                    actors: row.get(2)?,
                    first: row.get(3)?,
                    last: row.get(4)?,
                })
            })?)
        };
        count().trying("count what is there")
    }

    /// The last day on which anything was published: the only today a ledger knows.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn last_day(&self) -> std::result::Result<Option<jiff::civil::Date>, StoreError> {
        crate::query::search::last_day(&self.db).trying("look for the last day")
    }

    /// Counts what is there.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn stats(&self) -> std::result::Result<Stats, StoreError> {
        let count = || -> Result<Stats> {
            let db = &self.db;
            let number =
                |sql: &str| -> Result<u64> { Ok(db.query_row(sql, [], |row| row.get(0))?) };
            let groups = |sql: &str| -> Result<BTreeMap<String, u64>> {
                let mut select = db.prepare_cached(sql)?;
                let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
                Ok(rows.collect::<std::result::Result<_, _>>()?)
            };
            let (first, last) =
                db.query_row("SELECT min(published), max(published) FROM document", [], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })?;
            Ok(Stats {
                schema: SCHEMA,
                documents: number("SELECT count(*) FROM document")?,
                copies: number("SELECT count(*) FROM document WHERE copy_of IS NOT NULL")?,
                superseded: number("SELECT count(*) FROM document WHERE superseded IS NOT NULL")?,
                undated: number("SELECT count(*) FROM document WHERE published IS NULL")?,
                first,
                last,
                actors: number("SELECT count(*) FROM actor")?,
                statements: number("SELECT count(*) FROM statement")?,
                mentions: number("SELECT count(*) FROM mention")?,
                events: number("SELECT count(*) FROM event")?,
                by_status: groups(
                    "SELECT standing, count(*) FROM state WHERE until IS NULL GROUP BY standing",
                )?,
                by_type: groups("SELECT type, count(*) FROM event GROUP BY type")?,
                builds: groups(
                    "SELECT build.name, count(*) FROM document JOIN build USING (build) GROUP BY build.name",
                )?,
                text_bytes: number("SELECT coalesce(sum(octet_length(text)), 0) FROM document")?,
                file_bytes: number(
                    "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
                )?,
            })
        };
        count().trying("count what is there")
    }
}
