//! The formats of event data sets: a row a report, or of GDELT's events a row an event.

use std::fmt::Write as _;

use dateline_formats::write::{Article, Layout, Options, Release, Report};

use super::{Progress, output, read, world};
use crate::arguments::Export;

/// Writes a release; gives what to say of it.
pub(super) fn write(export: &Export, layout: Layout) -> anyhow::Result<String> {
    let ledger = read(&export.database)?;
    let options = Options { all: export.all, one_a_day: export.one_a_day, raw: export.raw };
    let mut out = output(export)?;
    let mut progress = Progress::default();
    let said = {
        let mut release = Release::new(&mut out, layout, options)?;
        let asked = ledger.each_report(&export.filters.filter(), &mut |reported| {
            if layout == Layout::GdeltEvents && !reported.is_first {
                return true;
            }
            let stored = reported.stored;
            let article = Article::new(&stored.id, &stored.record, &stored.actors);
            let Some(event) = stored.record.events.get(reported.index) else { return true };
            progress.goes_on(world(reported.event).and_then(|world| {
                Ok(release.report(&Report { article: &article, event, world: Some(&world) })?)
            }))
        });
        progress.finish(asked)?;
        let tally = release.tally();
        let mut said = format!("{} rows", tally.rows);
        for (why, n) in &tally.left_out {
            write!(said, ", {n} left out: {}", why.as_str()).expect("a string takes all");
        }
        said
    };
    out.flush()?;
    Ok(said)
}
