//! Questions to the ledger. Each runs on one snapshot and gives back values that serialize to what programs are shown.

pub mod actor;
pub mod event;
pub mod filter;
pub mod list;
pub mod quote;
pub mod search;
pub mod sql;
pub mod stats;
