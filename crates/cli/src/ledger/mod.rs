//! Commands that build and query a ledger, and what they share.

mod cure;
mod dump;
mod event;
mod export;
mod ingest;
mod keep;
mod lists;
mod rows;
mod verify;

use std::{
    io::{self, IsTerminal as _},
    time::Duration,
};

use dateline_store::Ledger;

use crate::arguments::{Database, QueryOptions, RowFormat};

pub(crate) use cure::cure;
pub(crate) use dump::{dump, load};
pub(crate) use event::run as event;
pub(crate) use export::run as export;
pub(crate) use ingest::run as ingest;
pub(crate) use keep::{check, recode};
pub(crate) use lists::{actor, agenda, search, sql, stats, timeline};
pub(crate) use verify::run as verify;

/// Time to wait for another process that writes to the ledger.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// Name and version stored with records.
pub(crate) fn build() -> String {
    format!("dateline {}", env!("CARGO_PKG_VERSION"))
}

fn read(database: &Database) -> anyhow::Result<Ledger> {
    Ok(Ledger::open(&database.db)?)
}

fn write(database: &Database, command: &str) -> anyhow::Result<Ledger> {
    Ok(Ledger::open_for_writing(&database.db, command, PATIENCE)?)
}

fn format(format: Option<RowFormat>) -> RowFormat {
    let usual = if io::stdout().is_terminal() { RowFormat::Table } else { RowFormat::Ndjson };
    format.unwrap_or(usual)
}

impl QueryOptions {
    fn ledger(&self) -> anyhow::Result<Ledger> {
        read(&self.database)
    }

    fn format(&self) -> RowFormat {
        format(self.format)
    }
}
