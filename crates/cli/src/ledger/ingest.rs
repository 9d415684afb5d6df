//! `dateline ingest`: documents into the ledger.
//!
//! One thread reads, several extract, and this one writes, so that memory holds a few documents a thread. Results are taken from
//! the threads in turn, and the ledger sees documents in the order they were read.

use std::{
    io::{self, IsTerminal as _},
    num::NonZeroUsize,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use dateline_core::Record;
use dateline_store::{Ledger, Outcome as Came};
use indicatif::{ProgressBar, ProgressDrawTarget};
use serde::Serialize;

use super::{
    build, format,
    news::{self, News},
    rows, write,
};
use crate::{
    arguments::{Ingest, RowFormat},
    batch::Outcome,
    input::complain,
    lists,
    text::escaped,
};

/// Documents in one transaction.
const BATCH: usize = 200;
/// A transaction is ended after this long.
const PATIENCE: Duration = Duration::from_secs(1);
/// Documents that wait for each thread.
const AHEAD: usize = 8;
/// How many documents without a date are named.
const NAMED: usize = 5;

/// What was done.
#[derive(Debug, Default, Serialize)]
struct Counts {
    read: usize,
    new: usize,
    duplicate: usize,
    changed: usize,
    failed: usize,
}

/// A document on its way.
enum Way {
    Extracted {
        record: Box<Record>,
        note: Option<String>,
        name: String,
    },
    /// It is in the ledger already.
    Known,
    Failed {
        name: String,
        why: String,
    },
}

/// Runs the command.
///
/// # Errors
///
/// If the ledger cannot be written.
pub(crate) fn run(ingest: &Ingest) -> anyhow::Result<Outcome> {
    let ledger = write(&ingest.database, "dateline ingest")?;
    let known = Ledger::read(&ingest.database.db)?;
    let extractor = lists::extractor(&ingest.lists)?;
    let available = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let n = ingest.threads.unwrap_or_else(available).get();
    let mut intake = Intake::new(ledger, ingest);
    let extracted = |news: News, known: &Ledger| match news.read {
        Err(why) => Way::Failed { name: news.name, why },
        Ok(mut document) => {
            document.published = ingest.date.or(document.published);
            // A ledger that cannot be asked will say why when it is written.
            if known.knows(&document).unwrap_or(false) {
                return Way::Known;
            }
            Way::Extracted {
                record: Box::new(extractor.extract(&document)),
                note: news.note,
                name: news.name,
            }
        }
    };
    let done: anyhow::Result<()> = thread::scope(|scope| {
        let mut to_workers = Vec::new();
        let mut from_workers = Vec::new();
        for _ in 0..n {
            let (news_in, news_out) = mpsc::sync_channel::<News>(AHEAD);
            let (way_in, way_out) = mpsc::sync_channel::<Way>(AHEAD);
            let (extracted, path) = (&extracted, &ingest.database.db);
            scope.spawn(move || {
                let Ok(known) = Ledger::read(path) else { return };
                for news in news_out {
                    // The writer hangs up when it cannot go on.
                    if way_in.send(extracted(news, &known)).is_err() {
                        break;
                    }
                }
            });
            to_workers.push(news_in);
            from_workers.push(way_out);
        }
        scope.spawn(move || {
            let mut turn = (0..n).cycle();
            news::walk(&ingest.paths, &mut |news| {
                let worker = turn.next().expect("there is a worker");
                to_workers[worker].send(news).is_ok()
            });
        });
        let mut turn = (0..n).cycle();
        while let Some(way) = turn.next().and_then(|worker| from_workers[worker].recv().ok()) {
            intake.take(way)?;
        }
        intake.commit()
    });
    done?;
    drop(known);
    intake.finish(ingest)
}

/// The end of the line: batches, counts, and what has to be said.
struct Intake {
    ledger: Ledger,
    build: String,
    follow: bool,
    batch: Vec<Record>,
    since: Instant,
    counts: Counts,
    failures: Vec<Vec<String>>,
    undated: Vec<String>,
    n_undated: usize,
    bar: ProgressBar,
}

impl Intake {
    fn new(ledger: Ledger, ingest: &Ingest) -> Self {
        let shown = io::stderr().is_terminal() && !ingest.follow;
        let target =
            if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Self {
            ledger,
            build: build(),
            follow: ingest.follow,
            batch: Vec::new(),
            since: Instant::now(),
            counts: Counts::default(),
            failures: Vec::new(),
            undated: Vec::new(),
            n_undated: 0,
            bar: ProgressBar::with_draw_target(None, target),
        }
    }

    fn take(&mut self, way: Way) -> anyhow::Result<()> {
        self.counts.read += 1;
        self.bar.inc(1);
        match way {
            Way::Known => {
                self.counts.duplicate += 1;
                if self.follow {
                    rows::write("duplicate\n")?;
                }
            }
            Way::Failed { name, why } => {
                self.counts.failed += 1;
                if self.follow {
                    complain(&format!("{}: {}", escaped(&name), escaped(&why)));
                }
                self.failures.push(vec![escaped(&name), escaped(&why)]);
            }
            Way::Extracted { record, note, name } => {
                if let Some(note) = note {
                    self.bar.suspend(|| complain(&format!("{}: {note}", escaped(&name))));
                }
                if record.document.published.is_none() {
                    self.n_undated += 1;
                    if self.undated.len() < NAMED {
                        self.undated.push(escaped(&name));
                    }
                }
                if self.batch.is_empty() {
                    self.since = Instant::now();
                }
                self.batch.push(*record);
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

    fn finish(&self, ingest: &Ingest) -> anyhow::Result<Outcome> {
        self.bar.finish_and_clear();
        if self.n_undated > 0 {
            let others = match self.n_undated - self.undated.len() {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            complain(&format!(
                "no publication date in {}{others}; kept, but they tell no events: give it with --date YYYY-MM-DD",
                self.undated.join(", ")
            ));
        }
        if !self.failures.is_empty() && !self.follow {
            eprint!("{}", rows::aligned(&["failed", "why"], &self.failures));
        }
        let counts = &self.counts;
        match format(ingest.format) {
            _ if self.follow => {}
            RowFormat::Table => rows::write(&format!(
                "{} read, {} new, {} duplicate, {} changed, {} failed\n",
                counts.read, counts.new, counts.duplicate, counts.changed, counts.failed
            ))?,
            other => {
                let all = ["read", "new", "duplicate", "changed", "failed"];
                rows::print(other, std::slice::from_ref(counts), &all, &all)?;
            }
        }
        Ok(if counts.failed == 0 { Outcome::AllRead } else { Outcome::SomeUnreadable })
    }
}
