//! `cargo xtask train events`: trains the ranker of event types and makes its word vectors.
//!
//! The training data are the tables of the relation task and sentences of our own without a relation between the two parties. The
//! codebook contributes through the votes of its frames. Training on its example sentences, in which a frame is always right, made
//! the ranker worse on other sentences. One model serves both readers, so it learns from the trees of both. The same data yields the same
//! bytes.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use dateline_eval::relations::{
    recipe::{self, Reading, SETTINGS},
    table,
};
use dateline_extract::{
    ReaderKind,
    train::events::{self, Example, Model},
};

use crate::reader;

/// Train the ranker of event types.
#[derive(Debug, clap::Args)]
pub(crate) struct TrainEvents {
    /// Folder with `plv-train.tsv` and `aw-train.tsv`, the tables of the relation task
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Folder the weights and word vectors are written to
    #[arg(long, default_value = "crates/extract/model")]
    out: PathBuf,
    /// Word vectors made by `cargo xtask vectors`
    #[arg(long, default_value = "xtask/data/vectors.bin")]
    vectors: PathBuf,
    /// Reader whose trees the model learns from; may be repeated [default: every reader of this build]
    #[arg(long = "reader", value_name = "READER", value_parser = reader::parse)]
    readers: Vec<ReaderKind>,
}

/// Dimensions kept, of the 128 in the table.
const DIMENSIONS: usize = 64;

pub(crate) fn run(arguments: &TrainEvents) -> Result<()> {
    // Features are computed with the compiled-in vectors, so new vectors need another build first.
    let words = words(&arguments.vectors)?;
    let path = arguments.out.join("words.vectors");
    if fs::read(&path).ok().as_deref() != Some(&words) {
        fs::write(&path, &words).with_context(|| format!("could not write {}", path.display()))?;
        println!(
            "bytes {}\nThe word vectors changed; run this command again to train with them.",
            words.len()
        );
        return Ok(());
    }
    let extractors = reader::extractors(&arguments.readers);
    let rows = table::read(&arguments.data.join("plv-train.tsv"))?;
    let main = recipe::readings(&extractors, &rows)?;
    let rest = recipe::rest(&extractors, &arguments.data)?;
    let mut apart: Vec<(Model, Vec<&Example>)> = Vec::new();
    for fold in 0..5 {
        let (test, train): (Vec<&Reading>, Vec<&Reading>) =
            main.iter().partition(|reading| reading.row % 5 == fold);
        let train = train.into_iter().map(|reading| &reading.example);
        let train: Vec<Example> = train.chain(&rest).cloned().collect();
        let test = test.into_iter().map(|reading| &reading.example).collect();
        apart.push((events::train(&train, SETTINGS), test));
    }
    let pairs: Vec<(&Model, &Example)> =
        apart.iter().flat_map(|(model, test)| test.iter().map(move |one| (model, *one))).collect();
    let temperature = Model::best_temperature(&pairs);
    let all: Vec<Example> = main.into_iter().map(|reading| reading.example).chain(rest).collect();
    let weights = events::train(&all, SETTINGS).with_temperature(temperature).to_bytes();
    let path = arguments.out.join("events.weights");
    fs::write(&path, &weights).with_context(|| format!("could not write {}", path.display()))?;
    println!("examples {}\ntemperature {temperature}\nbytes {}", all.len(), weights.len());
    Ok(())
}

/// Makes the file of word vectors: the lowercase words of the table with their first dimensions.
fn words(path: &Path) -> Result<Vec<u8>> {
    let table = fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
    let mut lines = table.split(|&byte| byte == b'\n');
    let top = String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    let [_, _, count, width] = top.split(' ').collect::<Vec<_>>()[..] else {
        anyhow::bail!(
            "{}: read `{top}`, expected name, version, number of words and width",
            path.display()
        );
    };
    let (count, width): (usize, usize) = (count.parse()?, width.parse()?);
    let list: Vec<&[u8]> = lines.take(count).collect();
    let from = top.len() + 1 + list.iter().map(|word| word.len() + 1).sum::<usize>();
    ensure!(table.len() == from + count * width, "{} is truncated", path.display());
    let mut kept: Vec<(&[u8], &[u8])> = list
        .iter()
        .zip(table[from..].chunks_exact(width))
        .filter(|(word, _)| word.len() > 2 && word.iter().all(u8::is_ascii_lowercase))
        .map(|(word, numbers)| (*word, &numbers[..DIMENSIONS]))
        .collect();
    kept.sort();
    let mut out = format!("{}\n", kept.len()).into_bytes();
    for (word, _) in &kept {
        out.extend_from_slice(word);
        out.push(b'\n');
    }
    out.extend(kept.iter().flat_map(|(_, numbers)| numbers.iter()));
    Ok(out)
}
