//! `cargo xtask fixtures`: every text in `fixtures/` against the snapshot beside it.
//!
//! `--accept` writes the snapshots anew and removes those whose text is gone. The invariants of a record hold in both
//! runs: a record that breaks one is never accepted.

use std::fs;

use anyhow::{Context as _, Result};
use clap::Args;

use crate::{cargo, root, succeed, tidy};

/// Flags of `fixtures`.
#[derive(Debug, Args)]
pub(crate) struct Fixtures {
    /// Write the snapshots anew; read the difference before you commit it
    #[arg(long)]
    accept: bool,
}

/// Runs the fixtures.
pub(crate) fn run(fixtures: &Fixtures) -> Result<()> {
    // What the command shows people is read from a text as well, and changes with it.
    let tests = [
        ["test", "--package", "dateline-extract", "--test", "whole", "fixture"],
        ["test", "--package", "dateline", "--test", "command", "laid_out"],
    ];
    for arguments in tests {
        // `always` writes what differs and lets the test pass; `no` compares.
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
