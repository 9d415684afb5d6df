//! Tests of the choice of reader: flag, environment, records, and re-extraction with another reader.
#![expect(clippy::unwrap_used, reason = "a test fails where the command does something else")]

mod shared;

use std::{fs, process::Output};

use dateline_nlp::ReaderKind;
use serde_json::Value;
use tempfile::TempDir;

use shared::{dateline, shown};

const ARTICLE: &str =
    "date 2021-05-08\n\nJapan expelled two Norwegian diplomats on Friday, an aide said.\n";

/// A folder with an article.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.txt"), ARTICLE).unwrap();
    folder
}

/// Runs the command with a value of `DATELINE_READER`.
fn run(folder: &TempDir, environment: Option<&str>, arguments: &[&str]) -> Output {
    let mut command = dateline(folder.path(), arguments);
    command.env_remove("DATELINE_READER");
    command.envs(environment.map(|reader| ("DATELINE_READER", reader)));
    command.output().unwrap()
}

/// The value of a key in the object on standard output.
fn value(output: &Output, key: &str) -> Value {
    assert!(output.status.success(), "{}", shown(output));
    serde_json::from_slice::<Value>(&output.stdout).unwrap()[key].take()
}

#[test]
fn a_record_names_the_reader_that_was_asked_for() {
    let folder = folder();
    let fast = ["extract", "--reader", "fast", "a.txt"];
    assert_eq!(value(&run(&folder, None, &fast), "reader"), "fast");
    assert_eq!(value(&run(&folder, Some("fast"), &["extract", "a.txt"]), "reader"), "fast");
    // The flag takes precedence over the environment.
    let best = ReaderKind::best().as_str();
    let flag = ["extract", "--reader", best, "a.txt"];
    assert_eq!(value(&run(&folder, Some("fast"), &flag), "reader"), best);
}

#[test]
fn the_default_is_the_best_reader_of_the_build() {
    let folder = folder();
    let output = run(&folder, None, &["extract", "a.txt"]);
    assert_eq!(value(&output, "reader"), ReaderKind::best().as_str());
}

#[test]
fn a_reader_that_is_unknown_or_missing_is_refused() {
    let folder = folder();
    for output in [
        run(&folder, None, &["extract", "--reader", "quick", "a.txt"]),
        run(&folder, Some("quick"), &["extract", "a.txt"]),
    ] {
        assert_eq!(output.status.code(), Some(2));
        assert!(shown(&output).contains("expected one of careful, fast"), "{}", shown(&output));
    }
    if !ReaderKind::Careful.is_available() {
        let output = run(&folder, None, &["extract", "--reader", "careful", "a.txt"]);
        assert_eq!(output.status.code(), Some(2));
        let why = "this build has no careful reader; it was built without the feature `careful`";
        assert!(shown(&output).contains(why), "{}", shown(&output));
    }
}

#[test]
fn every_command_that_reads_text_takes_the_flag() {
    let folder = folder();
    let commands: [&[&str]; 8] = [
        &["extract", "a.txt"],
        &["times", "a.txt"],
        &["statements", "a.txt"],
        &["events", "a.txt"],
        &["actors", "a.txt"],
        &["explain", "a.txt", "v1"],
        &["parse", "a.txt"],
        &["ingest", "a.txt"],
    ];
    for arguments in commands {
        let with = |reader| {
            let arguments = [arguments, &["--reader", reader]].concat();
            run(&folder, None, &arguments)
        };
        assert!(with("fast").status.success(), "{}", shown(&with("fast")));
        assert_eq!(with("quick").status.code(), Some(2), "{arguments:?}");
    }
    for arguments in [
        ["recode", "--reader", "quick"].as_slice(),
        &["serve", "--reader", "quick"],
        &["demo", "--reader", "quick"],
        &["codebook", "check", "--reader", "quick"],
    ] {
        let output = run(&folder, None, arguments);
        assert!(shown(&output).contains("expected one of careful, fast"), "{}", shown(&output));
    }
}

#[test]
fn quiet_changes_nothing_but_the_progress() {
    let folder = folder();
    let loud = run(&folder, Some("fast"), &["extract", "a.txt"]);
    let quiet = run(&folder, Some("fast"), &["extract", "--quiet", "a.txt"]);
    assert_eq!(shown(&loud), shown(&quiet));
    assert!(quiet.stderr.is_empty());
}

#[test]
fn recode_replaces_the_records_of_the_other_reader() {
    let folder = folder();
    let ingested = run(&folder, Some("fast"), &["ingest", "a.txt"]);
    assert_eq!(value(&ingested, "new"), 1);
    let coded = |arguments: &[&str]| {
        value(&run(&folder, None, &[&["recode"], arguments].concat()), "coded")
    };
    assert_eq!(coded(&["--reader", "fast"]), 0);
    let readers = |folder: &TempDir| value(&run(folder, None, &["stats"]), "readers");
    assert_eq!(readers(&folder), serde_json::json!({ "fast": 1 }));
    if ReaderKind::Careful.is_available() {
        assert_eq!(coded(&["--reader", "careful", "--only", "version"]), 0);
        assert_eq!(coded(&["--reader", "careful", "--dry-run"]), 1);
        assert_eq!(coded(&["--reader", "careful", "--only", "reader"]), 1);
        assert_eq!(coded(&["--reader", "careful"]), 0);
        assert_eq!(readers(&folder), serde_json::json!({ "careful": 1 }));
        assert!(run(&folder, None, &["check"]).status.success());
    }
}
