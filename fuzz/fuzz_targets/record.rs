//! Any bytes, decoded leniently, yield a valid record. Runs the check of the property tests.
#![no_main]

#[path = "../../crates/extract/tests/whole/invariants.rs"]
mod invariants;

use std::sync::LazyLock;

use dateline_extract::Extractor;
use libfuzzer_sys::fuzz_target;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

fuzz_target!(|bytes: &[u8]| {
    invariants::check(&EXTRACTOR, &String::from_utf8_lossy(bytes));
});
