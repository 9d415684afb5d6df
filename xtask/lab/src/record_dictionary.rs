//! `cargo xtask record-dictionary`: a zstd dictionary for records, trained on the records of the fixtures.

use std::fs;

use anyhow::{Context as _, Result};
use dateline_core::Record;
use dateline_extract::{Extractor, read_document};

use xtask::root;

/// Size of the dictionary in bytes.
const SIZE: usize = 32_768;

/// Trains and writes the dictionary.
pub(crate) fn run() -> Result<()> {
    let records = records()?;
    let samples = dateline_store::dictionary_samples(&records)?;
    let dictionary = zstd::dict::from_samples(&samples, SIZE)
        .context("there are too few fixtures to train a dictionary")?;
    let path = root().join("crates/store/data/record.dictionary");
    fs::write(&path, &dictionary).with_context(|| format!("could not write {}", path.display()))?;
    println!("{} bytes from {} records", dictionary.len(), records.len());
    Ok(())
}

/// The records of all fixtures, ordered by file name.
pub(crate) fn records() -> Result<Vec<Record>> {
    let mut paths = Vec::new();
    for topic in fs::read_dir(root().join("fixtures"))?.flatten().filter(|it| it.path().is_dir()) {
        for case in fs::read_dir(topic.path())?.flatten() {
            if case.path().extension().is_some_and(|extension| extension == "txt") {
                paths.push(case.path());
            }
        }
    }
    paths.sort();
    let extractor = Extractor::new();
    paths
        .iter()
        .map(|path| {
            let text = String::from_utf8_lossy(&fs::read(path)?).into_owned();
            Ok(extractor.extract(&read_document(&text)))
        })
        .collect()
}
