//! `dateline ingest`: adds documents to a ledger.
//!
//! Several threads extract records; the main thread writes them in batches, in the order of the input.

use std::time::{Duration, Instant};

use dateline_store::{IncomingDocument, IngestOutcome, Ledger};
use serde::Serialize;

use super::{build, format, rows, write};
use crate::{
    arguments::{Ingest, RowFormat},
    batch::Outcome,
    lists,
    news::{self, News, Tally},
};

/// Documents per transaction.
const BATCH: usize = 200;
/// Maximum duration of a transaction.
const PATIENCE: Duration = Duration::from_secs(1);

/// Columns of the summary.
const COLUMNS: [&str; 6] = ["read", "new", "duplicate", "changed", "failed", "set_aside"];

/// Summary of a run.
#[derive(Debug, Default, Serialize)]
struct Counts {
    read: u64,
    new: u64,
    duplicate: u64,
    changed: u64,
    failed: u64,
    set_aside: u64,
}

/// A document after extraction.
enum Prepared {
    Extracted(Box<IncomingDocument>),
    /// Already in the ledger, so it was not extracted.
    Known,
}

/// Runs the command.
///
/// # Errors
///
/// If the ledger cannot be written.
pub(crate) fn run(ingest: &Ingest) -> anyhow::Result<Outcome> {
    let ledger = write(&ingest.database, "dateline ingest")?;
    let extractor = lists::extractor(&ingest.lists)?;
    let mut intake = Intake::new(ledger, ingest.follow);
    let worker = || {
        // If the ledger cannot be read, writing to it reports why.
        let known = Ledger::open(&ingest.database.db).ok();
        let extractor = &extractor;
        move |news: News| {
            let is_known =
                |known: &Ledger| matches!(known.find_document(&news.document), Ok(Some(_)));
            if known.as_ref().is_some_and(is_known) {
                return Prepared::Known;
            }
            let record = extractor.extract(&news.document);
            Prepared::Extracted(Box::new(IncomingDocument::new(record).source(news.source)))
        }
    };
    let mut tally = Tally::new("they are stored, but report no events");
    let reading = ingest.reads.reading(ingest.paths.clone(), ingest.date);
    let outcome = news::gather(&reading, &mut tally, worker, |_, prepared| intake.take(prepared))?;
    intake.commit()?;
    let set_aside = tally.set_aside.values().sum::<u64>();
    let counts = &mut intake.counts;
    counts.failed = tally.failed;
    counts.set_aside = set_aside;
    counts.read = tally.read + tally.failed + set_aside;
    match format(ingest.format) {
        _ if ingest.follow => {}
        RowFormat::Table => rows::write(&format!(
            "{} read, {} new, {} duplicate, {} changed, {} failed, {} skipped\n",
            counts.read,
            counts.new,
            counts.duplicate,
            counts.changed,
            counts.failed,
            counts.set_aside
        ))?,
        other => rows::print(other, std::slice::from_ref(counts), &COLUMNS, &COLUMNS)?,
    }
    Ok(outcome)
}

/// Writer of batches, with the counts of the run.
struct Intake {
    ledger: Ledger,
    build: String,
    follow: bool,
    batch: Vec<IncomingDocument>,
    since: Instant,
    counts: Counts,
}

impl Intake {
    fn new(ledger: Ledger, follow: bool) -> Self {
        Self {
            ledger,
            build: build(),
            follow,
            batch: Vec::new(),
            since: Instant::now(),
            counts: Counts::default(),
        }
    }

    fn take(&mut self, prepared: Prepared) -> anyhow::Result<()> {
        match prepared {
            Prepared::Known => {
                self.counts.duplicate += 1;
                if self.follow {
                    rows::write("duplicate\n")?;
                }
            }
            Prepared::Extracted(incoming) => {
                if self.batch.is_empty() {
                    self.since = Instant::now();
                }
                self.batch.push(*incoming);
            }
        }
        let is_full = self.batch.len() >= BATCH || self.since.elapsed() > PATIENCE;
        if self.follow || is_full { self.commit() } else { Ok(()) }
    }

    fn commit(&mut self) -> anyhow::Result<()> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let arrivals = self.ledger.ingest(&self.batch, &self.build)?;
        self.batch.clear();
        for arrival in arrivals {
            let (count, word) = match arrival.outcome {
                IngestOutcome::New => (&mut self.counts.new, "new"),
                IngestOutcome::Duplicate => (&mut self.counts.duplicate, "duplicate"),
                IngestOutcome::Changed => (&mut self.counts.changed, "changed"),
            };
            *count += 1;
            if self.follow {
                rows::write(&format!("{word} {}\n", arrival.id))?;
            }
        }
        Ok(())
    }
}
