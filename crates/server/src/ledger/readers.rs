//! Questions to the ledger, each on a connection of its own and on a thread that may wait.
//!
//! A question that takes longer than the deadline is ended by an interrupt, as is one whose asker has gone.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use dateline_store::{Interrupter, Ledger, StoreError};
use tokio::{sync::Semaphore, task, time};

use crate::problem::Problem;

/// Connections to one ledger.
#[derive(Debug)]
pub(crate) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Ledger>>,
    places: Arc<Semaphore>,
    deadline: Duration,
}

/// Between two statements of a question there is nothing to interrupt, so it is tried again.
const AGAIN: Duration = Duration::from_millis(20);

/// A question on its way, seen from both ends.
#[derive(Debug, Clone, Default)]
struct Rope(Arc<Mutex<Held>>);

#[derive(Debug, Default)]
struct Held {
    /// Ends it while it is running.
    interrupter: Option<Interrupter>,
    /// Nobody waits for it any more: it need not begin.
    is_cut: bool,
    is_done: bool,
}

impl Rope {
    fn held(&self) -> std::sync::MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the question; whether it is still on its way. Under the lock, so that the connection cannot have gone to another.
    fn pull(&self) -> bool {
        let mut held = self.held();
        held.is_cut = true;
        if let Some(interrupter) = &held.interrupter {
            interrupter.interrupt();
        }
        !held.is_done
    }
}

/// The end that runs the question.
struct Knot(Rope);

impl Knot {
    /// Makes a question that is about to run one that can be ended; `false` where it has been already.
    fn tie(&self, ledger: &Ledger) -> bool {
        let mut held = self.0.held();
        held.interrupter = Some(ledger.interrupter());
        !held.is_cut
    }

    /// The question has run: from here on the connection is free.
    fn untie(&self) {
        let mut held = self.0.held();
        held.interrupter = None;
        held.is_done = true;
    }
}

impl Drop for Knot {
    /// Also where the question panics, so that nobody pulls for ever.
    fn drop(&mut self) {
        self.untie();
    }
}

/// The end that waits: when it is dropped before there is an answer, the question ends.
struct Cut(Rope);

impl Drop for Cut {
    fn drop(&mut self) {
        if self.0.pull() {
            let rope = self.0.clone();
            task::spawn(async move {
                while rope.pull() {
                    time::sleep(AGAIN).await;
                }
            });
        }
    }
}

impl Readers {
    /// Connections to a ledger, so many at once, each question to be answered within the deadline.
    ///
    /// # Errors
    ///
    /// If there is no ledger, or it cannot be read.
    pub(crate) fn open(path: PathBuf, n: usize, deadline: Duration) -> Result<Self, StoreError> {
        let first = Ledger::read(&path)?;
        Ok(Self {
            path,
            idle: Mutex::new(vec![first]),
            places: Arc::new(Semaphore::new(n)),
            deadline,
        })
    }

    /// Asks a question.
    ///
    /// # Errors
    ///
    /// What the question ends in, or that it took too long.
    pub(crate) async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&Ledger) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let waiting = time::timeout(self.deadline, Arc::clone(&self.places).acquire_owned());
        let Ok(place) = waiting.await else {
            return Err(Problem::busy("too many ask at once; try again"));
        };
        let place = place.map_err(|closed| Problem::internal(&closed))?;
        let rope = Rope::default();
        let (readers, knot) = (Arc::clone(self), Knot(rope.clone()));
        let mut asking = task::spawn_blocking(move || {
            let _place = place;
            let ledger = readers.take()?;
            let answer = if knot.tie(&ledger) {
                question(&ledger)
            } else {
                Err(Problem::busy("who asked has gone"))
            };
            knot.untie();
            readers.give_back(ledger);
            answer
        });
        let cut = Cut(rope.clone());
        let mut answer = time::timeout(self.deadline, &mut asking).await;
        while answer.is_err() {
            rope.pull();
            answer = time::timeout(AGAIN, &mut asking).await;
        }
        drop(cut);
        let answer = answer.map_err(|late| Problem::internal(&late))?;
        answer.map_err(|panicked| Problem::internal(&panicked))?
    }

    /// Asks a short question on a thread that may wait, with no deadline.
    ///
    /// # Errors
    ///
    /// What the question ends in.
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
            None => Ok(Ledger::read(&self.path)?),
        }
    }

    fn give_back(&self, ledger: Ledger) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(ledger);
    }
}
