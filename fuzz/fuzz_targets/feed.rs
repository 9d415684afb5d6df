//! Any bytes read as a feed yield documents whose text maps back to the bytes. Runs the check of the property tests.
#![no_main]

#[path = "../../crates/formats/tests/read/invariants.rs"]
mod invariants;

use dateline_formats::read::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    invariants::check(Format::Feed, bytes);
});
