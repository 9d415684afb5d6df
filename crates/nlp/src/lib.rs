//! English for programs: a text becomes sentences, tokens, tags, lemmas, dependency trees and names, each with the bytes
//! it was read from.
//!
//! [`English`] holds the compiled-in model; [`English::analyze`] reads a text and never fails; [`Analysis`] is what it read,
//! walked through [`Sentence`] and [`Token`]. Tags and trees are those of Universal Dependencies 2.
//!
//! This crate knows no politics and no calendar: it could serve any program that reads English. It does no I/O, reads
//! no clock and draws no random numbers; the same text gives the same analysis on every machine, because all arithmetic
//! on the way is on integers.
#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

mod analysis;
#[doc(hidden)]
pub mod check;
pub mod conllu;
mod english;
mod lemma;
mod net;
mod segment;
mod span;
mod tags;

pub use analysis::{Analysis, Name, Sentence, SentenceIdx, Token, TokenIdx};
pub use english::English;
#[cfg(feature = "train")]
pub use lemma::train::exceptions;
#[cfg(feature = "train")]
pub use net::train;
pub use segment::{Segmentation, segment, segment_within};
pub use span::Span;
pub use tags::{Deprel, LabelError, NameKind, Upos, Xpos};
