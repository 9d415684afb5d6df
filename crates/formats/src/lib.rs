//! Readers of news files and writers of event data.
//!
//! [`mod@read`] turns files and streams (text, HTML, JSON, CSV, feeds, news in XML, web archives, Parquet) into documents, each with a map
//! back to its bytes; [`verify()`] checks a text against those bytes. [`mod@write`] writes tables and the formats of other event data
//! sets (POLECAT, GDELT, ICEWS, PLOVER), calendars, annotations and schema.org; [`timeml`] writes TimeML. [`escaped`] shows
//! invisible characters of a text.
//!
//! ```
//! use dateline_formats::read::{self, FieldNames, Format};
//!
//! let page = b"<html><head><title>Talks</title></head><body><article><p>Talks resumed on Friday.</p></article></body></html>";
//! let mut texts = Vec::new();
//! read::cut(&mut &page[..], Format::Html, &mut |piece| {
//!     let documents = piece.map(|cut| read::open(&cut, &FieldNames::default())).unwrap_or_default();
//!     texts.extend(documents.into_iter().flatten().map(|opened| opened.document.text));
//!     true
//! })?;
//! assert!(texts[0].contains("Talks resumed on Friday."));
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! Readers fetch nothing and open no other file. Writers take parts of a record, use no clock, and add nothing the record does not
//! say. Dates are those of [`jiff`], which is re-exported.
//!
//! The feature `parquet` adds reading and writing of Apache Parquet.
#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

mod escape;
pub mod read;
pub mod timeml;
mod verify;
pub mod write;
mod xml;

pub use jiff;

pub use escape::{escaped, is_hidden};
pub use verify::verify;

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
