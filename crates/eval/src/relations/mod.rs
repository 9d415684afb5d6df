//! Relations between two marked parties of a sentence: PLOVER types, quad classes, and conflict against cooperation.
//!
//! Macro-F1 is the mean over the labels of the table. `calibration_error` is the mean distance between confidence and accuracy
//! over tenths of confidence. [`table`] describes the layout of the data.

pub mod recipe;
pub mod table;

use std::{collections::BTreeSet, ops::Range, path::Path};

use anyhow::{Context as _, Result};
use dateline_core::codes::{PloverType, Quad};
use dateline_extract::{
    Extractor,
    train::events::{self, Example, Model},
};
use serde_json::json;

use crate::{CrossValidation, Report, calibration_error};
use table::{Gold, RelationRow, YIELD};

/// Scores a table, by the compiled-in model or by a cross-validation.
///
/// # Errors
///
/// If the table cannot be read, or a label is no type.
pub fn run(
    extractor: &Extractor,
    data: &Path,
    cross_validation: Option<&CrossValidation<'_, Extractor>>,
) -> Result<Report> {
    let rows = table::read(data)?;
    let examples = table::examples(extractor, &rows)?;
    let rankings = match cross_validation {
        None => {
            let model = Model::compiled_in();
            examples.iter().map(|example| example.rank(&model)).collect()
        }
        Some(parts) => cross_validated(parts, data, &rows, &examples)?,
    };
    let mut report = Report::default();
    score(&rows, &rankings, &mut report);
    for (row, ranking) in rows.iter().zip(&rankings) {
        let found = table::root(ranking);
        if let Gold::Root(label) = &row.gold
            && label != found
        {
            let source = words(row, row.source.as_ref());
            let target = words(row, row.target.as_ref());
            let sentence = &row.sentence;
            report
                .differences
                .push(format!("{label} read as {found}: {source} > {target}: {sentence}"));
        }
        let conflict = u8::from(table::conflict(ranking) > 0.5);
        let line = json!({ "uid": row.uid, "root": found, "binary": conflict });
        report.predictions.push(line.to_string());
    }
    Ok(report)
}

fn words<'a>(row: &'a RelationRow, range: Option<&Range<usize>>) -> &'a str {
    range.cloned().and_then(|range| row.sentence.get(range)).unwrap_or("-")
}

/// Ranks each example by a model trained on the other parts of its table, the other table of the folder, and our own sentences.
fn cross_validated(
    parts: &CrossValidation<'_, Extractor>,
    data: &Path,
    rows: &[RelationRow],
    examples: &[Example],
) -> Result<Vec<Vec<f32>>> {
    let folder = data.parent().context("expected the other table in the same folder")?;
    let is_main = rows.iter().any(|row| matches!(row.gold, Gold::Root(_)));
    let extractors = parts.readers;
    let (own, rest) = if is_main {
        (recipe::readings(extractors, rows)?, recipe::rest(extractors, folder)?)
    } else {
        let main = table::read(&folder.join("plv-train.tsv"))?;
        let mut rest = recipe::readings(extractors, &main)?;
        rest.extend(recipe::nothing(extractors)?);
        let rest = rest.into_iter().map(|reading| reading.example).collect();
        (recipe::pairs(extractors, rows)?, rest)
    };
    let temperature = Model::compiled_in().temperature();
    let mut rankings = vec![Vec::new(); rows.len()];
    for part in 0..parts.n_parts {
        let others = own.iter().filter(|reading| reading.row % parts.n_parts != part);
        let train: Vec<Example> =
            others.map(|reading| &reading.example).chain(&rest).cloned().collect();
        let model = events::train(&train, recipe::SETTINGS).with_temperature(temperature);
        for (at, example) in examples.iter().enumerate().skip(part).step_by(parts.n_parts) {
            rankings[at] = example.rank(&model);
        }
    }
    Ok(rankings)
}

fn quad(label: &str) -> &'static str {
    let kind: Option<PloverType> = label.parse().ok();
    match kind.map(PloverType::quad) {
        Some(Quad::VerbalCooperation) => "verbal cooperation",
        None | Some(Quad::MaterialCooperation) => "material cooperation",
        Some(Quad::VerbalConflict) => "verbal conflict",
        Some(Quad::MaterialConflict) => "material conflict",
    }
}

fn score(rows: &[RelationRow], rankings: &[Vec<f32>], report: &mut Report) {
    let mut roots: Vec<(&str, &str)> = Vec::new();
    let mut sides: Vec<(&str, &str)> = Vec::new();
    let side = |conflict| if conflict { "conflict" } else { "cooperation" };
    for (row, ranking) in rows.iter().zip(rankings) {
        match &row.gold {
            Gold::Root(label) => roots.push((label, table::root(ranking))),
            Gold::Conflict(is) => sides.push((side(*is), side(table::conflict(ranking) > 0.5))),
            Gold::Unknown => {}
        }
    }
    let binary = |label: &str| {
        let kind: Option<PloverType> = label.parse().ok();
        side(label != YIELD && kind.is_some_and(table::is_conflict))
    };
    let mut add = |name: &str, share: f64| report.percent(name, 100.0 * share);
    if !roots.is_empty() {
        add("root_macro_f1", macro_f1(&roots));
        add("root_accuracy", accuracy(&roots));
        let quads: Vec<_> = roots.iter().map(|(gold, found)| (quad(gold), quad(found))).collect();
        add("quad_macro_f1", macro_f1(&quads));
        sides.extend(roots.iter().map(|(gold, found)| (binary(gold), binary(found))));
    }
    if !sides.is_empty() {
        add("binary_macro_f1", macro_f1(&sides));
        add("binary_accuracy", accuracy(&sides));
    }
    let sure: Vec<(f64, bool)> = rows
        .iter()
        .zip(rankings)
        .filter_map(|(row, ranking)| {
            let Gold::Root(label) = &row.gold else { return None };
            let found = table::root(ranking);
            let share: f32 = PloverType::ALL
                .iter()
                .zip(ranking)
                .filter(|(kind, _)| {
                    kind.as_str() == found
                        || found == YIELD
                            && matches!(kind, PloverType::Concede | PloverType::Retreat)
                })
                .map(|(_, p)| p)
                .sum();
            Some((f64::from(share), label == found))
        })
        .collect();
    if !sure.is_empty() {
        add("calibration_error", calibration_error(&sure));
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows")]
fn accuracy(pairs: &[(&str, &str)]) -> f64 {
    pairs.iter().filter(|(gold, found)| gold == found).count() as f64 / pairs.len() as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows")]
fn macro_f1(pairs: &[(&str, &str)]) -> f64 {
    let labels: BTreeSet<&str> = pairs.iter().map(|(gold, _)| *gold).collect();
    let f1 = |label: &&str| {
        let right = pairs.iter().filter(|(gold, found)| gold == label && found == label).count();
        let all = pairs.iter().filter(|(gold, _)| gold == label).count()
            + pairs.iter().filter(|(_, found)| found == label).count();
        2.0 * right as f64 / all.max(1) as f64
    };
    labels.iter().map(f1).sum::<f64>() / labels.len() as f64
}
