//! Chores of the project: `cargo xtask VERB`. Never shipped, and nothing depends on it.
//!
//! The alias in `.cargo/config.toml` runs this in the profile of the tests, so that `ci` compiles every dependency once.
//! Verbs that measure or train start themselves again in release: see [`Verb::wants_release`].

mod bench;
mod browser;
mod ci;
mod docs;
mod eval;
mod fixtures;
mod interop;
mod ledger;
mod lemmas;
mod lexicon;
mod load;
mod record_dictionary;
mod schema_sample;
mod tidy;
mod torture;
mod train;
mod train_coref;
mod train_events;
mod train_factuality;
mod train_statements;
mod vectors;

use std::{
    env,
    path::PathBuf,
    process::{Command, ExitCode},
};

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};

/// Chores of the project.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// All that must hold before a change is merged: format, lints, tests, docs, tidy, generated files
    Ci,
    /// Run the fixtures against their snapshots, or write the snapshots anew
    Fixtures(fixtures::Fixtures),
    /// The rules of the house that no compiler checks
    Tidy,
    /// Score the output against annotated text, one figure a line as `NAME VALUE`
    Eval(eval::Eval),
    /// Speed and memory, one figure a line as `NAME VALUE`
    Bench(bench::Bench),
    /// Put real output into the documents that show some
    Docs(docs::Docs),
    /// Count from treebanks which lemmas the rules get wrong
    Lemmas(lemmas::Lemmas),
    /// Train the weights of the language layer from treebanks
    Train(train::Train),
    /// Train the trees that tell mentions of one act
    TrainCoref(train_coref::TrainCoref),
    /// Train the event ranker
    TrainEvents(train_events::TrainEvents),
    /// Train the model of factuality from judged sentences
    TrainFactuality(train_factuality::TrainFactuality),
    /// Train the statement model from annotated articles.
    TrainStatements(train_statements::TrainStatements),
    /// Speed and size of a large ledger of generated news, one figure a line as `NAME VALUE`
    Ledger(ledger::Measure),
    /// Questions a second the server answers, and how long they take, one figure a line as `NAME VALUE`
    Load(load::Load),
    /// Kill writers of a ledger at random moments, and prove that nothing acknowledged is lost
    Torture(torture::Torture),
    /// Drive the pages of the server in Chromium, and look for faults that shut people out
    Browser,
    /// Take the pictures of the README
    Screenshots,
    /// Read what the program writes with programs of others, from the Python Package Index
    Interop,
    /// Make the dictionary that records are packed against
    RecordDictionary,
    /// Write a small ledger of the present schema for the tests of later ones
    SchemaSample,
    /// Make the lexicon of actors and places from its sources
    Lexicon(lexicon::Lexicon),
    /// Make the table of word vectors the network starts from
    Vectors(vectors::Vectors),
}

impl Verb {
    /// Whether the verb is about speed, or would take too long without it.
    fn wants_release(&self) -> bool {
        matches!(
            self,
            Self::Bench(_)
                | Self::Ledger(_)
                | Self::Train(_)
                | Self::TrainCoref(_)
                | Self::TrainEvents(_)
                | Self::TrainFactuality(_)
                | Self::TrainStatements(_)
                | Self::Vectors(_)
        )
    }
}

fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    if cfg!(debug_assertions) && arguments.verb.wants_release() {
        return run_in_release();
    }
    match arguments.verb {
        Verb::Ci => ci::run()?,
        Verb::Fixtures(fixtures) => fixtures::run(&fixtures)?,
        Verb::Tidy => tidy::run()?,
        Verb::Eval(eval) => eval::run(eval)?,
        Verb::Bench(bench) => bench::run(&bench)?,
        Verb::Docs(docs) => docs::run(&docs)?,
        Verb::Lemmas(lemmas) => lemmas::run(&lemmas)?,
        Verb::Train(train) => train::run(&train)?,
        Verb::TrainCoref(train) => train_coref::run(&train)?,
        Verb::TrainEvents(train) => train_events::run(&train)?,
        Verb::TrainFactuality(train) => train_factuality::run(&train)?,
        Verb::TrainStatements(train) => train_statements::run(&train)?,
        Verb::Ledger(measure) => ledger::run(&measure)?,
        Verb::Load(load) => load::run(&load)?,
        Verb::Torture(torture) => torture::run(&torture)?,
        Verb::RecordDictionary => record_dictionary::run()?,
        Verb::SchemaSample => schema_sample::run()?,
        Verb::Browser => browser::run()?,
        Verb::Screenshots => browser::screenshots()?,
        Verb::Interop => interop::run()?,
        Verb::Lexicon(lexicon) => lexicon::run(&lexicon)?,
        Verb::Vectors(vectors) => vectors::run(&vectors)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Runs the same command line again, compiled for speed.
fn run_in_release() -> Result<ExitCode> {
    let status = Command::new(cargo_path())
        .args(["run", "--quiet", "--release", "--package", "xtask", "--"])
        .args(env::args_os().skip(1))
        .status()
        .context("could not start cargo")?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The root of the workspace.
fn root() -> PathBuf {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    own.parent().expect("the crate lies in the root of the workspace").to_owned()
}

/// A command line for cargo, to be run in the root of the workspace.
fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(cargo_path());
    command.args(arguments).current_dir(root());
    command
}

fn cargo_path() -> std::ffi::OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Runs a command to its end.
///
/// # Errors
///
/// If it could not start or did not succeed.
fn succeed(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("could not start {command:?}"))?;
    anyhow::ensure!(status.success(), "{command:?} ended with {status}");
    Ok(())
}
