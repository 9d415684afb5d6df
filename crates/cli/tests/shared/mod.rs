//! Runs the built command, and prints its result for snapshots.

use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

/// The command in a folder, with nothing of the environment that it asks, and with the fast reader, which every build has.
pub(crate) fn dateline(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "COLUMNS", "DATELINE_DB"] {
        command.env_remove(variable);
    }
    command.env("DATELINE_READER", "fast");
    command
}

/// Exit status, standard error and standard output.
pub(crate) fn shown(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let status = output.status.code().unwrap();
    format!(
        "exit {status}\n--- stderr\n{}--- stdout\n{}",
        text(&output.stderr),
        text(&output.stdout)
    )
}
