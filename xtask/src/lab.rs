//! Starts the laboratory, `xtask/lab`: the verbs that need Dateline itself and its hundreds of dependencies.

use std::{
    ffi::OsString,
    process::{Command, ExitCode},
};

use anyhow::{Context as _, Result};

use crate::cargo;

/// The laboratory's verbs, for `cargo xtask --help`.
pub(crate) const HELP: &str = "\
Measuring, training and generating; these verbs compile Dateline first:
  eval               Score the output against annotated text
  bench              Measure speed and memory
  ledger             Measure a large ledger of generated news
  load               Measure the server under load
  lemmas             Count the lemmas that rules get wrong in treebanks
  segment            Split texts into sentences and tokens for labelling
  label              Label texts with a reader, for a smaller one to learn from
  vectors            Make the table of word vectors
  lexicon            Make the lexicon of actors and places from its sources
  record-dictionary  Make the dictionary records are compressed with
  schema-sample      Write a small ledger of the current schema for later tests

`cargo xtask VERB --help` tells more.";

/// Verbs that measure speed, or take too long without optimization.
const IN_RELEASE: [&str; 5] = ["bench", "label", "ledger", "train", "vectors"];

/// Runs a verb of the laboratory.
pub(crate) fn run(arguments: &[OsString]) -> Result<ExitCode> {
    let status = command(arguments).status().context("could not start cargo")?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The command that builds the laboratory in the right profile and runs it.
pub(crate) fn command(arguments: &[OsString]) -> Command {
    let verb = arguments.first().and_then(|verb| verb.to_str()).unwrap_or_default();
    let profile = if IN_RELEASE.contains(&verb) { "release" } else { "test" };
    let mut command =
        cargo(&["run", "--quiet", "--profile", profile, "--package", "xtask-lab", "--"]);
    command.args(arguments).current_dir(".");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_of_speed_run_in_release() {
        let profile = |verb: &str| {
            let command = command(&[OsString::from(verb)]);
            let arguments: Vec<_> =
                command.get_args().map(|one| one.to_str().unwrap().to_owned()).collect();
            arguments[3].clone()
        };
        assert_eq!((profile("bench").as_str(), profile("eval").as_str()), ("release", "test"));
        let is_listed = |verb: &str| verb == "train" || HELP.contains(&format!("  {verb} "));
        assert!(IN_RELEASE.iter().all(|verb| is_listed(verb)));
    }
}
