//! Writers of what others read: tables of our own, and the release formats of other event data sets.
//!
//! A [`Table`] takes rows of typed cells and writes them as CSV, TSV or lines of JSON; [`Sheet`] says which columns our tables
//! have, and [`mention`], [`statement`], [`document`], [`actor`] and [`event`] make their rows. A [`Release`] takes [`Report`]s
//! and writes them as POLECAT, GDELT, ICEWS or PLOVER have theirs; [`columns`] says how each column is filled.
//!
//! A [`Calendar`] takes events of the world, [`schema_org`] writes one as JSON-LD. [`annotation`] and [`brat`] write a document with its
//! text marked.
//!
//! All of them write row by row and keep none, so that the number of rows has no limit.

pub mod annotation;
mod article;
pub mod brat;
mod calendar;
mod columns;
mod future;
mod gdelt;
mod icews;
mod occasion;
#[cfg(feature = "parquet")]
mod parquet;
mod place;
mod plain;
mod plover_json;
mod polecat;
mod release;
mod role;
mod row;
pub mod schema_org;
mod stretch;
mod table;
mod tables;

#[cfg(all(test, feature = "parquet"))]
pub(crate) use self::article::tests;
#[cfg(feature = "parquet")]
pub use self::parquet::ParquetTable;
pub use article::{Article, Report, World};
pub use calendar::Calendar;
pub use columns::{Column, ColumnKind, Layout, Sheet, columns, sheet};
pub use future::{Filed, LeftOut, filed};
pub use occasion::Occasion;
pub use release::{Options, Release, Tally};
pub use table::{Cell, Shape, Table};
pub use tables::{ActorRow, DocumentRow, EventRow, actor, document, event, mention, statement};
