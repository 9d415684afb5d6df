//! Input of news, shared by all commands that read it: from paths to files, records and documents.
//!
//! [`walk`] finds the files and [`piece`] cuts them into records, on one thread. [`open`] turns records into documents, on the threads that
//! process them. [`tally`] counts them and prints messages.

mod open;
mod piece;
mod tally;
mod walk;

use std::{io::Write, num::NonZeroUsize, path::PathBuf};

use dateline_core::Moment;
use dateline_formats::read::{FieldNames, Format};

use crate::batch::{self, Outcome};

pub(crate) use open::News;
pub(crate) use piece::cuts;
pub(crate) use tally::Tally;

use open::Opened;
use tally::DocumentNotes;

/// Input of a command: paths and options.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub(crate) paths: Vec<PathBuf>,
    /// Format of all files, if given.
    pub(crate) from: Option<Format>,
    /// Names of fields given by the user.
    pub(crate) names: FieldNames,
    /// Publication date of all documents, if given.
    pub(crate) date: Option<Moment>,
    pub(crate) threads: Option<NonZeroUsize>,
    /// Shows no progress.
    pub(crate) quiet: bool,
}

/// Processes every document and writes the results in order.
///
/// # Errors
///
/// If the output cannot be written.
pub(crate) fn run(
    reading: &Reading,
    out: &mut dyn Write,
    work: impl Fn(News) -> String + Sync,
) -> anyhow::Result<Outcome> {
    gather(
        reading,
        &mut Tally::default(),
        || &work,
        |_, output: String| {
            out.write_all(output.as_bytes())?;
            // Flushed, so that the reader of a pipe gets each record at once.
            Ok(out.flush()?)
        },
    )
}

/// Processes every document with one worker per thread, and passes the results to `take` in order. `tally` counts and reports what is
/// not a document.
///
/// # Errors
///
/// The first error of `take`.
pub(crate) fn gather<T: Send, W: FnMut(News) -> T>(
    reading: &Reading,
    tally: &mut Tally,
    worker: impl Fn() -> W + Sync,
    mut take: impl FnMut(&mut Tally, T) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    tally.start(reading.quiet);
    let feed = |deal: &mut dyn FnMut(piece::Piece, usize) -> bool| {
        piece::cut(&reading.paths, reading.from, &reading.names, deal);
    };
    let opener = || {
        let mut work = worker();
        move |piece| -> Vec<Opened<(DocumentNotes, T)>> {
            let opened = open::open(piece, &reading.names, reading.date);
            let each = opened
                .into_iter()
                .map(|one| one.map(|mut news| (DocumentNotes::of(&mut news), work(*news))));
            each.collect()
        }
    };
    batch::gather(batch::threads(reading.threads), feed, opener, |came| {
        came.into_iter().try_for_each(|opened| {
            let output = tally.add(opened);
            tally.show(&reading.paths);
            let Some(output) = output else { return Ok(()) };
            // Only on a terminal do results and progress bar collide; redrawing the bar for each result is slow.
            if tally.is_on_terminal() {
                tally.bar().suspend(|| take(tally, output))
            } else {
                take(tally, output)
            }
        })
    })?;
    tally.finish();
    Ok(tally.outcome())
}
