//! `cargo xtask train acts`: trains the models that make events of a reader's scores.
//!
//! The models learn from annotated articles as readers see them that did not learn from the same articles: there is one reader for each
//! fold, and the articles of a fold are those whose number in the file leaves its number as remainder. Limits are set where `whole_f1`
//! is best on articles that neither reader nor models learned from. The same data yields the same bytes.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use dateline_core::{Record, Status, codes::PloverType};
use dateline_eval::{
    calibration_error,
    gold::{Article, GoldEvent, GoldParty, GoldRecord, read_annotated, score_records},
};
use dateline_extract::{
    Extractor,
    train::acts::{self, Annotated, Examples, Limits, Models, Party, fit},
};
use dateline_nlp::English;

use crate::threads;

/// Train the models of events.
#[derive(Debug, clap::Args)]
pub(crate) struct TrainActs {
    /// Annotated articles
    #[arg(long, value_name = "FILE")]
    articles: PathBuf,
    /// Their annotation
    #[arg(long, value_name = "FILE")]
    gold: PathBuf,
    /// Weights of the reader of each fold, in order
    #[arg(long = "fold", value_name = "FILE", required = true)]
    folds: Vec<PathBuf>,
    /// Number of folds, if readers of the last ones are missing
    #[arg(long)]
    n_folds: Option<usize>,
    /// Pull of the weights toward zero
    #[arg(long, default_value_t = 8.0)]
    pull: f32,
    /// File the weights are written to
    #[arg(long, default_value = "crates/extract/model/acts.weights")]
    out: PathBuf,
    /// Keep the limits of the compiled-in models
    #[arg(long)]
    keep_limits: bool,
    /// File the records of the articles are written to, each read by models that did not learn from it
    #[arg(long, value_name = "FILE")]
    records: Option<PathBuf>,
}

/// An article of a fold.
struct One {
    article: Article,
    gold: GoldRecord,
    examples: Examples,
    /// The turn in which the models are measured on it.
    turn: usize,
}

/// Turns of the cross-validation of the models, apart from the folds of the readers.
const TURNS: usize = 4;

const THREADS: usize = 2;

pub(crate) fn run(arguments: &TrainActs) -> Result<()> {
    let n_folds = arguments.n_folds.unwrap_or(arguments.folds.len());
    let readers: Vec<Extractor> =
        arguments.folds.iter().map(|path| extractor(path)).collect::<Result<_>>()?;
    let mut parts = read(arguments, n_folds)?;
    for (part, reader) in parts.iter_mut().zip(&readers) {
        let examples = threads::each(part, THREADS, |one| examples(reader, one));
        for (one, examples) in part.iter_mut().zip(examples) {
            one.examples = examples?;
        }
    }
    let mut all = Examples::default();
    parts.iter().flatten().for_each(|one| all.append(one.examples.clone()));
    println!("{}", all.summary());

    // Models that learned from the articles of other turns.
    let others = |turn: usize| -> Vec<&Examples> {
        parts.iter().flatten().filter(|one| one.turn != turn).map(|one| &one.examples).collect()
    };
    let apart: Vec<Models> = (0..TURNS).map(|turn| fit(&others(turn), arguments.pull)).collect();
    let mut limits = Models::compiled_in().limits();
    if !arguments.keep_limits {
        limits = search(&readers, &apart, &parts, Limits::default())?;
    }
    let told: Vec<(f64, bool)> = parts
        .iter()
        .flatten()
        .flat_map(|one| acts::confidences(&apart[one.turn], &one.examples))
        .filter(|(confidence, _)| *confidence >= limits.act)
        .map(|(confidence, is_right)| (f64::from(confidence), is_right))
        .collect();
    println!("calibration_error {:.2}", 100.0 * calibration_error(&told));
    let (mut right, mut all) = (0, 0);
    for one in parts.iter().flatten() {
        let some = acts::statuses_right(&apart[one.turn], &one.examples);
        (right, all) = (right + some.0, all + some.1);
    }
    println!("statuses_right {right} of {all}");
    let records = extract(&readers, &apart, &parts, limits)?;
    let report = report(&parts, &records)?;
    for figure in &report.figures {
        println!("{} {}", figure.name, figure.value);
    }
    if let Some(path) = &arguments.records {
        fs::write(path, report.predictions.join("\n") + "\n")
            .with_context(|| format!("could not write {}", path.display()))?;
    }

    let every: Vec<&Examples> = parts.iter().flatten().map(|one| &one.examples).collect();
    let models = fit(&every, arguments.pull).with_limits(limits);
    fs::write(&arguments.out, models.to_bytes())
        .with_context(|| format!("could not write {}", arguments.out.display()))?;
    println!("limits {limits:?}");
    Ok(())
}

fn extractor(weights: &Path) -> Result<Extractor> {
    let bytes =
        fs::read(weights).with_context(|| format!("could not read {}", weights.display()))?;
    Ok(Extractor::new().with_english(English::with_weights(bytes.leak())))
}

/// Reads the articles of each fold.
fn read(arguments: &TrainActs, n_folds: usize) -> Result<Vec<Vec<One>>> {
    let pairs = read_annotated(&arguments.articles, &arguments.gold)?;
    let mut parts: Vec<Vec<One>> = arguments.folds.iter().map(|_| Vec::new()).collect();
    for (number, (article, gold)) in pairs.into_iter().enumerate() {
        if let Some(part) = parts.get_mut(number % n_folds) {
            let turn = number / n_folds % TURNS;
            part.push(One { article, gold, examples: Examples::default(), turn });
        }
    }
    Ok(parts)
}

fn examples(reader: &Extractor, one: &One) -> Result<Examples> {
    let events = one.gold.events.iter().map(|event| annotated(&one.article.text, event));
    let annotated: Vec<Annotated> = events.collect::<Result<_>>()?;
    Ok(acts::examples(reader, &one.article.document()?, &annotated))
}

/// Extracts the articles of all folds with given limits.
fn extract(
    readers: &[Extractor],
    apart: &[Models],
    parts: &[Vec<One>],
    limits: Limits,
) -> Result<Vec<Record>> {
    let models: Vec<Models> =
        apart.iter().map(|models| models.clone().with_limits(limits)).collect();
    let mut records = Vec::new();
    for (reader, part) in readers.iter().zip(parts) {
        records.extend(threads::each(part, THREADS, |one| {
            anyhow::Ok(acts::extract(reader, &models[one.turn], &one.article.document()?))
        }));
    }
    records.into_iter().collect()
}

fn report(parts: &[Vec<One>], records: &[Record]) -> Result<dateline_eval::Report> {
    let articles: Vec<Article> = parts.iter().flatten().map(|one| one.article.clone()).collect();
    let gold: Vec<GoldRecord> = parts.iter().flatten().map(|one| one.gold.clone()).collect();
    score_records(records, &articles, &gold)
}

/// Least probability of a party that any limit allows. A lower one would find a few more right parties, and name many wrong ones.
const LEAST_PARTY: f32 = 0.3;

/// Changes one limit.
type Set = fn(Limits, f32) -> Limits;

/// Finds the limits with the best `whole_f1`, one after another.
fn search(
    readers: &[Extractor],
    apart: &[Models],
    parts: &[Vec<One>],
    start: Limits,
) -> Result<Limits> {
    let mut best = start;
    let mut top = f64::MIN;
    let turns: [(Set, &[f32]); 6] = [
        (|limits, act| Limits { act, ..limits }, &[0.35, 0.4, 0.45, 0.5]),
        (|limits, framed| Limits { framed, ..limits }, &[0.15, 0.25, 0.35, 0.45]),
        (|limits, source| Limits { source, ..limits }, &[LEAST_PARTY, 0.4, 0.5]),
        (|limits, target| Limits { target, ..limits }, &[LEAST_PARTY, 0.4, 0.5]),
        (|limits, more_sources| Limits { more_sources, ..limits }, &[0.5, 0.65]),
        (|limits, more_targets| Limits { more_targets, ..limits }, &[0.5, 0.65]),
    ];
    for (set, values) in turns {
        let from = best;
        for &value in values {
            let limits = set(from, value);
            let records = extract(readers, apart, parts, limits)?;
            let report = report(parts, &records)?;
            let whole = report.value("whole_f1").context("a report has its headline")?;
            println!("{limits:?} whole_f1 {whole}");
            if whole > top {
                (best, top) = (limits, whole);
            }
        }
    }
    for step in 1_u8..10 {
        let act = best.act + f32::from(step) / 20.0;
        let records = extract(readers, apart, parts, Limits { act, framed: act, ..best })?;
        let precision = report(parts, &records)?.value("found_precision");
        println!("least {act:.2} found_precision {precision:?}");
        best.precise = act;
        if precision.is_some_and(|precision| precision >= PRECISE) {
            break;
        }
    }
    Ok(best)
}

/// Precision of the events found that the limit `precise` is for, in percent.
const PRECISE: f64 = 92.0;

/// An annotated event with its offsets in bytes.
fn annotated(text: &str, event: &GoldEvent) -> Result<Annotated> {
    let byte =
        |point: u32| text.char_indices().nth(point as usize).map_or(text.len(), |(byte, _)| byte);
    let party = |party: GoldParty| Party { words: party.words, country: party.country };
    Ok(Annotated {
        triggers: event
            .trigger_spans(text)
            .into_iter()
            .map(|span| byte(span.start)..byte(span.end))
            .collect(),
        types: event.types().map(str::parse::<PloverType>).collect::<Result<_, _>>()?,
        sources: event.sources().into_iter().map(party).collect(),
        targets: event.targets().into_iter().map(party).collect(),
        statuses: event.statuses().map(str::parse::<Status>).collect::<Result<_, _>>()?,
        is_denied: event.is_negative,
        is_optional: event.is_optional,
    })
}
