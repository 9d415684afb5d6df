//! `cargo xtask train`: trains a model. The careful reader is trained by the Python program in `training`; the other models by the
//! laboratory, which compiles Dateline first.

use std::{
    ffi::OsString,
    path::PathBuf,
    process::{Command, ExitCode},
};

use anyhow::Result;
use clap::{Args, Subcommand};

use xtask::python;

use crate::{lab, root, succeed};

/// The models of the laboratory, for `cargo xtask train --help`.
const HELP: &str = "\
These compile Dateline first:
  fast        Train the fast reader: tags, trees and names
  statements  Train the statement model
  events      Train the ranker of event types
  factuality  Train the model of factuality

`cargo xtask train MODEL --help` tells more.";

/// Flags of `train`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct Train {
    #[command(subcommand)]
    model: Model,
}

#[derive(Debug, Subcommand)]
enum Model {
    /// Train the careful reader in Python, in an environment of its own under target/training
    Reader(Reader),
    #[command(external_subcommand)]
    Lab(Vec<OsString>),
}

/// Flags of `train reader`.
#[derive(Debug, Args)]
struct Reader {
    /// Folder with the treebanks and tagged names
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Folder with the pretrained encoder that training starts from
    #[arg(long, value_name = "DIR")]
    encoder: PathBuf,
    /// File the weights are written to
    #[arg(long, value_name = "FILE", default_value = "crates/nlp/model/en/careful.weights")]
    out: PathBuf,
    /// Arguments passed on to `python -m dateline_training train`
    #[arg(last = true, value_name = "ARGUMENT")]
    rest: Vec<OsString>,
}

/// What training has so far, for `--start` after an interruption.
const CHECKPOINT: &str = "target/training/reader.checkpoint";

/// Trains the careful reader, or starts the laboratory.
pub(crate) fn run(train: Train) -> Result<ExitCode> {
    match train.model {
        Model::Reader(reader) => {
            let python = python::environment("training", "training/requirements.txt")?;
            succeed(&mut reader.command(Command::new(python)))?;
            Ok(ExitCode::SUCCESS)
        }
        Model::Lab(arguments) => {
            let verb = OsString::from("train");
            lab::run(&[vec![verb], arguments].concat())
        }
    }
}

impl Reader {
    /// The command that trains. It runs in the root of the workspace, so that paths mean the same in every verb.
    fn command(&self, mut python: Command) -> Command {
        python.args(["-m", "dateline_training", "train", "--data"]).arg(&self.data);
        python.arg("--encoder").arg(&self.encoder).arg("--out").arg(&self.out);
        python.args(["--checkpoint", CHECKPOINT]).args(&self.rest);
        python.env("PYTHONPATH", root().join("training")).current_dir(root());
        python
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Whole {
        #[command(flatten)]
        train: Train,
    }

    fn parsed(arguments: &[&str]) -> Model {
        Whole::try_parse_from(["train"].iter().chain(arguments)).unwrap().train.model
    }

    #[test]
    fn arguments_after_two_dashes_go_to_the_trainer() {
        let arguments =
            ["reader", "--data", "treebanks", "--encoder", "minilm", "--", "--epochs", "3"];
        let Model::Reader(reader) = parsed(&arguments) else { panic!("not the careful reader") };
        let command = reader.command(Command::new("python"));
        let given: Vec<_> = command.get_args().map(|one| one.to_str().unwrap()).collect();
        let weights = "crates/nlp/model/en/careful.weights";
        let expected = "-m dateline_training train --data treebanks --encoder minilm --out";
        let expected: Vec<_> = expected
            .split(' ')
            .chain([weights, "--checkpoint", CHECKPOINT, "--epochs", "3"])
            .collect();
        assert_eq!(given, expected);
    }

    #[test]
    fn other_models_are_trained_by_the_laboratory() {
        let Model::Lab(arguments) = parsed(&["events", "--data", "tables"]) else {
            panic!("not the laboratory")
        };
        assert_eq!(arguments, ["events", "--data", "tables"]);
    }
}
