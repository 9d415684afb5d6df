//! Extracts the events of one article and stores it in a ledger.
//!
//! Run it with `cargo run -p dateline-store --example ingest [LEDGER]`. Without a path, the ledger is a temporary file.

use std::{error::Error, path::PathBuf, time::Duration};

use dateline_extract::{Extractor, read_document};
use dateline_store::{EventFilter, IncomingDocument, Ledger};

const ARTICLE: &str = "date: 2021-05-26\npublisher: Harbor Gazette\n\nNorwegian Prime Minister Kari Lund will meet Japanese \
                       Foreign Minister Ana Ito in Oslo on June 16.\n";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path =
        std::env::args_os().nth(1).map_or_else(|| folder.path().join("news.db"), PathBuf::from);

    let record = Extractor::new().extract(&read_document(ARTICLE));

    // The name tells other programs who is writing; the build lets later versions find records to re-extract.
    let mut ledger = Ledger::open_for_writing(&path, "ingest example", Duration::from_secs(5))?;
    let stored = ledger.ingest(&[IncomingDocument::new(record)], "ingest example 1.0")?;
    println!("{}: {:?}", stored[0].id, stored[0].outcome);

    for event in ledger.timeline(&EventFilter::new())? {
        let date = event.date.as_deref().unwrap_or("no date");
        let place = event.place.as_deref().unwrap_or("no place");
        println!("{} {} {date}, {place}: {}", event.kind, event.status, event.parties.join(", "));
    }
    Ok(())
}
