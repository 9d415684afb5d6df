//! `cargo xtask fixtures`: compares every text in `fixtures/` with the snapshot beside it.
//!
//! `--accept` updates the snapshots and removes those whose text is gone. Both check the invariants of a record; a record that breaks
//! one is never accepted.

use std::fs;

use anyhow::{Context as _, Result};
use clap::Args;

use crate::{cargo, root, succeed, tidy};

/// Flags of `fixtures`.
#[derive(Debug, Args)]
pub(crate) struct Fixtures {
    /// Update the snapshots; read the diff before you commit it
    #[arg(long)]
    accept: bool,
}

/// Runs the fixtures.
pub(crate) fn run(fixtures: &Fixtures) -> Result<()> {
    // The command's own layout is a snapshot of a fixture as well.
    let tests = [
        ["test", "--package", "dateline-extract", "--test", "whole", "fixture"],
        ["test", "--package", "dateline", "--test", "command", "laid_out"],
    ];
    for arguments in tests {
        // `always` updates snapshots and lets the test pass; `no` compares.
        let mut test = cargo(&arguments);
        test.env("INSTA_UPDATE", if fixtures.accept { "always" } else { "no" });
        test.env("INSTA_FORCE_PASS", if fixtures.accept { "1" } else { "0" });
        succeed(&mut test)?;
    }
    if fixtures.accept {
        for orphan in tidy::orphan_snapshots(&root())? {
            fs::remove_file(&orphan)
                .with_context(|| format!("could not remove {}", orphan.display()))?;
            eprintln!("removed {}", orphan.display());
        }
    }
    Ok(())
}
