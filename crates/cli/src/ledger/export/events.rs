//! Events as iCalendar and as schema.org JSON-LD.

use dateline_formats::write::{Calendar, Occasion, schema_org};
use dateline_store::EventDetail;

use super::{Progress, output, read, world};
use crate::arguments::{Export, ExportFormat};

/// Writes events; returns a summary.
pub(super) fn write(export: &Export) -> anyhow::Result<String> {
    let ledger = read(&export.database)?;
    let filter = export.filters.filter();
    let mut out = output(export)?;
    let mut progress = Progress::default();
    let summary = if export.format == ExportFormat::Ics {
        let mut calendar = Calendar::new(&mut out)?;
        let asked = ledger.each_event(&filter, &mut |detail| {
            progress.goes_on(with_occasion(&detail, |occasion| Ok(calendar.event(occasion)?)))
        });
        progress.finish(asked)?;
        let (entries, undated) = calendar.finish()?;
        format!("{entries} entries, {undated} left out: without a date")
    } else {
        let asked = ledger.each_event(&filter, &mut |detail| {
            let written = with_occasion(&detail, |occasion| {
                Ok(writeln!(out, "{}", schema_org::event(occasion))?)
            });
            progress.goes_on(written)
        });
        format!("{} events", progress.finish(asked)?)
    };
    out.flush()?;
    Ok(summary)
}

fn with_occasion(
    detail: &EventDetail,
    write: impl FnOnce(&Occasion<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    write(&Occasion {
        world: &world(detail)?,
        summary: &detail.row.summary,
        source: &detail.row.source,
        changes: detail.changes,
        previous_from: detail.previous_from,
    })
}
