//! Versions of the SQL schema, and the migration from each to the next.

use rusqlite::Connection;

use crate::error::{Result, StoreError};

/// Version of the SQL schema this crate reads and writes, kept in the file as `user_version`.
pub const SCHEMA: u32 = 5;

/// Migrations: step `n` turns schema `n` into schema `n + 1`. The first turns an empty file into a ledger.
const STEPS: [&str; SCHEMA as usize] = [
    include_str!("schema-1.sql"),
    include_str!("schema-2.sql"),
    include_str!("schema-3.sql"),
    include_str!("schema-4.sql"),
    include_str!("schema-5.sql"),
];

/// Returns the schema version of a file; 0 for a new one.
pub(crate) fn of(db: &Connection) -> Result<u32> {
    Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Migrates the file to [`SCHEMA`], one transaction for each step.
pub(crate) fn migrate(db: &mut Connection) -> Result<()> {
    let found = of(db)?;
    if found > SCHEMA {
        return Err(StoreError::Newer { found, known: SCHEMA }.into());
    }
    for (from, step) in (0..).zip(STEPS).skip(found as usize) {
        let tx = db.transaction()?;
        tx.execute_batch(step)?;
        tx.pragma_update(None, "user_version", from + 1)?;
        tx.commit()?;
    }
    Ok(())
}
