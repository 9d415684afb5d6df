//! `cargo xtask train actors`: trains the models that infer countries and sectors of actors of whom a text does not tell them.
//!
//! The same data yields the same bytes. Figures are of cross-validation over articles.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result};
use dateline_eval::gold::{GoldRecord, read_annotated};
use dateline_extract::{
    Extractor, ReaderKind,
    train::actors::{self, Annotated, Answers, Cases, LEAST, fit},
};

use crate::threads;

/// Train the models of actors.
#[derive(Debug, clap::Args)]
pub(crate) struct TrainActors {
    /// Annotated articles
    #[arg(long, value_name = "FILE")]
    articles: PathBuf,
    /// Their annotation
    #[arg(long, value_name = "FILE")]
    gold: PathBuf,
    /// Reader of the articles
    #[arg(long, default_value = "careful")]
    reader: ReaderKind,
    /// Pull of the weights toward zero
    #[arg(long, default_value_t = 4.0)]
    pull: f32,
    /// File the weights are written to
    #[arg(long, default_value = "crates/extract/model/actors.weights")]
    out: PathBuf,
}

/// Turns of the cross-validation.
const TURNS: usize = 5;

const THREADS: usize = 2;

pub(crate) fn run(arguments: &TrainActors) -> Result<()> {
    let pairs = read_annotated(&arguments.articles, &arguments.gold)?;
    let extractor = Extractor::builder().reader(arguments.reader).build();
    let read = threads::each(&pairs, THREADS, |(article, gold)| {
        anyhow::Ok(actors::cases(&extractor, &article.document()?, &annotated(gold)))
    });
    let articles: Vec<Cases> = read.into_iter().collect::<Result<_>>()?;
    let (mut homes, mut callings) = (Answers::new(), Answers::new());
    for turn in 0..TURNS {
        let numbered = || articles.iter().enumerate();
        let learned = numbered().filter(|(number, _)| number % TURNS != turn);
        let models = fit(learned.map(|(_, cases)| cases), arguments.pull);
        for (_, cases) in numbered().filter(|(number, _)| number % TURNS == turn) {
            homes.extend(models.homes(cases));
            callings.extend(models.callings(cases));
        }
    }
    report("home", &homes, LEAST[0]);
    report("calling", &callings, LEAST[1]);
    fs::write(&arguments.out, fit(articles.iter(), arguments.pull).to_bytes())
        .with_context(|| format!("could not write {}", arguments.out.display()))
}

/// Prints how many codes are given at some least probabilities, and how many of them are right.
fn report(name: &str, answers: &Answers, used: f32) {
    println!("{name} actors {} least in use {used:.1}", answers.len());
    for tenth in 3_u8..10 {
        let least = f32::from(tenth) / 10.0;
        let given = || answers.iter().filter(|(share, is_code, _)| *is_code && *share >= least);
        let right = given().filter(|(.., is_right)| *is_right).count();
        println!("{name} least {least:.1} given {} right {right}", given().count());
    }
}

/// Returns the actors of an annotation: those listed, and the parties of events.
fn annotated(gold: &GoldRecord) -> Vec<Annotated> {
    let listed = gold.actors.iter().filter_map(|line| {
        let mut parts = line.split('|').map(str::to_owned);
        let (words, kind, country) = (parts.next()?, parts.next()?, parts.next()?);
        let sector = parts.next().unwrap_or_default();
        (kind != "place").then_some(Annotated { words, country, sector })
    });
    let parties =
        gold.events.iter().flat_map(|event| event.sources().into_iter().chain(event.targets()));
    let parties = parties.map(|party| Annotated {
        words: party.words,
        country: party.country,
        sector: party.sector,
    });
    listed.chain(parties).collect()
}
