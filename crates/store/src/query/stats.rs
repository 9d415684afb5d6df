//! Counts of a whole ledger.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    error::{Result, StoreError, Trying as _},
    ledger::Ledger,
    schema::SCHEMA,
};

/// Counts of everything in a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct LedgerStats {
    /// Schema version.
    pub schema: u32,
    /// Number of documents, including all versions and copies.
    pub documents: u64,
    /// Number of documents with nearly the same words as an earlier one.
    pub copies: u64,
    /// Number of documents with a later version.
    pub superseded: u64,
    /// Number of documents without a publication date, whose events are not in the timeline.
    pub undated: u64,
    /// First publication date.
    pub first: Option<String>,
    /// Last publication date.
    pub last: Option<String>,
    /// Number of actors.
    pub actors: u64,
    /// Number of statements.
    pub statements: u64,
    /// Number of reports of events.
    pub mentions: u64,
    /// Number of events.
    pub events: u64,
    /// Numbers of events by current status.
    pub by_status: BTreeMap<String, u64>,
    /// Numbers of events by PLOVER type.
    pub by_type: BTreeMap<String, u64>,
    /// Numbers of documents by the program and version that made their records.
    pub builds: BTreeMap<String, u64>,
    /// Numbers of documents by the reader that their records were made with. Records that do not say are not counted.
    pub readers: BTreeMap<String, u64>,
    /// Size of all texts in bytes.
    pub text_bytes: u64,
    /// Size of the file in bytes.
    pub file_bytes: u64,
}

/// Counts of a ledger that are quick to compute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Size")]
#[non_exhaustive]
pub struct LedgerSize {
    /// Number of documents, including all versions and copies.
    pub documents: u64,
    /// Number of events.
    pub events: u64,
    /// Number of actors.
    pub actors: u64,
    /// First publication date.
    pub first: Option<String>,
    /// Last publication date.
    pub last: Option<String>,
}

impl Ledger {
    /// Returns the counts that are quick to compute, without reading every text.
    ///
    /// # Errors
    ///
    /// [`StoreError::Sqlite`] if the file cannot be read.
    pub fn size(&self) -> std::result::Result<LedgerSize, StoreError> {
        let count = || -> Result<LedgerSize> {
            let mut select = self.db.prepare_cached(
                "SELECT (SELECT count(*) FROM document INDEXED BY document_listed), (SELECT count(*) FROM event),
                        (SELECT count(*) FROM actor), (SELECT min(published) FROM document), (SELECT max(published) FROM document)",
            )?;
            Ok(select.query_row([], |row| {
                Ok(LedgerSize {
                    documents: row.get(0)?,
                    events: row.get(1)?,
                    actors: row.get(2)?,
                    first: row.get(3)?,
                    last: row.get(4)?,
                })
            })?)
        };
        count().trying("count the contents of the ledger")
    }

    /// Returns the publication date of the newest document. It stands for today wherever a query needs one, because the ledger reads no
    /// clock.
    ///
    /// # Errors
    ///
    /// [`StoreError::Sqlite`] if the file cannot be read.
    pub fn last_publication_date(
        &self,
    ) -> std::result::Result<Option<jiff::civil::Date>, StoreError> {
        crate::query::search::last_day(&self.db).trying("find the last publication date")
    }

    /// Counts everything in the ledger. Reads the size of every text; [`Ledger::size`] is faster.
    ///
    /// # Errors
    ///
    /// [`StoreError::Sqlite`] if the file cannot be read.
    pub fn stats(&self) -> std::result::Result<LedgerStats, StoreError> {
        let count = || -> Result<LedgerStats> {
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
            Ok(LedgerStats {
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
                readers: groups(
                    "SELECT reader, count(*) FROM document WHERE reader IS NOT NULL GROUP BY reader",
                )?,
                text_bytes: number("SELECT coalesce(sum(octet_length(text)), 0) FROM document")?,
                file_bytes: number(
                    "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
                )?,
            })
        };
        count().trying("count the contents of the ledger")
    }
}
