//! `dateline actors`: the actors of all texts, one row per actor.
//!
//! Each text is reduced to a list of actors when it is read. The lists are added up in the order of the texts, so the output does not
//! depend on the number of threads.

mod page;
mod row;
mod table;

use std::io::{self, IsTerminal as _};

use crate::{
    arguments::{Actors, TableFormat},
    batch::Outcome,
    lists,
    news::{self, News, Tally},
    output, text,
};

use row::{ActorRow, Corpus};

/// Runs the command.
///
/// # Errors
///
/// If a list of actors cannot be read, or the output cannot be written.
pub(crate) fn run(actors: &Actors) -> anyhow::Result<Outcome> {
    let for_people = io::stdout().is_terminal();
    let default = if for_people { TableFormat::Text } else { TableFormat::Json };
    let format = actors.format.unwrap_or(default);
    let extractor = lists::extractor(&actors.lists)?;
    let work = |news: News| {
        let (record, explanations) = if actors.explain {
            extractor.explain(&news.document)
        } else {
            (extractor.extract(&news.document), Vec::new())
        };
        row::of_document(&record, &explanations, &news.name)
    };
    let mut corpus = Corpus::default();
    let reading = actors.inputs.reading(actors.text.date);
    let outcome = news::gather(
        &reading,
        &mut Tally::default(),
        || &work,
        |_, rows: Vec<ActorRow>| {
            corpus.add(rows);
            Ok(())
        },
    )?;
    let rows = corpus.finish();
    let (mut out, printed) = match format {
        TableFormat::Text => (
            output::for_people(actors.text.color),
            page::render(&rows, actors.explain, text::width(for_people)),
        ),
        TableFormat::Csv => {
            (output::for_programs(), crate::table::csv(table::rows(&rows, actors.explain)))
        }
        TableFormat::Tsv => {
            (output::for_programs(), crate::table::tsv(table::rows(&rows, actors.explain)))
        }
        TableFormat::Json => (
            output::for_programs(),
            rows.iter().map(|row| output::json_line(&row.json(actors.explain))).collect(),
        ),
    };
    out.write_all(printed.as_bytes())?;
    out.flush()?;
    Ok(outcome)
}
