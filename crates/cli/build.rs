//! Sets the text of `dateline --version`: version, commit and features.
//!
//! The commit is that of the repository or, in a package of a registry, of the file cargo puts there. Only optimized builds carry it, so
//! that a commit does not recompile the command during development. Without either, the version stands alone.

use std::{env, fs, path::Path, process::Command};

/// Length of an abbreviated commit.
const DIGITS: usize = 12;

fn main() {
    let folder = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let folder = Path::new(&folder);
    println!("cargo::rerun-if-changed=build.rs");
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let commit = is_release.then(|| of_package(folder).or_else(|| of_repository(folder))).flatten();
    let mut text = env::var("CARGO_PKG_VERSION").expect("cargo sets it");
    if let Some(commit) = commit {
        text = format!("{text} ({commit})");
    }
    let features = ["careful", "parquet"].map(|feature| {
        let is_on = env::var_os(format!("CARGO_FEATURE_{}", feature.to_uppercase())).is_some();
        format!("{}{feature}", if is_on { '+' } else { '-' })
    });
    println!("cargo::rustc-env=DATELINE_VERSION={text}");
    println!("cargo::rustc-env=DATELINE_FEATURES={}", features.join(" "));
}

/// Commit of a published package, from `.cargo_vcs_info.json`.
fn of_package(folder: &Path) -> Option<String> {
    let file = folder.join(".cargo_vcs_info.json");
    let info = fs::read_to_string(&file).ok()?;
    println!("cargo::rerun-if-changed={}", file.display());
    let (_, rest) = info.split_once("\"sha1\"")?;
    let commit = rest.split('"').nth(1)?;
    let is_commit = commit.len() >= DIGITS && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_commit.then(|| commit[..DIGITS].to_owned())
}

/// Commit of Dateline's own repository, two folders up.
fn of_repository(folder: &Path) -> Option<String> {
    let root = folder.join("../..");
    if !root.join(".git").exists() {
        return None;
    }
    let git = |arguments: &[&str]| {
        let output = Command::new("git").current_dir(&root).args(arguments).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
        (output.status.success() && !text.is_empty()).then_some(text)
    };
    for name in ["HEAD", "logs/HEAD"] {
        let Some(path) = git(&["rev-parse", "--git-path", name]) else { continue };
        let path = root.join(path);
        if path.exists() {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
    git(&["rev-parse", &format!("--short={DIGITS}"), "HEAD"])
}
