//! The laboratory: verbs of `cargo xtask` that measure, train and generate with Dateline itself.
//!
//! `cargo xtask VERB` builds it in the right profile and runs it.

mod bench;
mod eval;
mod ledger;
mod lemmas;
mod lexicon;
mod load;
mod record_dictionary;
mod schema_sample;
mod segment;
mod train;
mod train_events;
mod train_factuality;
mod train_statements;
mod vectors;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Measuring, training and generating.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Score the output against annotated text, one figure per line as `NAME VALUE`
    Eval(eval::Eval),
    /// Measure speed and memory, one figure per line as `NAME VALUE`
    Bench(bench::Bench),
    /// Count the lemmas that rules get wrong in treebanks
    Lemmas(lemmas::Lemmas),
    /// Split texts into sentences and tokens, for another program to label
    Segment(segment::Segment),
    /// Train the weights of the language layer on treebanks
    Train(train::Train),
    /// Train the ranker of event types
    TrainEvents(train_events::TrainEvents),
    /// Train the model of factuality on human judgments
    TrainFactuality(train_factuality::TrainFactuality),
    /// Train the statement model on annotated articles
    TrainStatements(train_statements::TrainStatements),
    /// Measure the speed and size of a large ledger of generated news, one figure per line as `NAME VALUE`
    Ledger(ledger::Measure),
    /// Measure requests a second and response times of the server, one figure per line as `NAME VALUE`
    Load(load::Load),
    /// Make the dictionary records are compressed with
    RecordDictionary,
    /// Write a small ledger of the current schema for the tests of later schemas
    SchemaSample,
    /// Make the lexicon of actors and places from its sources
    Lexicon(lexicon::Lexicon),
    /// Make the table of word vectors the network starts from
    Vectors(vectors::Vectors),
}

fn main() -> Result<()> {
    match Arguments::parse().verb {
        Verb::Eval(eval) => eval::run(eval),
        Verb::Bench(bench) => bench::run(&bench),
        Verb::Lemmas(lemmas) => lemmas::run(&lemmas),
        Verb::Segment(segment) => segment::run(&segment),
        Verb::Train(train) => train::run(&train),
        Verb::TrainEvents(train) => train_events::run(&train),
        Verb::TrainFactuality(train) => train_factuality::run(&train),
        Verb::TrainStatements(train) => train_statements::run(&train),
        Verb::Ledger(measure) => ledger::run(&measure),
        Verb::Load(load) => load::run(&load),
        Verb::RecordDictionary => record_dictionary::run(),
        Verb::SchemaSample => schema_sample::run(),
        Verb::Lexicon(lexicon) => lexicon::run(&lexicon),
        Verb::Vectors(vectors) => vectors::run(&vectors),
    }
}
