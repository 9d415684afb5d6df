//! Dateline's own tables: events, mentions, statements, actors and documents as CSV, TSV, JSON lines or Parquet.

use dateline_formats::write::{
    ActorRow, Cell, DocumentRow, EventRow, Shape, Sheet, Table, actor, document, event, mention,
    sheet, statement,
};
use dateline_store::{ActorFilter, Ledger};

use super::{Progress, article, document_filter, each_report, output, read, world};
use crate::arguments::{Export, ExportFormat};

/// Writes a table; returns a summary.
pub(super) fn write(export: &Export, of: Sheet) -> anyhow::Result<String> {
    let ledger = read(&export.database)?;
    let shape = match export.format {
        ExportFormat::Tsv => Shape::Tsv,
        ExportFormat::Ndjson => Shape::Ndjson,
        ExportFormat::Parquet => return parquet(export, &ledger, of),
        _ => Shape::Csv,
    };
    let mut out = output(export)?;
    let n = {
        let mut table = Table::new(&mut out, sheet(of), shape, export.raw)?;
        each(&ledger, export, of, &mut |cells| Ok(table.row(&cells)?))?
    };
    out.flush()?;
    Ok(format!("{n} {of}"))
}

fn actor_filter(export: &Export) -> ActorFilter {
    ActorFilter::new().name(export.filters.actor.as_deref())
}

#[cfg(feature = "parquet")]
fn parquet(export: &Export, ledger: &Ledger, of: Sheet) -> anyhow::Result<String> {
    use dateline_formats::write::ParquetTable;
    let mut table = ParquetTable::new(output(export)?, of)?;
    let n = each(ledger, export, of, &mut |cells| Ok(table.row(cells)?))?;
    table.finish()?.flush()?;
    Ok(format!("{n} {of}"))
}

#[cfg(not(feature = "parquet"))]
fn parquet(_: &Export, _: &Ledger, _: Sheet) -> anyhow::Result<String> {
    anyhow::bail!("this build cannot write Parquet; install dateline with its default features")
}

/// Passes the rows of a table to `take`; returns their number.
fn each(
    ledger: &Ledger,
    export: &Export,
    of: Sheet,
    take: &mut dyn FnMut(Vec<Cell>) -> anyhow::Result<()>,
) -> anyhow::Result<u64> {
    let mut progress = Progress::default();
    let mut n = 0_u64;
    let mut take = |cells| {
        n += 1;
        take(cells)
    };
    let asked = match of {
        Sheet::Events => ledger.each_event(&export.filters.filter(), &mut |detail| {
            let row = world(&detail).map_err(anyhow::Error::from).map(|world| {
                let (summary, source) = (detail.row.summary.as_str(), detail.row.source.as_str());
                event(&EventRow { world: &world, summary, source })
            });
            progress.goes_on(row.and_then(&mut take))
        }),
        Sheet::Mentions => ledger.each_report(&export.filters.filter(), &mut |stored, reports| {
            let article = article(stored);
            progress.goes_on(each_report(&article, reports.iter(), |report| take(mention(report))))
        }),
        Sheet::Statements => {
            ledger.each_document(&document_filter(&export.filters), &mut |stored| {
                let article = article(&stored);
                let mut all = stored.record.statements.iter();
                progress.goes_on(all.try_for_each(|one| take(statement(&article, one))))
            })
        }
        Sheet::Documents => {
            ledger.each_document(&document_filter(&export.filters), &mut |stored| {
                let known = DocumentRow {
                    name: stored.record.document.id.as_deref(),
                    copy_of: stored.copy_of.as_deref(),
                    superseded: stored.superseded.as_deref(),
                    build: Some(&stored.build),
                };
                progress.goes_on(take(document(&article(&stored), &known)))
            })
        }
        Sheet::Actors => ledger.each_actor(&actor_filter(export), &mut |one, _| {
            let row = ActorRow {
                id: &one.id,
                name: &one.name,
                kind: &one.kind,
                country: one.country.as_deref(),
                code: one.code.as_deref(),
                aliases: &one.aliases,
                documents: one.documents,
                events: one.events,
                statements: one.statements,
            };
            progress.goes_on(take(actor(&row)))
        }),
    };
    progress.finish(asked)?;
    Ok(n)
}
