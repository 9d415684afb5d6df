//! `cargo xtask ledger`: speed and size of a large ledger of generated news, one figure per line as `NAME VALUE`.
//!
//! Speeds are those of one thread. `ingest-to-extract` is the speed of extracting and writing divided by that of extracting alone. Query
//! times are medians over varied queries, in milliseconds.

pub(crate) mod generator;

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use clap::Args;
use dateline_core::codes::PloverType;
use dateline_extract::Extractor;
use dateline_store::{
    ActorFilter, CalendarUnit, DocumentFilter, EventFilter, FacetIndex, IncomingDocument, Ledger,
    SearchFilter, StatementFilter,
};

use xtask::root;

/// Documents per transaction, as in `dateline ingest`.
const BATCH: usize = 200;

/// Flags of `ledger`.
#[derive(Debug, Args)]
pub(crate) struct Measure {
    /// Number of documents
    #[arg(long, value_name = "N", default_value_t = 5_000)]
    documents: usize,
    /// Number of runs of each query
    #[arg(long, value_name = "N", default_value_t = 101)]
    queries: usize,
    /// File of the ledger; an existing one is only queried
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
}

/// Fills a ledger and measures queries.
pub(crate) fn run(measure: &Measure) -> Result<()> {
    let file = measure.db.clone().unwrap_or_else(|| root().join("target/bench/ledger.db"));
    if measure.db.is_none() || !file.exists() {
        fs::create_dir_all(file.parent().context("the file is in a folder")?)?;
        for part in ["", "-wal", "-shm", "-writer"] {
            let mut name = file.as_os_str().to_owned();
            name.push(part);
            // It may not exist.
            drop(fs::remove_file(name));
        }
        fill(&file, measure.documents)?;
    }
    ask(&file, measure.queries)
}

fn fill(file: &Path, documents: usize) -> Result<()> {
    let extractor = Extractor::new();
    let mut ledger = Ledger::open_for_writing(file, "cargo xtask ledger", Duration::ZERO)?;
    let (mut extracting, mut writing, mut text, mut copies) =
        (Duration::ZERO, Duration::ZERO, 0, 0);
    for first in (0..documents).step_by(BATCH) {
        let batch: Vec<_> = (first..documents.min(first + BATCH))
            .map(|number| generator::document(number, documents))
            .collect();
        text += batch.iter().map(|document| document.text.len()).sum::<usize>();
        let start = Instant::now();
        let records: Vec<IncomingDocument> =
            batch.iter().map(|document| extractor.extract(document).into()).collect();
        extracting += start.elapsed();
        let start = Instant::now();
        let arrivals = ledger.ingest(&records, "generated")?;
        writing += start.elapsed();
        copies += arrivals.iter().filter(|arrival| arrival.copy_of.is_some()).count();
        if first % 10_000 == 0 && first > 0 {
            eprintln!(
                "{first} documents, {:.0} s extracting, {:.0} s writing",
                extracting.as_secs_f64(),
                writing.as_secs_f64()
            );
        }
    }
    // Closing the last connection moves the write-ahead log into the file.
    drop(ledger);
    let bytes = fs::metadata(file)?.len();
    println!("documents {documents}");
    println!("copies {copies}");
    println!("extract-seconds {:.2}", extracting.as_secs_f64());
    println!("write-seconds {:.2}", writing.as_secs_f64());
    let ratio = extracting.as_secs_f64() / (extracting + writing).as_secs_f64();
    println!("ingest-to-extract {ratio:.2}");
    println!("text-bytes {text}");
    println!("file-bytes {bytes}");
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let size = bytes as f64 / text as f64;
    println!("file-to-text {size:.2}");
    Ok(())
}

fn ask(file: &Path, queries: usize) -> Result<()> {
    let ledger = Ledger::open(file)?;
    let stats = ledger.stats()?;
    println!("events {}", stats.events);
    let rows = ledger.timeline(&EventFilter::new().limit(5_000))?;
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    anyhow::ensure!(!ids.is_empty(), "the ledger has no events");
    let countries =
        ["NOR", "JPN", "KEN", "Poland", "Brazil", "Demir", "CAN", "Ana Lund", "India", "Greece"];
    let words = [
        "harbor fishing",
        "grain Oslo",
        "\"signed an agreement\"",
        "protesters Cairo",
        "ferries bridge",
    ];
    let day =
        |number: usize| jiff::civil::date(2021, 2 + i8::try_from(number % 10).unwrap_or(0), 15);
    let kind = |number: usize| PloverType::ALL[number % PloverType::ALL.len()];
    median("event-by-id", queries, |n| ledger.event(ids[n * 31 % ids.len()], None).map(|_| ()))?;
    median("list", queries, |n| {
        let actor = countries[n % countries.len()];
        let filter = EventFilter::new().actor(actor).kind(kind(n)).limit(50);
        // A name that is in no text is a valid query, too.
        drop(ledger.timeline(&filter));
        Ok(())
    })?;
    let limited = EventFilter::new().limit(50);
    median("agenda", queries, |_| ledger.agenda(&limited).map(|_| ()))?;
    median("agenda-as-of", queries, |n| ledger.agenda(&limited.clone().as_of(day(n))).map(|_| ()))?;
    median("timeline", queries, |n| {
        let until = day(n).checked_add(jiff::Span::new().days(20)).ok();
        ledger.timeline(&limited.clone().since(day(n)).until(until).as_of(until)).map(|_| ())
    })?;
    let search = |n: usize| SearchFilter::new().words(words[n % words.len()]).limit(20);
    median("search", queries, |n| ledger.search(&search(n)).map(|_| ()))?;
    let mut index = FacetIndex::default();
    let start = Instant::now();
    index.refresh(&ledger)?;
    println!("facet-index-ms {:.0}", start.elapsed().as_secs_f64() * 1e3);
    median("facets", queries, |n| ledger.facets(&search(n), &index).map(|_| ()))?;
    let few = queries.min(11);
    median("facets-of-all", few, |_| ledger.facets(&SearchFilter::default(), &index).map(|_| ()))?;
    median("counts-of-actor", queries, |n| {
        let filter = EventFilter::new().actor(countries[n % countries.len()]);
        // As above.
        drop(ledger.count_events(&filter, CalendarUnit::Week));
        Ok(())
    })?;
    median("counts-of-all", few, |_| {
        ledger.count_events(&EventFilter::default(), CalendarUnit::Day).map(|_| ())
    })?;
    let latest = DocumentFilter::new().is_latest_first(true).limit(50);
    let mut documents = Vec::new();
    ledger.each_document_row(&latest, &mut |row, _| {
        documents.push(row.id);
        true
    })?;
    median("documents", queries, |_| ledger.each_document_row(&latest, &mut |_, _| true))?;
    median("document-by-id", queries, |n| {
        ledger.document(&documents[n % documents.len()]).map(|_| ())
    })?;
    let said = StatementFilter::new().limit(50);
    median("statements", queries, |_| ledger.each_statement(&said, &mut |_, _, _| true))?;
    let places = ActorFilter::new().limit(50);
    median("places", queries, |_| ledger.each_place(&places, &mut |_, _| true).map(|_| ()))?;
    median("actors", queries, |_| ledger.each_actor(&places, &mut |_, _| true).map(|_| ()))
}

/// The median time of several queries.
fn median(
    name: &str,
    queries: usize,
    mut ask: impl FnMut(usize) -> std::result::Result<(), dateline_store::StoreError>,
) -> Result<()> {
    let mut times = Vec::with_capacity(queries);
    for number in 0..queries.max(1) {
        let start = Instant::now();
        ask(number)?;
        times.push(start.elapsed());
    }
    times.sort();
    println!("{name}-ms {:.2}", times[times.len() / 2].as_secs_f64() * 1e3);
    Ok(())
}
