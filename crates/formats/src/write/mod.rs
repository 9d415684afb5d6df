//! Writers of tables, of the release formats of other event data sets, and of calendars and annotations.
//!
//! A [`Table`] writes rows of typed cells as CSV, TSV or NDJSON. [`sheet()`] lists the columns of each of our tables; [`mention`],
//! [`statement`], [`document`], [`actor`] and [`event`] make their rows. A [`Release`] writes [`Report`]s in the format of POLECAT,
//! GDELT, ICEWS or PLOVER; [`columns()`] tells how each column is filled.
//!
//! A [`Calendar`] writes events as iCalendar, [`schema_org`] as JSON-LD. [`annotation`] and [`brat`] write a document with its
//! annotated text.
//!
//! All writers work row by row and keep no rows, so the number of rows is unlimited.

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
