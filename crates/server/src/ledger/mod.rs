//! The ledger behind the server: many readers, one writer, and notification of changes.

mod readers;
mod watch;
mod writer;

pub(crate) use readers::Readers;
pub(crate) use watch::Watch;
pub(crate) use writer::Writer;
