//! What comes in, written by one thread in batches: those who ask at one time share a transaction.
//!
//! The ledger is held for writing only while there is something to write and a moment longer, so that other programs may write to
//! it in between.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};

use dateline_store::{IncomingDocument, IngestedDocument, Ledger, StoreError};
use tokio::sync::oneshot;

use super::Watch;
use crate::problem::Problem;

/// Requests that wait at most.
const WAITING: usize = 64;
/// Documents in one transaction, as far as requests are not larger.
const BATCH: usize = 200;
/// How long another program that writes is waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long the ledger is held when there is nothing more to write.
const HELD: Duration = Duration::from_millis(500);

type Answer = Result<Vec<IngestedDocument>, Problem>;

struct Job {
    incoming: Vec<IncomingDocument>,
    /// How many they are, when they have been handed on.
    n: usize,
    answer: oneshot::Sender<Answer>,
}

/// Hands documents to the thread that writes. The thread ends when the last of its writers is gone.
#[derive(Debug, Clone)]
pub(crate) struct Writer(SyncSender<Job>);

impl Writer {
    /// Starts the thread.
    pub(crate) fn start(path: PathBuf, build: String, watch: Arc<Watch>) -> Self {
        let (jobs, waiting) = sync_channel(WAITING);
        thread::spawn(move || work(&path, &build, &watch, &waiting));
        Self(jobs)
    }

    /// Stores documents and waits until they are safe on disk; the caller's thread may wait.
    ///
    /// # Errors
    ///
    /// If the ledger cannot be written; then none of them is there.
    pub(crate) fn store(&self, incoming: Vec<IncomingDocument>) -> Answer {
        let (answer, answered) = oneshot::channel();
        self.0
            .send(Job { n: incoming.len(), incoming, answer })
            .map_err(|_| Problem::busy("the server is about to end"))?;
        answered.blocking_recv().map_err(|gone| Problem::internal(&gone))?
    }
}

fn work(path: &Path, build: &str, watch: &Watch, waiting: &Receiver<Job>) {
    let mut held: Option<Ledger> = None;
    loop {
        let first = match waiting.recv_timeout(HELD) {
            Ok(job) => job,
            Err(RecvTimeoutError::Timeout) => {
                held = None;
                match waiting.recv() {
                    Ok(job) => job,
                    Err(_) => return,
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        };
        let mut jobs = vec![first];
        let mut n = jobs[0].n;
        while n < BATCH {
            let Ok(job) = waiting.try_recv() else { break };
            n += job.n;
            jobs.push(job);
        }
        let written = write(&mut held, path, build, &mut jobs);
        watch.changed();
        answer(jobs, written);
    }
}

fn write(
    held: &mut Option<Ledger>,
    path: &Path,
    build: &str,
    jobs: &mut [Job],
) -> Result<Vec<IngestedDocument>, StoreError> {
    let ledger = match held {
        Some(ledger) => ledger,
        None => held.insert(Ledger::open_for_writing(path, "dateline serve", PATIENCE)?),
    };
    let all: Vec<IncomingDocument> =
        jobs.iter_mut().flat_map(|job| std::mem::take(&mut job.incoming)).collect();
    ledger.ingest(&all, build)
}

/// Gives each request what became of its own.
fn answer(jobs: Vec<Job>, written: Result<Vec<IngestedDocument>, StoreError>) {
    match written {
        Ok(arrivals) => {
            let mut arrivals = arrivals.into_iter();
            for job in jobs {
                let own = arrivals.by_ref().take(job.n).collect();
                // Who asked may have gone; what was asked is done.
                drop(job.answer.send(Ok(own)));
            }
        }
        Err(error) => {
            let problem = Problem::from(error);
            for job in jobs {
                drop(job.answer.send(Err(problem.clone())));
            }
        }
    }
}
