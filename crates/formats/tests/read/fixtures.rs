//! Every file in `fixtures/formats`, which has one folder per format, compared with a snapshot of what is read from it.
//!
//! Update the snapshots with `INSTA_UPDATE=always cargo test -p dateline-formats --test read`.

use std::{fmt::Write as _, fs};

use dateline_formats::read::OpenedDocument;
use insta::{Settings, assert_snapshot, glob};

use crate::invariants;

#[test]
fn every_fixture_reads_as_its_snapshot_says() {
    glob!("../../../../fixtures/formats", "*/*", |path| {
        if path.extension().is_some_and(|extension| extension == "snap" || extension == "md") {
            return;
        }
        let folder = path.parent().expect("the pattern asks for a folder");
        let name = folder.file_name().expect("the pattern asks for one").to_string_lossy();
        let format = name.parse().expect("the folder names a format");
        let bytes = fs::read(path).expect("fixtures can be read");
        let mut shown = String::new();
        for piece in invariants::check(format, &bytes) {
            match piece {
                Err(problem) => {
                    writeln!(
                        shown,
                        "at {}{}: {}\n",
                        problem.at,
                        number(problem.number),
                        problem.why
                    )
                }
                Ok((cut, documents)) => {
                    writeln!(
                        shown,
                        "record at {}{}, {} bytes, {}",
                        cut.at,
                        number(cut.number),
                        cut.bytes.len(),
                        cut.format
                    )
                    .expect("a string takes all");
                    for document in documents {
                        match document {
                            Ok(found) => shown.push_str(&drawn(&cut.bytes, &found)),
                            Err(why) => {
                                writeln!(shown, "  no document: {why}")
                                    .expect("a string takes all");
                            }
                        }
                    }
                    writeln!(shown)
                }
            }
            .expect("a string takes all");
        }
        let mut settings = Settings::clone_current();
        settings.set_snapshot_path(folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.remove_snapshot_suffix();
        settings.remove_input_file();
        let name = path.file_name().expect("the pattern asks for one").to_string_lossy();
        settings.bind(|| assert_snapshot!(name.as_ref(), shown));
    });
}

fn number(number: Option<u64>) -> String {
    number.map_or_else(String::new, |number| format!(" (number {number})"))
}

/// Prints the metadata of the document, then each line of its text with its source bytes.
fn drawn(bytes: &[u8], found: &OpenedDocument) -> String {
    let document = &found.document;
    let mut shown = String::from("  document\n");
    let published = document.published.map(|day| day.to_string());
    let fields = [
        ("id", &document.id),
        ("published", &published),
        ("title", &document.title),
        ("publisher", &document.publisher),
        ("agency", &document.agency),
        ("byline", &document.byline),
        ("url", &document.url),
        ("language", &document.language),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            writeln!(shown, "    {name}: {value}").expect("a string takes all");
        }
    }
    if found.encoding != "UTF-8" {
        writeln!(shown, "    encoding: {}", found.encoding).expect("a string takes all");
    }
    if !found.guessed.is_empty() {
        writeln!(shown, "    guessed: {:?}", found.guessed).expect("a string takes all");
    }
    if let Some(note) = &found.note {
        writeln!(shown, "    note: {note}").expect("a string takes all");
    }
    let mut at = 0_u64;
    for line in document.text.split_inclusive('\n') {
        let length = line.len() as u64;
        writeln!(shown, "    | {}", line.trim_end_matches('\n')).expect("a string takes all");
        if let Some(source) = found.map.source(at..at + length) {
            let range =
                usize::try_from(source.start).unwrap()..usize::try_from(source.end).unwrap();
            let raw = String::from_utf8_lossy(&bytes[range]).replace('\n', "␤").replace('\r', "␍");
            writeln!(shown, "    ^ {}..{} {raw}", source.start, source.end)
                .expect("a string takes all");
        }
        at += length;
    }
    shown
}
