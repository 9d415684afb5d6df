//! Advice for errors of the ledger, in terms of the command line.

use dateline_server::ServeError;
use dateline_store::StoreError;

/// Returns what the user can do about an error, if it comes from the ledger and the command line has a cure for it.
pub(crate) fn cure(error: &anyhow::Error) -> Option<&'static str> {
    let error = error.chain().find_map(|cause| match cause.downcast_ref::<ServeError>() {
        Some(ServeError::Ledger(error)) => Some(error),
        _ => cause.downcast_ref::<StoreError>(),
    })?;
    match error {
        StoreError::Missing(_) => {
            Some("make one with `dateline ingest`, or name another with --db")
        }
        StoreError::NotALedger { .. } => Some("name another file with --db"),
        StoreError::Older { .. } => Some("`dateline recode` updates it"),
        StoreError::NoSuchEvent(_) => Some("`dateline timeline` lists them"),
        StoreError::NoSuchDocument(_) => {
            Some("`dateline sql 'SELECT id, title FROM document'` lists them")
        }
        StoreError::NotADump => Some("use `dateline ingest` for other files"),
        StoreError::Damaged(_) => Some("`dateline check` lists what is wrong"),
        _ => None,
    }
}
