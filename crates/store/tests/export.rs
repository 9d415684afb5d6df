//! Iteration over everything in a ledger, and dumps.
#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::{fs, io::BufReader, path::Path, time::Duration};

use dateline_core::{Source, SourceMap};
use dateline_extract::{Extractor, read_document};
use dateline_store::{
    ActorFilter, DocumentDetail, DocumentFilter, EventDetail, EventFilter, IncomingDocument, Ledger,
};
use tempfile::TempDir;

const BUILD: &str = "test";

/// Extracts the story of the fixtures, each document with a source.
fn incoming() -> Vec<IncomingDocument> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/geneva-2021");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    let extractor = Extractor::new();
    let each = paths.iter().map(|path| {
        let text = fs::read_to_string(path).unwrap();
        let mut document = read_document(&text);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        document.id = Some(name.clone());
        let source = Source {
            path: name,
            format: "text".to_owned(),
            at: 0,
            length: text.len() as u64,
            part: 0,
            hash: "0".repeat(32),
            encoding: "UTF-8".to_owned(),
            map: SourceMap::verbatim(0, text.len() as u64),
        };
        IncomingDocument::new(extractor.extract(&document)).source(source)
    });
    each.collect()
}

fn open(folder: &TempDir, name: &str) -> Ledger {
    Ledger::open_for_writing(&folder.path().join(name), "test", Duration::ZERO).unwrap()
}

fn filled(folder: &TempDir) -> Ledger {
    let mut ledger = open(folder, "a.db");
    ledger.ingest(&incoming(), BUILD).unwrap();
    ledger
}

fn documents(ledger: &Ledger, filter: &DocumentFilter) -> Vec<DocumentDetail> {
    let mut all = Vec::new();
    let n = ledger
        .each_document(filter, &mut |stored| {
            all.push(stored);
            true
        })
        .unwrap();
    assert_eq!(n, all.len() as u64);
    all
}

fn dumped(ledger: &Ledger) -> Vec<u8> {
    let mut bytes = Vec::new();
    ledger.dump(&mut bytes).unwrap();
    bytes
}

#[test]
fn documents_are_complete_and_in_the_order_of_publication() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = filled(&folder);
    let incoming = incoming();
    let all = documents(&ledger, &DocumentFilter::default());
    assert_eq!(all.len(), incoming.len());
    let days: Vec<_> = all.iter().map(|it| it.record.document.published).collect();
    assert!(days.is_sorted(), "{days:?}");
    for stored in &all {
        let same = incoming.iter().find(|it| it.record == stored.record).expect("it was stored");
        assert_eq!(stored.source, same.source);
        assert_eq!(stored.build, BUILD);
        assert_eq!(stored.actors.len(), stored.record.entities.len());
        assert!(stored.record.events.is_empty() || stored.events.iter().any(Option::is_some));
    }
    assert!(all.iter().any(|stored| stored.copy_of.is_some()));
    assert!(all.iter().any(|stored| stored.superseded.is_some()));
    let day = all[5].record.document.published.unwrap().date();
    let since = documents(&ledger, &DocumentFilter::new().since(day));
    let until = documents(&ledger, &DocumentFilter::new().until(day));
    assert_eq!(since.len() + until.len(), all.len());
    let mut some = None;
    ledger
        .each_actor(&ActorFilter::default(), &mut |actor, _| {
            some = (actor.documents == 2).then_some(actor.id);
            some.is_none()
        })
        .unwrap();
    let of = documents(&ledger, &DocumentFilter::new().actor(some.as_deref()));
    assert_eq!(of.len(), 2);
    let mut paths = Vec::new();
    ledger
        .each_source(&mut |stored| {
            paths.push(stored.source.unwrap().path);
            true
        })
        .unwrap();
    assert!(paths.is_sorted() && paths.len() == all.len());
}

#[test]
fn exported_events_and_reports_match_the_timeline() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = filled(&folder);
    let as_of = jiff::civil::date(2021, 6, 1);
    for filter in [EventFilter::new(), EventFilter::new().as_of(as_of)] {
        let mut events: Vec<EventDetail> = Vec::new();
        ledger
            .each_event(&filter, &mut |event| {
                events.push(event);
                true
            })
            .unwrap();
        let rows: Vec<_> = events.iter().map(|event| event.row.clone()).collect();
        assert_eq!(rows, ledger.timeline(&filter).unwrap());
        assert!(events.iter().any(|event| event.changes > 1));
        let (mut firsts, mut last) = (0, None);
        let n = ledger
            .each_report(&filter, &mut |stored, reports| {
                assert!(!reports.is_empty());
                for report in reports {
                    let id = stored.events[report.index].as_ref().unwrap();
                    assert_eq!(*id, report.event.row.id);
                    firsts += usize::from(report.is_first);
                    let order = (stored.record.document.published, stored.id.clone(), report.index);
                    assert!(last.replace(order.clone()).is_none_or(|last| last < order));
                    assert!(filter.as_of.is_none_or(|day| order.0.unwrap().date() <= day));
                }
                true
            })
            .unwrap();
        assert_eq!(firsts, events.len());
        let counted: u32 = events.iter().map(|event| event.documents).sum();
        assert!(n >= u64::from(counted), "{n} reports, {counted} documents");
    }
}

#[test]
fn actors_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = filled(&folder);
    let mut ids = Vec::new();
    ledger
        .each_actor(&ActorFilter::default(), &mut |actor, _| {
            assert!(actor.documents > 0, "{actor:?}");
            ids.push(actor.id);
            true
        })
        .unwrap();
    assert!(ids.is_sorted() && ids.len() > 10);
    let mut putin = Vec::new();
    ledger
        .each_actor(&ActorFilter::new().name("Putin"), &mut |actor, _| {
            putin.push(actor);
            true
        })
        .unwrap();
    let page = &ledger.find_actors("Putin", 1).unwrap()[0];
    let same = putin.iter().find(|actor| actor.id == page.id).unwrap();
    assert_eq!(
        (same.documents, same.events, same.statements),
        (page.documents, page.events, page.statements)
    );
}

#[test]
fn loading_a_dump_gives_the_same_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = filled(&folder);
    let events = ledger.timeline(&EventFilter::default()).unwrap();
    let merged = ledger.merge(&events[0].id, &events[4].id).unwrap();
    let history = ledger.event(&merged, None).unwrap();
    let report = &history.reports.last().unwrap().report;
    ledger.split(&merged, &report.document, &report.event).unwrap();
    let bytes = dumped(&ledger);
    let mut other = open(&folder, "b.db");
    let mut bad = Vec::new();
    let loaded =
        other.load(&mut BufReader::new(&bytes[..]), &mut |at, why| bad.push((at, why))).unwrap();
    assert!(bad.is_empty() && loaded.failed == 0, "{bad:?}");
    assert_eq!((loaded.new, loaded.duplicate, loaded.overrides > 0), (16, 0, true));
    assert_eq!(dumped(&other), bytes);
    assert_eq!(
        other.timeline(&EventFilter::default()).unwrap(),
        ledger.timeline(&EventFilter::default()).unwrap()
    );
    assert!(other.check().unwrap().faults.is_empty());
    let again = other.load(&mut &bytes[..], &mut |_, why| panic!("{why}")).unwrap();
    assert_eq!((again.new, again.duplicate), (0, 16));
    assert_eq!(dumped(&other), bytes);
}

#[test]
fn the_intact_lines_of_a_damaged_dump_are_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = dumped(&filled(&folder));
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let read = |name: &str, bytes: &[u8]| {
        let mut bad = Vec::new();
        let mut ledger = open(&folder, name);
        let loaded = ledger.load(&mut &bytes[..], &mut |at, why| bad.push((at, why)));
        assert!(ledger.check().unwrap().faults.is_empty());
        (loaded, bad)
    };
    let (cut, bad) = read("cut.db", &bytes[..bytes.len() - lines[17].len() - 10]);
    assert_eq!((cut.unwrap().new, bad.len()), (15, 2), "{bad:?}");
    assert!(bad[1].1.contains("truncated"));
    let mut forged = lines.clone();
    let other =
        String::from_utf8(lines[3].to_vec()).unwrap().replacen("\"text\":\"", "\"text\":\"x", 1);
    forged[3] = other.as_bytes();
    forged[5] = b"rubbish\n";
    let (loaded, bad) = read("forged.db", &forged.concat());
    assert_eq!((loaded.unwrap().new, bad.len()), (14, 2), "{bad:?}");
    assert!(bad[0].0 == 4 && bad[0].1.contains("its content is not that of"), "{bad:?}");
    let newer =
        String::from_utf8(bytes.clone()).unwrap().replacen("\"version\":1", "\"version\":9", 1);
    assert!(read("newer.db", newer.as_bytes()).0.unwrap_err().to_string().contains("upgrade"));
    assert!(
        read("other.db", b"{\"text\":\"One.\"}\n")
            .0
            .unwrap_err()
            .to_string()
            .contains("not a dump")
    );
    assert!(read("empty.db", b"").0.is_ok_and(|loaded| loaded.failed == 1));
}

#[test]
fn a_more_precise_date_does_not_count_as_moved() {
    let previous = |first: &str, second: &str| {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = open(&folder, "moved.db");
        let report = |day: &str, when: &str| {
            let text = format!(
                "date: {day}\npublisher: Post of {day}\n\nNorwegian Prime Minister Kari Lund will meet Japanese Foreign Minister \
                 Ana Ito in Oslo {when}.\n"
            );
            IncomingDocument::new(Extractor::new().extract(&read_document(&text)))
        };
        let reports = [report("2021-05-04", first), report("2021-05-10", second)];
        ledger.ingest(&reports, BUILD).unwrap();
        let mut events = Vec::new();
        ledger
            .each_event(&EventFilter::default(), &mut |event| {
                events.push((event.changes, event.previous_from.map(|from| from.to_string())));
                true
            })
            .unwrap();
        events
    };
    assert_eq!(previous("in June", "on June 16"), [(2, None)]);
    assert_eq!(previous("on June 10", "on June 16"), [(2, Some("2021-06-10".to_owned()))]);
}
