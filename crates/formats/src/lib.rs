//! What Dateline reads, written the way other programs take it.
//!
//! [`timeml`] writes a document with its time expressions marked in the text, [`mod@write`] tables and the formats of event data. [`mod@read`] reads what news
//! comes in, and [`verify`] holds a text against the bytes it was read from. [`escaped`]
//! writes out what a text would hide from people.
//!
//! A writer takes parts of the record and gives back text: no I/O, no clock. It claims nothing the record does not.
#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

mod escape;
pub mod read;
pub mod timeml;
mod verify;
pub mod write;
mod xml;

pub use escape::{escaped, is_hidden};
pub use verify::verify;
