//! Event coreference: decides whether two news reports are about the same event, and says why.
//!
//! A *report* is all that one document says of one event (a *unit* of the ledger). Its [`Sketch`] holds what it is compared by in some 80 bytes: event
//! type, parties, days, places and a few word hashes. [`compare()`] scores two sketches and names its reasons, or the
//! objection that keeps them apart; [`resolve`] groups any number of them into events; a [`Profile`] is what the reports of
//! one event know together. [`record::sketch`] makes the sketch of an event in a record of
//! [`dateline_core`].
//!
//! The ledger of `dateline-store` joins reports with this crate, and `cargo xtask eval event-coref` scores it, so the figures are
//! those of the joins that users see.
//!
//! # Why points, and not a trained model?
//!
//! An earlier version also had a trained scorer (boosted trees over 72 features, trained on ECB+), which the ledger never used
//! and could not have used. It weighed words by their frequency in all documents and first grouped the documents by story, so
//! every new document changed all scores; a ledger takes documents one at a time. ECB+ has no publication dates, few political
//! events and hardly any plans, so a model cannot learn from it what distinguishes political events: days, sides, and whether a
//! plan is the same plan.
//!
//! On the development topics of ECB+ with gold mentions, the trained scorer reached a `CoNLL` F1 of 77.6. This crate reaches
//! 63.5, with a B-cubed precision of 89 and a recall of 52; joining mentions by head lemma gives 63.4, with 55 and 68. End to
//! end, with the events that Dateline extracts, it is 2.5, because the codebook covers 4.5 % of the mentions. Most mentions of
//! ECB+ are [acts without a type](record::untyped_sketch), which are compared by trigger and sentence.
//! ```
//! use dateline_core::codes::PloverType;
//! use dateline_coreference::{Objection, Sketch, compare};
//!
//! let call = Sketch::new(Some(PloverType::Consult), "phone", 18_794);
//! let meeting = Sketch::new(Some(PloverType::Consult), "meet", 18_794);
//! assert_eq!(compare(&call, &meeting), Err(Objection::CallAgainstMeeting));
//! ```
#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod actor;
mod bytes;
pub mod compare;
pub mod day;
pub mod family;
pub mod name;
mod profile;
pub mod record;
mod resolve;
mod sketch;

pub use compare::{Match, Objection, Reason, compare};
pub use profile::Profile;
pub use resolve::resolve;
pub use sketch::{Party, Place, Role, Sketch};
