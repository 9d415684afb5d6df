//! The suite: every evaluation with its data and its committed scores, as `thresholds.toml` lists them.
//!
//! Paths are relative to the root of the workspace. Data that may not be published is in a folder beside it; if that folder is missing,
//! its evaluations are skipped.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use dateline_extract::{Codebook, Extractor};
use dateline_nlp::{English, ReaderKind};
use serde::Deserialize;

use crate::{
    Figure, Report, Unit, actors, coref, event_coref, events, factuality, gold, names, parse,
    relations, score::percent, statements, time,
};

const THRESHOLDS: &str = include_str!("../thresholds.toml");

/// An evaluation of the suite.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evaluation {
    /// Evaluation to run.
    pub task: Task,
    /// One line on the data, for the table of results.
    pub about: String,
    /// Annotated files; gold records follow their articles.
    #[serde(default)]
    pub data: Vec<PathBuf>,
    /// Genre of the documents scored, for treebanks.
    pub genre: Option<String>,
    /// Committed figures of each reader.
    pub scores: Scores,
}

/// The committed figures of an evaluation, by name, for each reader.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scores {
    /// Figures of the careful reader.
    #[serde(default)]
    pub careful: BTreeMap<String, f64>,
    /// Figures of the fast reader.
    #[serde(default)]
    pub fast: BTreeMap<String, f64>,
}

impl Scores {
    /// The figures of a reader.
    pub fn of(&self, reader: ReaderKind) -> &BTreeMap<String, f64> {
        match reader {
            ReaderKind::Careful => &self.careful,
            ReaderKind::Fast => &self.fast,
        }
    }
}

/// The task an evaluation scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// See [`actors`].
    Actors,
    /// Share of the codebook's frames that fire on their own example.
    Codebook,
    /// See [`coref`].
    Coref,
    /// See [`event_coref`].
    EventCoref,
    /// See [`events`].
    Events,
    /// See [`factuality`].
    Factuality,
    /// See [`gold`].
    Gold,
    /// See [`names`].
    Names,
    /// See [`parse`].
    Parse,
    /// See [`relations`].
    Relations,
    /// See [`statements`].
    Statements,
    /// See [`time`].
    Time,
}

/// The evaluations of `thresholds.toml` by name.
///
/// # Errors
///
/// If the file is not laid out as [`Evaluation`] says.
pub fn evaluations() -> Result<BTreeMap<String, Evaluation>> {
    basic_toml::from_str(THRESHOLDS).context("could not read crates/eval/thresholds.toml")
}

/// Reports by evaluation and reader.
pub type Reports = BTreeMap<(String, ReaderKind), Report>;

/// The models every evaluation shares; loading them takes longer than some evaluations.
#[derive(Debug)]
pub struct Models {
    extractor: Extractor,
    english: English,
}

impl Models {
    /// Unpacks the compiled-in models of a reader.
    ///
    /// # Panics
    ///
    /// If this build does not have the reader.
    pub fn load(reader: ReaderKind) -> Self {
        let extractor = Extractor::builder().reader(reader).build();
        Self { extractor, english: English::new(reader) }
    }

    /// The reader of these models.
    pub fn reader(&self) -> ReaderKind {
        self.extractor.reader()
    }
}

impl Evaluation {
    /// The first data file that is not there.
    pub fn missing_data(&self, root: &Path) -> Option<&Path> {
        self.data.iter().map(PathBuf::as_path).find(|path| !root.join(path).exists())
    }

    /// Runs the evaluation on its data.
    ///
    /// # Errors
    ///
    /// If a file is missing or cannot be read.
    pub fn run(&self, root: &Path, models: &Models) -> Result<Report> {
        let Models { extractor, english } = models;
        let paths: Vec<PathBuf> = self.data.iter().map(|path| root.join(path)).collect();
        let path = |at: usize| -> Result<&Path> {
            paths
                .get(at)
                .map(PathBuf::as_path)
                .with_context(|| format!("data file {at} is missing"))
        };
        match self.task {
            Task::Actors => actors::run(extractor, path(0)?),
            Task::Codebook => Ok(codebook(extractor)),
            Task::Coref => coref::run(extractor, path(0)?),
            Task::EventCoref => event_coref::run(extractor, path(0)?),
            Task::Events => events::run(extractor, path(0)?),
            Task::Factuality => factuality::run(english, &paths, None),
            Task::Gold => gold::run(extractor, path(0)?, path(1)?),
            Task::Names => names::run(extractor, english, path(0)?),
            Task::Parse => parse::run(english, path(0)?, self.genre.as_deref()),
            Task::Relations => relations::run(extractor, path(0)?, None),
            Task::Statements => statements::run(extractor, english, path(0)?),
            Task::Time => time::run(extractor, path(0)?),
        }
    }

    /// Compares a report with the committed scores of its reader.
    pub fn compare(&self, reader: ReaderKind, report: &Report) -> Vec<Change> {
        let change = |(name, &committed): (&String, &f64)| {
            let Some(figure) = report.figures.iter().find(|figure| figure.name == *name) else {
                return Some(Change::Gone { figure: name.clone() });
            };
            // Committed scores are rounded; a point is a point.
            let (measured, point) = (figure.value, figure.unit.point() + 1e-9);
            let figure = name.clone();
            if measured < committed - point {
                Some(Change::Fall { figure, committed, measured })
            } else if measured > committed + point {
                Some(Change::Rise { figure, committed, measured })
            } else {
                None
            }
        };
        self.scores.of(reader).iter().filter_map(change).collect()
    }
}

/// A figure that differs from its committed score by more than a point.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Worse than committed.
    Fall {
        /// Name of the figure.
        figure: String,
        /// Committed score.
        committed: f64,
        /// New score.
        measured: f64,
    },
    /// Better than committed.
    Rise {
        /// Name of the figure.
        figure: String,
        /// Committed score.
        committed: f64,
        /// New score.
        measured: f64,
    },
    /// The evaluation has no figure of this name.
    Gone {
        /// Name of the figure.
        figure: String,
    },
}

impl Change {
    /// Whether the check fails because of it.
    pub fn is_failure(&self) -> bool {
        !matches!(self, Self::Rise { .. })
    }
}

impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Fall { figure, committed, measured } => {
                write!(f, "{figure} fell from {committed} to {measured:.2}")
            }
            Self::Rise { figure, committed, measured } => write!(
                f,
                "{figure} rose from {committed}; commit `{figure} = {measured:.2}` to thresholds.toml"
            ),
            Self::Gone { figure } => {
                write!(
                    f,
                    "{figure} is no figure of this evaluation; remove it from thresholds.toml"
                )
            }
        }
    }
}

/// The share of frames that fire on their own example.
fn codebook(extractor: &Extractor) -> Report {
    let n_frames = Codebook::new().frames().len();
    let silent = extractor.silent_frames();
    let mut report = Report::default();
    report.differences.extend(silent.iter().map(|frame| format!("silent\t{frame:?}")));
    report.percent("frames_firing", percent(n_frames - silent.len(), n_frames));
    report
}

/// The committed table of results, in Markdown, with a column for each reader. A reader without a report has empty cells.
///
/// ```
/// # use std::collections::BTreeMap;
/// # use dateline_eval::suite;
/// let evaluations = suite::evaluations()?;
/// let table = suite::table(&evaluations, &BTreeMap::new());
/// assert!(table.starts_with("# Results"));
/// # Ok::<_, anyhow::Error>(())
/// ```
pub fn table(evaluations: &BTreeMap<String, Evaluation>, reports: &Reports) -> String {
    let mut out = String::from(
        "# Results\n\nMade by `cargo xtask eval --table`, with the careful and with the fast reader. All figures are in percent, except \
         `*_r`, which are\ncorrelations.\n\n| evaluation | data | figure | careful | fast |\n|---|---|---|---|---|\n",
    );
    for (name, evaluation) in evaluations {
        let report = |reader| reports.get(&(name.clone(), reader));
        let readers = [ReaderKind::Careful, ReaderKind::Fast];
        let is_committed = |figure: &str| {
            readers.iter().any(|one| evaluation.scores.of(*one).contains_key(figure))
        };
        let value = |reader, figure: &str| {
            let figure = report(reader)?.figures.iter().find(|one| one.name == figure)?.to_string();
            Some(figure.split_once(' ')?.1.to_owned())
        };
        let Some(any) = report(readers[0]).or(report(readers[1])) else { continue };
        let mut first = (name.as_str(), evaluation.about.as_str());
        for figure in
            any.figures.iter().map(|one| one.name.as_str()).filter(|one| is_committed(one))
        {
            let (name, about) = std::mem::take(&mut first);
            let [careful, fast] = readers.map(|one| value(one, figure).unwrap_or_default());
            writeln!(out, "| {name} | {about} | {figure} | {careful} | {fast} |")
                .expect("a string takes all");
        }
    }
    out
}

/// `thresholds.toml` with the scores of new reports: the figures that either reader has committed. Everything else stays as it is.
pub fn thresholds(
    old: &str,
    evaluations: &BTreeMap<String, Evaluation>,
    reports: &Reports,
) -> String {
    let mut out = String::new();
    // Scores are the last tables of an evaluation, and a blank line follows them.
    let mut is_score = false;
    for line in old.lines() {
        let header = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let scores = header.and_then(|header| header.rsplit_once(".scores."));
        match scores {
            Some((name, _)) if !is_score => {
                is_score = true;
                if let Some(evaluation) = evaluations.get(name) {
                    out.push_str(&score_tables(name, evaluation, reports));
                }
            }
            Some(_) => {}
            None => {
                is_score &= !line.is_empty();
                if !is_score {
                    out.push_str(line);
                    out.push('\n');
                }
            }
        }
    }
    out
}

fn score_tables(name: &str, evaluation: &Evaluation, reports: &Reports) -> String {
    let mut out = String::new();
    for reader in [ReaderKind::Careful, ReaderKind::Fast] {
        let committed = evaluation.scores.of(reader);
        let all = [&evaluation.scores.careful, &evaluation.scores.fast];
        let is_committed = |figure: &&Figure| all.iter().any(|one| one.contains_key(&figure.name));
        let lines: Vec<String> = match reports.get(&(name.to_owned(), reader)) {
            Some(report) => {
                let figures = report.figures.iter().filter(is_committed);
                figures.map(|figure| format!("{} = {}", figure.name, rounded(figure))).collect()
            }
            None => {
                committed.iter().map(|(figure, score)| format!("{figure} = {score:?}")).collect()
            }
        };
        if !lines.is_empty() {
            writeln!(out, "[{name}.scores.{reader}]\n{}", lines.join("\n"))
                .expect("a string takes all");
        }
    }
    out
}

/// A score as it is committed: percent with one decimal, ratios with three.
fn rounded(figure: &Figure) -> String {
    match figure.unit {
        Unit::Percent | Unit::Tenths => format!("{:.1}", figure.value),
        Unit::Ratio => format!("{:.3}", figure.value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evaluation(scores: &[(&str, f64)]) -> Evaluation {
        Evaluation {
            task: Task::Time,
            about: String::new(),
            data: vec![PathBuf::from("nowhere/times.jsonl")],
            genre: None,
            scores: Scores {
                fast: scores.iter().map(|&(name, score)| (name.to_owned(), score)).collect(),
                ..Scores::default()
            },
        }
    }

    #[test]
    fn more_than_a_point_below_fails_and_above_is_reported() {
        let mut report = Report::default();
        for (name, value) in [("worse", 48.9), ("level", 49.0), ("better", 51.1)] {
            report.percent(name, value);
        }
        report.ratio("worse_r", 0.48);
        let scores =
            [("worse", 50.0), ("level", 50.0), ("better", 50.0), ("worse_r", 0.5), ("gone", 1.0)];
        let evaluation = evaluation(&scores);
        assert!(evaluation.compare(ReaderKind::Careful, &report).is_empty());
        let changes = evaluation.compare(ReaderKind::Fast, &report);
        let failures: Vec<(String, bool)> =
            changes.iter().map(|change| (change.to_string(), change.is_failure())).collect();
        let expected = [
            ("better rose from 50; commit `better = 51.10` to thresholds.toml", false),
            ("gone is no figure of this evaluation; remove it from thresholds.toml", true),
            ("worse fell from 50 to 48.90", true),
            ("worse_r fell from 0.5 to 0.48", true),
        ];
        assert_eq!(failures, expected.map(|(line, is)| (line.to_owned(), is)));
    }

    #[test]
    fn missing_data_is_named() {
        let missing = evaluation(&[]).missing_data(Path::new(".")).map(Path::to_owned);
        assert_eq!(missing, Some(PathBuf::from("nowhere/times.jsonl")));
    }

    #[test]
    fn every_evaluation_has_scores_and_some_has_its_data_in_the_tree() {
        let evaluations = evaluations().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let in_tree = |one: &Evaluation| one.data.iter().all(|path| !path.starts_with(".."));
        assert!(evaluations.values().all(|one| !one.scores.fast.is_empty()));
        let ours: Vec<_> = evaluations.values().filter(|one| in_tree(one)).collect();
        assert!(ours.len() > 1 && ours.iter().all(|one| one.missing_data(&root).is_none()));
    }

    #[test]
    fn the_table_of_results_agrees_with_the_committed_scores() {
        let mut name = "";
        let mut rows = BTreeMap::new();
        for row in include_str!("../RESULTS.md").lines().skip_while(|row| !row.starts_with("|---"))
        {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let [_, first, _, figure, careful, fast, _] = cells[..] else { continue };
            name = if first.is_empty() { name } else { first };
            for (reader, score) in [(ReaderKind::Careful, careful), (ReaderKind::Fast, fast)] {
                if let Ok(score) = score.parse::<f64>() {
                    rows.insert((name, figure, reader), score);
                }
            }
        }
        let evaluations = evaluations().unwrap();
        for (name, evaluation) in &evaluations {
            for &reader in ReaderKind::ALL {
                for (figure, committed) in evaluation.scores.of(reader) {
                    let row = rows.remove(&(name.as_str(), figure.as_str(), reader));
                    let score = row
                        .unwrap_or_else(|| panic!("{name} {figure} {reader} is not in the table"));
                    assert!((score - committed).abs() < 1.0, "{name} {figure} {reader}: {score}");
                }
            }
        }
        assert!(rows.is_empty(), "not committed: {rows:?}");
    }

    #[test]
    fn the_table_of_results_has_a_column_for_each_reader() {
        let mut one = evaluation(&[("right", 50.0)]);
        one.scores.careful.insert("right".to_owned(), 60.0);
        let report = |value| {
            let mut report = Report::default();
            report.percent("right", value);
            report.percent("unlisted", value);
            report
        };
        let evaluations = BTreeMap::from([("times".to_owned(), one)]);
        let reports = BTreeMap::from([
            (("times".to_owned(), ReaderKind::Careful), report(60.5)),
            (("times".to_owned(), ReaderKind::Fast), report(50.25)),
        ]);
        let table = table(&evaluations, &reports);
        let rows: Vec<&str> = table.lines().skip_while(|row| !row.starts_with("|---")).collect();
        assert_eq!(rows, ["|---|---|---|---|---|", "| times |  | right | 60.50 | 50.25 |"]);
    }

    #[test]
    fn committed_scores_are_rewritten_and_the_rest_is_kept() {
        let old = "# Scores.\n\n[time]\ntask = \"time\"\nabout = \"\"\n[time.scores.fast]\nf1 = 50.0\n\n\
                   [zoo]\ntask = \"time\"\nabout = \"\"\n[zoo.scores.fast]\nf1 = 40.0\n";
        let evaluations: BTreeMap<String, Evaluation> = basic_toml::from_str(old).unwrap();
        assert_eq!(thresholds(old, &evaluations, &Reports::new()), old);
        let mut report = Report::default();
        report.percent("f1", 60.26);
        report.percent("unlisted", 10.0);
        let reports = Reports::from([(("time".to_owned(), ReaderKind::Careful), report)]);
        let new = thresholds(old, &evaluations, &reports);
        let expected = old
            .replace("[time.scores.fast]", "[time.scores.careful]\nf1 = 60.3\n[time.scores.fast]");
        assert_eq!(new, expected);
    }
}
