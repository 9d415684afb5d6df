//! Readers of data that is compiled into a program: tables, word lists, label sets, and stable hashes.
//!
//! Tables are tab-separated text, one entry per line; lines that start with `#` are comments. [`rows`] reads any table, [`Table`]
//! holds a word list sorted by its first column, [`Lower`] is the key to look a word up by, and [`labels!`] declares a closed set
//! of labels.
//!
//! ```
//! use dateline_data::{Lower, Table};
//! let units = Table::read("# unit\tdays\nday\t1\nweek\t7\n", |columns| columns[1]);
//! assert_eq!(units.get(Lower::<16>::of("Week").as_str()), Some("7"));
//! ```
//!
//! Pure: no I/O, no clock, no randomness. Nothing here knows English or politics.
#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod fnv;
mod labels;
mod lower;
mod row;
mod table;

pub use labels::LabelError;
pub use lower::{Lower, is_apostrophe};
pub use row::{Row, Rows, rows};
pub use table::Table;
