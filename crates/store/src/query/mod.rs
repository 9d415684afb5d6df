//! Questions to the ledger. Each runs on one snapshot and gives back values that serialize to what programs are shown.

pub(crate) mod actor;
pub(crate) mod actors;
pub(crate) mod count;
pub(crate) mod cursor;
pub(crate) mod document;
pub(crate) mod event;
pub(crate) mod export;
pub(crate) mod facet;
pub(crate) mod filter;
pub(crate) mod list;
pub(crate) mod pair;
pub(crate) mod quote;
pub(crate) mod search;
pub(crate) mod sql;
pub(crate) mod statement;
pub(crate) mod stats;
