//! Questions to the ledger. Each runs on one snapshot and gives back values that serialize to what programs are shown.

pub(crate) mod actor;
pub(crate) mod event;
pub(crate) mod export;
pub(crate) mod filter;
pub(crate) mod list;
pub(crate) mod quote;
pub(crate) mod search;
pub(crate) mod sql;
pub(crate) mod stats;
