//! Tests of the commands of the ledger, run as built: output, messages and exit status.
#![expect(clippy::unwrap_used, reason = "a test fails where the command does something else")]

mod shared;

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Output, Stdio},
};

use insta::assert_snapshot;
use tempfile::TempDir;

use shared::{dateline, shown};

const PLAN: &str = "Published: 2021-05-04\nPublisher: Harbor Post\n\nNorwegian Prime Minister Kari Lund will meet Japanese Foreign \
                    Minister Ana Ito in Oslo on May 20, her office said.\n";
const HELD: &str = "Published: 2021-05-21\nPublisher: Northern Star\n\nPrime Minister Kari Lund of Norway met Japanese Foreign Minister \
                    Ana Ito in Oslo on Thursday. \"We talked for an hour,\" Lund told reporters.\n";
const LINES: &str = "{\"text\":\"Kenya expelled two Norwegian diplomats on Monday.\",\"date\":\"2021-05-12\"}\nrubbish\n\
                     {\"title\":\"Nothing\"}\n";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    dateline(folder, arguments).output().unwrap()
}

/// A folder with a ledger of a plan, the report that it was held, and an expulsion.
fn ingested() -> (TempDir, Output) {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("news")).unwrap();
    for (name, text) in
        [("news/a.txt", PLAN), ("news/b.txt", HELD), ("news/c.txt", PLAN), ("news/d.jsonl", LINES)]
    {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let output = run(folder.path(), &["ingest", "--format", "table", "news"]);
    (folder, output)
}

/// The first cell of the first row of a table for programs.
fn first_id(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().nth(1).unwrap().split(',').next().unwrap().to_owned()
}

#[test]
fn ingest_counts_and_names_what_failed() {
    let (folder, output) = ingested();
    assert_snapshot!(shown(&output));
    let again = run(folder.path(), &["ingest", "--format", "json", "news"]);
    assert_snapshot!("ingest_again", shown(&again));
}

#[test]
fn a_plan_and_its_report_are_one_event() {
    let (folder, _) = ingested();
    let folder = folder.path();
    assert_snapshot!("timeline_csv", shown(&run(folder, &["timeline", "--format", "csv"])));
    assert_snapshot!(
        "timeline_table",
        shown(&run(folder, &["timeline", "--type", "consult", "--format", "table"]))
    );
    assert_snapshot!(
        "agenda",
        shown(&run(folder, &["agenda", "--as-of", "2021-05-10", "--format", "table"]))
    );
    let id = first_id(folder, &["timeline", "--type", "CONSULT", "--format", "csv"]);
    assert_snapshot!("event", shown(&run(folder, &["event", &id, "--format", "table"])));
    assert_snapshot!(
        "event_too_early",
        shown(&run(folder, &["event", &id, "--as-of", "2021-05-03"]))
    );
}

#[test]
fn words_and_actors_are_found() {
    let (folder, _) = ingested();
    let folder = folder.path();
    assert_snapshot!("search", shown(&run(folder, &["search", "hour", "--format", "table"])));
    assert_snapshot!("actor", shown(&run(folder, &["actor", "Lund", "--format", "table"])));
    assert_snapshot!("nobody", shown(&run(folder, &["timeline", "--actor", "Nobody"])));
}

#[test]
fn sql_reads_and_does_not_write() {
    let (folder, _) = ingested();
    let folder = folder.path();
    let query = "SELECT type, count(*) AS n FROM event GROUP BY type ORDER BY type";
    assert_snapshot!("sql", shown(&run(folder, &["sql", query, "--format", "csv"])));
    assert_snapshot!("sql_that_writes", shown(&run(folder, &["sql", "DELETE FROM event"])));
}

#[test]
fn a_ledger_is_checked_counted_and_coded_anew() {
    let (folder, _) = ingested();
    let folder = folder.path();
    assert_snapshot!("check", shown(&run(folder, &["check", "--format", "table"])));
    assert_snapshot!(
        "recode",
        shown(&run(folder, &["recode", "--all", "--diff", "--format", "table"]))
    );
    assert!(run(folder, &["stats"]).status.success());
}

#[test]
fn events_are_merged_and_split_by_hand() {
    let (folder, _) = ingested();
    let folder = folder.path();
    let one = first_id(folder, &["timeline", "--type", "CONSULT", "--format", "csv"]);
    let other = first_id(folder, &["timeline", "--type", "SANCTION", "--format", "csv"]);
    let count = || {
        let listed = run(folder, &["timeline", "--format", "csv"]);
        String::from_utf8(listed.stdout).unwrap().lines().count()
    };
    let before = count();
    let merged = run(folder, &["event", "merge", &one, &other]);
    assert!(merged.status.success(), "{}", shown(&merged));
    assert_eq!(count(), before - 1);
    let refused = run(folder, &["event", "split", &one, "v1"]);
    assert!(!refused.status.success());
    assert!(
        String::from_utf8(refused.stderr).unwrap().contains("expected a document and an event")
    );
}

#[test]
fn a_missing_ledger_says_how_to_make_one() {
    let folder = TempDir::new().unwrap();
    assert_snapshot!(shown(&run(folder.path(), &["agenda"])));
    assert!(!folder.path().join("dateline.db").exists());
}

#[test]
fn follow_says_each_document_back() {
    let folder = TempDir::new().unwrap();
    let mut child = dateline(folder.path(), &["ingest", "--follow", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let line = "{\"text\":\"Kenya expelled two Norwegian diplomats on Monday.\",\"date\":\"2021-05-12\"}\n";
    child.stdin.take().unwrap().write_all(format!("{line}rubbish\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with("new d") && said.lines().count() == 1, "{said}");
    assert_eq!(output.status.code(), Some(1));
}
