//! The ledger behind the server: many that read, one that writes, and who is told when something has changed.

mod readers;
mod watch;
mod writer;

pub(crate) use readers::Readers;
pub(crate) use watch::Watch;
pub(crate) use writer::Writer;
