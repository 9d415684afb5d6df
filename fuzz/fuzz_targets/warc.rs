//! Any bytes, read as a web archive, give documents that lead back to them. The check is the body of the property tests.
#![no_main]

#[path = "../../crates/formats/tests/read/invariants.rs"]
mod invariants;

use dateline_formats::read::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    invariants::check(Format::Warc, bytes);
});
