//! Types of Dateline's record of a dated news text, which serialize to its published JSON.
//!
//! A [`Record`] consists of a [`Document`], [`Sentence`]s, [`Entity`]s, [`Time`]s, [`Statement`]s, [`Event`]s and
//! [`Relation`]s. The code lists they use (PLOVER types, modes, contexts and sectors, CAMEO codes, countries) are in [`codes`];
//! values of time expressions in TIMEX3 notation are in [`calendar`].
//!
//! ```
//! use dateline_core::codes::{Cameo, Country};
//!
//! let arrest: Cameo = "173".parse()?;
//! assert_eq!(arrest.goldstein(), -5.0);
//! let japan: Country = "JPN".parse()?;
//! assert_eq!(japan.name(), "Japan");
//! # Ok::<(), dateline_core::codes::CodeError>(())
//! ```
//!
//! This crate knows no English and reads no text: `dateline-extract` makes records. Each field is a promise to readers of the
//! JSON. Dates and times in the public API are those of [`jiff`], which is re-exported.
#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod calendar;
pub mod codes;
mod coordinates;
mod id;
mod moment;
mod record;
mod source;

pub use jiff;

pub use coordinates::{Coordinates, Degrees, DegreesError};
pub use id::{EntityId, EventId, IdError, StatementId, TimeId};
pub use moment::{Interval, Moment, MomentError};
pub use record::{
    Bound, Certainty, Cue, CueClass, Document, Entity, EntityKind, Event, EventDate, Explanation,
    Form, Inference, Link, Mention, Polarity, Reason, Record, Relation, RelationKind, SCHEMA,
    Sentence, Size, SizeKind, Standing, Statement, StatementKind, Status, TextSpan, Time, TimeKind,
    TimeMod, Trigger, actor_code,
};
pub use source::{Run, Source, SourceMap};

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
