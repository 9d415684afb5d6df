//! `cargo xtask man`: writes the manual pages of the command to `target/man`.
//!
//! The command makes them itself (`dateline man`), so that a package can do the same without the sources.

use anyhow::Result;

use crate::{cargo, succeed};

/// Writes `dateline.1` and a page for each command.
pub(crate) fn run() -> Result<()> {
    // With the profile and features of `ci`, which compiles the command as well.
    let build = ["run", "--quiet", "--profile", "test", "--package", "dateline"];
    succeed(cargo(&build).args(["--", "man", "target/man"]))
}
