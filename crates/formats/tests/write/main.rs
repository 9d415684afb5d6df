//! Tables and release formats: snapshots of one small text, and properties of the rows of random texts.
#![expect(clippy::unwrap_used, reason = "a test fails where a row does not hold")]

use dateline_core::{Record, Standing};
use dateline_extract::{Extractor, read_document};
use dateline_formats::write::{
    ActorRow, Article, Cell, DocumentRow, EventRow, Layout, LeftOut, Options, Release, Report,
    Shape, Sheet, Table, Tally, World, actor, columns, document, event, mention, sheet, statement,
};
use insta::assert_snapshot;
use proptest::prelude::*;

/// A summit, an expulsion, a plan, a cancelled event, and a negated one.
const NEWS: &str = "\
date: 2021-06-17
title: A day in Geneva
publisher: The Lake Courier
url: https://example.org/lake/17

US President Joe Biden and Russian President Vladimir Putin met in Geneva on Wednesday. Moscow has expelled 10 American \
diplomats, a spokeswoman said on Thursday. Germany will send medicine to Ukraine next week. France called off a meeting with \
Turkey. Police arrested 20 protesters in Texas. Italy did not sanction Iran.
";

fn record(text: &str) -> Record {
    Extractor::new().extract(&read_document(text))
}

fn world(record: &Record) -> World {
    World {
        id: "w0123456789ab".to_owned(),
        kind: record.events[0].kind,
        status: Standing::Occurred,
        from: "2021-06-16".parse().ok(),
        to: "2021-06-17".parse().ok(),
        parties: vec!["Joe Biden".to_owned(), "Vladimir Putin".to_owned()],
        place: Some("Geneva".to_owned()),
        first_reported: "2021-06-16".parse().unwrap(),
        reported: "2021-06-17".parse().unwrap(),
        sources: 2,
        mentions: 5,
        documents: 4,
    }
}

/// All events of the text; the first is linked to an event of the ledger.
fn written(layout: Layout, text: &str, options: Options) -> (String, Tally) {
    let record = record(text);
    let world = record.events.first().map(|_| world(&record));
    let actors: Vec<Option<String>> =
        record.entities.iter().map(|entity| Some(format!("a{:012x}", entity.id.index()))).collect();
    let article = Article::new("d00000000000000aa", &record, &actors);
    let mut out = Vec::new();
    let mut release = Release::new(&mut out, layout, options).unwrap();
    for (nth, event) in record.events.iter().enumerate() {
        let world = world.as_ref().filter(|_| nth == 0);
        release.report(&Report { article: &article, event, world }).unwrap();
    }
    let tally = release.tally().clone();
    (String::from_utf8(out).unwrap(), tally)
}

/// Prints one line per filled cell, because a row of sixty columns is hard to read.
fn drawn(layout: Layout) -> String {
    let (text, tally) = written(layout, NEWS, Options::default());
    let has_header = matches!(layout, Layout::Polecat | Layout::Icews);
    let mut shown = String::new();
    for row in text.lines().skip(usize::from(has_header)) {
        for (column, cell) in columns(layout).iter().zip(row.split('\t')) {
            if !cell.is_empty() && cell != "None" {
                shown.extend([column.name, ": ", cell, "\n"]);
            }
        }
        shown.push('\n');
    }
    shown + &counted(&tally)
}

fn counted(tally: &Tally) -> String {
    let left = tally.left_out.iter().map(|(why, count)| format!("{count} {}\n", why.as_str()));
    format!("{} rows\n{}", tally.rows, left.collect::<String>())
}

#[test]
fn polecat() {
    assert_snapshot!(drawn(Layout::Polecat));
}

#[test]
fn gdelt_events() {
    assert_snapshot!(drawn(Layout::GdeltEvents));
}

#[test]
fn gdelt_mentions() {
    assert_snapshot!(drawn(Layout::GdeltMentions));
}

#[test]
fn icews() {
    assert_snapshot!(drawn(Layout::Icews));
}

#[test]
fn plover() {
    let (text, tally) = written(Layout::Plover, NEWS, Options::default());
    let mut shown = String::new();
    for line in text.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        shown.extend([format!("{value:#}"), "\n".to_owned()]);
    }
    assert_snapshot!(shown + &counted(&tally));
}

#[test]
fn tables() {
    let record = record(NEWS);
    let world = world(&record);
    let actors: Vec<Option<String>> =
        record.entities.iter().map(|entity| Some(format!("a{:012x}", entity.id.index()))).collect();
    let article = Article::new("d00000000000000aa", &record, &actors);
    let mut rows: Vec<(Sheet, Vec<Vec<Cell>>)> = Vec::new();
    let row = EventRow { world: &world, summary: "They met.", source: "The Lake Courier" };
    rows.push((Sheet::Events, vec![event(&row)]));
    let reports =
        record.events.iter().map(|event| Report { article: &article, event, world: None });
    rows.push((Sheet::Mentions, reports.map(|report| mention(&report)).collect()));
    let said = record.statements.iter().map(|said| statement(&article, said));
    rows.push((Sheet::Statements, said.collect()));
    let row = ActorRow {
        id: "a000000000001",
        name: "Joe Biden",
        kind: "person",
        country: Some("USA"),
        code: Some("USAGOV"),
        aliases: &["biden".to_owned(), "joe biden".to_owned()],
        documents: 3,
        events: 2,
        statements: 1,
    };
    rows.push((Sheet::Actors, vec![actor(&row)]));
    let known =
        DocumentRow { name: Some("lake.txt"), build: Some("0.1.0"), ..DocumentRow::default() };
    rows.push((Sheet::Documents, vec![document(&article, &known)]));
    let mut shown = String::new();
    for (of, rows) in rows {
        shown.extend([of.as_str(), "\n"]);
        for shape in [Shape::Csv, Shape::Tsv, Shape::Ndjson] {
            let mut out = Vec::new();
            let mut table = Table::new(&mut out, sheet(of), shape, false).unwrap();
            // One row of each is enough to see how it is written.
            for row in rows.iter().take(1) {
                table.row(row).unwrap();
            }
            shown.extend([shape.as_str(), "\n", &String::from_utf8(out).unwrap(), "\n"]);
        }
    }
    assert_snapshot!(shown);
}

#[test]
fn what_did_not_take_place_is_written_only_when_asked_for() {
    let text = "date 2021-06-17\n\nItaly did not sanction Iran.\n";
    let (rows, tally) = written(Layout::GdeltEvents, text, Options::default());
    assert_eq!((rows.as_str(), tally.rows), ("", 0));
    assert_eq!(tally.left_out.get(&LeftOut::Negated), Some(&1));
    let (_, tally) =
        written(Layout::GdeltEvents, text, Options { all: true, ..Options::default() });
    assert_eq!((tally.rows, tally.left_out.len()), (1, 0));
}

#[test]
fn one_row_a_day_is_the_first() {
    let text = "date 2021-06-17\n\nFrance expelled Russian diplomats on Tuesday. France expelled Russian diplomats on Tuesday. \
                France expelled Russian diplomats on Wednesday.\n";
    let (_, tally) =
        written(Layout::Icews, text, Options { one_a_day: true, ..Options::default() });
    let (_, all) = written(Layout::Icews, text, Options::default());
    assert_eq!(
        all.rows,
        tally.rows + tally.left_out.get(&LeftOut::Repeated).copied().unwrap_or_default()
    );
    assert!(tally.rows < all.rows, "{tally:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// For any text, each line is a row with one cell per column.
    #[test]
    fn every_row_has_one_cell_per_column(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "France", "Russia", "NATO", "met", "will meet", "expelled", "=1+1", "\t", ";", "the\u{2028}minister", "in Geneva",
                "on Friday", "and", ",", ".", "\"", "\r\n\r\n", "São Paulo", "protesters", "not", "said", "diplomats",
            ]),
            0..60,
        ),
        dated in any::<bool>(),
    ) {
        let header = if dated { "date 2021-05-08\n\n" } else { "" };
        let text = format!("{header}{}", words.join(" "));
        for layout in [Layout::Polecat, Layout::GdeltEvents, Layout::GdeltMentions, Layout::Icews] {
            let (out, tally) = written(layout, &text, Options { all: true, ..Options::default() });
            let header = u64::from(matches!(layout, Layout::Polecat | Layout::Icews));
            prop_assert_eq!(out.lines().count() as u64, tally.rows + header);
            for line in out.lines() {
                prop_assert_eq!(line.split('\t').count(), columns(layout).len());
            }
        }
        for line in written(Layout::Plover, &text, Options::default()).0.lines() {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            for field in ["id", "date", "actor", "event"] {
                prop_assert!(!record[field].is_null(), "{field}");
            }
        }
    }
}
