//! Queries. Each reads one snapshot of the ledger; its results serialize to the JSON that the command and the server print.

pub(crate) mod actor;
pub(crate) mod actors;
pub(crate) mod agenda;
pub(crate) mod count;
pub(crate) mod cursor;
pub(crate) mod document;
pub(crate) mod document_filter;
pub(crate) mod event;
pub(crate) mod event_row;
pub(crate) mod export;
pub(crate) mod facet;
pub(crate) mod facet_index;
pub(crate) mod filter;
pub(crate) mod pair;
pub(crate) mod quote;
pub(crate) mod related;
pub(crate) mod search;
mod setters;
pub(crate) mod snippet;
pub(crate) mod sql;
pub(crate) mod statement;
pub(crate) mod stats;
pub(crate) mod timeline;
