//! Calendar days as numbers, for windows and buckets; in the tables days are text.

pub(crate) use dateline_coreference::day::{date, number};
