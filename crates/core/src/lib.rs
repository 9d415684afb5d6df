//! The record Dateline makes of one dated news text, as types that serialize to the published JSON.
//!
//! [`Record`] is the whole; its parts are [`Document`], [`Sentence`], [`Entity`], [`Time`], [`Statement`], [`Event`] and
//! [`Relation`]. The closed lists they draw on (PLOVER types, modes, contexts and sectors, CAMEO codes) are in [`codes`].
//!
//! What time expressions point to, and how TIMEX3 writes it, is in [`calendar`].
//!
//! This crate knows no English and reads no text: it says what a record is, and leaves making one to
//! `dateline-extract`. Every field here is a promise to readers of the JSON.
#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod calendar;
pub mod codes;
mod coordinates;
mod id;
mod label;
mod moment;
mod record;
mod source;

pub use coordinates::{Coordinates, Degrees, DegreesError};
pub use id::{EntityId, EventId, IdError, StatementId, TimeId};
pub use moment::{Interval, Moment, MomentError};
pub use record::{
    Bound, Certainty, Cue, CueClass, Document, Entity, EntityKind, Event, EventDate, Explanation,
    Form, Link, Mention, Polarity, Reason, Record, Relation, RelationKind, SCHEMA, Sentence, Size,
    SizeKind, Standing, Statement, StatementKind, Status, TextSpan, Time, TimeKind, TimeMod,
    Trigger,
};
pub use source::{Run, Source, SourceMap};
