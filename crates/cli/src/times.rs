//! `dateline times`: the time expressions of texts, as JSON lines, as TimeML, or laid out for people.
//!
//! A TimeML file is one XML document, so only one text can go to standard output; several need a folder.

use std::io::{self, IsTerminal as _};

use anyhow::ensure;
use dateline_core::{Document, Explanation, Time};
use dateline_extract::Extractor;
use dateline_formats::timeml;
use serde::Serialize;

use crate::{
    arguments::{Times, TimesFormat},
    batch::Outcome,
    news::{self, News, Tally},
    output::{self, Folder},
    text::{self, escaped},
};

/// JSON output for one text: the parts of its record that concern time.
#[derive(Serialize)]
struct TimesJson<'a> {
    document: &'a Document,
    times: &'a [Time],
    #[serde(skip_serializing_if = "Option::is_none")]
    explanations: Option<&'a [Explanation]>,
}

/// Runs the command.
///
/// # Errors
///
/// If the output cannot be written, or the format cannot hold what is asked for.
pub(crate) fn run(times: &Times) -> anyhow::Result<Outcome> {
    let for_people = io::stdout().is_terminal();
    let default = if for_people { TimesFormat::Text } else { TimesFormat::Json };
    let format = times.format.unwrap_or(default);
    let width = text::width(for_people);
    let mut folder = check(times, format)?;
    let extractor = Extractor::builder().reader(times.reader.kind()).build();
    let work = |news: News| {
        let document = &news.document;
        let (found, explanations) = if times.explain {
            let (found, explanations) = extractor.explain_times(document);
            (found, Some(explanations))
        } else {
            (extractor.times(document), None)
        };
        let explanations = explanations.as_deref();
        let output = match format {
            TimesFormat::Json => {
                output::json_line(&TimesJson { document, times: &found, explanations })
            }
            TimesFormat::TimeMl => timeml::write(document, &found),
            TimesFormat::Text => {
                text::render_times(document, &found, explanations.unwrap_or_default(), width)
            }
        };
        (news.name, output)
    };
    let mut out = match format {
        TimesFormat::Json | TimesFormat::TimeMl => output::for_programs(),
        TimesFormat::Text => output::for_people(times.text.color),
    };
    let reading = times.inputs.reading(times.text.date);
    let mut first: Option<String> = None;
    news::gather(
        &reading,
        &mut Tally::default(),
        || &work,
        |tally, (name, output): (String, String)| {
            if let Some(folder) = &mut folder {
                if let Err(why) = folder.write(&name, "tml", &output) {
                    tally.refuse(&format!("{}: {why}", escaped(&name)));
                }
                return Ok(());
            }
            let other = first.get_or_insert_with(|| name.clone());
            ensure!(
                format != TimesFormat::TimeMl || *other == name,
                "a TimeML file holds one text, but there are {} and {}; use --output FOLDER to write a file for each",
                escaped(other),
                escaped(&name)
            );
            out.write_all(output.as_bytes())?;
            Ok(out.flush()?)
        },
    )
}

/// Checks that the arguments fit the format; returns the folder to write to, if any.
fn check(times: &Times, format: TimesFormat) -> anyhow::Result<Option<Folder>> {
    let is_timeml = format == TimesFormat::TimeMl;
    ensure!(
        !(is_timeml && times.explain),
        "TimeML has no place for explanations; use --explain with --format json or text"
    );
    let paths = &times.inputs.paths;
    let Some(folder) = &times.output else {
        ensure!(
            !is_timeml || paths.len() < 2,
            "a TimeML file holds one text, but {} files were given; use --output FOLDER to write a file for each",
            paths.len()
        );
        return Ok(None);
    };
    ensure!(
        is_timeml,
        "--output works with --format timeml only; write other formats to a file with `>`"
    );
    ensure!(
        !paths.is_empty() && paths.iter().all(|path| path.as_os_str() != "-"),
        "standard input has no name for a file in {}; leave out --output",
        escaped(&folder.to_string_lossy())
    );
    Folder::new(folder, paths).map(Some)
}
