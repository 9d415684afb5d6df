//! `dateline extract`: texts to records, as JSON lines or for people.

use std::io::{self, IsTerminal as _, Write};

use anstream::AutoStream;
use dateline_extract::{Extractor, read_document};

use crate::{
    arguments::{Color, Extract, Format},
    batch::{self, Done, Outcome},
    input::Input,
    text,
};

/// Runs the command.
///
/// # Errors
///
/// If the output cannot be written.
pub(crate) fn run(extract: &Extract) -> anyhow::Result<Outcome> {
    let stdout = io::stdout();
    let for_people = stdout.is_terminal();
    let format = extract.format.unwrap_or(if for_people { Format::Text } else { Format::Json });
    let width = text::width(for_people);
    let inputs = Input::all(&extract.inputs.files);
    let extractor = Extractor::new();
    let work = |input: &Input| {
        let read = match input.read() {
            Ok(read) => read,
            Err(error) => return Done::unreadable(input, &error),
        };
        let mut document = read_document(&read.text);
        document.id = input.file_name();
        document.published = extract.date.or(document.published);
        let undated = document.published.is_none();
        let record = extractor.extract(&document);
        let output = match format {
            Format::Json => {
                let mut line =
                    serde_json::to_string(&record).expect("a record has string keys only");
                line.push('\n');
                line
            }
            Format::Text => text::render(&record, width),
        };
        let complaint = read.note.map(|note| format!("{input}: {note}"));
        Done { output, complaint, unreadable: false, undated }
    };
    let mut out: Box<dyn Write> = match format {
        Format::Json => Box::new(stdout.lock()),
        Format::Text => {
            let choice = match extract.color {
                Color::Auto => AutoStream::choice(&stdout),
                Color::Always => anstream::ColorChoice::Always,
                Color::Never => anstream::ColorChoice::Never,
            };
            Box::new(AutoStream::new(stdout.lock(), choice))
        }
    };
    batch::run(&inputs, extract.inputs.threads, &mut out, work)
}
