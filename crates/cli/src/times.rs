//! `dateline times`: the time expressions of texts, as JSON lines, as TimeML or for people.
//!
//! TimeML is XML, and two XML documents in a row are none: a reader stops at the second or refuses both. So one text goes to
//! standard output, and several go to files of their own in a folder that has to be named.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, IsTerminal as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail, ensure};
use dateline_core::{Document, Explanation, Time};
use dateline_extract::Extractor;
use dateline_formats::timeml;
use serde::Serialize;

use crate::{
    arguments::{Times, TimesFormat},
    batch::{self, Done, Outcome},
    input::Input,
    output, text,
    text::escaped,
};

/// What JSON has of a text: keys of its record, as far as they are about time.
#[derive(Serialize)]
struct Found<'a> {
    document: &'a Document,
    times: &'a [Time],
    #[serde(skip_serializing_if = "Option::is_none")]
    explanations: Option<&'a [Explanation]>,
}

/// Runs the command.
///
/// # Errors
///
/// If the output cannot be written, or the arguments ask for what a format cannot hold.
pub(crate) fn run(times: &Times) -> anyhow::Result<Outcome> {
    let for_people = io::stdout().is_terminal();
    let default = if for_people { TimesFormat::Text } else { TimesFormat::Json };
    let format = times.format.unwrap_or(default);
    let width = text::width(for_people);
    let inputs = Input::all(&times.inputs.files);
    let files = check(times, format, &inputs)?;
    let extractor = Extractor::new();
    let work = |input: &Input| {
        let read = match input.read_dated(times.manner.date) {
            Ok(read) => read,
            Err(error) => return Done::unreadable(input, &error),
        };
        let document = &read.document;
        let (found, explanations) = if times.explain {
            let (found, explanations) = extractor.explain_times(document);
            (found, Some(explanations))
        } else {
            (extractor.times(document), None)
        };
        let explanations = explanations.as_deref();
        let output = match format {
            TimesFormat::Json => {
                output::json_line(&Found { document, times: &found, explanations })
            }
            TimesFormat::TimeMl => timeml::write(document, &found),
            TimesFormat::Text => {
                text::render_times(document, &found, explanations.unwrap_or_default(), width)
            }
        };
        match files.get(input) {
            None => Done::of(output, read),
            Some(file) => match fs::write(file, output) {
                Ok(()) => Done::of(String::new(), read),
                Err(error) => {
                    Done::unreadable(input, &format!("could not write {}: {error}", shown(file)))
                }
            },
        }
    };
    let mut out = match format {
        TimesFormat::Json | TimesFormat::TimeMl => output::for_programs(),
        TimesFormat::Text => output::for_people(times.manner.color),
    };
    batch::run(&inputs, times.inputs.threads, &mut out, work)
}

/// Checks that the format can hold what is asked for; gives the file each input goes to, and makes the folder for them.
fn check(
    times: &Times,
    format: TimesFormat,
    inputs: &[Input],
) -> anyhow::Result<BTreeMap<Input, PathBuf>> {
    let is_timeml = format == TimesFormat::TimeMl;
    ensure!(
        !(is_timeml && times.explain),
        "TimeML has no place for explanations; take --explain with --format json or text"
    );
    let Some(folder) = &times.output else {
        ensure!(
            !is_timeml || inputs.len() == 1,
            "an XML document holds one text, and {} were named; name a folder for the documents with --output FOLDER",
            inputs.len()
        );
        return Ok(BTreeMap::new());
    };
    ensure!(is_timeml, "--output is for --format timeml; send other formats to a file with `>`");
    let files = files(folder, inputs)?;
    fs::create_dir_all(folder).with_context(|| format!("could not make {}", shown(folder)))?;
    // What is read is never written over, whatever names lead to it.
    let read: BTreeSet<PathBuf> = files
        .keys()
        .filter_map(|input| match input {
            Input::File(path) => path.canonicalize().ok(),
            Input::Standard => None,
        })
        .collect();
    for file in files.values() {
        if file.canonicalize().is_ok_and(|file| read.contains(&file)) {
            bail!("{} is to be read and written; name another folder", shown(file));
        }
    }
    Ok(files)
}

/// The file in a folder each input goes to: its name, ending in `.tml`.
fn files(folder: &Path, inputs: &[Input]) -> anyhow::Result<BTreeMap<Input, PathBuf>> {
    let mut files = BTreeMap::new();
    let mut taken: BTreeMap<PathBuf, &Input> = BTreeMap::new();
    for input in inputs {
        let Input::File(path) = input else {
            bail!("standard input has no name for a file in {}; leave out --output", shown(folder));
        };
        let Some(stem) = path.file_stem() else {
            bail!("{input}: no name of a file; check the name");
        };
        let mut name = stem.to_owned();
        name.push(".tml");
        let file = folder.join(name);
        if let Some(other) = taken.insert(file.clone(), input) {
            bail!("{other} and {input} would both become {}; do one at a time", shown(&file));
        }
        files.insert(input.clone(), file);
    }
    Ok(files)
}

fn shown(path: &Path) -> String {
    escaped(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], expected: Result<&[&str], &str>) {
        let inputs = Input::all(&names.iter().map(PathBuf::from).collect::<Vec<_>>());
        match files(Path::new("out"), &inputs) {
            Ok(files) => {
                let found: Vec<PathBuf> = inputs.iter().map(|input| files[input].clone()).collect();
                assert_eq!(found, expected.unwrap().iter().map(PathBuf::from).collect::<Vec<_>>());
            }
            Err(error) => assert_eq!(error.to_string(), expected.unwrap_err()),
        }
    }

    #[test]
    fn every_text_gets_a_file_of_its_own() {
        check(
            &["b/b.v1.txt", "a.txt", "plain"],
            Ok(&["out/b.v1.tml", "out/a.tml", "out/plain.tml"]),
        );
        check(
            &["a/x.txt", "b/x.txt"],
            Err("a/x.txt and b/x.txt would both become out/x.tml; do one at a time"),
        );
        check(&["-"], Err("standard input has no name for a file in out; leave out --output"));
    }
}
