//! Stores three reports of one meeting, asks for its status as of each day, and prints its history.
//!
//! Run it with `cargo run -p dateline-store --example history`.

use std::{error::Error, time::Duration};

use dateline_extract::{Extractor, read_document};
use dateline_store::{
    EventFilter, Ledger,
    jiff::civil::{Date, date},
};

/// A proposal, an announcement with day and place, and the meeting itself.
const REPORTS: [&str; 3] = [
    "date: 2021-05-04\npublisher: Harbor Gazette\n\nNorwegian Prime Minister Kari Lund proposed a meeting with Japanese \
     Foreign Minister Ana Ito in June.\n",
    "date: 2021-05-26\npublisher: Fjord Herald\n\nNorwegian Prime Minister Kari Lund will meet Japanese Foreign Minister \
     Ana Ito in Oslo on June 16.\n",
    "date: 2021-06-17\npublisher: Lantern Post\n\nNorwegian Prime Minister Kari Lund met Japanese Foreign Minister Ana \
     Ito in Oslo on Wednesday.\n",
];

const DAYS: [Date; 3] = [date(2021, 5, 10), date(2021, 6, 1), date(2021, 6, 20)];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("news.db");
    let mut ledger = Ledger::open_for_writing(&path, "history example", Duration::ZERO)?;
    let extractor = Extractor::new();
    let incoming: Vec<_> =
        REPORTS.iter().map(|text| extractor.extract(&read_document(text)).into()).collect();
    ledger.ingest(&incoming, "history example 1.0")?;

    println!("What was known on a day:");
    let filter = EventFilter::new().actor("Lund").with("Ito");
    for day in DAYS {
        for event in ledger.timeline(&filter.clone().as_of(day))? {
            let date = event.date.as_deref().unwrap_or("no date");
            println!("  {day}: {} {}, {date}", event.kind, event.status);
        }
    }

    for event in ledger.timeline(&filter)? {
        println!("History of {}:", event.id);
        let history = ledger.event(&event.id, None)?;
        for change in &history.history {
            println!("  {} {} ({})", change.day, change.status, change.source);
            println!("    {}", change.quote.text);
        }
        for source in &history.reported_by {
            println!("  reported by {} since {}", source.name, source.first);
        }
    }
    Ok(())
}
