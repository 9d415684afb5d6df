//! `cargo xtask man`: writes the manual pages of the command to `target/man`.
//!
//! The command makes them itself (`dateline man`), so that a package can do the same without the sources.

use std::process::Command;

use anyhow::Result;
use xtask::program;

use crate::{root, succeed};

/// Writes `dateline.1` and a page for each command.
pub(crate) fn run() -> Result<()> {
    let mut command = Command::new(program::build()?);
    succeed(command.args(["man", "target/man"]).current_dir(root()))
}
