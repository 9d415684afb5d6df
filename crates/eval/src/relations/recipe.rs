//! The training set of the event ranker, shared by its trainer and the cross-validation.

use std::{collections::BTreeSet, path::Path};

use anyhow::{Result, ensure};
use dateline_extract::{
    Extractor, read_document,
    train::events::{self, Example, Settings},
};

use super::table::{self, Gold, RelationRow};

/// Weight of a pair annotated with two classes, relative to a row of the main table.
pub const OF_PAIRS: f32 = 0.3;

/// Settings the compiled-in weights were trained with.
pub const SETTINGS: Settings = Settings { n_steps: 250, step: 0.06, decay: 0.2 };

/// Weights examples so that every label counts the same.
pub fn balanced(rows: &[RelationRow], examples: Vec<Example>) -> Vec<Example> {
    let count = |gold: &Gold| rows.iter().filter(|row| row.gold == *gold).count();
    let labels: BTreeSet<String> = rows.iter().map(|row| format!("{:?}", row.gold)).collect();
    examples
        .into_iter()
        .zip(rows)
        .map(|(example, row)| {
            #[expect(clippy::cast_precision_loss, reason = "counts of rows")]
            let share = rows.len() as f32 / (labels.len() * count(&row.gold)) as f32;
            example.times(share)
        })
        .collect()
}

/// Examples besides the main table: pairs annotated with two classes, and sentences without a relation.
///
/// # Errors
///
/// If `aw-train.tsv` cannot be read from the folder.
pub fn rest(extractor: &Extractor, data: &Path) -> Result<Vec<Example>> {
    let pairs = table::read(&data.join("aw-train.tsv"))?;
    let mut all = scaled(table::examples(extractor, &pairs)?, OF_PAIRS);
    all.extend(nothing(extractor)?);
    Ok(all)
}

/// Multiplies the weight of every example.
pub fn scaled(examples: Vec<Example>, factor: f32) -> Vec<Example> {
    examples.into_iter().map(|example| example.times(factor)).collect()
}

/// Sentences of our own that name two parties with no relation between them.
///
/// # Errors
///
/// If a row of the table has no three columns, or its sentence lacks a party.
pub fn nothing(extractor: &Extractor) -> Result<Vec<Example>> {
    include_str!("../../data/no-relation.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            ensure!(
                columns.len() == 3,
                "crates/eval/data/no-relation.tsv: read `{line}`, expected three columns"
            );
            let find = |words: &str| columns[2].find(words).map(|at| at..at + words.len());
            let (source, target) = (find(columns[0]), find(columns[1]));
            ensure!(
                source.is_some() && target.is_some(),
                "crates/eval/data/no-relation.tsv: parties are not in `{line}`"
            );
            Ok(events::example(extractor, &read_document(columns[2]), source, target, &[]))
        })
        .collect()
}
