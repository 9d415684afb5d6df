//! Chores of the project: `cargo xtask VERB`. The crate is not published, and no crate of the product depends on it.
//!
//! This crate compiles in seconds, so that `ci` checks formatting and the rules of [`tidy`] before it compiles anything else. Verbs
//! that need Dateline itself live in the laboratory, `xtask/lab`, which [`lab`] starts.

mod browser;
mod ci;
mod docs;
mod fixtures;
mod interop;
mod lab;
mod man;
mod tidy;
mod torture;
mod train;

use std::{ffi::OsString, process::ExitCode};

use anyhow::Result;
use clap::{Parser, Subcommand};
use xtask::{cargo, root, succeed};

/// Chores of the project.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = lab::HELP)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Check everything that must hold before a change is merged
    Ci,
    /// Run the fixtures against their snapshots, or update the snapshots
    Fixtures(fixtures::Fixtures),
    /// Check the project's own rules
    Tidy,
    /// Write the manual pages to target/man
    Man,
    /// Update the command output shown in documents
    Docs(docs::Docs),
    /// Kill processes that write to a ledger at random moments; check that nothing acknowledged is lost
    Torture(torture::Torture),
    /// Drive the server's pages in Chromium; check what users do, accessibility and hostile news
    Browser,
    /// Take the screenshots of the README
    Screenshots,
    /// Read exports with third-party programs from the Python Package Index, and test the API by its OpenAPI document
    Interop,
    /// Train a model
    Train(train::Train),
    #[command(external_subcommand)]
    Lab(Vec<OsString>),
}

fn main() -> Result<ExitCode> {
    match Arguments::parse().verb {
        Verb::Ci => ci::run()?,
        Verb::Fixtures(fixtures) => fixtures::run(&fixtures)?,
        Verb::Tidy => tidy::run()?,
        Verb::Man => man::run()?,
        Verb::Docs(docs) => docs::run(&docs)?,
        Verb::Torture(torture) => torture::run(&torture)?,
        Verb::Browser => browser::run()?,
        Verb::Screenshots => browser::screenshots()?,
        Verb::Interop => interop::run()?,
        Verb::Train(train) => return train::run(train),
        Verb::Lab(arguments) => return lab::run(&arguments),
    }
    Ok(ExitCode::SUCCESS)
}
