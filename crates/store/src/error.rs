//! Errors: a variant for everything a caller would handle differently.

use std::{io, path::PathBuf};

/// An error of a ledger.
///
/// Messages name the thing that is wrong and, where there is one, the cure. The error of SQLite or of the operating system is the
/// [`source`](std::error::Error::source).
///
/// ```
/// use std::path::Path;
/// use dateline_store::{Ledger, StoreError};
///
/// let error = Ledger::open(Path::new("missing.db")).unwrap_err();
/// assert!(matches!(error, StoreError::Missing(_)));
/// assert_eq!(error.to_string(), "no ledger at missing.db");
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The file does not exist.
    #[error("no ledger at {}", .0.display())]
    Missing(PathBuf),
    /// The file is something else.
    #[error("{} is not a Dateline ledger ({found})", path.display())]
    NotALedger {
        /// Path of the file.
        path: PathBuf,
        /// Description of the file, such as `not an SQLite file`.
        found: String,
    },
    /// A newer version of Dateline wrote the file.
    #[error(
        "ledger was written by a newer version of Dateline (schema {found}, this version knows {known}); upgrade Dateline"
    )]
    Newer {
        /// Schema version of the file.
        found: u32,
        /// Newest schema version this crate knows.
        known: u32,
    },
    /// An older version of Dateline wrote the file, which has to be updated before it can be read.
    #[error(
        "{} was written by an older version of Dateline (schema {found}, this version reads {known}); open it for writing to update it",
        path.display()
    )]
    Older {
        /// Path of the file.
        path: PathBuf,
        /// Schema version of the file.
        found: u32,
        /// Schema version this crate reads.
        known: u32,
    },
    /// Another process is writing to the ledger.
    #[error("{} is being written to by {holder}; wait until it has finished", path.display())]
    Held {
        /// Path of the ledger.
        path: PathBuf,
        /// Name of the other writer, as it gave it to [`Ledger::open_for_writing`](crate::Ledger::open_for_writing).
        holder: String,
    },
    /// No event has this id.
    #[error("event {0} is not in the ledger")]
    NoSuchEvent(String),
    /// The event had not been reported on the day asked for.
    #[error("event {event} was first reported on {first}; ask as of that day or later")]
    NotYetReported {
        /// Id of the event.
        event: String,
        /// Date of its first report.
        first: String,
    },
    /// No document has this id.
    #[error("document {0} is not in the ledger")]
    NoSuchDocument(String),
    /// No actor has this id, name or code.
    #[error(
        "no actor `{0}`; give a name as the texts have it, an id such as a0123456789ab, or a code such as RUSGOV"
    )]
    NoSuchActor(String),
    /// The event has no such report.
    #[error("the event has no report `{read}`; its reports are {}", expected.join(", "))]
    NoSuchReport {
        /// Report asked for.
        read: String,
        /// Reports of the event.
        expected: Vec<String>,
    },
    /// The report cannot be split off, because its event is named after it.
    #[error(
        "{report} is the first report of {event}, which is named after it; split off the other reports"
    )]
    FirstReport {
        /// Id of the event.
        event: String,
        /// Report asked for.
        report: String,
    },
    /// The two events are one already.
    #[error("{one} and {other} are the same event")]
    SameEvent {
        /// First id.
        one: String,
        /// Second id.
        other: String,
    },
    /// The input is not a dump of a ledger.
    #[error("not a dump of a Dateline ledger (its first line is not that of a dump)")]
    NotADump,
    /// A newer version of Dateline wrote the dump.
    #[error(
        "dump was written by a newer version of Dateline (format {found}, this version reads up to {known}); upgrade Dateline"
    )]
    NewerDump {
        /// Version of the dump.
        found: u32,
        /// Newest version this crate reads.
        known: u32,
    },
    /// A full-text or SQL query is invalid.
    #[error("invalid query: {0}")]
    Query(String),
    /// The cursor does not belong to the list.
    #[error("`{0}` is not a cursor of this list; give one that the list returned")]
    Cursor(String),
    /// [`InterruptHandle::interrupt`](crate::InterruptHandle::interrupt) stopped the query.
    #[error("the query was interrupted")]
    Interrupted,
    /// The contents of the file contradict each other.
    #[error("the ledger is damaged: {0}")]
    Damaged(String),
    /// The operating system reported an error.
    #[error("could not {operation} {}", path.display())]
    System {
        /// Operation that failed, as a verb.
        operation: &'static str,
        /// Path of the file.
        path: PathBuf,
        /// Error of the operating system.
        source: io::Error,
    },
    /// SQLite reported an error.
    #[error("could not {operation}")]
    Sqlite {
        /// Operation that failed, in a few words that begin with a verb.
        operation: &'static str,
        /// Error of SQLite.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// An error within the crate: that of SQLite, as long as the failed operation is not known, or a complete one.
#[derive(Debug)]
pub(crate) enum Failure {
    Sqlite(rusqlite::Error),
    Known(StoreError),
}

/// A result within the crate.
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
    /// The contents of the file contradict each other.
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Known(StoreError::Damaged(what.into()))
    }

    /// Returns the error for callers, which names the operation that failed.
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

/// Turns a result within the crate into one for callers.
pub(crate) trait Trying<T> {
    /// Returns the result for callers. `operation` is what was tried, in a few words that begin with a verb.
    fn trying(self, operation: &'static str) -> std::result::Result<T, StoreError>;
}

impl<T> Trying<T> for Result<T> {
    fn trying(self, operation: &'static str) -> std::result::Result<T, StoreError> {
        self.map_err(|failure| failure.while_trying(operation))
    }
}
