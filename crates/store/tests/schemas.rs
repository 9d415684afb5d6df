//! Ledgers of every schema version, and files that are not ledgers.

use std::{fs, path::Path, time::Duration};

use dateline_store::{EventFilter, Ledger, SCHEMA, SearchFilter, StoreError};

fn write(path: &Path) -> Result<Ledger, StoreError> {
    Ledger::open_for_writing(path, "test", Duration::ZERO)
}

#[test]
fn ledgers_of_all_schemas_open_and_are_consistent() {
    for schema in 1..=SCHEMA {
        let sample =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/schema-{schema}.db"));
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("a.db");
        fs::copy(sample, &copy).unwrap();
        let mut ledger = write(&copy).unwrap();
        let checked = ledger.check().unwrap();
        assert!(checked.faults.is_empty(), "schema {schema}: {:#?}", checked.faults);
        let events = ledger.timeline(&EventFilter::default()).unwrap();
        assert!(events.len() > 3, "schema {schema}: {events:?}");
        for event in events {
            assert!(!ledger.event(&event.id, None).unwrap().history.is_empty());
        }
        assert!(!ledger.search(&SearchFilter::new().words("ambassadors")).unwrap().is_empty());
    }
}

#[test]
fn an_older_schema_must_be_updated_before_it_is_read() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/schema-1.db");
    let refused = Ledger::open(&sample).unwrap_err();
    assert!(matches!(refused, StoreError::Older { found: 1, known: SCHEMA, .. }), "{refused}");
}

#[test]
fn a_newer_schema_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    drop(write(&path).unwrap());
    let mut bytes = fs::read(&path).unwrap();
    // The header keeps `user_version` at byte 60 (SQLite file format, 1.3).
    bytes[60..64].copy_from_slice(&(SCHEMA + 1).to_be_bytes());
    fs::write(&path, &bytes).unwrap();
    for refused in [write(&path).map(|_| ()), Ledger::open(&path).map(|_| ())] {
        let said = refused.unwrap_err().to_string();
        assert!(
            said.contains(&format!("schema {}", SCHEMA + 1)) && said.contains("upgrade"),
            "{said}"
        );
    }
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn other_files_are_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    fs::write(&text, "Talks resumed on Monday, and this is no database of any kind.\n".repeat(40))
        .unwrap();
    let before = fs::read(&text).unwrap();
    for refused in [write(&text).map(|_| ()), Ledger::open(&text).map(|_| ())] {
        let said = refused.unwrap_err().to_string();
        assert!(said.contains("is not a Dateline ledger (not an SQLite file)"), "{said}");
    }
    assert_eq!(fs::read(&text).unwrap(), before);
    let missing = Ledger::open(&folder.path().join("none.db")).unwrap_err().to_string();
    assert!(missing.contains("no ledger at"), "{missing}");
}

#[test]
fn an_empty_ledger_is_consistent_and_answers_queries() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = write(&folder.path().join("a.db")).unwrap();
    assert!(ledger.check().unwrap().faults.is_empty());
    assert!(ledger.timeline(&EventFilter::default()).unwrap().is_empty());
    assert!(ledger.agenda(&EventFilter::default()).unwrap().is_empty());
    assert!(matches!(ledger.event("w000000000000", None), Err(StoreError::NoSuchEvent(_))));
    assert_eq!(ledger.stats().unwrap().documents, 0);
}

#[test]
fn damage_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let sample =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/schema-{SCHEMA}.db"));
    fs::copy(sample, &path).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let words = b"Villa La Grange";
    let at = bytes.windows(words.len()).position(|window| window == words).unwrap();
    bytes[at..at + 5].copy_from_slice(b"Hotel");
    fs::write(&path, bytes).unwrap();
    let faults = write(&path).unwrap().check().unwrap().faults;
    assert!(faults.iter().any(|fault| fault.what.contains("its id does not match")), "{faults:#?}");
}

#[test]
fn one_sqlite_is_linked_and_it_keeps_commits() {
    let version: Vec<u32> =
        Ledger::sqlite_version().split('.').map(|part| part.parse().unwrap()).collect();
    assert!(version >= vec![3, 51, 3], "SQLite {version:?} can lose commits");
    let lock =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock")).unwrap();
    assert_eq!(lock.matches("name = \"libsqlite3-sys\"").count(), 1);
}
