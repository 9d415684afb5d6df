//! What English words mean to Dateline, as sorted tables that are compiled in.
//!
//! - [`predicate`]: verbs, nouns, adjectives and adverbs that govern an act or a statement, and what they say about it
//! - [`names`]: countries, cities, bodies, role nouns, leaders, given names
//! - [`connective`]: words that relate two acts
//! - [`preposition`]: what the noun after a preposition may be
//! - [`hindrance`]: words that say that an act was called off, put off or kept from happening
//! - [`head_count`] and [`number_bound`]: words around numbers of people
//! - [`WordClass`]: small classes of words that rules ask for by name
//!
//! The tables are in `data/en`; the comment at the top of each explains its columns. A lookup considers only a word with its
//! particle or object; `dateline-extract` works out what a sentence means.
//!
//! Pure: no I/O, no clock, no randomness.
#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod connective;
pub mod head_count;
pub mod hindrance;
pub mod names;
pub mod number_bound;
pub mod predicate;
pub mod preposition;
mod word_class;

pub use word_class::WordClass;

/// Runs the example of the README as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
