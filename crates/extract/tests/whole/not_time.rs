//! Words that look like times but are not.

use std::fs;

use dateline_extract::{Extractor, read_document};

/// The fixtures `fixtures/time/not-time-*.txt` contain no time expression.
#[test]
fn what_is_not_time_is_left_alone() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/time");
    let extractor = Extractor::new();
    let mut n_read = 0;
    for entry in fs::read_dir(folder).expect("the fixtures lie there") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let is_text = path.extension().is_some_and(|extension| extension == "txt");
        if !name.starts_with("not-time-") || !is_text {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a fixture can be read");
        let mut document = read_document(&text);
        document.published = document.published.or("2021-05-08".parse().ok());
        let found: Vec<String> = extractor
            .times(&document)
            .into_iter()
            .map(|time| format!("{} {}", time.span.text, time.value))
            .collect();
        assert!(found.is_empty(), "{name}: {found:?}");
        n_read += 1;
    }
    assert!(n_read >= 3, "only {n_read} fixtures");
}
