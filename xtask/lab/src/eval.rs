//! `cargo xtask eval`: scores against annotated text, one figure per line as `NAME VALUE`.

mod suite;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use dateline_eval::{
    CrossValidation, Report, actors, coref, event_coref, events, factuality, gold, names, parse,
    relations, statements, time,
};
use dateline_extract::Extractor;
use dateline_nlp::{English, ReaderKind};

use crate::reader;

/// Score the output against annotated text.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
pub(crate) struct Eval {
    /// Run every evaluation whose data is there, and fail if a score is more than a point below its committed threshold
    #[arg(long)]
    check: bool,
    /// Run every evaluation and write the table of results
    #[arg(long)]
    table: bool,
    /// Run every evaluation and write the scores it commits to
    #[arg(long)]
    thresholds: bool,
    /// Reader to score: careful or fast [default: careful if this build has it; with --check, --table and --thresholds, both]
    #[arg(long, value_name = "READER", global = true, value_parser = reader::parse)]
    reader: Option<ReaderKind>,
    #[command(subcommand)]
    task: Option<Task>,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    /// Whole records of news articles, against everything a human coder found in them
    Gold {
        /// Articles, one JSON object per line
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Gold records of the articles, one JSON object per line
        #[arg(long, value_name = "FILE")]
        gold: PathBuf,
        /// Also print everything that is missed, wrong or spurious
        #[arg(short, long)]
        verbose: bool,
        /// Also write the records, one JSON object per line
        #[arg(long, value_name = "FILE")]
        records: Option<PathBuf>,
    },
    /// Tokens, sentences, tags, lemmas and trees, against a treebank
    Parse {
        /// Treebank in CoNLL-U
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Score only documents of this genre (`# meta::genre`)
        #[arg(long)]
        genre: Option<String>,
        /// Weights made by `cargo xtask train fast`, instead of the compiled-in ones
        #[arg(long, value_name = "FILE")]
        weights: Option<PathBuf>,
        /// Also print where tokens, sentences and lemmas differ
        #[arg(long)]
        differences: bool,
    },
    /// Names, against tokens with tags such as B-PER, I-PER and O
    Names {
        /// Tagged tokens, one per line
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Weights made by `cargo xtask train fast`, instead of the compiled-in ones
        #[arg(long, value_name = "FILE")]
        weights: Option<PathBuf>,
        /// Also print the names that differ
        #[arg(long)]
        differences: bool,
    },
    /// Country and sector of actors, against annotated spans
    Actors {
        /// Sentences, one JSON object per line (`.jsonl`), or a table with offsets (`.tsv`)
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Also print the actors with another code
        #[arg(long)]
        differences: bool,
    },
    /// Entities, against annotated clusters of mentions
    Coref {
        /// Documents, one JSON object per line
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Also print the pronouns resolved to somebody else
        #[arg(long)]
        differences: bool,
    },
    /// Chains of event mentions within and across documents, the mentions being given
    EventCoref {
        /// Documents with their mentions, one JSON object per line; without chains nothing is scored
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Also write the chains, one JSON object per line
        #[arg(long, value_name = "FILE")]
        predictions: Option<PathBuf>,
        /// Also print the chains that differ
        #[arg(long)]
        differences: bool,
    },
    /// Events and the codes of their parties, against PLOVER gold standard records
    Events {
        /// Sentences, one JSON object per line
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Also write the events, one JSON object per line
        #[arg(long, value_name = "FILE")]
        predictions: Option<PathBuf>,
        /// Also print the sentences that differ
        #[arg(long)]
        differences: bool,
    },
    /// The ranker of event types, against sentences with two marked parties
    Relations {
        /// Table laid out like `plv-train.tsv`
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Rank each row by a model trained on the other folds; for tables the compiled-in model was trained on
        #[arg(long, value_name = "FOLDS", value_parser = folds)]
        cross_validate: Option<usize>,
        /// Reader whose trees the models of a cross-validation learn from; may be repeated [default: every reader of this build]
        #[arg(long = "train-reader", value_name = "READER", value_parser = reader::parse, requires = "cross_validate")]
        train_readers: Vec<ReaderKind>,
        /// Also write the labels, one JSON object per line
        #[arg(long, value_name = "FILE")]
        predictions: Option<PathBuf>,
        /// Also print the rows that differ
        #[arg(long)]
        differences: bool,
    },
    /// Factuality, against human judgments; negation and modality, against annotated events
    ///
    /// Without `--cross-validate`, the compiled-in weights predict. They were trained on all development files, so the figures
    /// mean something only on other files.
    Factuality {
        /// Sentences with judgments, or annotated events of news, one JSON object per line
        #[arg(long, value_name = "FILE", required = true, num_args = 1..)]
        data: Vec<PathBuf>,
        /// Predict each of N parts by weights trained on the others; documents are not divided
        #[arg(long, value_name = "N", value_parser = folds)]
        cross_validate: Option<usize>,
        /// Reader whose trees the models of a cross-validation learn from; may be repeated [default: every reader of this build]
        #[arg(long = "train-reader", value_name = "READER", value_parser = reader::parse, requires = "cross_validate")]
        train_readers: Vec<ReaderKind>,
        /// Also write the predictions, one JSON object per line, numbers in the order of the events
        #[arg(long, value_name = "FILE")]
        predictions: Option<PathBuf>,
        /// Also print what differs by far
        #[arg(long)]
        differences: bool,
    },
    /// Statements, against annotated attributions
    Statements {
        /// Articles, one JSON object per line
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Also write the statements, one JSON object per line
        #[arg(long, value_name = "FILE")]
        predictions: Option<PathBuf>,
        /// Also print the attributions that are missed or spurious
        #[arg(long)]
        differences: bool,
    },
    /// Time expressions, against TIMEX3 annotations
    Time {
        /// Documents, one JSON object per line
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Also write the time expressions, one JSON object per line
        #[arg(long, value_name = "FILE")]
        predictions: Option<PathBuf>,
        /// Also print where the times differ
        #[arg(long)]
        differences: bool,
    },
}

/// Runs one evaluation and prints its figures, or the whole suite.
pub(crate) fn run(eval: Eval) -> Result<()> {
    let readers = reader::asked(eval.reader.as_slice());
    if eval.thresholds {
        suite::write_thresholds(&readers)?;
    }
    if eval.table {
        suite::write_table(&readers)?;
    }
    if eval.check {
        suite::check(&readers)?;
    }
    let reader = eval.reader.unwrap_or_else(ReaderKind::best);
    eval.task.map_or(Ok(()), |task| run_task(task, reader))
}

/// Parses a number of parts of a cross-validation.
fn folds(text: &str) -> Result<usize> {
    let n = text.parse()?;
    ensure!(n >= 2, "a cross-validation needs at least 2 parts");
    Ok(n)
}

fn run_task(task: Task, reader: ReaderKind) -> Result<()> {
    let extractor = Extractor::builder().reader(reader).build();
    match task {
        Task::Gold { data, gold, verbose, records } => {
            print(&gold::run(&extractor, &data, &gold)?, verbose, records.as_deref())
        }
        Task::Parse { data, genre, weights, differences } => {
            let english = english(reader, weights.as_deref())?;
            print(&parse::run(&english, &data, genre.as_deref())?, differences, None)
        }
        Task::Names { data, weights, differences } => {
            let english = english(reader, weights.as_deref())?;
            print(&names::run(&extractor, &english, &data)?, differences, None)
        }
        Task::Actors { data, differences } => {
            print(&actors::run(&extractor, &data)?, differences, None)
        }
        Task::Coref { data, differences } => {
            print(&coref::run(&extractor, &data)?, differences, None)
        }
        Task::EventCoref { data, predictions, differences } => {
            print(&event_coref::run(&extractor, &data)?, differences, predictions.as_deref())
        }
        Task::Events { data, predictions, differences } => {
            print(&events::run(&extractor, &data)?, differences, predictions.as_deref())
        }
        Task::Relations { data, cross_validate, train_readers, predictions, differences } => {
            let readers = cross_validate.map(|_| reader::extractors(&train_readers));
            let parts = cross_validate.zip(readers.as_deref());
            let parts = parts.map(|(n_parts, readers)| CrossValidation { n_parts, readers });
            let report = relations::run(&extractor, &data, parts.as_ref())?;
            print(&report, differences, predictions.as_deref())
        }
        Task::Factuality { data, cross_validate, train_readers, predictions, differences } => {
            let asked = reader::asked(&train_readers).into_iter();
            let readers: Option<Vec<_>> = cross_validate.map(|_| asked.map(English::new).collect());
            let parts = cross_validate.zip(readers.as_deref());
            let parts = parts.map(|(n_parts, readers)| CrossValidation { n_parts, readers });
            let report = factuality::run(&English::new(reader), &data, parts.as_ref())?;
            print(&report, differences, predictions.as_deref())
        }
        Task::Statements { data, predictions, differences } => {
            let report = statements::run(&extractor, &English::new(reader), &data)?;
            print(&report, differences, predictions.as_deref())
        }
        Task::Time { data, predictions, differences } => {
            print(&time::run(&extractor, &data)?, differences, predictions.as_deref())
        }
    }
}

/// Prints a report, and writes its predictions to a file if one is given.
fn print(report: &Report, differences: bool, predictions: Option<&Path>) -> Result<()> {
    let differences = if differences { report.differences.as_slice() } else { &[] };
    for line in differences.iter().chain(&report.details) {
        println!("{line}");
    }
    for figure in &report.figures {
        println!("{figure}");
    }
    let Some(path) = predictions else { return Ok(()) };
    let lines = report.predictions.iter().flat_map(|line| [line, "\n"]).collect::<String>();
    fs::write(path, lines).with_context(|| format!("could not write {}", path.display()))
}

/// A reader with its own weights, or the fast reader with weights from a file.
fn english(reader: ReaderKind, weights: Option<&Path>) -> Result<English> {
    let Some(path) = weights else { return Ok(English::new(reader)) };
    let bytes = fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
    Ok(English::with_weights(bytes.leak()))
}
