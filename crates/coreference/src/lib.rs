//! Event coreference: decides whether two news reports tell of the same event, and says why.
//!
//! A *report* is all that one document says of one event. Its [`Sketch`] holds what it is compared by in some 80 bytes: event
//! type, parties, days, places and a few word hashes. [`compare`] scores two sketches and names its reasons, or the
//! objection that keeps them apart; [`resolve`] groups any number of them into events; a [`Profile`] is what the reports of
//! one event know together. [`record::sketch`] makes the sketch of an event in a record of
//! [`dateline_core`].
//!
//! The ledger of `dateline-store` joins its reports with this crate, and `cargo xtask eval event-coref` scores this crate, so
//! the figures are those of the joins that users see.
//!
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
