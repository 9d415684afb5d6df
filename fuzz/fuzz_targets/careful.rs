//! Any string is read by the careful reader into trees, the same with any vector instructions.

#![no_main]

use std::sync::LazyLock;

use dateline_nlp::{English, ReaderKind, check};
use libfuzzer_sys::fuzz_target;

static READER: LazyLock<English> = LazyLock::new(|| English::new(ReaderKind::Careful));

fuzz_target!(|text: &str| check::reading(&READER, text));
