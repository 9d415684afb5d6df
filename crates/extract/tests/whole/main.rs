//! Tests of the whole extraction, from a text to its record.

mod drawing;
mod explained;
mod fixtures;
mod invariants;
mod no_event;
mod not_time;
mod properties;
mod times;
