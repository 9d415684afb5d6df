//! Queries of the ledger, each on its own connection and on a thread that may block.
//!
//! A query that runs past the deadline, or whose client has gone, is interrupted.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use dateline_store::{InterruptHandle, Ledger, StoreError};
use tokio::{sync::Semaphore, task, time};

use crate::problem::Problem;

/// Pool of connections to one ledger.
#[derive(Debug)]
pub(crate) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Ledger>>,
    slots: Arc<Semaphore>,
    deadline: Duration,
}

/// Interval at which an interrupt is repeated, as one that falls between two statements of a query has no effect.
const INTERRUPT_INTERVAL: Duration = Duration::from_millis(20);

/// Cancels one query; shared by the thread that runs it and the task that waits for it.
#[derive(Debug, Clone, Default)]
struct CancellationToken(Arc<Mutex<QueryState>>);

#[derive(Debug, Default)]
struct QueryState {
    /// Interrupts the connection while the query runs on it.
    interrupter: Option<InterruptHandle>,
    /// Set once nobody waits for the answer; a query that has not started is then skipped.
    is_cancelled: bool,
    is_done: bool,
}

impl CancellationToken {
    fn state(&self) -> std::sync::MutexGuard<'_, QueryState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Interrupts the query; returns `true` if it has not ended yet. Holds the lock, so that the connection cannot have passed to
    /// another query.
    fn cancel(&self) -> bool {
        let mut state = self.state();
        state.is_cancelled = true;
        if let Some(interrupter) = &state.interrupter {
            interrupter.interrupt();
        }
        !state.is_done
    }
}

/// Marks the query as done when it is dropped, even by a panic, so that repeated interrupts end.
struct RunGuard(CancellationToken);

impl RunGuard {
    /// Lets the token interrupt this connection; returns `false` if the query was cancelled before it started.
    fn start(&self, ledger: &Ledger) -> bool {
        let mut state = self.0.state();
        state.interrupter = Some(ledger.interrupt_handle());
        !state.is_cancelled
    }

    /// Detaches the token from the connection, which may then serve another query.
    fn finish(&self) {
        let mut state = self.0.state();
        state.interrupter = None;
        state.is_done = true;
    }
}

impl Drop for RunGuard {
    fn drop(&mut self) {
        self.finish();
    }
}

/// Cancels the query when the task that waits for it is dropped.
struct CancelOnDrop(CancellationToken);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        if self.0.cancel() {
            let token = self.0.clone();
            task::spawn(async move {
                while token.cancel() {
                    time::sleep(INTERRUPT_INTERVAL).await;
                }
            });
        }
    }
}

impl Readers {
    /// Opens a ledger for up to `n` queries at a time, each bounded by the deadline.
    ///
    /// # Errors
    ///
    /// If the ledger does not exist or cannot be read.
    pub(crate) fn open(path: PathBuf, n: usize, deadline: Duration) -> Result<Self, StoreError> {
        let first = Ledger::open(&path)?;
        Ok(Self {
            path,
            idle: Mutex::new(vec![first]),
            slots: Arc::new(Semaphore::new(n)),
            deadline,
        })
    }

    /// Runs a query on a thread that may block.
    ///
    /// # Errors
    ///
    /// The error of the query, or that it took too long.
    pub(crate) async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&Ledger) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let waiting = time::timeout(self.deadline, Arc::clone(&self.slots).acquire_owned());
        let Ok(slot) = waiting.await else {
            return Err(Problem::busy("too many requests at once; try again in a second"));
        };
        let slot = slot.map_err(|closed| Problem::internal(&closed))?;
        let token = CancellationToken::default();
        let (readers, run) = (Arc::clone(self), RunGuard(token.clone()));
        let mut asking = task::spawn_blocking(move || {
            let _slot = slot;
            let ledger = readers.take()?;
            let answer = if run.start(&ledger) {
                question(&ledger)
            } else {
                Err(Problem::busy("the client has gone"))
            };
            run.finish();
            readers.give_back(ledger);
            answer
        });
        let waiting = CancelOnDrop(token.clone());
        let mut answer = time::timeout(self.deadline, &mut asking).await;
        while answer.is_err() {
            token.cancel();
            answer = time::timeout(INTERRUPT_INTERVAL, &mut asking).await;
        }
        drop(waiting);
        let answer = answer.map_err(|late| Problem::internal(&late))?;
        answer.map_err(|panicked| Problem::internal(&panicked))?
    }

    /// Runs a short query on the current thread, which blocks, without a deadline.
    ///
    /// # Errors
    ///
    /// The error of the query.
    pub(crate) fn ask_here<T>(
        &self,
        question: impl FnOnce(&Ledger) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let ledger = self.take()?;
        let answer = question(&ledger);
        self.give_back(ledger);
        answer
    }

    fn take(&self) -> Result<Ledger, Problem> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(ledger) => Ok(ledger),
            None => Ok(Ledger::open(&self.path)?),
        }
    }

    fn give_back(&self, ledger: Ledger) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(ledger);
    }
}
