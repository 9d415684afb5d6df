//! Compares what two articles report, event by event: `cargo run -p dateline-coreference --example compare`.

use dateline_core::{Document, Record};
use dateline_coreference::{
    Sketch, compare, day,
    record::{reports, sketch},
};
use dateline_extract::Extractor;

/// Two articles, each with its publication date.
const ARTICLES: [(&str, &str); 2] = [
    (
        "2021-04-14",
        "President Joe Biden proposed a summit with Russian President Vladimir Putin in a third country.",
    ),
    ("2021-06-16", "Joe Biden and Vladimir Putin met in Geneva on Wednesday."),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let extractor = Extractor::new();
    let mut sketched: Vec<(String, Sketch)> = Vec::new();
    for (number, (date, text)) in (1..).zip(ARTICLES) {
        let mut document = Document::new(text.to_owned());
        document.published = Some(date.parse()?);
        let record: Record = extractor.extract(&document);
        let actors = vec![Some(0); record.entities.len()];
        for report in reports(&record, usize::MAX) {
            let trigger = record.events[report[0]].trigger.span.text.clone();
            let sketch = sketch(&record, &report, &actors, day::number(date.parse()?), number);
            sketched.push((format!("{date} {trigger}"), sketch));
        }
    }
    for (at, (name, one)) in sketched.iter().enumerate() {
        for (other_name, other) in &sketched[at + 1..] {
            match compare(one, other) {
                Ok(found) => {
                    let reasons: Vec<&str> = found.reasons.iter().map(|it| it.as_str()).collect();
                    println!("{name} = {other_name}: {} ({})", found.score, reasons.join(", "));
                }
                Err(objection) => println!("{name} ≠ {other_name}: {objection:?}"),
            }
        }
    }
    Ok(())
}
