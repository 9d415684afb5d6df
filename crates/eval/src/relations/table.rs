//! Tables of the relation task: sentences with two marked parties and the relation between them.
//!
//! Columns are separated by tabs, quoted as in CSV, and named in a header: `uid`, `sentence`, `src_start`, `src_end`, `tgt_start` and
//! `tgt_end` in code points (-1 if the party is not marked), and the annotation: `gold_root`, a label of the task, or `gold_binary`, 0
//! for cooperation and 1 for conflict.

use std::{ops::Range, path::Path};

use anyhow::{Context as _, Result, ensure};
use dateline_core::codes::{PloverType, Quad};
use dateline_extract::{
    Extractor, read_document,
    train::events::{self, Example},
};

/// A sentence with two parties.
#[derive(Debug)]
pub struct RelationRow {
    /// Identifier of the row.
    pub uid: String,
    /// Text of the sentence.
    pub sentence: String,
    /// The acting party, in bytes.
    pub source: Option<Range<usize>>,
    /// The other party, in bytes.
    pub target: Option<Range<usize>>,
    /// Annotation.
    pub gold: Gold,
}

/// Annotation of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gold {
    /// A label of the task: a type, or [`YIELD`].
    Root(String),
    /// Conflict (`true`) or cooperation.
    Conflict(bool),
    /// None.
    Unknown,
}

/// The task's label for CONCEDE and RETREAT together.
pub const YIELD: &str = "YIELD";

/// Reads a table.
///
/// # Errors
///
/// If the file cannot be read, lacks a column, or has no rows.
pub fn read(path: &Path) -> Result<Vec<RelationRow>> {
    let mut table = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .from_path(path)
        .with_context(|| format!("could not read {}", path.display()))?;
    let headers = table.headers()?.clone();
    let column = |name: &str| headers.iter().position(|header| header == name);
    let need = |name: &str| {
        column(name).with_context(|| format!("{} has no column `{name}`", path.display()))
    };
    let (uid, sentence) = (need("uid")?, need("sentence")?);
    let ends = [need("src_start")?, need("src_end")?, need("tgt_start")?, need("tgt_end")?];
    let (root, binary) = (column("gold_root"), column("gold_binary"));
    let mut rows = Vec::new();
    for line in table.records() {
        let line = line?;
        let text = line[sentence].to_owned();
        let place = |from: usize, to: usize| -> Result<Option<Range<usize>>> {
            let (from, to): (i64, i64) = (line[from].parse()?, line[to].parse()?);
            let byte = |at: i64| -> Option<usize> {
                let at = usize::try_from(at).ok()?;
                let ends = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
                ends.into_iter().nth(at)
            };
            Ok(byte(from).zip(byte(to)).map(|(from, to)| from..to))
        };
        let gold = match (root.map(|at| &line[at]), binary.map(|at| &line[at])) {
            (Some(label), _) if !label.is_empty() => Gold::Root(label.to_owned()),
            (_, Some(label)) if !label.is_empty() => Gold::Conflict(label == "1"),
            _ => Gold::Unknown,
        };
        let (source, target) = (place(ends[0], ends[1])?, place(ends[2], ends[3])?);
        rows.push(RelationRow { uid: line[uid].to_owned(), source, target, gold, sentence: text });
    }
    ensure!(!rows.is_empty(), "{} has no rows", path.display());
    Ok(rows)
}

/// Whether a type is conflict rather than cooperation.
pub fn is_conflict(kind: PloverType) -> bool {
    matches!(kind.quad(), Quad::VerbalConflict | Quad::MaterialConflict)
}

impl Gold {
    /// Types the annotation allows.
    fn types(&self) -> Result<Vec<PloverType>> {
        Ok(match self {
            Self::Root(label) if label == YIELD => vec![PloverType::Concede, PloverType::Retreat],
            Self::Root(label) => vec![label.parse().with_context(|| format!("no type `{label}`"))?],
            Self::Conflict(conflict) => {
                let all = PloverType::ALL.iter().copied();
                all.filter(|kind| is_conflict(*kind) == *conflict).collect()
            }
            Self::Unknown => Vec::new(),
        })
    }
}

/// Features and annotation of each row.
///
/// # Errors
///
/// If a label is no type.
pub fn examples(extractor: &Extractor, rows: &[RelationRow]) -> Result<Vec<Example>> {
    rows.iter()
        .map(|row| {
            let document = read_document(&row.sentence);
            let types = row.gold.types()?;
            Ok(events::example(
                extractor,
                &document,
                row.source.clone(),
                row.target.clone(),
                &types,
            ))
        })
        .collect()
}

/// The likeliest label of the task under a ranking; CONCEDE and RETREAT are one label there.
pub fn root(ranking: &[f32]) -> &'static str {
    let mut labels: Vec<(&'static str, f32)> = Vec::new();
    for (kind, &probability) in PloverType::ALL.iter().zip(ranking) {
        let label = match kind {
            PloverType::Concede | PloverType::Retreat => YIELD,
            other => other.as_str(),
        };
        match labels.iter_mut().find(|(other, _)| *other == label) {
            Some((_, sum)) => *sum += probability,
            None => labels.push((label, probability)),
        }
    }
    labels.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map_or(YIELD, |(label, _)| label)
}

/// Probability of conflict, as opposed to cooperation.
pub fn conflict(ranking: &[f32]) -> f32 {
    let sum = |conflict: bool| -> f32 {
        let of = |(kind, probability): (&PloverType, &f32)| {
            (is_conflict(*kind) == conflict).then_some(*probability)
        };
        PloverType::ALL.iter().zip(ranking).filter_map(of).sum()
    };
    sum(true) / (sum(true) + sum(false)).max(1e-9)
}
