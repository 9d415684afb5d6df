//! The laboratory: verbs of `cargo xtask` that measure, train and generate with Dateline itself.
//!
//! `cargo xtask VERB` builds it in the right profile and runs it.

mod bench;
mod eval;
mod label;
mod ledger;
mod lemmas;
mod lexicon;
mod load;
mod reader;
mod record_dictionary;
mod remarks;
mod schema_sample;
mod segment;
mod threads;
mod train;
mod train_actors;
mod train_acts;
mod train_events;
mod train_factuality;
mod train_statements;
mod trigger_scores;
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
    /// Label texts with a reader, for a smaller one to learn from; or score its triggers of events
    Label(label::Label),
    /// Train a model; `cargo xtask train reader` trains the careful reader
    #[command(subcommand)]
    Train(Train),
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

/// A model and the flags of its trainer.
#[derive(Debug, Subcommand)]
enum Train {
    /// Train the fast reader on treebanks and tagged names
    Fast(train::Train),
    /// Train the statement model on annotated articles
    Statements(train_statements::TrainStatements),
    /// Train the models that make events of a reader's scores
    Acts(train_acts::TrainActs),
    Actors(train_actors::TrainActors),
    /// Train the ranker of event types
    Events(train_events::TrainEvents),
    /// Train the model of factuality on human judgments
    Factuality(train_factuality::TrainFactuality),
}

fn main() -> Result<()> {
    match Arguments::parse().verb {
        Verb::Eval(eval) => eval::run(eval),
        Verb::Bench(bench) => bench::run(&bench),
        Verb::Lemmas(lemmas) => lemmas::run(&lemmas),
        Verb::Segment(segment) => segment::run(&segment),
        Verb::Label(label) => label::run(&label),
        Verb::Train(Train::Fast(train)) => train::run(&train),
        Verb::Train(Train::Statements(train)) => train_statements::run(&train),
        Verb::Train(Train::Acts(train)) => train_acts::run(&train),
        Verb::Train(Train::Actors(train)) => train_actors::run(&train),
        Verb::Train(Train::Events(train)) => train_events::run(&train),
        Verb::Train(Train::Factuality(train)) => train_factuality::run(&train),
        Verb::Ledger(measure) => ledger::run(&measure),
        Verb::Load(load) => load::run(&load),
        Verb::RecordDictionary => record_dictionary::run(),
        Verb::SchemaSample => schema_sample::run(),
        Verb::Lexicon(lexicon) => lexicon::run(&lexicon),
        Verb::Vectors(vectors) => vectors::run(&vectors),
    }
}
