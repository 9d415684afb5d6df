//! The file: opening it, and what every connection is set to.

use std::{
    fmt,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

use crate::{
    actor::Actors,
    copies::Runs,
    error::{Failure, Result, StoreError, Trying as _},
    event::sketch::Sketches,
    schema,
    writer::Writer,
};

/// The mark of a ledger in the header of the file: `date`.
const APPLICATION: i32 = 0x6461_7465;

/// How long a connection waits where another has the file to itself for a moment.
const BUSY: Duration = Duration::from_secs(10);

/// A file of documents and of the events they tell.
pub struct Ledger {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
    pub(crate) caches: Caches,
    /// Only a ledger that was opened for writing has it.
    _writer: Option<Writer>,
}

/// Ends what a ledger is being asked, from any thread.
pub struct Interrupter(rusqlite::InterruptHandle);

impl fmt::Debug for Interrupter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Interrupter")
    }
}

impl Interrupter {
    /// The question that is running, if any, fails with [`StoreError::Interrupted`]; those asked later are not touched.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

/// What was read already and may be asked for again. Emptied whenever a transaction fails.
#[derive(Debug, Default)]
pub(crate) struct Caches {
    pub(crate) actors: Actors,
    pub(crate) runs: Runs,
    pub(crate) sketches: Sketches,
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Ledger {
    /// Opens a ledger for reading. Any number of readers may have it open beside one writer; each query sees what was
    /// committed when it began.
    ///
    /// # Errors
    ///
    /// If there is no such file, it is no ledger, or a newer build wrote it.
    pub fn read(path: &Path) -> std::result::Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = || -> Result<Self> {
            let db = Connection::open_with_flags(path, flags)?;
            settings(&db)?;
            recognize(&db, path)?;
            match schema::of(&db)? {
                0 => Err(not_a_ledger(path, "an empty database").into()),
                found if found > schema::SCHEMA => {
                    Err(StoreError::Newer { found, known: schema::SCHEMA }.into())
                }
                found if found < schema::SCHEMA => Err(StoreError::Refused(format!(
                    "{} has schema {found}, this build reads {}; any command that writes, such as `dateline recode`, \
                     brings it up to date",
                    path.display(),
                    schema::SCHEMA
                ))
                .into()),
                _ => Ok(Self::with(db, path, None)),
            }
        };
        open().map_err(|failure| no_database(failure, path)).trying("open the ledger")
    }

    /// Opens a ledger for writing; where there is no file it is made. Waits up to `patience` for another writer to end, to whom
    /// `name` says who waits.
    ///
    /// # Errors
    ///
    /// If another process goes on writing, the file is no ledger, a newer build wrote it, or the system refuses.
    pub fn write(
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
                // Rows of text with their records fit pages of this size better than SQLite's own 4096.
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

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A number that changes whenever another connection, of this process or another, has committed to the file. It says
    /// nothing across two ledgers or two openings of one.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn generation(&self) -> std::result::Result<u64, StoreError> {
        let read = || -> Result<u64> {
            Ok(self.db.pragma_query_value(None, "data_version", |row| row.get(0))?)
        };
        read().trying("look for changes")
    }

    /// What ends a question from another thread.
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.db.get_interrupt_handle())
    }

    /// The version of `SQLite` that is compiled in.
    pub fn sqlite_version() -> &'static str {
        rusqlite::version()
    }

    fn with(db: Connection, path: &Path, writer: Option<Writer>) -> Self {
        Self { db, path: path.to_owned(), caches: Caches::default(), _writer: writer }
    }

    /// Runs one transaction that writes; nothing of it stays unless all of it is done.
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
    // A file may come from anywhere: no function of ours is called from its schema.
    db.pragma_update(None, "trusted_schema", false)?;
    Ok(())
}

fn is_empty(db: &Connection) -> Result<bool> {
    Ok(db.query_row("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get(0))?)
}

/// Refuses a file that is no ledger before anything is written to it.
fn recognize(db: &Connection, path: &Path) -> Result<()> {
    let found: std::result::Result<i32, _> =
        db.pragma_query_value(None, "application_id", |row| row.get(0));
    match found {
        Ok(APPLICATION) => Ok(()),
        Ok(_) => Err(not_a_ledger(path, "a database of another program").into()),
        Err(error) => Err(Failure::Sqlite(error)),
    }
}

/// Says of a file that `SQLite` cannot read what it is, wherever that is first noticed.
fn no_database(failure: Failure, path: &Path) -> Failure {
    match failure {
        Failure::Sqlite(error)
            if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) =>
        {
            not_a_ledger(path, "no database").into()
        }
        other => other,
    }
}

fn not_a_ledger(path: &Path, found: &str) -> StoreError {
    StoreError::NotALedger { path: path.to_owned(), found: found.to_owned() }
}
