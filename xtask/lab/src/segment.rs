//! `cargo xtask segment`: splits texts into sentences and tokens, for another program to label.
//!
//! The labels train the readers of English, so the tokens must be those the readers will meet. A sentence that differs from an
//! earlier one in its digits alone is left out: boilerplate teaches nothing twice.

use std::{
    collections::BTreeSet,
    fs,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use clap::Args;
use dateline_nlp::segment;

/// Flags of `segment`.
#[derive(Debug, Args)]
pub(crate) struct Segment {
    /// Texts: JSON objects with `text` and optionally `title` (`.jsonl`), tagged tokens (`.tsv`), or plain text
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// File the tokens are written to, one per line, with an empty line between sentences
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Maximum number of tokens of each file; texts are taken from all parts of a larger file
    #[arg(long, value_name = "N", default_value_t = usize::MAX)]
    most: usize,
    /// Write a JSON object for each line of a `.jsonl` file instead: its `id`, and the tokens of each sentence of its `text` as
    /// pairs of code point offsets
    #[arg(long)]
    offsets: bool,
}

/// Segments the files and prints the number of sentences and tokens of each.
pub(crate) fn run(arguments: &Segment) -> Result<()> {
    let out = fs::File::create(&arguments.out)
        .with_context(|| format!("could not write {}", arguments.out.display()))?;
    let mut out = BufWriter::new(out);
    if arguments.offsets {
        for file in &arguments.files {
            write_offsets(file, &mut out)?;
        }
        out.flush()?;
        return Ok(());
    }
    let mut seen = BTreeSet::new();
    for file in &arguments.files {
        let texts = texts(file)?;
        let (mut n_sentences, mut n_tokens) = (0, 0);
        for text in spread(&texts) {
            if n_tokens >= arguments.most {
                break;
            }
            for sentence in sentences(text) {
                if seen.insert(without_digits(&sentence)) {
                    n_sentences += 1;
                    n_tokens += sentence.len();
                    writeln!(out, "{}\n", sentence.join("\n"))?;
                }
            }
        }
        println!("{} sentences {n_sentences} tokens {n_tokens}", file.display());
    }
    out.flush()?;
    Ok(())
}

/// Writes the offsets of the tokens of each text of a file, in code points, half-open.
fn write_offsets(file: &Path, out: &mut impl std::io::Write) -> Result<()> {
    let content =
        fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
    for line in content.lines().filter(|line| !line.trim().is_empty()) {
        let value: serde_json::Value = serde_json::from_str(line)
            .with_context(|| format!("could not read {} as JSON lines", file.display()))?;
        let text = value["text"].as_str().context("a line has a `text`")?;
        let segmentation = segment(text);
        let (mut bytes, mut points) = (0, 0);
        let mut point = |byte: usize| {
            points += text[bytes..byte].chars().count();
            bytes = byte;
            points
        };
        let sentences: Vec<Vec<[usize; 2]>> = segmentation
            .sentences()
            .iter()
            .map(|range| {
                segmentation.tokens()[range.start as usize..range.end as usize]
                    .iter()
                    .map(|(span, _)| [point(span.start()), point(span.end())])
                    .collect()
            })
            .collect();
        serde_json::to_writer(
            &mut *out,
            &serde_json::json!({"id": value["id"], "sentences": sentences}),
        )?;
        writeln!(out)?;
    }
    Ok(())
}

/// Reads the texts of a file.
pub(crate) fn texts(file: &Path) -> Result<Vec<String>> {
    let content =
        fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("jsonl") => content
            .lines()
            .map(from_json)
            .collect::<Result<_>>()
            .with_context(|| format!("could not read {} as JSON lines", file.display())),
        Some("tsv") => Ok(content.split("\n\n").map(from_tagged).collect()),
        _ => Ok(vec![content]),
    }
}

/// Title, if there is one, and text, as paragraphs.
fn from_json(line: &str) -> Result<String> {
    let value: serde_json::Value = serde_json::from_str(line)?;
    let text = value["text"].as_str().context("a line has a `text`")?;
    Ok(match value["title"].as_str() {
        Some(title) => format!("{title}\n\n{text}"),
        None => text.to_owned(),
    })
}

/// The tokens of a paragraph, joined by spaces; a token cut after its hyphen is put together again.
fn from_tagged(paragraph: &str) -> String {
    let tokens = paragraph.lines().filter_map(|line| line.split_once('\t'));
    let mut text = String::new();
    for (token, _) in tokens {
        text.push_str(token);
        if token.len() == 1 || !token.ends_with('-') {
            text.push(' ');
        }
    }
    text
}

/// Orders texts so that any first part of them comes from all parts of the file.
pub(crate) fn spread(texts: &[String]) -> impl Iterator<Item = &String> {
    const STEP: usize = 7;
    (0..STEP).flat_map(move |from| texts.iter().skip(from).step_by(STEP))
}

fn sentences(text: &str) -> Vec<Vec<&str>> {
    let segmentation = segment(text);
    let words = |range: &std::ops::Range<u32>| {
        segmentation.tokens()[range.start as usize..range.end as usize]
            .iter()
            .map(|(span, _)| span.of(text))
            .collect()
    };
    segmentation.sentences().iter().map(words).collect()
}

pub(crate) fn without_digits(sentence: &[&str]) -> String {
    sentence.join(" ").replace(|character: char| character.is_ascii_digit(), "0")
}
