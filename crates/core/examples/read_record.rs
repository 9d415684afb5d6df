//! Prints the events of a record, as written by `dateline extract --format json`.
//!
//! ```sh
//! dateline extract --format json article.txt > record.json
//! cargo run --example read_record -- record.json
//! ```
//!
//! Without a file, reads a small built-in record.

use std::{env, error::Error, fs};

use dateline_core::{EntityId, Record};

const RECORD: &str = r#"{
    "schema": "dateline/1",
    "document": {
        "id": "envoys.txt", "published": "2021-05-08", "title": null, "publisher": null, "agency": null, "byline": null,
        "url": null, "language": "en", "text": "Japan expelled two Russian envoys."
    },
    "sentences": [{ "start": 0, "end": 34 }],
    "entities": [
        { "id": "e1", "name": "Japan", "kind": "place", "country": "JPN", "sectors": [], "code": "JPN", "titles": [],
          "link": null, "mentions": [{ "start": 0, "end": 5, "text": "Japan", "form": "name" }] },
        { "id": "e2", "name": "two Russian envoys", "kind": "group", "country": "RUS", "sectors": ["GOV"],
          "code": "RUSGOV", "titles": [], "link": null,
          "mentions": [{ "start": 15, "end": 33, "text": "two Russian envoys", "form": "nominal" }] }
    ],
    "times": [],
    "statements": [],
    "events": [
        { "id": "v1", "type": "SANCTION", "mode": "expel", "cameo": "161", "quad": "material conflict", "goldstein": -7.0,
          "contexts": ["diplomatic"], "trigger": { "start": 6, "end": 14, "text": "expelled", "lemma": "expel" },
          "sources": ["e1"], "targets": ["e2"], "date": null, "places": [], "status": "occurred",
          "polarity": "positive", "certainty": "certain", "confidence": 0.9, "factuality": 2.9, "sizes": [],
          "attribution": [], "sentence": 0 }
    ],
    "relations": []
}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let json = match env::args().nth(1) {
        Some(path) => fs::read_to_string(path)?,
        None => RECORD.to_owned(),
    };
    let record: Record = serde_json::from_str(&json)?;
    for event in &record.events {
        let date = event.date.map_or("undated".to_owned(), |date| date.interval.from().to_string());
        let sources = names(&record, &event.sources);
        let targets = names(&record, &event.targets);
        println!("{date}\t{sources}\t{}\t{targets}\t{}", event.kind, event.trigger.span.text);
    }
    Ok(())
}

fn names(record: &Record, ids: &[EntityId]) -> String {
    let name = |id: &EntityId| record.entities.get(id.index()).map(|entity| entity.name.as_str());
    ids.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}
