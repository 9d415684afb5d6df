//! `dateline times`: the time expressions of texts, as JSON lines, as TimeML or for people.
//!
//! TimeML is XML, and two XML documents in a row are none: a reader stops at the second or refuses both. So one text goes to
//! standard output, and several go to files of their own in a folder that has to be named.

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
    let mut folder = check(times, format)?;
    let extractor = Extractor::new();
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
                output::json_line(&Found { document, times: &found, explanations })
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
                "an XML document holds one text, and there are {} and {}; name a folder for the documents with --output FOLDER",
                escaped(other),
                escaped(&name)
            );
            out.write_all(output.as_bytes())?;
            Ok(out.flush()?)
        },
    )
}

/// Checks that the format can hold what is asked for; gives the folder that texts go to, if any.
fn check(times: &Times, format: TimesFormat) -> anyhow::Result<Option<Folder>> {
    let is_timeml = format == TimesFormat::TimeMl;
    ensure!(
        !(is_timeml && times.explain),
        "TimeML has no place for explanations; take --explain with --format json or text"
    );
    let paths = &times.inputs.paths;
    let Some(folder) = &times.output else {
        ensure!(
            !is_timeml || paths.len() < 2,
            "an XML document holds one text, and {} were named; name a folder for the documents with --output FOLDER",
            paths.len()
        );
        return Ok(None);
    };
    ensure!(is_timeml, "--output is for --format timeml; send other formats to a file with `>`");
    ensure!(
        !paths.is_empty() && paths.iter().all(|path| path.as_os_str() != "-"),
        "standard input has no name for a file in {}; leave out --output",
        escaped(&folder.to_string_lossy())
    );
    Folder::new(folder, paths).map(Some)
}
