//! `dateline export`: the ledger as others read it.
//!
//! [`tables`] writes our own tables, [`release`] those of event data sets, [`events`] calendars and JSON-LD, and [`documents`] texts
//! with marks. Each streams: the ledger hands on one thing at a time, and a row of it is written.

mod documents;
mod events;
mod release;
mod tables;

use std::{
    fs::File,
    io::{self, BufWriter, Write},
};

use anyhow::{Context as _, bail, ensure};
use dateline_formats::write::{Article, Column, Layout, Report, Sheet, columns, sheet};
use dateline_server::{article, world};
use dateline_store::{DocumentFilter, ReportedEvent, StoreError};

use super::{read, rows};
use crate::{
    arguments::{Export, ExportFormat, Filters},
    batch::Outcome,
    input::complain,
    text::escaped,
};

/// Runs the command.
///
/// # Errors
///
/// If there is no ledger, nobody is known by a name asked for, the flags do not go together, or the output cannot be written.
pub(crate) fn run(export: &Export) -> anyhow::Result<Outcome> {
    let layout = layout(export.format);
    check(export, layout)?;
    if export.columns {
        return say_columns(export, layout);
    }
    let said = match (export.format, layout) {
        (_, Some(layout)) => release::write(export, layout)?,
        (ExportFormat::Ics | ExportFormat::SchemaOrg, _) => events::write(export)?,
        (ExportFormat::TimeMl | ExportFormat::Annotations | ExportFormat::Brat, _) => {
            documents::write(export)?
        }
        _ => tables::write(export, export.table.unwrap_or(Sheet::Events))?,
    };
    complain(&said);
    Ok(Outcome::Done)
}

/// The release format a format is, if it is one.
fn layout(format: ExportFormat) -> Option<Layout> {
    match format {
        ExportFormat::Polecat => Some(Layout::Polecat),
        ExportFormat::Gdelt => Some(Layout::GdeltEvents),
        ExportFormat::GdeltMentions => Some(Layout::GdeltMentions),
        ExportFormat::Icews => Some(Layout::Icews),
        ExportFormat::Plover => Some(Layout::Plover),
        _ => None,
    }
}

/// Whether the flags go together.
fn check(export: &Export, layout: Option<Layout>) -> anyhow::Result<()> {
    let format = export.format;
    let is_table = matches!(
        format,
        ExportFormat::Csv | ExportFormat::Tsv | ExportFormat::Ndjson | ExportFormat::Parquet
    );
    ensure!(
        is_table || export.table.is_none(),
        "this format has a table of its own; leave out TABLE"
    );
    ensure!(
        !export.all || layout.is_some(),
        "--all is for polecat, gdelt, gdelt-mentions, icews and plover"
    );
    ensure!(!export.one_a_day || layout == Some(Layout::Icews), "--one-a-day is for icews");
    ensure!(
        !export.columns || is_table || layout.is_some(),
        "--columns is for tables and event data sets"
    );
    let of_documents =
        matches!(format, ExportFormat::TimeMl | ExportFormat::Annotations | ExportFormat::Brat)
            || matches!(export.table, Some(Sheet::Statements | Sheet::Documents));
    let of_actors = export.table == Some(Sheet::Actors);
    if of_documents || of_actors {
        let filters = &export.filters;
        let others = [
            ("--with", filters.with.is_some()),
            ("--type", filters.kind.is_some()),
            ("--status", filters.status.is_some()),
            ("--place", filters.place.is_some()),
            ("--as-of", filters.as_of.is_some()),
            ("--limit", filters.limit.is_some()),
            ("--since", of_actors && filters.since.is_some()),
            ("--until", of_actors && filters.until.is_some()),
        ];
        if let Some((flag, _)) = others.iter().find(|(_, is_there)| *is_there) {
            bail!(
                "{flag} chooses events, and this writes {}",
                if of_actors { "actors" } else { "documents" }
            );
        }
    }
    Ok(())
}

fn say_columns(export: &Export, layout: Option<Layout>) -> anyhow::Result<Outcome> {
    let all: &[Column] = match layout {
        Some(layout) => columns(layout),
        None => sheet(export.table.unwrap_or(Sheet::Events)),
    };
    let table = all.iter().enumerate().map(|(at, column)| {
        vec![(at + 1).to_string(), column.name.to_owned(), column.about.to_owned()]
    });
    rows::write(&crate::table::tsv(table))?;
    Ok(Outcome::Done)
}

/// Where the rows go.
fn output(export: &Export) -> anyhow::Result<Box<dyn Write + Send>> {
    Ok(match &export.output {
        None => Box::new(BufWriter::new(io::stdout())),
        Some(path) => {
            let name = escaped(&path.to_string_lossy());
            let file = File::create(path).with_context(|| format!("could not write {name}"))?;
            Box::new(BufWriter::new(file))
        }
    })
}

/// Which documents are asked for.
fn document_filter(filters: &Filters) -> DocumentFilter {
    DocumentFilter::new().since(filters.since).until(filters.until).actor(filters.actor.as_deref())
}

/// What came of work that the ledger hands on piece by piece, and the first thing that went wrong with writing.
#[derive(Debug, Default)]
struct Progress {
    failed: Option<anyhow::Error>,
}

impl Progress {
    /// Keeps an error; whether to go on.
    fn goes_on(&mut self, done: anyhow::Result<()>) -> bool {
        self.failed = done.err();
        self.failed.is_none()
    }

    /// How many pieces there were.
    fn finish(self, asked: Result<u64, StoreError>) -> anyhow::Result<u64> {
        match self.failed {
            Some(error) => Err(error),
            None => Ok(asked?),
        }
    }
}

/// Hands on reports of a document as the writers take them.
fn each_report<'r>(
    article: &Article<'_>,
    reports: impl Iterator<Item = &'r ReportedEvent>,
    mut take: impl FnMut(&Report<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    for reported in reports {
        if let Some(event) = article.record().events.get(reported.index) {
            let world = world(&reported.event)?;
            take(&Report { article, event, world: Some(&world) })?;
        }
    }
    Ok(())
}
