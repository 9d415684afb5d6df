//! `cargo xtask torture`: kills processes that write to a ledger at random moments.
//!
//! Runs the test in `crates/cli/tests/torture.rs` with more kills than `cargo test` does.

use anyhow::Result;
use clap::Args;

use crate::{cargo, succeed};

/// Flags of `torture`.
#[derive(Debug, Args)]
pub(crate) struct Torture {
    /// Number of processes to kill
    #[arg(long, value_name = "N", default_value_t = 200)]
    kills: u32,
}

/// Runs the test.
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
