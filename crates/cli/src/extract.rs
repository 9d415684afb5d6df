//! `dateline extract`: texts to records, as JSON lines or for people.

use std::io::{self, IsTerminal as _};

use dateline_core::{Explanation, Record, Source};
use serde::Serialize;

use crate::{
    arguments::{Extract, Format},
    batch::Outcome,
    lists,
    news::{self, News},
    output, text,
};

/// A record, with what explains it and where it was read from behind all else.
#[derive(Serialize)]
struct Printed<'a> {
    #[serde(flatten)]
    record: &'a Record,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanations: Option<&'a [Explanation]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a Source>,
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
    let extractor = lists::extractor(&extract.lists)?;
    let work = |news: News| {
        let (record, explanations) = if extract.explain {
            let (record, explanations) = extractor.explain(&news.document);
            (record, Some(explanations))
        } else {
            (extractor.extract(&news.document), None)
        };
        let explanations = explanations.as_deref();
        match format {
            Format::Json => {
                let source = extract.source.then_some(&news.source);
                output::json_line(&Printed { record: &record, explanations, source })
            }
            Format::Text => text::render(&record, explanations, width),
        }
    };
    let mut out = match format {
        Format::Json => output::for_programs(),
        Format::Text => output::for_people(extract.manner.color),
    };
    news::run(&extract.inputs.reading(extract.manner.date), &mut out, work)
}
