//! The training set of the event ranker, shared by its trainer and the cross-validation.

use std::{collections::BTreeSet, path::Path};

use anyhow::{Result, ensure};
use dateline_extract::{
    Extractor, read_document,
    train::events::{self, Example, Settings},
};

use super::table::{self, Gold, RelationRow};
use crate::cross_validation::share;

/// Weight of a pair annotated with two classes, relative to a row of the main table.
const OF_PAIRS: f32 = 0.3;

/// Settings the compiled-in weights were trained with.
pub const SETTINGS: Settings = Settings { n_steps: 250, step: 0.06, decay: 0.2 };

/// A row of a table as one reader reads it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Number of the row, from 0.
    pub row: usize,
    /// Its features and annotation.
    pub example: Example,
}

/// The main table as each reader reads it, weighted so that every label counts the same. All readings of a row together weigh as much
/// as one reading alone would.
///
/// # Errors
///
/// If a label is no type.
pub fn readings(extractors: &[Extractor], rows: &[RelationRow]) -> Result<Vec<Reading>> {
    each(extractors, |extractor| Ok(balanced(rows, table::examples(extractor, rows)?)))
}

/// A table of pairs annotated with two classes, as each reader reads it.
///
/// # Errors
///
/// If a label is no class.
pub fn pairs(extractors: &[Extractor], rows: &[RelationRow]) -> Result<Vec<Reading>> {
    each(extractors, |extractor| Ok(scaled(table::examples(extractor, rows)?, OF_PAIRS)))
}

/// Examples besides the main table: pairs annotated with two classes, and sentences without a relation.
///
/// # Errors
///
/// If `aw-train.tsv` cannot be read from the folder.
pub fn rest(extractors: &[Extractor], data: &Path) -> Result<Vec<Example>> {
    let mut all = pairs(extractors, &table::read(&data.join("aw-train.tsv"))?)?;
    all.extend(nothing(extractors)?);
    Ok(all.into_iter().map(|reading| reading.example).collect())
}

/// Sentences of our own that name two parties with no relation between them, as each reader reads them.
///
/// # Errors
///
/// If a row of the table has no three columns, or its sentence lacks a party.
pub fn nothing(extractors: &[Extractor]) -> Result<Vec<Reading>> {
    each(extractors, unrelated)
}

fn each(
    extractors: &[Extractor],
    read: impl Fn(&Extractor) -> Result<Vec<Example>>,
) -> Result<Vec<Reading>> {
    let share = share(extractors.len());
    let mut all = Vec::new();
    for extractor in extractors {
        let examples = scaled(read(extractor)?, share).into_iter().enumerate();
        all.extend(examples.map(|(row, example)| Reading { row, example }));
    }
    Ok(all)
}

fn balanced(rows: &[RelationRow], examples: Vec<Example>) -> Vec<Example> {
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

/// Multiplies the weight of every example.
fn scaled(examples: Vec<Example>, factor: f32) -> Vec<Example> {
    examples.into_iter().map(|example| example.times(factor)).collect()
}

fn unrelated(extractor: &Extractor) -> Result<Vec<Example>> {
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
