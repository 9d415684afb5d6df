//! One writer at a time: a lock file beside the ledger, in which the writer leaves its name.
//!
//! SQLite keeps two writers apart, but cannot say who the other one is. The lock belongs to the operating system, so it ends
//! with its process, even if that is killed.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
    process, thread,
    time::Duration,
};

use crate::error::{Result, StoreError};

/// Time between two attempts of a waiting writer.
const PAUSE: Duration = Duration::from_millis(50);

/// The right to write, held until it is dropped.
#[derive(Debug)]
pub(crate) struct Writer {
    _lock: File,
}

impl Writer {
    /// Waits up to `patience` for the right to write to a ledger. Other writers are told `name` in the meantime.
    pub(crate) fn wait(ledger: &Path, name: &str, patience: Duration) -> Result<Self> {
        let path = beside(ledger);
        let system = |operation| {
            let path = path.clone();
            move |source| StoreError::System { operation, path, source }
        };
        let mut lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(system("open"))?;
        let mut waited = Duration::ZERO;
        loop {
            match lock.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if waited < patience => {
                    thread::sleep(PAUSE);
                    waited += PAUSE;
                }
                Err(TryLockError::WouldBlock) => {
                    let mut holder = String::new();
                    lock.read_to_string(&mut holder).map_err(system("read"))?;
                    let holder =
                        if holder.is_empty() { "another process".to_owned() } else { holder };
                    return Err(StoreError::Held { path: ledger.to_owned(), holder }.into());
                }
                Err(TryLockError::Error(source)) => return Err(system("lock")(source).into()),
            }
        }
        let says = format!("{name} (process {})", process::id());
        lock.set_len(0).and_then(|()| lock.rewind()).map_err(system("write"))?;
        lock.write_all(says.as_bytes()).map_err(system("write"))?;
        Ok(Self { _lock: lock })
    }
}

/// Path of the lock file: the path of the ledger followed by `-writer`.
fn beside(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push("-writer");
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_learns_who_the_first_is() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("a.db");
        let first = Writer::wait(&ledger, "dateline ingest", Duration::ZERO).unwrap();
        let Err(crate::error::Failure::Known(refused)) =
            Writer::wait(&ledger, "dateline recode", Duration::from_millis(60))
        else {
            panic!("two writers")
        };
        assert!(refused.to_string().contains("dateline ingest (process "), "{refused}");
        drop(first);
        assert!(Writer::wait(&ledger, "dateline recode", Duration::ZERO).is_ok());
    }
}
