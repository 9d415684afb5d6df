//! `cargo xtask interop`: what the program writes, read by programs of others from the Python Package Index, and its API asked by one.
//!
//! It needs `python3` with `venv`, and the network to install what `interop/requirements.txt` lists; it is no part of `ci`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::{browser::Server, root};

/// Tables of our own, each in every shape.
const TABLES: [&str; 5] = ["events", "mentions", "statements", "actors", "documents"];

/// Other formats: what is asked for, and the file or folder it goes to.
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

/// Runs it.
pub(crate) fn run() -> Result<()> {
    let python = environment()?;
    let program = build()?;
    let folder = root().join("target/interop/exports");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let ledger = folder.join("ledger.db");
    let dateline = |arguments: &[&str]| -> Result<()> {
        let mut command = Command::new(&program);
        command.args(arguments).env("DATELINE_DB", &ledger).stderr(Stdio::null());
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
    ensure!(checked.success(), "a program of others reads something else than was written");
    ask(&python, &program, &folder)
}

/// Has schemathesis ask the server by its own OpenAPI document: no answer may be a fault of ours or of another shape than is said.
fn ask(python: &Path, program: &Path, folder: &Path) -> Result<()> {
    const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                          response_schema_conformance,unsupported_method";
    let serve = ["serve", "--db", "ledger.db", "--rate-limit", "0"];
    let server = Server::start(program, folder, &serve)?;
    // The stream has no end, and is left out.
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
    ensure!(asked.success(), "the server answers otherwise than its document says");
    Ok(())
}

/// An environment of its own with the packages; gives its Python.
fn environment() -> Result<PathBuf> {
    let folder = root().join("target/interop/venv");
    let python = folder.join("bin/python");
    if !python.exists() {
        ran(Command::new("python3").args(["-m", "venv"]).arg(&folder))
            .context("python3 with venv is needed")?;
    }
    let list = root().join("xtask/interop/requirements.txt");
    ran(Command::new(&python).args(["-m", "pip", "install", "--quiet", "-r"]).arg(list))?;
    Ok(python)
}

/// The program with all it can read and write.
pub(crate) fn build() -> Result<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let profile = ["build", "--package", "dateline", "--features", "parquet", "--profile", "test"];
    ran(Command::new(cargo).args(profile).current_dir(root()))?;
    let program = Path::new(&root()).join("target/debug/dateline");
    if !program.exists() {
        bail!("no program at {}", program.display());
    }
    Ok(program)
}

fn ran(command: &mut Command) -> Result<()> {
    ensure!(command.status()?.success(), "{command:?} failed");
    Ok(())
}
