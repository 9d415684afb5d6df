//! `cargo xtask torture`: kills writers of a ledger at random moments. The work is done by `crates/cli/tests/torture.rs`, which
//! the tests run with fewer kills.

use anyhow::Result;
use clap::Args;

use crate::{cargo, succeed};

/// Flags of `torture`.
#[derive(Debug, Args)]
pub(crate) struct Torture {
    /// How many writers to kill
    #[arg(long, value_name = "N", default_value_t = 200)]
    kills: u32,
}

/// Runs the test with so many kills.
pub(crate) fn run(torture: &Torture) -> Result<()> {
    let mut test = cargo(&[
        "test",
        "--quiet",
        "--package",
        "dateline",
        "--test",
        "torture",
        "--",
        "--nocapture",
    ]);
    succeed(test.env("DATELINE_KILLS", torture.kills.to_string()))
}
