//! `cargo xtask lemmas`: makes the table of words whose lemma the rules do not find.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result, ensure};
use dateline_nlp::conllu;

/// Count the lemmas that rules get wrong in treebanks.
#[derive(Debug, clap::Args)]
pub(crate) struct Lemmas {
    /// Folder with the training data
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Write nothing; fail if the table is stale
    #[arg(long)]
    check: bool,
}

/// Treebanks with a suitable vocabulary and license, and their names in the source column.
const TREEBANKS: [(&str, &str); 2] =
    [("UD_English-EWT", "ud/ewt-train.conllu"), ("GUM", "ud/gum-train.conllu")];

const HEAD: &str = "\
# Words whose lemma the rules of `lemma/regular.rs` get wrong: word in lowercase, Penn tag, lemma, source.
# Made by `cargo xtask lemmas`; do not edit.
";

/// Writes the table, or checks that it is current.
pub(crate) fn run(lemmas: &Lemmas) -> Result<()> {
    let mut treebanks = Vec::new();
    for (name, file) in TREEBANKS {
        let path = lemmas.data.join(file);
        let text = fs::read_to_string(&path)
            .with_context(|| format!("could not read {}", path.display()))?;
        let sentences =
            conllu::read(&text).with_context(|| format!("could not read {}", path.display()))?;
        treebanks.push((name, sentences));
    }
    let table = format!("{HEAD}{}", dateline_nlp::exceptions(&treebanks));
    let path = xtask::root().join("crates/nlp/data/en/lemmas.tsv");
    if lemmas.check {
        let written = fs::read_to_string(&path)
            .with_context(|| format!("could not read {}", path.display()))?;
        ensure!(written == table, "{} is stale; run `cargo xtask lemmas`", path.display());
        return Ok(());
    }
    fs::write(&path, table).with_context(|| format!("could not write {}", path.display()))
}
