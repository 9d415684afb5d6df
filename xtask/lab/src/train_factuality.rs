//! `cargo xtask train factuality`: trains the model of factuality on sentences with human judgments.
//!
//! The files have the layouts of `cargo xtask eval factuality`. One model serves both readers, so it learns from the trees of both.
//! The same data yields the same bytes.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result};
use dateline_eval::judged;
use dateline_extract::train::factuality::{Judged, train};
use dateline_nlp::{English, ReaderKind};

use crate::reader;

/// Train the model of factuality.
#[derive(Debug, clap::Args)]
pub(crate) struct TrainFactuality {
    /// Sentences with judgments, one JSON object per line; several files may be given
    #[arg(long, value_name = "FILE", required = true, num_args = 1..)]
    data: Vec<PathBuf>,
    /// File the weights are written to
    #[arg(long, default_value = "crates/extract/model/factuality.weights")]
    out: PathBuf,
    /// Reader whose trees the model learns from; may be repeated [default: every reader of this build]
    #[arg(long = "reader", value_name = "READER", value_parser = reader::parse)]
    readers: Vec<ReaderKind>,
}

pub(crate) fn run(arguments: &TrainFactuality) -> Result<()> {
    let readers: Vec<English> =
        reader::asked(&arguments.readers).into_iter().map(English::new).collect();
    let mut items = Vec::new();
    for path in &arguments.data {
        items.extend(judged::readings(&readers, &judged::lines(path)?)?);
    }
    let all: Vec<&Judged> = items.iter().map(|item| &item.judged).collect();
    let weights = train(&all, judged::SETTINGS);
    fs::write(&arguments.out, &weights)
        .with_context(|| format!("could not write {}", arguments.out.display()))?;
    println!("judged {} bytes {}", items.len(), weights.len());
    Ok(())
}
