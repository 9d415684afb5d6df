//! The pipeline: every layer in order, then the record.
//!
//! [`layers`] runs the layers, [`print`] turns their drafts into the parts of a record and converts bytes to code points,
//! [`explain`] says how each part was read. [`Extractor`] is the public face of all three.

mod actor_code;
mod builder;
mod explain;
mod extractor;
mod layers;
mod print;
#[cfg(feature = "train")]
mod training;

pub use self::{
    builder::ExtractorBuilder,
    extractor::{Extractor, times},
};
