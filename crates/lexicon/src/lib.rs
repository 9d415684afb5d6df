//! What English words mean to Dateline, as sorted tables that are compiled in.
//!
//! - [`predicate`]: verbs, nouns, adjectives and adverbs that govern an act or a statement, and what they say about it.
//! - [`names`]: countries, cities, bodies, role nouns, leaders, given names.
//!
//! The tables lie in `data/en`. Their first lines explain the columns. Nothing here looks at more than a word and its
//! particle or object; what a sentence means is for the layers of `dateline-extract`.
//!
//! Pure: no I/O, no clock, no randomness.
#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod names;
pub mod predicate;
