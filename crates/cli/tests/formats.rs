//! Tests of every input and export format, with the commands run as built.
#![expect(clippy::unwrap_used, reason = "a test fails where the command does something else")]

mod shared;

use std::{fs, io::Write as _, path::Path, process::Output};

use insta::assert_snapshot;
use serde_json::Value;
use tempfile::TempDir;

use shared::{dateline, shown};

fn fixtures(of: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(of)
        .to_string_lossy()
        .into_owned()
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    dateline(folder, arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Id, date and title of each record on standard output.
fn documents(output: &Output) -> Vec<String> {
    let lines = text(&output.stdout);
    let about = |line: &str| {
        let record: Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| record["document"][name].as_str().unwrap_or("-").to_owned();
        format!("{} {} {}", field("id"), field("published"), field("title"))
    };
    lines.lines().map(about).collect()
}

/// A folder with a copy of the good fixture of every format, one of them compressed.
fn news() -> TempDir {
    let folder = TempDir::new().unwrap();
    for (of, name) in [
        ("csv/good.csv", "table.csv"),
        ("feed/good-rss.xml", "feed.xml"),
        ("html/good.html", "page.html"),
        ("json/good.json", "answer.json"),
        ("jsonfeed/good.json", "feed.json"),
        ("ndjson/good.ndjson", "lines.ndjson"),
        ("newsml/good.xml", "message.xml"),
        ("nitf/good.xml", "article.xml"),
        ("text/good.txt", "text.txt"),
        ("tsv/good.tsv", "table.tsv"),
        ("warc/good.warc", "crawl.warc"),
    ] {
        let bytes = fs::read(fixtures(&format!("formats/{of}"))).unwrap();
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

#[test]
fn a_folder_of_every_format_is_read() {
    let folder = news();
    let output = run(folder.path(), &["extract", "."]);
    assert_eq!(output.status.code(), Some(0), "{}", shown(&output));
    assert_snapshot!(format!(
        "{}\n--- stderr\n{}",
        documents(&output).join("\n"),
        text(&output.stderr)
    ));
}

#[test]
fn a_stream_is_known_by_its_content() {
    let folder = news();
    for (name, n) in [("feed.xml", 2), ("page.html", 1), ("crawl.warc", 2), ("lines.ndjson", 2)] {
        let file = fs::File::open(folder.path().join(name)).unwrap();
        let output = dateline(folder.path(), &["extract", "-"]).stdin(file).output().unwrap();
        assert_eq!(documents(&output).len(), n, "{name}: {}", shown(&output));
    }
}

#[test]
fn names_of_fields_and_formats_may_be_said() {
    let folder = TempDir::new().unwrap();
    let lines = "{\"story\":{\"words\":\"Talks resumed in Oslo on Friday, they said.\",\"head\":\"Talks\"},\"day\":\"2021-05-08\"}\n";
    fs::write(folder.path().join("a.dat"), lines).unwrap();
    let map = "text=story.words,title=story.head,published=day";
    let output = run(folder.path(), &["extract", "--from", "ndjson", "--map", map, "a.dat"]);
    assert_eq!(documents(&output), ["a.dat:1 2021-05-08 Talks"], "{}", shown(&output));
    let refused = run(folder.path(), &["extract", "--from", "word", "a.dat"]);
    assert!(text(&refused.stderr).contains("text, ndjson"), "{}", shown(&refused));
    let refused = run(folder.path(), &["extract", "--map", "headline=title", "a.dat"]);
    assert!(text(&refused.stderr).contains("before the `=`"), "{}", shown(&refused));
}

#[test]
fn other_languages_are_counted_and_set_aside() {
    let folder = TempDir::new().unwrap();
    let german =
        "Die Minister haben am Montag lange mit den Gesandten aus beiden Ländern gesprochen.\n";
    let english =
        "Date: 2021-05-08\n\nThe ministers of both countries met in the capital on Friday.\n";
    for (name, text) in [("a.txt", german), ("b.txt", english), ("c.txt", german)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let output = run(folder.path(), &["extract", "."]);
    assert_eq!(documents(&output).len(), 1);
    assert_eq!(
        (output.status.code(), text(&output.stderr).as_str()),
        (Some(0), "dateline: skipped, not in English: ./a.txt, ./c.txt (2 de)\n")
    );
}

#[test]
fn a_source_leads_back_to_the_bytes() {
    let folder = news();
    let output = run(folder.path(), &["extract", "--source", "page.html"]);
    let record: Value = serde_json::from_slice(&output.stdout).unwrap();
    let page = fs::read(folder.path().join("page.html")).unwrap();
    let (text, source) = (record["document"]["text"].as_str().unwrap(), &record["source"]);
    assert_eq!(
        (source["path"].as_str(), source["length"].as_u64()),
        (Some("page.html"), Some(page.len() as u64))
    );
    let mut verbatim = 0;
    for run in source["map"].as_array().unwrap() {
        let numbers: Vec<usize> = run
            .as_array()
            .unwrap()
            .iter()
            .map(|it| usize::try_from(it.as_u64().unwrap()).unwrap())
            .collect();
        if let [at, from, length] = numbers[..] {
            assert_eq!(text.as_bytes()[at..at + length], page[from..from + length]);
            verbatim += length;
        }
    }
    assert!(verbatim * 10 > text.len() * 9, "{verbatim} of {}", text.len());
}

#[test]
fn broken_input_is_reported_with_counts() {
    let folder = TempDir::new().unwrap();
    for name in [
        "csv/broken.csv",
        "feed/broken-laughs.xml",
        "ndjson/broken.ndjson",
        "text/broken.txt",
        "warc/broken.warc",
    ] {
        let bytes = fs::read(fixtures(&format!("formats/{name}"))).unwrap();
        fs::write(folder.path().join(name.split('/').next_back().unwrap()), bytes).unwrap();
    }
    let whole = fs::read(fixtures("formats/ndjson/good.ndjson")).unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&whole.repeat(50)).unwrap();
    let packed = packed.finish().unwrap();
    fs::write(folder.path().join("cut.ndjson.gz"), &packed[..packed.len() / 2]).unwrap();
    let mut output = run(folder.path(), &["extract", "."]);
    output.stdout.clear();
    assert_eq!(output.status.code(), Some(1));
    assert_snapshot!(shown(&output));
}

/// A folder with a ledger of the story of the fixtures.
fn ledger() -> TempDir {
    let folder = TempDir::new().unwrap();
    let output = run(folder.path(), &["ingest", &fixtures("geneva-2021")]);
    assert!(output.status.success(), "{}", shown(&output));
    folder
}

#[test]
fn every_export_has_rows_and_says_how_many() {
    let folder = ledger();
    let mut counts = Vec::new();
    for format in [
        "csv events",
        "tsv mentions",
        "ndjson statements",
        "csv actors",
        "csv documents",
        "polecat",
        "gdelt",
        "gdelt-mentions",
        "icews",
        "icews --one-a-day",
        "plover",
        "ics",
        "schema-org",
        "annotations",
        "timeml --output tml",
        "brat --output brat",
        "csv --status scheduled --as-of 2021-06-10",
        "polecat --all",
        "polecat --actor Putin",
    ] {
        let arguments: Vec<&str> = std::iter::once("export").chain(format.split(' ')).collect();
        let output = run(folder.path(), &arguments);
        assert!(output.status.success(), "{format}: {}", shown(&output));
        let lines = text(&output.stdout).lines().count();
        counts.push(format!("{format}: {lines} lines; {}", text(&output.stderr).trim_end()));
    }
    for (name, ending) in [("tml", "tml"), ("brat", "ann"), ("brat", "txt")] {
        let files = fs::read_dir(folder.path().join(name)).unwrap();
        let n = files
            .filter(|file| {
                file.as_ref().unwrap().path().extension().is_some_and(|own| own == ending)
            })
            .count();
        counts.push(format!("{name}: {n} files .{ending}"));
    }
    assert_snapshot!(counts.join("\n"));
}

#[test]
fn an_agenda_moves_with_its_events() {
    let folder = ledger();
    let calendar = |day: &str| {
        let output = run(
            folder.path(),
            &["export", "ics", "--as-of", day, "--type", "CONSULT", "--place", "Geneva"],
        );
        text(&output.stdout).replace("\r\n ", "")
    };
    let (before, after) = (calendar("2021-05-26"), calendar("2021-06-17"));
    let lines = |text: &str, key: &str| -> Vec<String> {
        text.lines().filter(|line| line.starts_with(key)).map(str::to_owned).collect()
    };
    let uid = lines(&before, "UID:");
    assert!(
        !uid.is_empty() && uid.iter().all(|uid| lines(&after, "UID:").contains(uid)),
        "{before}\n{after}"
    );
    assert!(
        lines(&after, "X-DATELINE-STATUS:").contains(&"X-DATELINE-STATUS:occurred".to_owned()),
        "{after}"
    );
}

#[test]
fn what_does_not_go_together_is_refused() {
    let folder = ledger();
    let refused: Vec<String> = [
        "export polecat events",
        "export csv --all",
        "export csv actors --since 2021-01-01",
        "export timeml",
        "export ics --columns",
        "export word",
        "extract --format polecat --explain a.txt",
    ]
    .iter()
    .map(|arguments| text(&run(folder.path(), &arguments.split(' ').collect::<Vec<_>>()).stderr))
    .collect();
    assert_snapshot!(refused.concat());
    let columns = run(folder.path(), &["export", "icews", "--columns"]);
    assert_eq!(text(&columns.stdout).lines().count(), 20);
}

#[test]
fn a_dump_makes_the_same_ledger_again() {
    let folder = ledger();
    let dump = run(folder.path(), &["dump"]);
    fs::write(folder.path().join("dump.ndjson"), &dump.stdout).unwrap();
    let loaded = run(folder.path(), &["load", "--db", "copy.db", "dump.ndjson"]);
    assert_eq!(
        shown(&loaded),
        "exit 0\n--- stderr\n--- stdout\n16 new, 0 duplicate, 0 manual overrides, 0 failed\n"
    );
    let again = run(folder.path(), &["dump", "--db", "copy.db"]);
    assert!(again.stdout == dump.stdout);
    let cut = dump.stdout.len() - 400;
    fs::write(folder.path().join("cut.ndjson"), &dump.stdout[..cut]).unwrap();
    let loaded = run(folder.path(), &["load", "--db", "cut.db", "cut.ndjson"]);
    assert_eq!(loaded.status.code(), Some(1), "{}", shown(&loaded));
    assert!(text(&loaded.stderr).contains("truncated"), "{}", shown(&loaded));
}

#[test]
fn every_document_is_found_where_it_was_read() {
    let folder = news();
    let ingested = run(folder.path(), &["ingest", "."]);
    assert!(ingested.status.success(), "{}", shown(&ingested));
    let verified = run(folder.path(), &["verify", "--format", "table"]);
    assert_snapshot!("verified", shown(&verified));
    let page = folder.path().join("page.html");
    let changed = fs::read_to_string(&page).unwrap().replace("Khartoum", "Kharkiv");
    fs::write(&page, changed).unwrap();
    fs::remove_file(folder.path().join("text.txt")).unwrap();
    let verified = run(folder.path(), &["verify", "--format", "table"]);
    assert_snapshot!("verified_otherwise", shown(&verified));
}
