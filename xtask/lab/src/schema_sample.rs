//! `cargo xtask schema-sample`: a small ledger of the current schema, which every later version must open.

use std::{env, fs, process, time::Duration};

use anyhow::{Context as _, Result};
use dateline_core::{Source, SourceMap};
use dateline_extract::{Extractor, read_document};
use dateline_store::{IncomingDocument, Ledger, SCHEMA};
use rusqlite::Connection;

use xtask::root;

/// Articles of the sample: an announcement, a report of the same event, and a copy of it.
const TEXTS: [&str; 3] = ["07-announced", "08-announced-wire", "14-geneva"];

/// Writes the sample to the store's test data.
pub(crate) fn run() -> Result<()> {
    let folder = env::temp_dir().join(format!("dateline-sample-{}", process::id()));
    fs::create_dir_all(&folder)?;
    let made = sample(&folder);
    fs::remove_dir_all(&folder)?;
    made
}

fn sample(folder: &std::path::Path) -> Result<()> {
    let file = folder.join("sample.db");
    let extractor = Extractor::new();
    let mut incoming = Vec::new();
    for name in TEXTS {
        let path = root().join(format!("fixtures/geneva-2021/{name}.txt"));
        let text = fs::read_to_string(&path)
            .with_context(|| format!("could not read {}", path.display()))?;
        let length = text.len() as u64;
        let source = Source {
            path: format!("{name}.txt"),
            format: "text".to_owned(),
            at: 0,
            length,
            part: 0,
            hash: dateline_formats::read::hash(text.as_bytes()),
            encoding: "UTF-8".to_owned(),
            map: SourceMap::verbatim(0, length),
        };
        let record = extractor.extract(&read_document(&text));
        incoming.push(IncomingDocument::new(record).source(source));
    }
    Ledger::open_for_writing(&file, "cargo xtask schema-sample", Duration::ZERO)?
        .ingest(&incoming, "sample")?;
    let target = root().join(format!("crates/store/tests/data/schema-{SCHEMA}.db"));
    if target.exists() {
        fs::remove_file(&target)?;
    }
    let db = Connection::open(&file)?;
    // Small pages waste little space; the schema does not depend on them.
    db.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA page_size = 512;")?;
    db.execute("VACUUM INTO ?1", [target.to_str().context("the path is not UTF-8")?])?;
    println!("{} bytes", fs::metadata(&target)?.len());
    Ok(())
}
