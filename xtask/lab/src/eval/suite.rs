//! `cargo xtask eval --check` and `--table`: every evaluation of `crates/eval/thresholds.toml`.

use std::{collections::BTreeMap, fs, time::Instant};

use anyhow::{Context as _, Result, bail, ensure};
use dateline_eval::suite::{self, Models};

use xtask::root;

/// The committed table of results.
const TABLE: &str = "crates/eval/RESULTS.md";

/// Compares every evaluation whose data is there with its committed scores.
pub(super) fn check() -> Result<()> {
    let root = root();
    let models = Models::load();
    let mut n_failures = 0;
    for (name, evaluation) in suite::evaluations()? {
        if let Some(missing) = evaluation.missing_data(&root) {
            println!("{name}: skipped, there is no {}", missing.display());
            continue;
        }
        let start = Instant::now();
        let report = evaluation.run(&root, &models).with_context(|| name.clone())?;
        let changes = evaluation.compare(&report);
        n_failures += changes.iter().filter(|change| change.is_failure()).count();
        if changes.is_empty() {
            let seconds = start.elapsed().as_secs_f64();
            let n = evaluation.scores.len();
            println!("{name}: {n} of {n} scores hold ({seconds:.1} s)");
        }
        for change in changes {
            println!("{name}: {change}");
        }
    }
    ensure!(n_failures == 0, "{n_failures} scores fell below crates/eval/thresholds.toml");
    Ok(())
}

/// Runs every evaluation and writes the table of results.
pub(super) fn write_table() -> Result<()> {
    let root = root();
    let models = Models::load();
    let evaluations = suite::evaluations()?;
    let mut reports = BTreeMap::new();
    for (name, evaluation) in &evaluations {
        if let Some(missing) = evaluation.missing_data(&root) {
            bail!("the table needs every evaluation, but {name} has no {}", missing.display());
        }
        let report = evaluation.run(&root, &models).with_context(|| name.clone())?;
        reports.insert(name.clone(), report);
    }
    fs::write(root.join(TABLE), suite::table(&evaluations, &reports))
        .with_context(|| format!("could not write {TABLE}"))
}
