//! A ledger of the reports on the Geneva summit of 2021 (`fixtures/geneva-2021`): what was known on each day, whatever the order
//! of arrival.
#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::{fs, path::Path, time::Duration};

use dateline_core::{Record, Standing, codes::PloverType};
use dateline_extract::{Extractor, read_document};
use dateline_store::{
    EventFilter, EventHistory, EventRow, IncomingDocument, IngestOutcome, Ledger, RecodeScope,
};
use insta::assert_snapshot;
use tempfile::TempDir;

const BUILD: &str = "test";

/// Extracts the records of the story, in the order of the files.
fn records() -> Vec<Record> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/geneva-2021");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    let extractor = Extractor::new();
    files
        .iter()
        .map(|path| {
            let mut document = read_document(&fs::read_to_string(path).unwrap());
            document.id = path.file_name().map(|name| name.to_string_lossy().into_owned());
            extractor.extract(&document)
        })
        .collect()
}

fn incoming(records: &[Record]) -> Vec<IncomingDocument> {
    records.iter().cloned().map(IncomingDocument::from).collect()
}

fn open(folder: &TempDir) -> Ledger {
    Ledger::open_for_writing(&folder.path().join("a.db"), "test", Duration::ZERO).unwrap()
}

/// Fills a ledger with batches of records, one transaction each.
fn ledger(folder: &TempDir, batches: &[&[Record]]) -> Ledger {
    let mut ledger = open(folder);
    for batch in batches {
        ledger.ingest(&incoming(batch), BUILD).unwrap();
    }
    ledger
}

#[expect(clippy::unnecessary_wraps, reason = "queries take an optional day")]
fn day(text: &str) -> Option<jiff::civil::Date> {
    Some(text.parse().unwrap())
}

fn line(row: &EventRow) -> String {
    let date = row.date.as_deref().unwrap_or("-");
    let place = row.place.as_deref().unwrap_or("-");
    format!(
        "{} {:<11} {date:<10} {}: {} @ {place}",
        row.id,
        row.status.as_str(),
        row.kind,
        row.parties.join(", ")
    )
}

fn history(history: &EventHistory) -> String {
    let mut lines = vec![line(&history.event)];
    for change in &history.history {
        let date = change.date.as_deref().unwrap_or("-");
        let place = change.place.as_deref().unwrap_or("-");
        let quote = change.quote.text.replace('\n', " ");
        lines.push(format!(
            "  {} {} {date} @ {place} [{}] {quote}",
            change.day, change.status, change.source
        ));
    }
    for source in &history.reported_by {
        lines.push(format!(
            "  by {} from {}: {} documents",
            source.name,
            source.first,
            source.documents.len()
        ));
    }
    for linked in &history.related {
        let way = if linked.is_other { "←" } else { "→" };
        lines.push(format!("  {} {way} {}", linked.kind, line(&linked.event)));
    }
    lines.join("\n") + "\n"
}

/// Prints all events of a ledger with their histories, in an order that does not depend on that of arrival.
fn dump(ledger: &Ledger) -> String {
    let events = ledger.timeline(&EventFilter::default()).unwrap();
    let mut whole: Vec<String> =
        events.iter().map(|row| history(&ledger.event(&row.id, None).unwrap())).collect();
    whole.sort();
    whole.concat()
}

fn summit(ledger: &Ledger) -> EventRow {
    let filter = EventFilter::new().actor("Putin").with("Biden").kind(PloverType::Consult);
    let met: Vec<EventRow> = ledger.timeline(&filter).unwrap();
    let met: Vec<EventRow> =
        met.into_iter().filter(|row| row.place.as_deref() == Some("Geneva")).collect();
    assert_eq!(met.len(), 1, "{met:#?}");
    met.into_iter().next().unwrap()
}

#[test]
fn the_summit_as_of_four_days() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger(&folder, &[&records()]);
    let id = summit(&ledger).id;
    let event = |as_of| history(&ledger.event(&id, day(as_of)).unwrap());
    let agenda = |as_of| {
        let rows = ledger.agenda(&EventFilter::new().as_of(day(as_of))).unwrap();
        rows.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!("summit_april_14", event("2021-04-14"));
    assert_snapshot!("agenda_april_14", agenda("2021-04-14"));
    assert_snapshot!("summit_may_08", event("2021-05-08"));
    assert_snapshot!("agenda_may_08", agenda("2021-05-08"));
    assert_snapshot!("summit_may_26", event("2021-05-26"));
    assert_snapshot!("agenda_may_26", agenda("2021-05-26"));
    assert_snapshot!("summit_june_17", event("2021-06-17"));
    assert_snapshot!("agenda_june_17", agenda("2021-06-17"));
}

#[test]
fn all_events_of_the_story() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger(&folder, &[&records()]);
    assert_snapshot!(dump(&ledger));
}

#[test]
fn the_status_of_the_summit_on_each_day() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger(&folder, &[&records()]);
    let id = summit(&ledger).id;
    let on = |as_of: &str| ledger.event(&id, day(as_of)).unwrap().event;
    assert_eq!(on("2021-04-14").status, Standing::Proposed);
    assert_eq!(on("2021-05-08").status, Standing::Proposed);
    let scheduled = on("2021-05-26");
    assert_eq!(
        (scheduled.status, scheduled.date.as_deref()),
        (Standing::Scheduled, Some("2021-06-16"))
    );
    assert_eq!(scheduled.place.as_deref(), Some("Geneva"));
    assert_eq!(on("2021-06-02").status, Standing::Cancelled);
    assert_eq!(on("2021-06-03").status, Standing::Scheduled);
    let held = on("2021-06-17");
    assert_eq!((held.status, held.date.as_deref()), (Standing::Occurred, Some("2021-06-16")));
}

#[test]
fn an_expulsion_and_its_answer_are_linked() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger(&folder, &[&records()]);
    let filter = EventFilter::new().kind(PloverType::Sanction);
    let linked = ledger.timeline(&filter).unwrap().into_iter().any(|row| {
        let event = ledger.event(&row.id, None).unwrap();
        event
            .related
            .iter()
            .any(|it| it.kind == "response" && !it.is_other && it.event.kind == "SANCTION")
    });
    assert!(linked);
}

#[test]
fn any_order_gives_the_same_events() {
    let records = records();
    let folder = tempfile::tempdir().unwrap();
    let expected = dump(&ledger(&folder, &[&records]));
    let mut seed = 7_u64;
    for round in 0..6 {
        let mut shuffled = records.clone();
        for at in (1..shuffled.len()).rev() {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(at, (seed >> 33) as usize % (at + 1));
        }
        let folder = tempfile::tempdir().unwrap();
        let batches: Vec<&[Record]> = shuffled.chunks(1 + round * 3).collect();
        let mut ledger = ledger(&folder, &batches);
        assert_eq!(dump(&ledger), expected, "round {round}");
        let checked = ledger.check().unwrap();
        assert!(checked.faults.is_empty(), "{:#?}", checked.faults);
    }
}

#[test]
fn storing_documents_again_changes_nothing() {
    let records = records();
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger(&folder, &[&records]);
    let before = dump(&ledger);
    let again = ledger.ingest(&incoming(&records), BUILD).unwrap();
    assert!(again.iter().all(|arrival| arrival.outcome == IngestOutcome::Duplicate));
    assert_eq!(dump(&ledger), before);
}

#[test]
fn copies_and_corrections_are_recognized() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = open(&folder);
    let arrivals = ledger.ingest(&incoming(&records()), BUILD).unwrap();
    let named = |outcome| arrivals.iter().filter(|it| it.outcome == outcome).count();
    assert_eq!((named(IngestOutcome::New), named(IngestOutcome::Changed)), (15, 1));
    assert_eq!(arrivals.iter().filter(|it| it.copy_of.is_some()).count(), 2 + 1, "{arrivals:#?}");
}

#[test]
fn re_extraction_gives_the_ledger_a_new_build_would_have_made() {
    let records = records();
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = open(&folder);
    // An older build that found no events in some of the texts, and no relations.
    let older: Vec<Record> = records
        .iter()
        .enumerate()
        .map(|(at, record)| {
            let mut record = record.clone();
            record.relations.clear();
            if at % 3 == 0 {
                record.events.clear();
            }
            record
        })
        .collect();
    ledger.ingest(&incoming(&older), "older").unwrap();
    let ids = ledger.documents_to_recode(BUILD, "fast", RecodeScope::Outdated).unwrap();
    assert_eq!(ids.len(), records.len());
    let extractor = Extractor::new();
    let mut changed = 0;
    ledger
        .recode(&ids, BUILD, false, &|document| extractor.extract(document), &mut |recoded| {
            changed += usize::from(!recoded.differences.is_empty());
        })
        .unwrap();
    assert!(changed >= records.len() / 3, "{changed}");
    assert!(ledger.documents_to_recode(BUILD, "fast", RecodeScope::Outdated).unwrap().is_empty());
    let anew = tempfile::tempdir().unwrap();
    assert_eq!(dump(&ledger), dump(&self::ledger(&anew, &[&records])));
    let checked = ledger.check().unwrap();
    assert!(checked.faults.is_empty(), "{:#?}", checked.faults);
}

#[test]
fn merges_and_splits_outlive_later_documents() {
    let records = records();
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger(&folder, &[&records[..14]]);
    let summit = summit(&ledger);
    let other = ledger.timeline(&EventFilter::new().kind(PloverType::Sanction)).unwrap().remove(0);
    let merged = ledger.merge(&summit.id, &other.id).unwrap();
    assert_eq!(ledger.event(&other.id, None).unwrap().event.id, merged);
    assert_eq!(ledger.event(&summit.id, None).unwrap().event.id, merged);
    ledger.ingest(&incoming(&records[14..]), BUILD).unwrap();
    let whole = ledger.event(&merged, None).unwrap();
    let last = whole.reports.last().unwrap().clone();
    let apart = ledger.split(&merged, &last.report.document, &last.report.event).unwrap().unwrap();
    assert_ne!(apart, merged);
    assert!(ledger.check().unwrap().faults.is_empty());
}
