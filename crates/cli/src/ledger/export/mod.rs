//! `dateline export`: a ledger in other formats.
//!
//! [`tables`] writes Dateline's own tables, [`release`] those of other event data sets, [`events`] calendars and JSON-LD, and
//! [`documents`] annotated texts. All of them stream, one row at a time.

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
/// If there is no ledger, no actor has the name, the flags exclude each other, or the output cannot be written.
pub(crate) fn run(export: &Export) -> anyhow::Result<Outcome> {
    let layout = layout(export.format);
    check(export, layout)?;
    if export.columns {
        return print_columns(export, layout);
    }
    let summary = match (export.format, layout) {
        (_, Some(layout)) => release::write(export, layout)?,
        (ExportFormat::Ics | ExportFormat::SchemaOrg, _) => events::write(export)?,
        (ExportFormat::TimeMl | ExportFormat::Annotations | ExportFormat::Brat, _) => {
            documents::write(export)?
        }
        _ => tables::write(export, export.table.unwrap_or(Sheet::Events))?,
    };
    complain(&summary);
    Ok(Outcome::Done)
}

/// Returns the layout of a data set format; `None` for other formats.
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

/// Checks that the flags fit the format.
fn check(export: &Export, layout: Option<Layout>) -> anyhow::Result<()> {
    let format = export.format;
    let is_table = matches!(
        format,
        ExportFormat::Csv | ExportFormat::Tsv | ExportFormat::Ndjson | ExportFormat::Parquet
    );
    ensure!(is_table || export.table.is_none(), "this format has only one table; leave out TABLE");
    ensure!(
        !export.all || layout.is_some(),
        "--all works with polecat, gdelt, gdelt-mentions, icews and plover only"
    );
    ensure!(
        !export.one_a_day || layout == Some(Layout::Icews),
        "--one-a-day works with icews only"
    );
    ensure!(
        !export.columns || is_table || layout.is_some(),
        "--columns works with tables and event data sets only"
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
                "{flag} filters events, but this exports {}; leave it out",
                if of_actors { "actors" } else { "documents" }
            );
        }
    }
    Ok(())
}

fn print_columns(export: &Export, layout: Option<Layout>) -> anyhow::Result<Outcome> {
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

/// Opens the output.
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

/// Builds the filter of documents.
fn document_filter(filters: &Filters) -> DocumentFilter {
    DocumentFilter::new().since(filters.since).until(filters.until).actor(filters.actor.as_deref())
}

/// First error of writing while the ledger streams its rows.
#[derive(Debug, Default)]
struct Progress {
    failed: Option<anyhow::Error>,
}

impl Progress {
    /// Stores an error; returns `false` to stop.
    fn goes_on(&mut self, done: anyhow::Result<()>) -> bool {
        self.failed = done.err();
        self.failed.is_none()
    }

    /// Returns the number of rows, or the stored error.
    fn finish(self, asked: Result<u64, StoreError>) -> anyhow::Result<u64> {
        match self.failed {
            Some(error) => Err(error),
            None => Ok(asked?),
        }
    }
}

/// Passes the reports of a document to a writer.
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
