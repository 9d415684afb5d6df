//! Functions that the chores share: the root of the workspace, cargo, and the built `dateline` command.

pub mod program;
pub mod python;

use std::{env, ffi::OsString, path::PathBuf, process::Command};

use anyhow::{Context as _, Result};

/// The root of the workspace.
///
/// # Panics
///
/// Never: this crate has a folder of its own in the workspace.
pub fn root() -> PathBuf {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    own.parent().expect("the crate lies in the root of the workspace").to_owned()
}

/// A cargo command that runs in the root of the workspace.
pub fn cargo(arguments: &[&str]) -> Command {
    let path: OsString = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(path);
    command.args(arguments).current_dir(root());
    command
}

/// Runs a command and waits for it to end.
///
/// # Errors
///
/// If it cannot be started or does not succeed.
pub fn succeed(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("could not start {command:?}"))?;
    anyhow::ensure!(status.success(), "{command:?} ended with {status}");
    Ok(())
}
