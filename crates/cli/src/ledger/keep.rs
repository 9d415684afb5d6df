//! `dateline check` and `dateline recode`: integrity checks and re-extraction.

use std::cell::RefCell;

use dateline_store::{RecodeScope, RecodedDocument};

use super::{build, rows, write};
use crate::{
    arguments::{CheckLedger, Difference, Recode, RowFormat},
    batch::Outcome,
    lists, output,
    progress::{self, Progress},
    text::escaped,
};

/// Runs `dateline check`.
///
/// # Errors
///
/// If there is no ledger, or it cannot be read.
pub(crate) fn check(check: &CheckLedger) -> anyhow::Result<Outcome> {
    // Opened for reading first, so that a mistyped name does not create a ledger.
    drop(check.options.ledger()?);
    let checked = write(&check.options.database, "dateline check")?.check()?;
    match check.options.format() {
        RowFormat::Json | RowFormat::Ndjson => rows::write(&output::json_line(&checked))?,
        RowFormat::Csv => rows::print(RowFormat::Csv, &checked.faults, &["of", "what"], &[])?,
        RowFormat::Table => {
            if !checked.faults.is_empty() {
                rows::print(RowFormat::Table, &checked.faults, &[], &["of", "what"])?;
            }
            rows::write(&format!(
                "{} documents, {} events, {} faults\n",
                checked.documents,
                checked.events,
                checked.faults.len()
            ))?;
        }
    }
    if checked.faults.is_empty() { Ok(Outcome::Done) } else { Ok(Outcome::Faults) }
}

/// Runs `dateline recode`.
///
/// # Errors
///
/// If there is no ledger, or it cannot be written.
pub(crate) fn recode(recode: &Recode) -> anyhow::Result<Outcome> {
    drop(recode.options.ledger()?);
    let mut ledger = write(&recode.options.database, "dateline recode")?;
    let extractor = lists::extractor(&recode.lists)?;
    let build = build();
    let scope = match recode.only {
        _ if recode.all => RecodeScope::All,
        None => RecodeScope::Outdated,
        Some(Difference::Version) => RecodeScope::OtherBuild,
        Some(Difference::Reader) => RecodeScope::OtherReader,
    };
    let ids = ledger.documents_to_recode(&build, extractor.reader().as_str(), scope)?;
    let format = recode.options.format();
    let (mut changed, mut written) = (0, Ok(()));
    let progress = RefCell::new(Progress::new(recode.quiet));
    let (n, mut n_done) = (ids.len(), 0);
    ledger.recode(
        &ids,
        &build,
        recode.dry_run,
        &|document| {
            progress.borrow_mut().add(progress::words(&document.text));
            extractor.extract(document)
        },
        &mut |recoded| {
            changed += usize::from(!recoded.differences.is_empty());
            if recode.diff && !recoded.differences.is_empty() && written.is_ok() {
                written = progress.borrow().suspend(|| rows::write(&shown(format, &recoded)));
            }
            n_done += 1;
            progress.borrow().show(n_done, || n as u64);
        },
    )?;
    progress.borrow().finish();
    written?;
    match format {
        RowFormat::Json | RowFormat::Ndjson => {
            rows::write(&output::json_line(
                &serde_json::json!({ "coded": n, "changed": changed }),
            ))?;
        }
        RowFormat::Csv if recode.diff => {}
        _ if recode.dry_run => {
            rows::write(&format!("{n} to re-extract, {changed} would change\n"))?;
        }
        _ => rows::write(&format!("{n} re-extracted, {changed} changed\n"))?,
    }
    Ok(Outcome::Done)
}

fn shown(format: RowFormat, recoded: &RecodedDocument) -> String {
    match format {
        RowFormat::Json | RowFormat::Ndjson => output::json_line(recoded),
        RowFormat::Csv => {
            let rows = recoded.differences.iter().map(|it| {
                let cells =
                    [Some(&recoded.id), Some(&it.part), it.before.as_ref(), it.after.as_ref()];
                cells.into_iter().map(|cell| cell.cloned().unwrap_or_default()).collect()
            });
            crate::table::csv(rows)
        }
        RowFormat::Table => {
            let mut lines = vec![recoded.id.clone()];
            for difference in &recoded.differences {
                for (sign, side) in [("-", &difference.before), ("+", &difference.after)] {
                    lines.extend(
                        side.as_ref()
                            .map(|it| format!("  {sign} {} {}", difference.part, escaped(it))),
                    );
                }
            }
            lines.join("\n") + "\n"
        }
    }
}
