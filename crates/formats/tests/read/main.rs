//! Readers: the fixtures of every format, and arbitrary bytes.
#![expect(clippy::unwrap_used, reason = "a test fails where a reader does something else")]

mod fixtures;
mod invariants;
mod properties;
mod warc;
