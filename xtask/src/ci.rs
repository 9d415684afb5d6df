//! `cargo xtask ci`: everything that must hold before a change is merged.
//!
//! Needs only cargo, without plugins; only cargo uses the network. Cheap checks come first. Every step runs even if an earlier one
//! failed, so that one run shows everything there is to fix.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context as _, Result, ensure};
use xtask::program;

use crate::{cargo, docs, root, succeed, tidy};

/// Name and action of a step.
type Step = (&'static str, fn() -> Result<()>);

/// Runs every step; names those that failed.
pub(crate) fn run() -> Result<()> {
    let steps: [Step; 9] = [
        ("format", || succeed(&mut cargo(&["fmt", "--all", "--check"]))),
        ("tidy", tidy::run),
        ("lints", || succeed(&mut lints())),
        ("tests", || succeed(&mut tests())),
        ("docs", || succeed(&mut rustdoc())),
        ("generated files", || docs::run(&docs::Docs { check: true })),
        ("examples", run_examples),
        ("scores", check_scores),
        ("packages", || succeed(&mut packages())),
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
    ensure!(failed.is_empty(), "failed: {}", failed.join(", "));
    Ok(())
}

fn lints() -> Command {
    cargo(&["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])
}

/// Unit tests, fixtures, command-line tests and the examples in the docs. Snapshots are compared, never written.
fn tests() -> Command {
    let mut command = cargo(&["test", "--workspace", "--no-fail-fast"]);
    command.env("INSTA_UPDATE", "no");
    command
}

fn rustdoc() -> Command {
    let mut command = cargo(&["doc", "--workspace", "--no-deps"]);
    command.env("RUSTDOCFLAGS", "--deny warnings");
    command
}

/// Runs every example of every crate in a folder of its own; an example ends by itself.
fn run_examples() -> Result<()> {
    let folder = root().join("target/examples");
    fs::create_dir_all(&folder)?;
    program::build()?;
    for example in examples(&root().join("crates"))? {
        let mut command = Command::new(root().join("target/debug/examples").join(&example));
        let output = command.current_dir(&folder).output();
        let output = output.with_context(|| format!("could not start the example {example}"))?;
        let errors = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "the example {example} failed: {errors}");
        eprintln!("example {example}: {} bytes of output", output.stdout.len());
    }
    // A program outside the workspace, which depends on the crates as anyone would. It takes the versions tested here.
    fs::copy(root().join("Cargo.lock"), root().join("examples/embed/Cargo.lock"))?;
    let embed = ["run", "--quiet", "--manifest-path", "examples/embed/Cargo.toml"];
    succeed(cargo(&embed).args(["--target-dir", "target/embed"]))
}

/// The names of the examples: files, or folders with a `main.rs`, in the `examples` folder of a crate.
fn examples(crates: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for crate_folder in entries(crates)? {
        let folder = crate_folder.join("examples");
        if !folder.is_dir() {
            continue;
        }
        for path in entries(&folder)? {
            let is_example = path.extension().is_some_and(|extension| extension == "rs")
                || path.join("main.rs").is_file();
            if let Some(name) = path.file_stem().and_then(|stem| stem.to_str())
                && is_example
            {
                names.push(name.to_owned());
            }
        }
    }
    Ok(names)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let list =
        fs::read_dir(folder).with_context(|| format!("could not list {}", folder.display()))?;
    let mut paths = list.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// Compares the scores of every evaluation whose data is there with the committed ones.
fn check_scores() -> Result<()> {
    program::build()?;
    let mut check = Command::new(root().join("target/debug/xtask-lab"));
    succeed(check.args(["eval", "--check"]).current_dir(root()))
}

/// Packages every crate that is published, without compiling it again.
fn packages() -> Command {
    let mut command = cargo(&["package", "--workspace", "--no-verify", "--allow-dirty", "--quiet"]);
    for unpublished in ["dateline-eval", "xtask", "xtask-lab"] {
        command.args(["--exclude", unpublished]);
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_files_or_folders() {
        let root = std::env::temp_dir().join(format!("dateline-examples-{}", std::process::id()));
        let folder = root.join("extract/examples");
        fs::create_dir_all(folder.join("serve")).unwrap();
        fs::create_dir_all(folder.join("data")).unwrap();
        fs::create_dir_all(root.join("store")).unwrap();
        for file in ["read.rs", "serve/main.rs", "data/a.txt", "notes.md"] {
            fs::write(folder.join(file), "").unwrap();
        }
        assert_eq!(examples(&root).unwrap(), ["read", "serve"]);
        fs::remove_dir_all(&root).unwrap();
    }
}
