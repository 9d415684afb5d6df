//! The writer: one thread that stores posted documents in batches; requests that arrive together share a transaction.
//!
//! The write lock is held only while there is something to write, and shortly after, so that other programs can write in between.

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

/// Maximum number of waiting requests.
const WAITING: usize = 64;
/// Documents per transaction, unless one request has more.
const BATCH: usize = 200;
/// Time to wait for another program to release the write lock.
const PATIENCE: Duration = Duration::from_secs(5);
/// Time to keep the write lock after the last write.
const HELD: Duration = Duration::from_millis(500);

type Answer = Result<Vec<IngestedDocument>, Problem>;

struct Job {
    incoming: Vec<IncomingDocument>,
    /// Number of documents, which outlives `incoming`.
    n: usize,
    answer: oneshot::Sender<Answer>,
}

/// Handle of the writer's thread, which ends when the last handle is dropped.
#[derive(Debug, Clone)]
pub(crate) struct Writer(SyncSender<Job>);

impl Writer {
    /// Starts the thread.
    pub(crate) fn start(path: PathBuf, build: String, watch: Arc<Watch>) -> Self {
        let (jobs, waiting) = sync_channel(WAITING);
        thread::spawn(move || work(&path, &build, &watch, &waiting));
        Self(jobs)
    }

    /// Stores documents and blocks until they are safe on disk.
    ///
    /// # Errors
    ///
    /// If the ledger cannot be written; none of the documents is stored then.
    pub(crate) fn store(&self, incoming: Vec<IncomingDocument>) -> Answer {
        let (answer, answered) = oneshot::channel();
        self.0
            .send(Job { n: incoming.len(), incoming, answer })
            .map_err(|_| Problem::busy("the server is shutting down"))?;
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

/// Sends each request the outcomes of its documents.
fn answer(jobs: Vec<Job>, written: Result<Vec<IngestedDocument>, StoreError>) {
    match written {
        Ok(arrivals) => {
            let mut arrivals = arrivals.into_iter();
            for job in jobs {
                let own = arrivals.by_ref().take(job.n).collect();
                // The client may have gone; its documents are stored all the same.
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
