//! `cargo xtask train-events`: the weights of the event ranker, and the word vectors it looks up.
//!
//! It learns from the relation task's tables, and from sentences of ours in which nothing happens between two parties. The
//! codebook has its say by the votes of its frames; learning from its example sentences as well, where a frame is always
//! right, made the ranker worse on sentences of others. The same data gives the same bytes.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use dateline_eval::relations::{
    recipe::{SETTINGS, balanced, rest},
    table,
};
use dateline_extract::{
    Extractor,
    train::events::{self, Example, Model},
};

/// Train the event ranker.
#[derive(Debug, clap::Args)]
pub(crate) struct TrainEvents {
    /// Folder with `plv-train.tsv` and `aw-train.tsv`, the tables of the relation task.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Where the weights and the word vectors go.
    #[arg(long, default_value = "crates/extract/model")]
    out: PathBuf,
    /// The word vectors that `cargo xtask vectors` makes.
    #[arg(long, default_value = "xtask/data/vectors.bin")]
    vectors: PathBuf,
}

/// Numbers a word, of the 128 in the table.
const DIMENSIONS: usize = 64;

pub(crate) fn run(arguments: &TrainEvents) -> Result<()> {
    // The vectors come first: the features are made of them, in the next build.
    let words = words(&arguments.vectors)?;
    let path = arguments.out.join("words.vectors");
    if fs::read(&path).ok().as_deref() != Some(&words) {
        fs::write(&path, &words).with_context(|| format!("could not write {}", path.display()))?;
        println!(
            "bytes {}\nThe word vectors are new: run this once more, to train with them.",
            words.len()
        );
        return Ok(());
    }
    let extractor = Extractor::new();
    let rows = table::read(&arguments.data.join("plv-train.tsv"))?;
    let main = balanced(&rows, table::examples(&extractor, &rows)?);
    let rest = rest(&extractor, &arguments.data)?;
    let mut apart: Vec<(Model, Vec<&Example>)> = Vec::new();
    for fold in 0..5 {
        let (test, train): (Vec<_>, Vec<_>) =
            main.iter().enumerate().partition(|(at, _)| at % 5 == fold);
        let train: Vec<Example> =
            train.into_iter().map(|(_, one)| one.clone()).chain(rest.clone()).collect();
        let test = test.into_iter().map(|(_, one)| one).collect();
        apart.push((events::train(&train, SETTINGS), test));
    }
    let pairs: Vec<(&Model, &Example)> =
        apart.iter().flat_map(|(model, test)| test.iter().map(move |one| (model, *one))).collect();
    let temperature = Model::best_temperature(&pairs);
    let all: Vec<Example> = main.into_iter().chain(rest).collect();
    let weights = events::train(&all, SETTINGS).with_temperature(temperature).to_bytes();
    let path = arguments.out.join("events.weights");
    fs::write(&path, &weights).with_context(|| format!("could not write {}", path.display()))?;
    println!("examples {}\ntemperature {temperature}\nbytes {}", all.len(), weights.len());
    Ok(())
}

/// The file of word vectors: the words in small letters of the table, with the first of their numbers.
fn words(path: &Path) -> Result<Vec<u8>> {
    let table = fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
    let mut lines = table.split(|&byte| byte == b'\n');
    let top = String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    let [_, _, count, width] = top.split(' ').collect::<Vec<_>>()[..] else {
        anyhow::bail!(
            "{}: read `{top}`, expected its name, version, words and width",
            path.display()
        );
    };
    let (count, width): (usize, usize) = (count.parse()?, width.parse()?);
    let list: Vec<&[u8]> = lines.take(count).collect();
    let from = top.len() + 1 + list.iter().map(|word| word.len() + 1).sum::<usize>();
    ensure!(table.len() == from + count * width, "{} is cut short", path.display());
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
