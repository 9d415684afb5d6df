//! Prints the events of a news text: date, sources, type, targets, trigger.
//!
//! ```sh
//! cargo run -p dateline-extract --example events -- FILE
//! ```
//!
//! Without a file, a built-in text is read.

use std::{env, fs, io};

use dateline_extract::{Extractor, dateline_core::EntityId, read_document};

const TEXT: &str = "\
date 2021-05-08
Kenya expelled two Peruvian diplomats on Friday.
Foreign Minister Alice Mwangi said that Nairobi would not attend the talks in Oslo next week.
";

fn main() -> io::Result<()> {
    let text = env::args().nth(1).map_or_else(|| Ok(TEXT.to_owned()), fs::read_to_string)?;
    let record = Extractor::new().extract(&read_document(&text));
    let names = |ids: &[EntityId]| {
        let names: Vec<&str> =
            ids.iter().map(|id| record.entities[id.index()].name.as_str()).collect();
        if names.is_empty() { "-".to_owned() } else { names.join(", ") }
    };
    for event in &record.events {
        let date = event.date.as_ref().map(|date| date.interval.from().to_string());
        println!(
            "{}\t{}\t{} ({}, {})\t{}\t{}",
            date.as_deref().unwrap_or("-"),
            names(&event.sources),
            event.kind,
            event.status,
            event.polarity,
            names(&event.targets),
            event.trigger.span.text,
        );
    }
    Ok(())
}
