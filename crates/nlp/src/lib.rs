//! Splits English text into sentences and tokens and finds tags, lemmas, dependency trees and names, with byte spans.
//!
//! [`English`] is a reader with its compiled-in model: the fast one or, with the feature `careful`, the careful one, as
//! [`ReaderKind`] says. [`English::analyze`] reads a text and returns an [`Analysis`]; it never fails.
//! [`Sentence`] and [`Token`] are views into the analysis. Tags and trees follow Universal Dependencies 2.
//!
//! ```
//! use dateline_nlp::{Deprel, English, ReaderKind};
//!
//! let english = English::new(ReaderKind::Fast);
//! let analysis = english.analyze("Japan expelled two envoys. Talks resumed on Friday.");
//! assert_eq!(analysis.n_sentences(), 2);
//!
//! let expelled = analysis.tokens().nth(1).expect("the text has tokens");
//! assert_eq!((expelled.text(), expelled.lemma()), ("expelled", "expel"));
//! let subject = expelled.child(Deprel::Nsubj).expect("the verb has a subject");
//! assert_eq!(subject.text(), "Japan");
//! assert_eq!(subject.span().range(), 0..5);
//! ```
//!
//! [`Reader`] is the interface of a reader of any language; a program that can choose between several holds a `Box<dyn Reader>`.
//!
//! The crate knows nothing about politics or the calendar. It does no I/O and uses no clock and no randomness. All arithmetic
//! that decides is on integers, so the same text gives the same analysis on every machine.
//!
//! Data and models of a language are in `data/LANGUAGE` and `model/LANGUAGE`: `data/en` and `model/en` for English.
#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

mod analysis;
#[doc(hidden)]
pub mod check;
pub mod conllu;
mod encoder;
mod english;
mod lemma;
mod net;
mod reader;
mod reader_kind;
mod segment;
mod span;
mod tags;
mod triggers;
mod typography;

pub use analysis::{Analysis, Name, Sentence, SentenceIdx, Token, TokenIdx};
pub use english::English;
#[cfg(feature = "train")]
pub use lemma::train::exceptions;
#[cfg(feature = "train")]
pub use net::train;
pub use reader::Reader;
pub use reader_kind::{MissingReader, ReaderKind};
pub use segment::{Segmentation, segment, segment_within};
pub use span::Span;
pub use tags::{Deprel, NameKind, Upos, Xpos};
pub use triggers::{N_ROLES, N_STATUSES, N_TYPES, Trigger, TriggerLabels, Triggers, logit};

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
