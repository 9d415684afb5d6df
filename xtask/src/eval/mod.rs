//! `cargo xtask eval`: scores against annotated text, one figure a line as `NAME VALUE` in percent.

mod actors;
pub(crate) mod clusters;
mod coref;
mod event_coref;
mod events;
mod factuality;
mod names;
mod parse;
mod relations;
mod statements;
mod time;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use dateline_nlp::English;

/// Scores what is read against annotated text.
#[derive(Debug, clap::Args)]
pub(crate) struct Eval {
    #[command(subcommand)]
    topic: Topic,
}

#[derive(Debug, clap::Subcommand)]
enum Topic {
    /// Tokens, sentences, tags, lemmas and trees against a treebank.
    Parse {
        /// The treebank, in CoNLL-U.
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Only documents of this genre (`# meta::genre`).
        #[arg(long)]
        genre: Option<String>,
        /// Weights other than the compiled-in ones, as `cargo xtask train` writes them.
        #[arg(long, value_name = "FILE")]
        weights: Option<PathBuf>,
        /// Also print where tokens and sentences differ.
        #[arg(long)]
        differences: bool,
    },
    /// Names against a token a line with its tag: B-PER, I-PER, O.
    Names {
        /// The annotated tokens.
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Weights other than the compiled-in ones, as `cargo xtask train` writes them.
        #[arg(long, value_name = "FILE")]
        weights: Option<PathBuf>,
        /// Also print the names that differ.
        #[arg(long)]
        differences: bool,
    },
    /// Country and sector of actors against annotated spans, a JSON sentence a line, or how many actors of a table get a code.
    Actors {
        /// The annotated sentences: `.jsonl`, or `.tsv` with offsets.
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Also print the actors that are coded otherwise.
        #[arg(long)]
        differences: bool,
    },
    /// Entities against annotated clusters, a JSON document a line.
    Coref {
        /// The annotated documents.
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Also print the pronouns that are given to somebody else.
        #[arg(long)]
        differences: bool,
    },
    /// Which mentions of acts are of one act, within and across documents, a JSON document a line.
    EventCoref {
        /// The documents with their mentions; without chains nothing is scored.
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Also write the chains, a JSON document a line.
        #[arg(long, value_name = "FILE")]
        predictions: Option<PathBuf>,
        /// Also print the chains that are not as annotated.
        #[arg(long)]
        differences: bool,
    },
    /// Events against gold standard records, a JSON sentence a line: types, and the countries and codes of their parties.
    Events {
        /// The annotated sentences.
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Also write what was found, a JSON sentence a line.
        #[arg(long, value_name = "FILE")]
        predictions: Option<PathBuf>,
        /// Also print the records that are read otherwise.
        #[arg(long)]
        differences: bool,
    },
    /// What holds between two marked parties of a sentence: PLOVER types, quad classes, cooperation against conflict.
    Relations {
        /// The table: `plv-train.tsv`, `aw-train.tsv`, or another of their layout.
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Rank each row by a model trained on the other folds, instead of the compiled-in one; for tables it was trained on.
        #[arg(long, value_name = "FOLDS")]
        cross_validate: Option<usize>,
        /// Also write the answers, a JSON row a line.
        #[arg(long, value_name = "FILE")]
        predictions: Option<PathBuf>,
        /// Also print the rows that are read otherwise.
        #[arg(long)]
        differences: bool,
    },
    /// How real what sentences tell is, against judgments from -3 to 3, and negation and modality against annotated events.
    ///
    /// Without `--cross-validate` the compiled-in weights predict, which were trained on all of the development files: that
    /// is the way to score files they have not seen.
    Factuality {
        /// Judged sentences, or annotated events of news, a JSON line each.
        #[arg(long, value_name = "FILE", required = true, num_args = 1..)]
        data: Vec<PathBuf>,
        /// Predict each of N parts by weights trained on the other parts of the files; documents are not divided.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
        cross_validate: Option<u32>,
        /// Also write what was predicted, a JSON line a line, numbers in the order of the events.
        #[arg(long, value_name = "FILE")]
        predictions: Option<PathBuf>,
        /// Also print what differs by far.
        #[arg(long)]
        differences: bool,
    },
    /// Who said what against annotated attributions, a JSON article a line.
    Statements {
        /// The annotated articles.
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Also write what was found, a JSON article a line.
        #[arg(long, value_name = "FILE")]
        predictions: Option<PathBuf>,
        /// Also print the attributions that were missed and those that are not there.
        #[arg(long)]
        differences: bool,
    },
    /// Time expressions against TIMEX3 annotations, a JSON document a line.
    Time {
        /// The annotated documents.
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Also write what was found, a JSON document a line.
        #[arg(long, value_name = "FILE")]
        predictions: Option<PathBuf>,
        /// Also print where the times differ.
        #[arg(long)]
        differences: bool,
    },
}

/// Runs one evaluation and prints its figures.
pub(crate) fn run(eval: Eval) -> Result<()> {
    match eval.topic {
        Topic::Parse { data, genre, weights, differences } => {
            parse::run(&english(weights.as_deref())?, &data, genre.as_deref(), differences)
        }
        Topic::Names { data, weights, differences } => {
            names::run(&english(weights.as_deref())?, &data, differences)
        }
        Topic::Actors { data, differences } => actors::run(&data, differences),
        Topic::Coref { data, differences } => coref::run(&data, differences),
        Topic::EventCoref { data, predictions, differences } => {
            event_coref::run(&data, predictions.as_deref(), differences)
        }
        Topic::Events { data, predictions, differences } => {
            events::run(&data, predictions.as_deref(), differences)
        }
        Topic::Relations { data, cross_validate, predictions, differences } => {
            relations::run(&data, cross_validate, predictions.as_deref(), differences)
        }
        Topic::Factuality { data, cross_validate, predictions, differences } => {
            factuality::run(&data, cross_validate, predictions.as_deref(), differences)
        }
        Topic::Statements { data, predictions, differences } => {
            statements::run(&data, predictions.as_deref(), differences)
        }
        Topic::Time { data, predictions, differences } => {
            time::run(&data, predictions.as_deref(), differences)
        }
    }
}

/// The language layer with the weights of a file, or its own.
fn english(weights: Option<&Path>) -> Result<English> {
    let Some(path) = weights else { return Ok(English::new()) };
    let bytes = fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
    Ok(English::with_weights(&bytes))
}

/// Counts that make precision, recall and F1.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    right: usize,
    found: usize,
    expected: usize,
}

impl Score {
    fn precision(self) -> f64 {
        percent(self.right, self.found)
    }

    fn recall(self) -> f64 {
        percent(self.right, self.expected)
    }

    fn f1(self) -> f64 {
        percent(2 * self.right, self.found + self.expected)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of tokens are far below 2^52")]
fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

fn print(name: &str, value: f64) {
    println!("{name} {value:.2}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_lies_between_precision_and_recall() {
        let score = Score { right: 6, found: 8, expected: 12 };
        assert!((score.precision() - 75.0).abs() < 1e-9);
        assert!((score.recall() - 50.0).abs() < 1e-9);
        assert!((score.f1() - 60.0).abs() < 1e-9);
    }

    #[test]
    fn nothing_of_nothing_is_no_percent() {
        assert!(percent(0, 0).abs() < 1e-9);
    }
}
