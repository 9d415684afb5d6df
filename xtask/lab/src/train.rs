//! `cargo xtask train fast`: trains the fast reader on treebanks, tagged names, and sentences that a larger reader labelled.
//!
//! Reads only the files listed here, whose licenses allow the weights to ship under the project's license. Training is seeded: the
//! same data yields the same bytes, unless it is limited by time.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context as _;
use dateline_nlp::{
    Deprel, NameKind, Upos, Xpos, conllu,
    train::{self, Corpus, Example, Length, NameTag, Progress, Settings, Start, Vectors},
};

use crate::remarks;

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
    /// Weights file to start from, whose vocabulary is kept; 0.00025 is a good `--step` then
    #[arg(long, value_name = "FILE", conflicts_with = "vectors")]
    start: Option<PathBuf>,
    /// Initial word vectors, made by `cargo xtask vectors`
    #[arg(long, default_value = "xtask/data/vectors.bin")]
    vectors: PathBuf,
    /// File the weights are written to
    #[arg(long, default_value = "crates/nlp/model/en/fast.weights")]
    out: PathBuf,
    /// Sentences labelled by a larger model, in CoNLL-U with names as `Name=B-PER` among the remarks; may be repeated
    #[arg(long, value_name = "FILE")]
    silver: Vec<PathBuf>,
    /// Sentences whose triggers of events people annotated, made by `cargo xtask label --gold`; each pass has all of them. May be repeated
    #[arg(long, value_name = "FILE")]
    triggers: Vec<PathBuf>,
    /// Silver tokens of each pass, as a multiple of the gold tokens
    #[arg(long, default_value_t = 2.0)]
    silver_share: f32,
    /// Weight of the loss of a silver sentence
    #[arg(long, default_value_t = 0.7)]
    silver_weight: f32,
    /// Last part of the training, from 0 to 1, that has gold sentences alone
    #[arg(long, default_value_t = 0.15)]
    gold_end: f32,
    /// Number of passes over the gold sentences
    #[arg(long, default_value_t = 30)]
    epochs: usize,
    /// Train for this long instead; the bytes then depend on the speed of the machine
    #[arg(long, value_name = "N")]
    minutes: Option<f32>,
    /// Largest step size
    #[arg(long, default_value_t = 0.002)]
    step: f32,
    /// Approximate number of tokens in a batch
    #[arg(long, default_value_t = 500)]
    batch: usize,
    /// Number of threads; the bytes depend on it
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Seed of the random numbers
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(crate) fn run(arguments: &Train) -> anyhow::Result<()> {
    let mut corpus = Corpus { gold: read_examples(&arguments.data)?, ..Corpus::default() };
    for file in &arguments.silver {
        corpus.silver.extend(read_silver(file)?);
    }
    for file in &arguments.triggers {
        corpus.triggers.extend(read_silver(file)?);
    }
    let mut others = corpus.silver.iter().chain(&corpus.triggers);
    corpus.labels = others.any(|example| example.triggers.is_some()).then(remarks::labels);
    let parts =
        [("gold", &corpus.gold), ("silver", &corpus.silver), ("triggers", &corpus.triggers)];
    for (name, examples) in parts {
        let n_tokens: usize = examples.iter().map(|example| example.words.len()).sum();
        eprintln!("{name} sentences {} tokens {n_tokens}", examples.len());
    }
    let length = match arguments.minutes {
        Some(minutes) => Length::Time(Duration::from_secs_f32(minutes * 60.0)),
        None => Length::Passes(arguments.epochs),
    };
    let settings = Settings {
        seed: arguments.seed,
        length,
        step: arguments.step,
        silver_share: arguments.silver_share,
        silver_weight: arguments.silver_weight,
        gold_end: arguments.gold_end,
        batch: arguments.batch,
        n_threads: arguments.threads,
    };
    let mut written = Ok(());
    let write = |weights: &[u8]| {
        fs::write(&arguments.out, weights)
            .with_context(|| format!("could not write {}", arguments.out.display()))
    };
    let watch = &mut |progress: Progress, weights: &[u8]| {
        let [tags, moves, names, triggers] = progress.losses;
        eprintln!(
            "pass {} done {:.1} % tokens {} loss tags {tags:.4} moves {moves:.4} names {names:.4} triggers {triggers:.4}",
            progress.pass + 1,
            progress.done * 100.0,
            progress.n_tokens,
        );
        written = write(weights);
    };
    let weights = if let Some(path) = &arguments.start {
        let bytes = fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
        train::train(&corpus, Start::Weights(&bytes), settings, watch)
    } else {
        let vectors = read_vectors(&arguments.vectors)?;
        train::train(&corpus, Start::Vectors(&vectors), settings, watch)
    };
    written?;
    write(&weights)?;
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

/// Maximum length of a silver sentence in tokens. Longer ones are lists and tables as a rule.
const LONGEST: usize = 120;

/// Reads sentences labelled by a larger model, with names and the triggers of events if there are any.
fn read_silver(file: &Path) -> anyhow::Result<Vec<Example>> {
    let sentences = conllu::read(&read(file)?).with_context(|| format!("in {}", file.display()))?;
    let labels = remarks::labels();
    sentences
        .iter()
        .filter(|sentence| (1..=LONGEST).contains(&sentence.words.len()))
        .map(|sentence| {
            let tags: Vec<&str> = sentence.words.iter().map(|word| word.name.as_str()).collect();
            let triggers = remarks::read(sentence, &labels)
                .with_context(|| format!("in {}", file.display()))?;
            Ok(Example { names: Some(bilou(&tags)), triggers, ..from_tree(sentence) })
        })
        .collect()
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
        .map(|(words, tags)| (words.into_iter().map(str::to_owned).collect(), bilou(&tags)))
        .collect()
}

/// Converts BIO tags to those of the network.
fn bilou(tags: &[&str]) -> Vec<NameTag> {
    (0..tags.len())
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
