//! The ledger: one SQLite file of news documents and of the events they report, each with its history, as known on any day.
//!
//! Open a [`Ledger`] and [`ingest`](Ledger::ingest) documents with their records. The ledger merges reports of the same event
//! across documents, and keeps the history of each event: the states it went through, each with the report that led to it.
//!
//! A query has two axes of time: what had been *reported* by a day ([`EventFilter::as_of`](field@EventFilter::as_of)), and when
//! events *take place* ([`EventFilter::since`](field@EventFilter::since), [`EventFilter::until`](field@EventFilter::until)).
//!
//! ```
//! use std::path::Path;
//! use dateline_store::{EventFilter, Ledger, jiff::civil::date};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // A small ledger of three reports on the Geneva summit of 2021.
//! let ledger = Ledger::open(Path::new("tests/data/schema-5.db"))?;
//! let filter = EventFilter::new().actor("Putin").with("Biden");
//! for event in ledger.timeline(&filter)? {
//!     println!("{} {} {}", event.id, event.status, event.summary);
//! }
//! // The agenda as of a day: the events that were planned then.
//! assert!(!ledger.agenda(&EventFilter::new().as_of(date(2021, 5, 26)))?.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! The contents of a ledger follow from the set of documents, not from the order in which they were stored. Nothing here reads the
//! clock.
//!
//! Functions that return lists collect them; those named `each_…` call a closure with one item at a time, until it returns `false`,
//! and hold one document in memory.

mod actor;
mod check;
mod column;
mod copies;
mod country;
mod document;
mod dump;
mod error;
mod event;
mod intake;
mod ledger;
mod manual_override;
mod merge;
mod name;
mod packed;
mod query;
mod recode;
mod report;
mod schema;
mod source;
mod unit;
mod writer;

/// The crate whose [`civil::Date`](jiff::civil::Date) filters take.
pub use jiff;

pub use check::{CheckReport, LedgerFault};
pub use dump::{DumpCounts, LoadCounts};
pub use error::StoreError;
pub use intake::{IncomingDocument, IngestOutcome, IngestedDocument};
pub use ledger::{InterruptHandle, Ledger};
pub use packed::dictionary_samples;
pub use query::{
    actor::{ActorProfile, ActorStatement, CoParticipant, Office},
    actors::{ActorCounts, ActorFilter, PlaceCounts},
    count::{CalendarUnit, PeriodCount},
    cursor::Cursor,
    document::{ArrivedDocument, DocumentRow},
    document_filter::DocumentFilter,
    event::{EventHistory, EventReport, EventSource, JoinReason, StateChange},
    event_row::EventRow,
    export::{DocumentDetail, EventDetail, ReportedEvent},
    facet::{FacetCount, Facets},
    facet_index::FacetIndex,
    filter::EventFilter,
    pair::ActorPair,
    quote::Quote,
    related::RelatedEvent,
    search::{SearchFilter, SearchHit},
    sql::SqlResult,
    statement::StatementFilter,
    stats::{LedgerSize, LedgerStats},
};
pub use recode::{RecodeScope, RecodedDocument, RecordDifference};
pub use report::ReportId;
pub use schema::SCHEMA;
