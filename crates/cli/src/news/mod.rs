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
pub(crate) use piece::{cuts, open as opened};
pub(crate) use tally::Tally;

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
        |_, output: Option<String>| {
            if let Some(output) = output {
                out.write_all(output.as_bytes())?;
                // Whoever reads the pipe gets each record when it is made.
                out.flush()?;
            }
            Ok(())
        },
    )
}

/// Works on every document, by a worker made for each thread, and hands on what comes of it, in the order of the documents:
/// `None` for a piece no document came of, which `tally` has told of.
///
/// # Errors
///
/// If it cannot be taken.
pub(crate) fn gather<T: Send, W: FnMut(News) -> T>(
    reading: &Reading,
    tally: &mut Tally,
    worker: impl Fn() -> W + Sync,
    mut take: impl FnMut(&mut Tally, Option<T>) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let feed = |deal: &mut dyn FnMut(piece::Piece, usize) -> bool| {
        piece::cut(&reading.paths, reading.from, &reading.names, deal);
    };
    let opener = || {
        let mut work = worker();
        move |piece| -> Vec<(Told, Option<T>)> {
            let opened = open::open(piece, &reading.names, reading.date);
            opened.into_iter().map(|one| Told::of(one, &mut work)).collect()
        }
    };
    batch::gather(batch::threads(reading.threads), feed, opener, |came| {
        came.into_iter().try_for_each(|(told, output)| {
            tally.add(&told);
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
