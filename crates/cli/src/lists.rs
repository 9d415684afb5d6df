//! The user's own actors: files of names and codes, put before what Dateline knows.
//!
//! A line with a mistake is told of on standard error, with its file and number, and the rest is used. A file that cannot be
//! read ends the run: what was asked for could not be had.

use std::path::Path;

use anyhow::anyhow;
use dateline_extract::{Actors, BadLine, Extractor};

use crate::{
    arguments::Lists,
    input::{Input, complain},
    text::escaped,
};

/// How many bad lines of a file are told of.
const NAMED: usize = 20;

/// An extractor that asks the lists first. Those of `--actors` have the last word, and of several files the last.
///
/// # Errors
///
/// If a file cannot be read.
pub(crate) fn extractor(lists: &Lists) -> anyhow::Result<Extractor> {
    let extractor = Extractor::new();
    if lists.actors.is_empty() && lists.petrarch_actors.is_empty() {
        return Ok(extractor);
    }
    let mut actors = Actors::default();
    for file in &lists.petrarch_actors {
        actors = actors.overridden_by(read(file, Actors::read_petrarch)?);
    }
    for file in &lists.actors {
        actors = actors.overridden_by(read(file, Actors::read_tsv)?);
    }
    Ok(extractor.with_actors(actors))
}

/// Reads a file of actors and tells of its bad lines.
fn read(file: &Path, parse: fn(&str) -> (Actors, Vec<BadLine>)) -> anyhow::Result<Actors> {
    let input = Input::File(file.to_owned());
    let read = input.read().map_err(|error| anyhow!("{input}: {error}"))?;
    if let Some(note) = read.note {
        complain(&format!("{input}: {note}"));
    }
    let (actors, bad) = parse(&read.text);
    for bad in bad.iter().take(NAMED) {
        complain(&format!("{input}:{}: {}", bad.line, escaped(&bad.to_string())));
    }
    if let Some(more) = bad.len().checked_sub(NAMED).filter(|more| *more > 0) {
        complain(&format!("{input}: {more} more bad lines; mend those above and look again"));
    }
    if actors.is_empty() {
        complain(&format!("{input}: no actor was read; check that it is a file of actors"));
    }
    Ok(actors)
}
