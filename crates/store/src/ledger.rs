//! Opening a ledger: the file, its lock, and the settings of every connection.

use std::{
    fmt,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

use crate::{
    actor::Actors,
    copies::Shingles,
    error::{Failure, Result, StoreError, Trying as _},
    schema,
    unit::Sketches,
    writer::Writer,
};

/// `application_id` of a ledger in the header of the file: the letters `date`.
const APPLICATION: i32 = 0x6461_7465;

/// How long a connection waits while another has the file locked.
const BUSY: Duration = Duration::from_secs(10);

/// A ledger: one SQLite file of documents and of the events they report.
///
/// Any number of ledgers may read the same file at once, beside at most one that writes. A `Ledger` belongs to one thread at a
/// time; open one per thread.
///
/// ```
/// use std::time::Duration;
/// use dateline_extract::{Extractor, read_document};
/// use dateline_store::{EventFilter, Ledger};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("news.db");
/// let mut ledger = Ledger::open_for_writing(&path, "my program", Duration::from_secs(5))?;
/// let document = read_document("date 2021-06-16\n\nPresident Joe Biden met President Vladimir Putin in Geneva on Wednesday.\n");
/// let record = Extractor::new().extract(&document);
/// ledger.ingest(&[record.into()], "my program 1.0")?;
///
/// let reader = Ledger::open(&path)?;
/// let events = reader.timeline(&EventFilter::new().actor("Putin"))?;
/// assert_eq!(events[0].place.as_deref(), Some("Geneva"));
/// # Ok(())
/// # }
/// ```
pub struct Ledger {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
    pub(crate) caches: Caches,
    /// Held by a ledger that was opened for writing.
    _writer: Option<Writer>,
}

/// Interrupts the running query of a [`Ledger`] from any thread; see [`Ledger::interrupt_handle`].
pub struct InterruptHandle(rusqlite::InterruptHandle);

impl fmt::Debug for InterruptHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InterruptHandle")
    }
}

impl InterruptHandle {
    /// Makes the running query fail with [`StoreError::Interrupted`], if there is one. Later queries are not affected.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

/// Values read earlier that may be needed again. Emptied whenever a transaction fails.
#[derive(Debug, Default)]
pub(crate) struct Caches {
    pub(crate) actors: Actors,
    pub(crate) shingles: Shingles,
    pub(crate) sketches: Sketches,
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Ledger {
    /// Opens a ledger for reading. Any number of readers may have it open beside one writer. Each query sees what was committed
    /// when it began.
    ///
    /// # Errors
    ///
    /// - [`StoreError::Missing`] if the file does not exist.
    /// - [`StoreError::NotALedger`] if the file is something else.
    /// - [`StoreError::Newer`] or [`StoreError::Older`] if the file has another schema. [`Ledger::open_for_writing`] updates an
    ///   older one.
    pub fn open(path: &Path) -> std::result::Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = || -> Result<Self> {
            let db = Connection::open_with_flags(path, flags)?;
            settings(&db)?;
            recognize(&db, path)?;
            match schema::of(&db)? {
                0 => Err(not_a_ledger(path, "an empty SQLite file").into()),
                found if found > schema::SCHEMA => {
                    Err(StoreError::Newer { found, known: schema::SCHEMA }.into())
                }
                found if found < schema::SCHEMA => {
                    let (path, known) = (path.to_owned(), schema::SCHEMA);
                    Err(StoreError::Older { path, found, known }.into())
                }
                _ => Ok(Self::with(db, path, None)),
            }
        };
        open().map_err(|failure| no_database(failure, path)).trying("open the ledger")
    }

    /// Opens a ledger for writing. Creates the file if it does not exist, and updates one with an older schema.
    ///
    /// Only one process may write at a time. This call waits up to `patience` for another writer to finish. `name` says who is
    /// writing; others that want to write see it in [`StoreError::Held`].
    ///
    /// # Errors
    ///
    /// - [`StoreError::Held`] if another process is still writing after `patience`.
    /// - [`StoreError::NotALedger`] if the file is something else, which is left as it is.
    /// - [`StoreError::Newer`] if a newer version of this crate wrote the file.
    /// - [`StoreError::System`] if the file or its lock cannot be opened.
    pub fn open_for_writing(
        path: &Path,
        name: &str,
        patience: Duration,
    ) -> std::result::Result<Self, StoreError> {
        let open = || -> Result<Self> {
            let writer = Writer::wait(path, name, patience)?;
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
                | OpenFlags::SQLITE_OPEN_CREATE
                | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let mut db = Connection::open_with_flags(path, flags)?;
            settings(&db)?;
            let is_new = schema::of(&db)? == 0 && is_empty(&db)?;
            if is_new {
                // Rows that hold a text and its record fit these pages better than SQLite's default of 4096 bytes.
                db.pragma_update(None, "page_size", 32768)?;
            } else {
                recognize(&db, path)?;
            }
            db.pragma_update(None, "journal_mode", "WAL")?;
            db.pragma_update(None, "synchronous", "FULL")?;
            if is_new {
                db.pragma_update(None, "application_id", APPLICATION)?;
            }
            schema::migrate(&mut db)?;
            Ok(Self::with(db, path, Some(writer)))
        };
        open().map_err(|failure| no_database(failure, path)).trying("open the ledger")
    }

    /// Path of the file, as it was given when the ledger was opened.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns a number that changes whenever another connection commits to the file, in this process or another. Compare it only
    /// with earlier values from the same `Ledger`.
    ///
    /// # Errors
    ///
    /// [`StoreError::Sqlite`] if the file cannot be read.
    pub fn generation(&self) -> std::result::Result<u64, StoreError> {
        let read = || -> Result<u64> {
            Ok(self.db.pragma_query_value(None, "data_version", |row| row.get(0))?)
        };
        read().trying("check for changes")
    }

    /// Returns a handle that can interrupt this ledger's queries from another thread, such as after a deadline.
    pub fn interrupt_handle(&self) -> InterruptHandle {
        InterruptHandle(self.db.get_interrupt_handle())
    }

    /// Version of SQLite compiled into this crate, such as `3.53.1`.
    pub fn sqlite_version() -> &'static str {
        rusqlite::version()
    }

    fn with(db: Connection, path: &Path, writer: Option<Writer>) -> Self {
        Self { db, path: path.to_owned(), caches: Caches::default(), _writer: writer }
    }

    /// Runs one write transaction. If `work` fails, nothing of it is kept.
    pub(crate) fn transaction<T>(
        &mut self,
        work: impl FnOnce(&Connection, &mut Caches) -> Result<T>,
    ) -> Result<T> {
        let tx = self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let done = work(&tx, &mut self.caches).and_then(|value| {
            tx.commit()?;
            Ok(value)
        });
        if done.is_err() {
            self.caches = Caches::default();
        }
        done
    }
}

fn settings(db: &Connection) -> Result<()> {
    db.busy_timeout(BUSY)?;
    db.set_prepared_statement_cache_capacity(128);
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "cache_size", -65_536)?;
    db.pragma_update(None, "mmap_size", 1_i64 << 30)?;
    db.pragma_update(None, "temp_store", "MEMORY")?;
    // The file may come from anywhere, so its schema must not call functions.
    db.pragma_update(None, "trusted_schema", false)?;
    Ok(())
}

fn is_empty(db: &Connection) -> Result<bool> {
    Ok(db.query_row("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get(0))?)
}

/// Refuses a file that is not a ledger, before anything is written to it.
fn recognize(db: &Connection, path: &Path) -> Result<()> {
    let found: std::result::Result<i32, _> =
        db.pragma_query_value(None, "application_id", |row| row.get(0));
    match found {
        Ok(APPLICATION) => Ok(()),
        Ok(_) => Err(not_a_ledger(path, "an SQLite file of another program").into()),
        Err(error) => Err(Failure::Sqlite(error)),
    }
}

/// Turns SQLite's complaint about a file that is not a database into [`StoreError::NotALedger`], wherever it comes up.
fn no_database(failure: Failure, path: &Path) -> Failure {
    match failure {
        Failure::Sqlite(error)
            if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) =>
        {
            not_a_ledger(path, "not an SQLite file").into()
        }
        other => other,
    }
}

fn not_a_ledger(path: &Path, found: &str) -> StoreError {
    StoreError::NotALedger { path: path.to_owned(), found: found.to_owned() }
}
