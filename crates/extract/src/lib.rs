//! A dated news text to its record: entities, times, statements, events and relations.
//!
//! [`read_document`] takes the header off a text; [`Extractor::extract`] makes the record. Inside, a layer imports only
//! earlier layers: `entity, time → statement → factuality → event → relation`; `pipeline` alone sees all.
//!
//! Pure: no I/O, no clock, no randomness; the publication date is part of the document.
#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

mod actors;
mod calendar_words;
mod clause;
mod codepoint;
mod document;
mod entity;
mod event;
mod factuality;
mod likeness;
mod linear;
mod pipeline;
mod reading;
mod relation;
mod statement;
mod table;
mod time;

#[cfg(feature = "train")]
pub mod train;

pub use actors::{Actors, BadLine};
pub use document::{complete, read_document, reads_as_english};
pub use event::codebook::{BadRow, Codebook, Frame};
pub use likeness::{BadSpan, Likeness, Marked};
pub use pipeline::{Extractor, ExtractorBuilder, times};
