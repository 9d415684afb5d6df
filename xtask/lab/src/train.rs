//! `cargo xtask train`: trains the weights of the language layer on treebanks and tagged names.
//!
//! Reads only the files listed here, whose licenses allow the weights to ship under the project's license. Training is seeded: the
//! same data yields the same bytes.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use dateline_nlp::{
    Deprel, NameKind, Upos, Xpos, conllu,
    train::{self, Example, NameTag, Progress, Settings, Vectors},
};

/// Treebanks for training.
pub(crate) const TREEBANKS: [&str; 2] = ["ud/ewt-train.conllu", "ud/gum-train.conllu"];

/// Tagged names for training. GUM's sentences are also in its treebank.
const NAMES: [&str; 3] =
    ["ner/gum-train.conll", "ner/wikigold-train.conll", "ner/crossner-politics-train.conll"];

/// Train the weights of the language layer.
#[derive(Debug, clap::Args)]
pub(crate) struct Train {
    /// Folder with the treebanks and tagged names
    #[arg(long)]
    data: PathBuf,
    /// Initial word vectors, made by `cargo xtask vectors`
    #[arg(long, default_value = "xtask/data/vectors.bin")]
    vectors: PathBuf,
    /// File the weights are written to
    #[arg(long, default_value = "crates/nlp/model/en/fast.weights")]
    out: PathBuf,
    /// Number of passes over the data
    #[arg(long, default_value_t = 30)]
    epochs: usize,
    /// Largest step size
    #[arg(long, default_value_t = 0.002)]
    step: f32,
    /// Seed of the random numbers
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(crate) fn run(arguments: &Train) -> anyhow::Result<()> {
    let vectors = read_vectors(&arguments.vectors)?;
    let examples = read_examples(&arguments.data)?;
    eprintln!(
        "{} sentences, {} tokens",
        examples.len(),
        examples.iter().map(|example| example.words.len()).sum::<usize>()
    );
    let settings =
        Settings { seed: arguments.seed, n_epochs: arguments.epochs, step: arguments.step };
    let watch = &mut |progress: Progress| {
        let [tags, moves, names] = progress.losses;
        eprintln!(
            "epoch {} loss tags {tags:.4} moves {moves:.4} names {names:.4}",
            progress.epoch + 1
        );
    };
    let weights = train::train(&examples, &vectors, settings, watch);
    fs::write(&arguments.out, &weights)
        .with_context(|| format!("could not write {}", arguments.out.display()))?;
    println!("bytes {}", weights.len());
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))
}

fn read_vectors(path: &Path) -> anyhow::Result<Vectors> {
    let bytes = fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
    let line_end =
        |from: usize| bytes[from..].iter().position(|byte| *byte == b'\n').map(|at| from + at);
    let header_end = line_end(0).context("expected a header line in the file of vectors")?;
    let header = str::from_utf8(&bytes[..header_end])?;
    let numbers: Vec<usize> = header.split(' ').filter_map(|word| word.parse().ok()).collect();
    let [_, n_words, dimensions] = numbers[..] else {
        anyhow::bail!("read `{header}` as a header of vectors")
    };
    let mut words = Vec::with_capacity(n_words);
    let mut at = header_end + 1;
    for _ in 0..n_words {
        let end = line_end(at).context("expected one word per line in the file of vectors")?;
        words.push(str::from_utf8(&bytes[at..end])?.to_owned());
        at = end + 1;
    }
    let numbers = bytes[at..].iter().map(|byte| i8::from_le_bytes([*byte])).collect();
    Ok(Vectors { words, dimensions, numbers })
}

fn read_examples(data: &Path) -> anyhow::Result<Vec<Example>> {
    let mut examples = Vec::new();
    for file in TREEBANKS {
        for sentence in
            conllu::read(&read(&data.join(file))?).with_context(|| format!("in {file}"))?
        {
            examples.push(from_tree(&sentence));
        }
    }
    for file in NAMES {
        for (words, names) in read_names(&read(&data.join(file))?) {
            // A sentence with a tree gets its names as well.
            match examples.iter_mut().find(|example| {
                file.contains("gum") && example.names.is_none() && example.words == words
            }) {
                Some(example) => example.names = Some(names),
                None => examples.push(Example { words, names: Some(names), ..Example::default() }),
            }
        }
    }
    Ok(examples)
}

fn from_tree(sentence: &conllu::GoldSentence) -> Example {
    let n_words = u32::try_from(sentence.words.len()).expect("sentences are short");
    let tags = sentence
        .words
        .iter()
        .map(|word| (word.upos.parse().unwrap_or(Upos::X), word.xpos.parse().unwrap_or(Xpos::FW)))
        .collect();
    let heads = sentence
        .words
        .iter()
        .map(|word| {
            u32::try_from(word.head)
                .map_or(n_words, |head| if head == 0 { n_words } else { head - 1 })
        })
        .collect();
    let labels = sentence.words.iter().map(|word| read_label(&word.deprel)).collect();
    Example {
        words: sentence.words.iter().map(|word| word.form.clone()).collect(),
        tags: Some(tags),
        tree: Some((heads, labels)),
        ..Example::default()
    }
}

/// A relation of the treebank; an unknown subtype is read as its universal relation.
fn read_label(label: &str) -> Deprel {
    let renamed = match label {
        "obl:npmod" | "obl:tmod" => "obl:unmarked",
        "nmod:npmod" | "nmod:tmod" => "nmod:unmarked",
        other => other,
    };
    renamed
        .parse()
        .or_else(|_| renamed.split(':').next().unwrap_or_default().parse())
        .unwrap_or(Deprel::Dep)
}

/// Reads sentences of tokens with their names; a line is a token, a tab and a BIO tag.
fn read_names(text: &str) -> Vec<(Vec<String>, Vec<NameTag>)> {
    text.split("\n\n")
        .map(|sentence| {
            sentence
                .lines()
                .filter_map(|line| line.split_once('\t'))
                .unzip::<_, _, Vec<_>, Vec<_>>()
        })
        .filter(|(words, _)| !words.is_empty())
        .map(|(words, tags)| {
            let names = (0..tags.len())
                .map(|at| {
                    let Some((kind, begins)) = kind_of(tags[at]) else { return NameTag::Outside };
                    let goes_on = tags.get(at + 1).is_some_and(|next| next.starts_with("I-"));
                    match (begins, goes_on) {
                        (true, true) => NameTag::Begin(kind),
                        (true, false) => NameTag::Unit(kind),
                        (false, true) => NameTag::Inside(kind),
                        (false, false) => NameTag::Last(kind),
                    }
                })
                .collect();
            (words.into_iter().map(str::to_owned).collect(), names)
        })
        .collect()
}

/// Reads a BIO tag: the kind of name, and `true` if a name begins here.
fn kind_of(tag: &str) -> Option<(NameKind, bool)> {
    let (place, label) = tag.split_once('-')?;
    let kind = match label {
        "PER" => NameKind::Person,
        "ORG" | "PARTY" => NameKind::Organization,
        "LOC" | "GPE" => NameKind::Location,
        _ => NameKind::Other,
    };
    Some((kind, place == "B"))
}
