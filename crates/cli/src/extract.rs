//! `dateline extract`: the records of texts, as JSON lines or laid out for people.

use std::io::{self, IsTerminal as _};

use anyhow::ensure;
use dateline_core::{Explanation, Record, Source};
use dateline_formats::write::{Article, Layout, Options, Release, Report};
use serde::Serialize;

use crate::{
    arguments::{Extract, ExtractFormat},
    batch::Outcome,
    input::complain,
    lists,
    news::{self, News, Tally},
    output, text,
};

/// JSON output: a record, followed by its explanations and its source if asked for.
#[derive(Serialize)]
struct RecordJson<'a> {
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
/// If the output cannot be written, or the flags exclude each other.
pub(crate) fn run(extract: &Extract) -> anyhow::Result<Outcome> {
    let for_people = io::stdout().is_terminal();
    let default = if for_people { ExtractFormat::Text } else { ExtractFormat::Json };
    let (as_text, layout) = match extract.format.unwrap_or(default) {
        ExtractFormat::Json => (false, None),
        ExtractFormat::Text => (true, None),
        ExtractFormat::Polecat => (false, Some(Layout::Polecat)),
        ExtractFormat::Icews => (false, Some(Layout::Icews)),
        ExtractFormat::Plover => (false, Some(Layout::Plover)),
    };
    if let Some(layout) = layout {
        return released(extract, layout);
    }
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
        if as_text {
            return text::render(&record, explanations, width);
        }
        let source = extract.source.then_some(&news.source);
        output::json_line(&RecordJson { record: &record, explanations, source })
    };
    let mut out =
        if as_text { output::for_people(extract.text.color) } else { output::for_programs() };
    news::run(&extract.inputs.reading(extract.text.date), &mut out, work)
}

/// Prints the events of each text in the columns of an event data set.
fn released(extract: &Extract, layout: Layout) -> anyhow::Result<Outcome> {
    ensure!(
        !extract.explain && !extract.source,
        "{layout} has no place for explanations or sources; use --explain and --source with --format json"
    );
    let extractor = lists::extractor(&extract.lists)?;
    let work = |news: News| (news.name, extractor.extract(&news.document));
    let mut out = output::for_programs();
    let mut release = Release::new(&mut out, layout, Options::default())?;
    let reading = extract.inputs.reading(extract.text.date);
    let outcome = news::gather(
        &reading,
        &mut Tally::default(),
        || &work,
        |_, (name, record)| {
            let article = Article::new(&name, &record, &[]);
            for event in &record.events {
                release.report(&Report { article: &article, event, world: None })?;
            }
            Ok(())
        },
    )?;
    for (why, n) in &release.tally().left_out {
        complain(&format!("{n} events left out: {}", why.as_str()));
    }
    Ok(outcome)
}
