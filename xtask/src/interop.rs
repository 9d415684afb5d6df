//! `cargo xtask interop`: third-party programs from the Python Package Index read the exports and test the API.
//!
//! Needs `python3` with `venv`, and the network to install the packages of `interop/requirements.txt`; not part of `ci`.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Result, ensure};
use xtask::{
    program::{self, Server},
    python,
};

use crate::root;

/// Tables of Dateline's own, exported in every format.
const TABLES: [&str; 5] = ["events", "mentions", "statements", "actors", "documents"];

/// Other formats, and the file or folder each is exported to.
const OTHERS: [(&str, &str); 9] = [
    ("polecat", "polecat.tsv"),
    ("gdelt", "gdelt.tsv"),
    ("gdelt-mentions", "gdelt-mentions.tsv"),
    ("icews", "icews.tsv"),
    ("plover", "plover.ndjson"),
    ("ics", "agenda.ics"),
    ("timeml", "timeml"),
    ("annotations", "annotations.ndjson"),
    ("schema-org", "schema-org.ndjson"),
];

/// Exports a ledger in every format and has third-party programs read it.
pub(crate) fn run() -> Result<()> {
    let python = python::environment("interop", "xtask/interop/requirements.txt")?;
    let program = program::build()?;
    let folder = root().join("target/interop/exports");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let ledger = folder.join("ledger.db");
    let dateline = |arguments: &[&str]| -> Result<()> {
        let mut command = Command::new(&program);
        command
            .args(arguments)
            .env("DATELINE_DB", &ledger)
            .env_remove("DATELINE_READER")
            .stderr(Stdio::null());
        ensure!(
            command.status()?.code() != Some(2),
            "dateline {} could not run",
            arguments.join(" ")
        );
        Ok(())
    };
    let fixtures = root().join("fixtures");
    let path = |name: &str| fixtures.join(name).to_string_lossy().into_owned();
    dateline(&["ingest", &path("geneva-2021"), &path("formats")])?;
    let to = |name: &str| folder.join(name).to_string_lossy().into_owned();
    for table in TABLES {
        for shape in ["csv", "tsv", "ndjson", "parquet"] {
            dateline(&["export", shape, table, "--output", &to(&format!("{table}.{shape}"))])?;
        }
    }
    for (format, name) in OTHERS.into_iter().chain([("brat", "brat")]) {
        dateline(&["export", format, "--output", &to(name)])?;
    }
    let checked = Command::new(&python)
        .arg(root().join("xtask/interop/check.py"))
        .args([&folder, &program])
        .status()?;
    ensure!(checked.success(), "a third-party program reads something other than was written");
    test_api(&python, &program, &folder)
}

/// Tests the server with schemathesis: no response may be a server error or contradict the OpenAPI document.
fn test_api(python: &Path, program: &Path, folder: &Path) -> Result<()> {
    const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                          response_schema_conformance,unsupported_method";
    let serve = ["serve", "--db", "ledger.db", "--rate-limit", "0"];
    let server = Server::start(program, folder, &serve)?;
    // The stream never ends, so it is left out.
    let asked = Command::new(python)
        .args([
            "-m",
            "schemathesis.cli",
            "run",
            "--no-color",
            "--seed",
            "1",
            "--max-examples",
            "100",
        ])
        .args(["--phases", "examples,coverage,fuzzing", "--continue-on-failure"])
        .args(["--exclude-path", "/api/v1/stream", "--checks", CHECKS])
        .arg(format!("{}/api/v1/openapi.json", server.url))
        .current_dir(folder)
        .status()?;
    ensure!(asked.success(), "the server's responses contradict its OpenAPI document");
    Ok(())
}
