//! `cargo xtask ci`: all that must hold before a change is merged.
//!
//! Needs cargo and its crates, and nothing else: no plugin and no network beyond cargo's own. The cheap checks come
//! first, and every step runs even if an earlier one failed, so one run tells all there is to mend.

use std::{process::Command, time::Instant};

use anyhow::Result;

use crate::{cargo, docs, succeed, tidy};

/// Features that are off unless asked for.
const ALL: &str = "dateline/parquet";

/// A step's name, and what it does.
type Step = (&'static str, fn() -> Result<()>);

/// Runs every step and names those that failed.
pub(crate) fn run() -> Result<()> {
    let steps: [Step; 6] = [
        ("format", || succeed(&mut cargo(&["fmt", "--all", "--check"]))),
        ("tidy", tidy::run),
        ("lints", || succeed(&mut lints())),
        ("tests", || succeed(&mut tests())),
        ("docs", || succeed(&mut rustdoc())),
        ("generated files", || docs::run(&docs::Docs { check: true })),
    ];
    let mut failed = Vec::new();
    for (name, step) in steps {
        let start = Instant::now();
        eprintln!("== {name}");
        if let Err(error) = step() {
            eprintln!("{error:#}");
            failed.push(name);
        }
        eprintln!("== {name}: {:.0} s", start.elapsed().as_secs_f64());
    }
    anyhow::ensure!(failed.is_empty(), "failed: {}", failed.join(", "));
    Ok(())
}

fn lints() -> Command {
    cargo(&[
        "clippy",
        "--workspace",
        "--features",
        ALL,
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ])
}

/// Unit tests, fixtures, command-line tests and the examples in the docs. Snapshots are compared, never written.
fn tests() -> Command {
    let mut command = cargo(&["test", "--workspace", "--features", ALL, "--no-fail-fast"]);
    command.env("INSTA_UPDATE", "no");
    command
}

fn rustdoc() -> Command {
    let mut command = cargo(&["doc", "--workspace", "--features", ALL, "--no-deps"]);
    command.env("RUSTDOCFLAGS", "--deny warnings");
    command
}
