//! Formats of other event data sets: one row per report or, for GDELT events, per event.

use std::fmt::Write as _;

use dateline_formats::write::{Layout, Options, Release};

use super::{Progress, article, each_report, output, read};
use crate::arguments::Export;

/// Writes a release; returns a summary.
pub(super) fn write(export: &Export, layout: Layout) -> anyhow::Result<String> {
    let ledger = read(&export.database)?;
    let options = Options { all: export.all, one_a_day: export.one_a_day, raw: export.raw };
    let mut out = output(export)?;
    let mut progress = Progress::default();
    let summary = {
        let mut release = Release::new(&mut out, layout, options)?;
        let asked = ledger.each_report(&export.filters.filter(), &mut |stored, reports| {
            let article = article(stored);
            let wanted =
                reports.iter().filter(|report| layout != Layout::GdeltEvents || report.is_first);
            progress.goes_on(each_report(&article, wanted, |report| Ok(release.report(report)?)))
        });
        progress.finish(asked)?;
        let tally = release.tally();
        let mut summary = format!("{} rows", tally.rows);
        for (why, n) in &tally.left_out {
            write!(summary, ", {n} left out: {}", why.as_str())
                .expect("writing to a string does not fail");
        }
        summary
    };
    out.flush()?;
    Ok(summary)
}
