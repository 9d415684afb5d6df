//! Dates as day numbers, for arithmetic. In the tables, dates are text.

pub(crate) use dateline_coreference::day::{date, number};
