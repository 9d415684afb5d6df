//! News as it comes, for every command that reads it: paths to files, files to records, records to documents.
//!
//! [`walk`] finds the files and [`piece`] cuts them, both on one thread; [`open`] makes documents of what was cut, on the thread
//! that goes on to work on them. [`tally`] counts and says what there is to say.

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
use tally::Told;

/// What to read, and how.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub(crate) paths: Vec<PathBuf>,
    /// What all files are, where somebody said so.
    pub(crate) from: Option<Format>,
    /// What their fields are called.
    pub(crate) names: FieldNames,
    /// The date of publication of all documents, where somebody said so.
    pub(crate) date: Option<Moment>,
    pub(crate) threads: Option<NonZeroUsize>,
}

/// Works on every document and writes what comes of it, in the order of the documents.
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
            // Whoever reads the pipe gets each record when it is made.
            Ok(out.flush()?)
        },
    )
}

/// Works on every document, by a worker made for each thread, and hands on what comes of it, in the order of the documents.
/// Of what is no document `tally` tells.
///
/// # Errors
///
/// If it cannot be taken.
pub(crate) fn gather<T: Send, W: FnMut(News) -> T>(
    reading: &Reading,
    tally: &mut Tally,
    worker: impl Fn() -> W + Sync,
    mut take: impl FnMut(&mut Tally, T) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let feed = |deal: &mut dyn FnMut(piece::Piece, usize) -> bool| {
        piece::cut(&reading.paths, reading.from, &reading.names, deal);
    };
    let opener = || {
        let mut work = worker();
        move |piece| -> Vec<Opened<(Told, T)>> {
            let opened = open::open(piece, &reading.names, reading.date);
            let each = opened
                .into_iter()
                .map(|one| one.map(|mut news| (Told::of(&mut news), work(*news))));
            each.collect()
        }
    };
    batch::gather(batch::threads(reading.threads), feed, opener, |came| {
        came.into_iter().try_for_each(|opened| {
            let Some(output) = tally.add(opened) else { return Ok(()) };
            // Only on a terminal do results and bar meet; to clear and redraw it for each would take longer than some texts.
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
