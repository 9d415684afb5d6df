//! Versions of the schema, and the way from each to the next.

use rusqlite::Connection;

use crate::error::{Result, StoreError};

/// The schema this build writes, kept in the file as `user_version`.
pub const SCHEMA: u32 = 3;

/// What makes schema `n + 1` of schema `n`; the first makes an empty file a ledger.
const STEPS: [&str; SCHEMA as usize] =
    [include_str!("schema-1.sql"), include_str!("schema-2.sql"), include_str!("schema-3.sql")];

/// The schema of a file; 0 where there is none yet.
pub(crate) fn of(db: &Connection) -> Result<u32> {
    Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Brings the file to [`SCHEMA`], a step a transaction.
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
