//! What Dateline reads, written the way other programs take it.
//!
//! [`timeml`] writes a document with its time expressions marked in the text, [`mod@write`] tables and the formats of event data.
//!
//! A writer takes parts of the record and gives back text: no I/O, no clock. It claims nothing the record does not.
#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

mod named;
pub mod read;
pub mod timeml;
pub mod write;
mod xml;
