//! `cargo xtask train statements`: trains the statement model on annotated articles.
//!
//! The articles have the layout of `cargo xtask eval statements`. One model serves both readers, so it learns from the trees of both.
//! The same data yields the same bytes.

use std::{
    fs,
    ops::Range,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use dateline_extract::{
    ReaderKind, read_document,
    train::statements::{self, Annotated, Example, Reach, Settings},
};
use serde_json::Value;

use crate::reader;

/// Train the statement model.
#[derive(Debug, clap::Args)]
pub(crate) struct TrainStatements {
    /// Annotated articles, one JSON object per line
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// File the weights are written to
    #[arg(long, default_value = "crates/extract/model/statements.weights")]
    out: PathBuf,
    /// Reader whose trees the model learns from; may be repeated [default: every reader of this build]
    #[arg(long = "reader", value_name = "READER", value_parser = reader::parse)]
    readers: Vec<ReaderKind>,
    /// Number of passes over the data, as each reader reads it
    #[arg(long, default_value_t = 14)]
    epochs: u16,
    /// Initial step size
    #[arg(long, default_value_t = 0.05)]
    step: f32,
    /// Weight decay
    #[arg(long, default_value_t = 0.006)]
    decay: f32,
}

pub(crate) fn run(arguments: &TrainStatements) -> Result<()> {
    let examples = read(&arguments.data, &arguments.readers)?;
    let settings =
        Settings { n_epochs: arguments.epochs, step: arguments.step, decay: arguments.decay };
    let weights = statements::train(&examples, settings);
    fs::write(&arguments.out, &weights)
        .with_context(|| format!("could not write {}", arguments.out.display()))?;
    println!("bytes {}", weights.len());
    Ok(())
}

/// The examples of every article, as each of the readers reads it.
fn read(data: &Path, readers: &[ReaderKind]) -> Result<Vec<Example>> {
    let file =
        fs::read_to_string(data).with_context(|| format!("could not read {}", data.display()))?;
    let mut all = Vec::new();
    for extractor in reader::extractors(readers) {
        let (mut examples, mut reach) = (Vec::new(), Reach::default());
        for (number, line) in file.lines().enumerate() {
            let value: Value = serde_json::from_str(line)
                .with_context(|| format!("{} line {} is not JSON", data.display(), number + 1))?;
            let text = value["text"].as_str().context("the line has no `text`")?;
            let mut document = read_document(text);
            document.published = value["date"].as_str().and_then(|date| date.parse().ok());
            let annotated = annotated(&value, text).with_context(|| {
                format!("could not read {} line {}", data.display(), number + 1)
            })?;
            examples.extend(statements::examples(&extractor, &document, &annotated, &mut reach));
        }
        let (reader, n_words) = (extractor.reader(), examples.len());
        println!("{reader}: words {n_words} wanted {} reached {}", reach.wanted, reach.reached);
        all.extend(examples);
    }
    Ok(all)
}

/// The attributions of an article, with offsets converted from code points to bytes.
fn annotated(value: &Value, text: &str) -> Result<Vec<Annotated>> {
    let bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let role = |one: &Value, name: &str| -> Result<Vec<Range<usize>>> {
        let spans =
            one[name].as_array().with_context(|| format!("an attribution has no `{name}`"))?;
        let at = |point: &Value| {
            let point = usize::try_from(point.as_u64()?).ok()?;
            bytes.get(point).copied()
        };
        let span = |pair: &Value| {
            let (from, to) = at(&pair[0])
                .zip(at(&pair[1]))
                .context("a span is not a pair of code points in the text")?;
            Ok(from..to)
        };
        spans.iter().map(span).collect()
    };
    let list = value["attributions"].as_array().context("the line has no `attributions`")?;
    list.iter()
        .map(|one| {
            Ok(Annotated {
                source: role(one, "source")?,
                cue: role(one, "cue")?,
                content: role(one, "content")?,
            })
        })
        .collect()
}
