//! The `dateline` command: reads files, prints records, and reports what went wrong.
//!
//! Results go to standard output, everything else to standard error. The exit status is 0 on success, 1 if the command finished but
//! some input or check was faulty, and 2 if it could not run or a file could not be read or written. A closed pipe is success.

mod actors;
mod arguments;
mod batch;
mod codebook;
mod events;
mod explain;
mod extract;
mod input;
mod ledger;
mod lists;
mod news;
mod output;
mod parse;
mod progress;
mod serve;
mod setup;
mod statements;
mod table;
mod text;
mod times;

use std::{io, process::ExitCode};

use clap::FromArgMatches as _;

use crate::arguments::{Arguments, Command};

fn main() -> ExitCode {
    let matches = arguments::command().get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let ran = match arguments.command {
        Command::Actors(actors) => actors::run(&actors),
        Command::Ingest(ingest) => ledger::ingest(&ingest),
        Command::Export(export) => ledger::export(&export),
        Command::Dump(dump) => ledger::dump(&dump),
        Command::Load(load) => ledger::load(&load),
        Command::Verify(verify) => ledger::verify(&verify),
        Command::Timeline(timeline) => ledger::timeline(&timeline),
        Command::Agenda(agenda) => ledger::agenda(&agenda),
        Command::Event(event) => ledger::event(&event),
        Command::Search(search) => ledger::search(&search),
        Command::Actor(actor) => ledger::actor(&actor),
        Command::Stats(stats) => ledger::stats(&stats),
        Command::Sql(sql) => ledger::sql(&sql),
        Command::Check(check) => ledger::check(&check),
        Command::Recode(recode) => ledger::recode(&recode),
        Command::Codebook(codebook) => codebook::run(&codebook),
        Command::Explain(explain) => explain::run(&explain),
        Command::Events(events) => events::run(&events),
        Command::Extract(extract) => extract::run(&extract),
        Command::Serve(arguments) => serve::serve(&arguments),
        Command::Demo(demo) => serve::demo(&demo),
        Command::Token(token) => serve::token(&token),
        Command::Statements(statements) => statements::run(&statements),
        Command::Times(times) => times::run(&times),
        Command::Parse(parse) => parse::run(&parse),
        Command::Completions(completions) => setup::completions(&completions),
        Command::Man(man) => setup::man(&man),
    };
    match ran {
        Ok(batch::Outcome::Done) => ExitCode::SUCCESS,
        Ok(batch::Outcome::Faults) => ExitCode::from(1),
        Ok(batch::Outcome::SomeUnreadable) => ExitCode::from(2),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            match ledger::cure(&error) {
                Some(cure) => input::complain(&format!("{error:#}; {cure}")),
                None => input::complain(&format!("{error:#}")),
            }
            ExitCode::from(2)
        }
    }
}

/// Returns `true` if the error comes from a reader that closed the pipe.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
