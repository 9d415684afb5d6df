//! The extractor of a command: its reader, and the user's own actors and codebook, which take precedence over the built-in ones.
//!
//! A faulty line is reported on standard error with its file and number, and skipped. A file that cannot be read ends the command.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{anyhow, bail};
use dateline_extract::{Actors, BadLine, BadRow, Codebook, Extractor};

use crate::{
    arguments::Lists,
    input::{Input, complain},
    text::escaped,
};

/// Maximum number of faulty lines reported per file.
const REPORTED: usize = 20;

/// Builds an extractor with the reader and the user's lists. `--actors` takes precedence over `--petrarch-actors`, and later files over earlier ones.
///
/// # Errors
///
/// If a file cannot be read.
pub(crate) fn extractor(lists: &Lists) -> anyhow::Result<Extractor> {
    let mut extractor = Extractor::builder()
        .reader(lists.reader.kind())
        .least_confidence(lists.confidence.least())
        .build();
    if let Some(folder) = &lists.tables.codebook {
        let (codebook, bad) = codebook(folder)?;
        report(&bad, |bad| escaped(&bad.to_string()));
        extractor = extractor.with_codebook(codebook);
    }
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

/// Reports skipped lines, the first of them one by one.
fn report<T>(bad: &[T], message: impl Fn(&T) -> String) {
    for bad in bad.iter().take(REPORTED) {
        complain(&message(bad));
    }
    if let Some(more) = bad.len().checked_sub(REPORTED).filter(|more| *more > 0) {
        complain(&format!("{more} more faulty lines; fix those above and try again"));
    }
}

/// Reads the codebook with the tables of a folder; also returns its faulty rows, with the paths of their files.
///
/// # Errors
///
/// If the folder or a table cannot be read, or the folder has no tables.
pub(crate) fn codebook(folder: &Path) -> anyhow::Result<(Codebook, Vec<BadRow>)> {
    let name = escaped(&folder.to_string_lossy());
    let listed = fs::read_dir(folder).map_err(|error| anyhow!("{name}: {error}"))?;
    let mut files: Vec<PathBuf> = listed
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(|error| anyhow!("{name}: {error}"))?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "tsv"));
    files.sort();
    if files.is_empty() {
        bail!("{name}: no tables in the folder; name them like sanction.tsv or sanction.mine.tsv");
    }
    let mut tables = Vec::new();
    for file in files {
        let own = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let input = Input::File(file);
        let read = input.read().map_err(|error| anyhow!("{input}: {error}"))?;
        if let Some(note) = read.note {
            complain(&format!("{input}: {note}"));
        }
        tables.push((own, read.text));
    }
    let tables: Vec<(&str, &str)> =
        tables.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (codebook, mut bad) = Codebook::read(&tables);
    for row in &mut bad {
        row.file = folder.join(&row.file).to_string_lossy().into_owned();
    }
    Ok((codebook, bad))
}

/// Reads a file of actors and reports its faulty lines.
fn read(file: &Path, parse: fn(&str) -> (Actors, Vec<BadLine>)) -> anyhow::Result<Actors> {
    let input = Input::File(file.to_owned());
    let read = input.read().map_err(|error| anyhow!("{input}: {error}"))?;
    if let Some(note) = read.note {
        complain(&format!("{input}: {note}"));
    }
    let (actors, bad) = parse(&read.text);
    report(&bad, |bad| format!("{input}:{}: {}", bad.line, escaped(&bad.to_string())));
    if actors.is_empty() {
        complain(&format!("{input}: no actors found; check that it is a file of actors"));
    }
    Ok(actors)
}
