//! What can go wrong with a ledger, a variant for each thing a caller would do differently.

use std::{io, path::PathBuf};

/// Why a ledger could not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no file of that name.
    #[error("no ledger at {}; make one with `dateline ingest`, or name another with --db", .0.display())]
    Missing(PathBuf),
    /// The file is something else.
    #[error("{} is no ledger: {found}; name another file with --db", path.display())]
    NotALedger {
        /// The file.
        path: PathBuf,
        /// What was found in place of a ledger.
        found: String,
    },
    /// A newer build wrote it.
    #[error(
        "ledger was written by a newer dateline (schema {found}, this build knows {known}); upgrade dateline"
    )]
    Newer {
        /// The schema of the file.
        found: u32,
        /// The newest schema this build knows.
        known: u32,
    },
    /// Another process writes to it.
    #[error("{} is being written to by {holder}; wait until it has ended", path.display())]
    Held {
        /// The ledger.
        path: PathBuf,
        /// Who writes, as it called itself.
        holder: String,
    },
    /// No event has this id.
    #[error("no event {0}; `dateline timeline` lists them")]
    NoSuchEvent(String),
    /// No document has this id.
    #[error("no document {0}; `dateline sql 'SELECT id, title FROM document'` lists them")]
    NoSuchDocument(String),
    /// No actor has this name, id or code.
    #[error(
        "no actor `{0}`; give a name as the texts have it, an id such as a0123456789ab, or a code such as RUSGOV"
    )]
    NoSuchActor(String),
    /// A report was named that the event does not have.
    #[error("read `{read}` as a report of the event, expected one of {}", expected.join(", "))]
    NoSuchReport {
        /// What was read.
        read: String,
        /// The reports there are.
        expected: Vec<String>,
    },
    /// What was asked makes no sense of this event.
    #[error("{0}")]
    Refused(String),
    /// A query of the user's own was refused.
    #[error("query refused: {0}")]
    Query(String),
    /// A cursor is not one of the list it is asked of.
    #[error("read `{0}` as a cursor, expected one that this list gave")]
    Cursor(String),
    /// It took longer than the caller was ready to wait.
    #[error("it took too long; ask for less, as with a day, an actor or a type")]
    Interrupted,
    /// What is in the file contradicts itself.
    #[error("the ledger is damaged: {0}; `dateline check` lists what is wrong")]
    Damaged(String),
    /// The operating system refused.
    #[error("could not {operation} {}", path.display())]
    System {
        /// What was tried.
        operation: &'static str,
        /// On which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// `SQLite` refused.
    #[error("could not {operation}")]
    Sqlite {
        /// What was tried.
        operation: &'static str,
        /// What `SQLite` said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// Inside the crate: what `SQLite` said, until the operation it failed in is known, or an error that says all.
#[derive(Debug)]
pub(crate) enum Failure {
    Sqlite(rusqlite::Error),
    Known(StoreError),
}

/// A result inside the crate.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Known(error)
    }
}

impl Failure {
    /// The content of the file is not what this build writes.
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Known(StoreError::Damaged(what.into()))
    }

    /// The error for callers: what was tried, unless it is known better.
    pub(crate) fn while_trying(self, operation: &'static str) -> StoreError {
        match self {
            Self::Sqlite(error)
                if error.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted) =>
            {
                StoreError::Interrupted
            }
            Self::Sqlite(source) => StoreError::Sqlite { operation, source: Box::new(source) },
            Self::Known(error) => error,
        }
    }
}

/// Says at the door of the crate what was tried.
pub(crate) trait Trying<T> {
    /// The result for callers.
    fn trying(self, operation: &'static str) -> std::result::Result<T, StoreError>;
}

impl<T> Trying<T> for Result<T> {
    fn trying(self, operation: &'static str) -> std::result::Result<T, StoreError> {
        self.map_err(|failure| failure.while_trying(operation))
    }
}
