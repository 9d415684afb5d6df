//! Evaluation of Dateline: metrics, readers of annotated files, and one evaluation per task.
//!
//! Every evaluation reads a file, runs the extractor on its texts and returns a [`Report`] of named [`Figure`]s. `cargo xtask eval`
//! prints them.
//!
//! | module | measures | against |
//! |---|---|---|
//! | [`gold`] | whole records | articles annotated by a human coder |
//! | [`parse`] | tokens, tags, trees | treebanks in CoNLL-U |
//! | [`names`] | names | tagged tokens |
//! | [`time`] | time expressions | TIMEX3 annotations |
//! | [`statements`] | source, cue and content | attributions |
//! | [`actors`], [`events`] | codes, PLOVER events | PLOVER gold standard records |
//! | [`relations`] | the ranker of event types | sentences with two marked parties |
//! | [`factuality`] | factuality, negation, modality | human judgments |
//! | [`coref`] | entities | clusters of mentions |
//! | [`event_coref`] | chains of event mentions | ECB+ |

pub mod actors;
mod calibration;
pub mod chained;
pub mod clusters;
pub mod coref;
mod cross_validation;
pub mod event_coref;
pub mod events;
pub mod factuality;
pub mod gold;
pub mod judged;
mod lines;
pub mod names;
pub mod parse;
pub mod relations;
mod report;
mod score;
pub mod statements;
pub mod suite;
pub mod time;
mod words;

pub use calibration::calibration_error;
pub use cross_validation::CrossValidation;
pub use lines::{read_file, read_lines, read_lines_by};
pub use report::{Figure, Report, Unit};
pub use score::Score;
