//! `cargo xtask eval --check`, `--table` and `--thresholds`: every evaluation of `crates/eval/thresholds.toml`, with each reader.

use std::{collections::BTreeMap, fs, time::Instant};

use anyhow::{Context as _, Result, bail, ensure};
use dateline_eval::suite::{self, Models, Reports};
use dateline_nlp::ReaderKind;

use xtask::root;

/// The committed table of results.
const TABLE: &str = "crates/eval/RESULTS.md";
/// The evaluations with their committed scores.
const THRESHOLDS: &str = "crates/eval/thresholds.toml";

/// Compares every evaluation whose data is there with its committed scores.
pub(super) fn check(readers: &[ReaderKind]) -> Result<()> {
    let root = root();
    let evaluations = suite::evaluations()?;
    let mut n_failures = 0;
    for &reader in readers {
        let models = Models::load(reader);
        for (name, evaluation) in &evaluations {
            if let Some(missing) = evaluation.missing_data(&root) {
                println!("{name}: skipped, there is no {}", missing.display());
                continue;
            }
            let n = evaluation.scores.of(reader).len();
            if n == 0 {
                println!("{name}, {reader}: skipped, no score is committed");
                continue;
            }
            let start = Instant::now();
            let report = evaluation.run(&root, &models).with_context(|| name.clone())?;
            let changes = evaluation.compare(reader, &report);
            n_failures += changes.iter().filter(|change| change.is_failure()).count();
            if changes.is_empty() {
                let seconds = start.elapsed().as_secs_f64();
                println!("{name}, {reader}: {n} of {n} scores hold ({seconds:.1} s)");
            }
            for change in changes {
                println!("{name}, {reader}: {change}");
            }
        }
    }
    ensure!(n_failures == 0, "{n_failures} scores fell below {THRESHOLDS}");
    Ok(())
}

/// Runs every evaluation and writes the table of results. Readers that are not run lose their figures.
pub(super) fn write_table(readers: &[ReaderKind]) -> Result<()> {
    let table = suite::table(&suite::evaluations()?, &run(readers)?);
    fs::write(root().join(TABLE), table).with_context(|| format!("could not write {TABLE}"))
}

/// Runs every evaluation and writes its committed scores. Readers that are not run keep theirs.
pub(super) fn write_thresholds(readers: &[ReaderKind]) -> Result<()> {
    let path = root().join(THRESHOLDS);
    let old = fs::read_to_string(&path).with_context(|| format!("could not read {THRESHOLDS}"))?;
    let new = suite::thresholds(&old, &suite::evaluations()?, &run(readers)?);
    fs::write(path, new).with_context(|| format!("could not write {THRESHOLDS}"))
}

fn run(readers: &[ReaderKind]) -> Result<Reports> {
    let root = root();
    let evaluations = suite::evaluations()?;
    let mut reports = BTreeMap::new();
    for &reader in readers {
        let models = Models::load(reader);
        for (name, evaluation) in &evaluations {
            if let Some(missing) = evaluation.missing_data(&root) {
                bail!("every evaluation is needed, but {name} has no {}", missing.display());
            }
            let report = evaluation.run(&root, &models).with_context(|| name.clone())?;
            reports.insert((name.clone(), reader), report);
        }
    }
    Ok(reports)
}
