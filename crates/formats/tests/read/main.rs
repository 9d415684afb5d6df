//! Readers: the fixtures of every format, and what holds of any bytes at all.

mod fixtures;
mod invariants;
mod properties;
