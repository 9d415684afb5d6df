//! `dateline ingest`: documents into the ledger.
//!
//! Records are made on several threads, and written by this one in batches, in the order the documents were read.

use std::time::{Duration, Instant};

use dateline_store::{IncomingDocument, IngestOutcome as Came, Ledger};
use serde::Serialize;

use super::{build, format, rows, write};
use crate::{
    arguments::{Ingest, RowFormat},
    batch::Outcome,
    lists,
    news::{self, News, Tally},
};

/// Documents in one transaction.
const BATCH: usize = 200;
/// A transaction is ended after this long.
const PATIENCE: Duration = Duration::from_secs(1);

/// What was done, as it is printed.
const COLUMNS: [&str; 6] = ["read", "new", "duplicate", "changed", "failed", "set_aside"];

/// What was done.
#[derive(Debug, Default, Serialize)]
struct Counts {
    read: u64,
    new: u64,
    duplicate: u64,
    changed: u64,
    failed: u64,
    set_aside: u64,
}

/// A document on its way.
enum Way {
    Extracted(Box<IncomingDocument>),
    /// It is in the ledger already.
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
        // A ledger that cannot be asked will say why when it is written.
        let known = Ledger::open(&ingest.database.db).ok();
        let extractor = &extractor;
        move |news: News| {
            let is_known =
                |known: &Ledger| matches!(known.find_document(&news.document), Ok(Some(_)));
            if known.as_ref().is_some_and(is_known) {
                return Way::Known;
            }
            let record = extractor.extract(&news.document);
            Way::Extracted(Box::new(IncomingDocument::new(record).source(news.source)))
        }
    };
    let mut tally = Tally::new("kept, but they tell no events");
    let reading = ingest.reads.reading(ingest.paths.clone(), ingest.date);
    let outcome = news::gather(&reading, &mut tally, worker, |_, way| intake.take(way))?;
    intake.commit()?;
    let set_aside = tally.set_aside.values().sum::<u64>();
    let counts = &mut intake.counts;
    counts.failed = tally.failed;
    counts.set_aside = set_aside;
    counts.read = tally.read + tally.failed + set_aside;
    match format(ingest.format) {
        _ if ingest.follow => {}
        RowFormat::Table => rows::write(&format!(
            "{} read, {} new, {} duplicate, {} changed, {} failed, {} set aside\n",
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

/// The end of the line: batches and counts.
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

    fn take(&mut self, way: Way) -> anyhow::Result<()> {
        match way {
            Way::Known => {
                self.counts.duplicate += 1;
                if self.follow {
                    rows::write("duplicate\n")?;
                }
            }
            Way::Extracted(incoming) => {
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
                Came::New => (&mut self.counts.new, "new"),
                Came::Duplicate => (&mut self.counts.duplicate, "duplicate"),
                Came::Changed => (&mut self.counts.changed, "changed"),
            };
            *count += 1;
            if self.follow {
                rows::write(&format!("{word} {}\n", arrival.id))?;
            }
        }
        Ok(())
    }
}
