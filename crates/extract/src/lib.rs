//! Extraction of events, statements, times and entities from dated English news text.
//!
//! [`read_document`] reads the header of a text: its date, headline, byline and agency. [`Extractor::extract`] turns the
//! document into a [`Record`](dateline_core::Record), whose types are those of [`dateline_core`].
//!
//! ```
//! use dateline_extract::{Extractor, read_document};
//!
//! let document = read_document("date 2021-05-08\nAlice Mwangi said that Kenya would not attend the talks.\n");
//! let record = Extractor::new().extract(&document);
//! let statement = &record.statements[0];
//! let speaker = statement.speaker.expect("the sentence names her");
//! assert_eq!(record.entities[speaker.index()].name, "Alice Mwangi");
//! assert_eq!(statement.content[0].text, "Kenya would not attend the talks");
//! ```
//!
//! Extraction runs in layers, each of which imports only earlier ones: `entity, time → statement → factuality → event →
//! relation`. Only `pipeline` sees them all.
//!
//! Pure: no I/O, no clock, no randomness. The publication date is part of the document.
#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

mod actors;
mod calendar_words;
mod clause;
mod codepoint;
mod document;
mod entity;
mod event;
mod factuality;
mod linear;
mod pipeline;
mod reading;
mod relation;
mod sparse;
mod statement;
mod table;
mod time;

#[cfg(feature = "train")]
pub mod train;

pub use actors::{Actors, BadLine};
pub use dateline_core;
pub use dateline_nlp::{self, MissingReader, ReaderKind};
pub use document::{complete, read_document, reads_as_english};
pub use event::{
    LeastConfidence,
    codebook::{BadRow, Codebook, Frame, Mark},
};
pub use pipeline::{Extractor, ExtractorBuilder, times};

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
