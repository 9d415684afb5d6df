//! What holds between two marked parties of a sentence: PLOVER types, quad classes, cooperation against conflict.
//!
//! Macro-F1 is the mean over the labels of the table; accuracy counts the 15 labels alike. The layout of tables is in
//! [`crate::relations`].

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context as _, Result};
use dateline_core::codes::{PloverType, Quad};
use dateline_extract::{
    Extractor,
    train::events::{self, Example, Model},
};
use serde_json::json;

use crate::{
    relations::{self, Gold, Row, YIELD},
    train_events,
};

/// Scores a table; with `folds`, by models that never saw the row, else by the compiled-in one.
pub(super) fn run(
    data: &Path,
    folds: Option<usize>,
    predictions: Option<&Path>,
    differences: bool,
) -> Result<()> {
    let rows = relations::read(data)?;
    let extractor = Extractor::new();
    let examples = relations::examples(&extractor, &rows)?;
    let rankings = match folds {
        None => {
            let model = Model::compiled_in();
            examples.iter().map(|example| example.rank(&model)).collect()
        }
        Some(folds) => cross_validated(&extractor, data, &rows, examples, folds.max(2))?,
    };
    score(&rows, &rankings);
    if differences {
        for (row, ranking) in rows.iter().zip(&rankings) {
            let found = relations::root(ranking);
            if let Gold::Root(label) = &row.gold
                && label != found
            {
                println!(
                    "{label} read as {found}: {} > {}: {}",
                    words(row, row.source.as_ref()),
                    words(row, row.target.as_ref()),
                    row.sentence
                );
            }
        }
    }
    if let Some(path) = predictions {
        let line = |(row, ranking): (&Row, &Vec<f32>)| {
            let conflict = u8::from(relations::conflict(ranking) > 0.5);
            json!({ "uid": row.uid, "root": relations::root(ranking), "binary": conflict })
                .to_string()
                + "\n"
        };
        let out: String = rows.iter().zip(&rankings).map(line).collect();
        fs::write(path, out).with_context(|| format!("could not write {}", path.display()))?;
    }
    Ok(())
}

fn words<'a>(row: &'a Row, range: Option<&std::ops::Range<usize>>) -> &'a str {
    range.cloned().and_then(|range| row.sentence.get(range)).unwrap_or("-")
}

/// Each row ranked by a model trained on the other folds, the other table of the folder, and our own sentences.
fn cross_validated(
    extractor: &Extractor,
    data: &Path,
    rows: &[Row],
    examples: Vec<Example>,
    folds: usize,
) -> Result<Vec<Vec<f32>>> {
    let folder = data.parent().context("the table is in no folder")?;
    let is_main = rows.iter().any(|row| matches!(row.gold, Gold::Root(_)));
    let (examples, rest) = if is_main {
        (train_events::balanced(rows, examples), train_events::rest(extractor, folder)?)
    } else {
        let main = relations::read(&folder.join("plv-train.tsv"))?;
        let main_examples = relations::examples(extractor, &main)?;
        let mut rest = train_events::balanced(&main, main_examples);
        rest.extend(train_events::nothing(extractor)?);
        (train_events::scaled(examples, train_events::OF_PAIRS), rest)
    };
    let temperature = Model::compiled_in().temperature();
    let mut rankings = vec![Vec::new(); rows.len()];
    for fold in 0..folds {
        let train: Vec<Example> = examples
            .iter()
            .enumerate()
            .filter(|(at, _)| at % folds != fold)
            .map(|(_, example)| example.clone())
            .chain(rest.iter().cloned())
            .collect();
        let model = events::train(&train, train_events::SETTINGS).with_temperature(temperature);
        for (at, example) in examples.iter().enumerate().filter(|(at, _)| at % folds == fold) {
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

fn score(rows: &[Row], rankings: &[Vec<f32>]) {
    let mut roots: Vec<(&str, &str)> = Vec::new();
    let mut sides: Vec<(&str, &str)> = Vec::new();
    let side = |conflict| if conflict { "conflict" } else { "cooperation" };
    for (row, ranking) in rows.iter().zip(rankings) {
        match &row.gold {
            Gold::Root(label) => roots.push((label, relations::root(ranking))),
            Gold::Conflict(is) => sides.push((side(*is), side(relations::conflict(ranking) > 0.5))),
            Gold::Unknown => {}
        }
    }
    let binary = |label: &str| {
        let kind: Option<PloverType> = label.parse().ok();
        side(label != YIELD && kind.is_some_and(relations::is_conflict))
    };
    if !roots.is_empty() {
        print("root_macro_f1", macro_f1(&roots));
        print("root_accuracy", accuracy(&roots));
        let quads: Vec<_> = roots.iter().map(|(gold, found)| (quad(gold), quad(found))).collect();
        print("quad_macro_f1", macro_f1(&quads));
        sides.extend(roots.iter().map(|(gold, found)| (binary(gold), binary(found))));
    }
    if !sides.is_empty() {
        print("binary_macro_f1", macro_f1(&sides));
        print("binary_accuracy", accuracy(&sides));
    }
    let sure: Vec<(f64, bool)> = rows
        .iter()
        .zip(rankings)
        .filter_map(|(row, ranking)| {
            let Gold::Root(label) = &row.gold else { return None };
            let found = relations::root(ranking);
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
        print("calibration_error", calibration_error(&sure));
    }
}

/// Prints a share as a figure in percent.
fn print(name: &str, share: f64) {
    println!("{name} {:.2}", share * 100.0);
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

/// How far confidence stands from the share that is right, over tenths of confidence.
#[expect(clippy::cast_precision_loss, reason = "counts of rows")]
fn calibration_error(sure: &[(f64, bool)]) -> f64 {
    (0..10)
        .map(|tenth| {
            let from = f64::from(tenth) / 10.0;
            let bin: Vec<_> = sure.iter().filter(|(p, _)| *p > from && *p <= from + 0.1).collect();
            let right = bin.iter().filter(|(_, right)| *right).count() as f64;
            (right - bin.iter().map(|(p, _)| p).sum::<f64>()).abs()
        })
        .sum::<f64>()
        / sure.len() as f64
}
