//! `dateline extract`: texts to records, as JSON lines or for people.

use std::io::{self, IsTerminal as _};

use dateline_core::{Explanation, Record};
use serde::Serialize;

use crate::{
    arguments::{Extract, Format},
    batch::{self, Done, Outcome},
    input::Input,
    lists, output, text,
};

/// A record with what explains it behind all else.
#[derive(Serialize)]
struct Explained<'a> {
    #[serde(flatten)]
    record: &'a Record,
    explanations: &'a [Explanation],
}

/// Runs the command.
///
/// # Errors
///
/// If the output cannot be written.
pub(crate) fn run(extract: &Extract) -> anyhow::Result<Outcome> {
    let for_people = io::stdout().is_terminal();
    let format = extract.format.unwrap_or(if for_people { Format::Text } else { Format::Json });
    let width = text::width(for_people);
    let inputs = Input::all(&extract.inputs.files);
    let extractor = lists::extractor(&extract.lists)?;
    let work = |input: &Input| {
        let read = match input.read_dated(extract.manner.date) {
            Ok(read) => read,
            Err(error) => return Done::unreadable(input, &error),
        };
        let (record, explanations) = if extract.explain {
            let (record, explanations) = extractor.explain(&read.document);
            (record, Some(explanations))
        } else {
            (extractor.extract(&read.document), None)
        };
        let output = match (format, explanations) {
            (Format::Json, None) => output::json_line(&record),
            (Format::Json, Some(explanations)) => {
                output::json_line(&Explained { record: &record, explanations: &explanations })
            }
            (Format::Text, explanations) => text::render(&record, explanations.as_deref(), width),
        };
        Done::of(output, read)
    };
    let mut out = match format {
        Format::Json => output::for_programs(),
        Format::Text => output::for_people(extract.manner.color),
    };
    batch::run(&inputs, extract.inputs.threads, &mut out, work)
}
