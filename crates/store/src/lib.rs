//! The ledger: records go in, events of the world come out, with their history, asked as of any day.
//!
//! A [`Ledger`] is one `SQLite` file. [`Ledger::ingest`] stores documents with the records made of them and joins reports of one
//! event over documents; an event is a [`History`] of [`State`]s, each with the report that made it. What was known on a day is
//! a question of two axes: when something was reported, and when it took or takes place. [`Filter`] asks both.
//!
//! What is in a ledger depends on the documents alone, not on the order in which they came. Nothing here reads the clock.

mod actor;
mod calendar;
mod check;
mod copies;
mod country;
mod document;
mod dump;
mod error;
mod event;
mod hand;
mod intake;
mod ledger;
mod name;
mod packed;
mod query;
mod recode;
mod schema;
mod source;
mod writer;

pub use check::{Checked, Fault};
pub use dump::{Dumped, Loaded};
pub use error::StoreError;
pub use event::history::State;
pub use hand::Report;
pub use intake::{Arrival, Incoming, Outcome};
pub use ledger::{Interrupter, Ledger};
pub use packed::dictionary_samples;
pub use query::{
    actor::{ActorPage, Company, Office, Said},
    actors::{ActorCounts, ActorFilter, PlaceCounts},
    count::{Count, Unit},
    cursor::Cursor,
    document::{Arrived, DocumentFilter, DocumentRow},
    event::{Because, Change, History, Linked, Source, Witness},
    export::{EventDetail, Reported, Stored},
    facet::{FacetIndex, Facets, Tally},
    filter::Filter,
    list::EventRow,
    pair::Pair,
    quote::Quote,
    search::{Hit, SearchFilter},
    sql::Answer,
    statement::StatementFilter,
    stats::{Size, Stats},
};
pub use recode::{Difference, Recoded};
pub use schema::SCHEMA;
