//! Re-extraction with another build or another reader.
#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::{fs, path::Path, time::Duration};

use dateline_core::{Document, Record};
use dateline_extract::{Extractor, read_document};
use dateline_store::{EventFilter, Ledger, RecodeScope, StoreError};

const BUILD: &str = "test 1";
const TEXTS: [&str; 2] = [
    "date 2021-05-06\n\nJapan will expel two Norwegian diplomats, Foreign Minister Ana Ito said on Thursday.\n",
    "date 2021-05-08\n\nJapan expelled two Norwegian diplomats on Friday.\n",
];

fn write(path: &Path) -> Result<Ledger, StoreError> {
    Ledger::open_for_writing(path, "test", Duration::ZERO)
}

/// A record as another reader would sign it.
fn read_by(reader: &str, document: &Document) -> Record {
    let mut record = Extractor::new().extract(document);
    record.reader = Some(reader.to_owned());
    record
}

fn outdated(ledger: &Ledger, build: &str, reader: &str, scope: RecodeScope) -> usize {
    ledger.documents_to_recode(build, reader, scope).unwrap().len()
}

#[test]
fn records_of_another_reader_are_outdated_and_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = write(&folder.path().join("a.db")).unwrap();
    let records = TEXTS.map(|text| read_by("fast", &read_document(text)).into());
    ledger.ingest(&records, BUILD).unwrap();
    assert_eq!(outdated(&ledger, BUILD, "fast", RecodeScope::Outdated), 0);
    assert_eq!(outdated(&ledger, BUILD, "careful", RecodeScope::Outdated), 2);
    assert_eq!(outdated(&ledger, BUILD, "careful", RecodeScope::OtherReader), 2);
    assert_eq!(outdated(&ledger, BUILD, "careful", RecodeScope::OtherBuild), 0);
    assert_eq!(outdated(&ledger, "test 2", "fast", RecodeScope::OtherBuild), 2);
    assert_eq!(outdated(&ledger, "test 2", "fast", RecodeScope::OtherReader), 0);
    assert_eq!(outdated(&ledger, BUILD, "fast", RecodeScope::All), 2);

    let before = ledger.timeline(&EventFilter::default()).unwrap();
    assert!(!before.is_empty());
    let ids = ledger.documents_to_recode(BUILD, "careful", RecodeScope::Outdated).unwrap();
    let mut n_differences = 0;
    ledger
        .recode(&ids, BUILD, false, &|document| read_by("careful", document), &mut |recoded| {
            n_differences += recoded.differences.len();
        })
        .unwrap();
    // The reader is no part of the text's meaning: the same parts are no difference.
    assert_eq!(n_differences, 0);
    assert_eq!(ledger.timeline(&EventFilter::default()).unwrap(), before);
    assert_eq!(outdated(&ledger, BUILD, "careful", RecodeScope::Outdated), 0);
    let readers = ledger.stats().unwrap().readers;
    assert_eq!(readers.into_iter().collect::<Vec<_>>(), [("careful".to_owned(), 2)]);
    assert_eq!(ledger.document(&ids[0]).unwrap().record.reader.as_deref(), Some("careful"));
    let checked = ledger.check().unwrap();
    assert!(checked.faults.is_empty(), "{:#?}", checked.faults);
}

#[test]
fn records_from_before_there_were_two_readers_are_outdated() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/schema-4.db");
    fs::copy(sample, &path).unwrap();
    let ledger = write(&path).unwrap();
    let ids = ledger.documents_to_recode("sample", "fast", RecodeScope::Outdated).unwrap();
    assert_eq!(ids.len(), 3);
    assert_eq!(outdated(&ledger, "sample", "fast", RecodeScope::OtherBuild), 0);
    assert_eq!(ledger.document(&ids[0]).unwrap().record.reader, None);
    assert!(ledger.stats().unwrap().readers.is_empty());
}
