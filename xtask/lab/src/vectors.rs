//! `cargo xtask vectors`: makes a small table of word vectors from the input embeddings of an open sentence encoder.
//!
//! Reads `model.safetensors` and `tokenizer.json` of `all-MiniLM-L6-v2` (Apache-2.0), available from several package registries.
//! Whole words of its vocabulary keep their vectors. A word of the treebanks that the vocabulary splits into pieces gets the mean of
//! its pieces. The 384 dimensions are rotated onto their principal axes, the first [`DIMENSIONS`] are kept, and each number is
//! rounded to a byte.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "counts are far below what a float holds, and bytes are clamped before they are cut"
)]

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};
use dateline_nlp::{conllu, train::fold};

/// Number of dimensions kept.
const DIMENSIONS: usize = 128;

/// Rounds of orthogonal iteration that find the principal axes.
const ROUNDS: usize = 60;

/// Make the table of word vectors that training starts from.
#[derive(Debug, clap::Args)]
pub(crate) struct Vectors {
    /// Folder with `model.safetensors` and `tokenizer.json` of all-MiniLM-L6-v2
    #[arg(long)]
    model: PathBuf,
    /// Folder with the treebanks whose words get vectors
    #[arg(long)]
    data: PathBuf,
    /// File the table is written to
    #[arg(long, default_value = "xtask/data/vectors.bin")]
    out: PathBuf,
}

pub(crate) fn run(vectors: &Vectors) -> anyhow::Result<()> {
    let pieces = read_vocabulary(&vectors.model.join("tokenizer.json"))?;
    let embeddings = read_embeddings(&vectors.model.join("model.safetensors"), pieces.len())?;
    let mut words: BTreeMap<String, Vec<f32>> = BTreeMap::new();
    for (piece, &row) in &pieces {
        let is_word = !piece.starts_with("##") && !piece.starts_with('[');
        if is_word {
            words.insert(fold(piece), embeddings[row].clone());
        }
    }
    for word in treebank_words(&vectors.data)? {
        if !words.contains_key(&word)
            && let Some(vector) = mean_of_pieces(&word, &pieces, &embeddings)
        {
            words.insert(word, vector);
        }
    }
    let rows: Vec<Vec<f32>> = words.values().cloned().collect();
    let reduced = reduce(&rows);
    let mut out = format!("dateline-vectors 1 {} {DIMENSIONS}\n", words.len()).into_bytes();
    for word in words.keys() {
        out.extend_from_slice(word.as_bytes());
        out.push(b'\n');
    }
    out.extend(reduced.iter().flatten().map(|&number| number.to_le_bytes()[0]));
    if let Some(folder) = vectors.out.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&vectors.out, &out)
        .with_context(|| format!("could not write {}", vectors.out.display()))?;
    println!("words {}\nbytes {}", words.len(), out.len());
    Ok(())
}

fn read_vocabulary(path: &Path) -> anyhow::Result<BTreeMap<String, usize>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    let tokenizer: serde_json::Value = serde_json::from_str(&text)?;
    let vocabulary = tokenizer["model"]["vocab"]
        .as_object()
        .context("expected a `model.vocab` in the tokenizer")?;
    vocabulary
        .iter()
        .map(|(piece, row)| {
            Ok((piece.clone(), usize::try_from(row.as_u64().context("expected a row number")?)?))
        })
        .collect()
}

/// Reads the input embeddings, one row per piece.
fn read_embeddings(path: &Path, n_pieces: usize) -> anyhow::Result<Vec<Vec<f32>>> {
    let bytes = fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
    let header_len = usize::try_from(u64::from_le_bytes(bytes[..8].try_into()?))?;
    let header: serde_json::Value = serde_json::from_slice(&bytes[8..8 + header_len])?;
    let (_, tensor) = header
        .as_object()
        .and_then(|tensors| {
            tensors.iter().find(|(name, _)| name.ends_with("word_embeddings.weight"))
        })
        .context("expected a tensor `…word_embeddings.weight`")?;
    ensure!(tensor["dtype"] == "F32", "expected 32-bit floats, read {}", tensor["dtype"]);
    let number = |value: &serde_json::Value| {
        value
            .as_u64()
            .and_then(|n| usize::try_from(n).ok())
            .context("expected a number in the header")
    };
    let (rows, width) = (number(&tensor["shape"][0])?, number(&tensor["shape"][1])?);
    ensure!(rows >= n_pieces, "expected {n_pieces} rows, read {rows}");
    let start = 8 + header_len + number(&tensor["data_offsets"][0])?;
    Ok(bytes[start..start + rows * width * 4]
        .chunks_exact(width * 4)
        .map(|row| {
            row.chunks_exact(4)
                .map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]))
                .collect()
        })
        .collect())
}

/// Words that occur at least twice in the training treebanks.
fn treebank_words(data: &Path) -> anyhow::Result<Vec<String>> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for file in super::train::TREEBANKS {
        let path = data.join(file);
        let text = fs::read_to_string(&path)
            .with_context(|| format!("could not read {}", path.display()))?;
        for word in conllu::read(&text)?.iter().flat_map(|sentence| &sentence.words) {
            *counts.entry(fold(&word.form)).or_default() += 1;
        }
    }
    let mut words: Vec<String> =
        counts.into_iter().filter(|(_, count)| *count >= 2).map(|(word, _)| word).collect();
    words.sort();
    Ok(words)
}

/// Splits a word into the longest pieces of the vocabulary, from left to right.
fn mean_of_pieces(
    word: &str,
    pieces: &BTreeMap<String, usize>,
    embeddings: &[Vec<f32>],
) -> Option<Vec<f32>> {
    let mut rows = Vec::new();
    let mut start = 0;
    while start < word.len() {
        let prefix = if start == 0 { "" } else { "##" };
        let (end, row) =
            (start + 1..=word.len()).rev().filter(|&end| word.is_char_boundary(end)).find_map(
                |end| Some((end, *pieces.get(&format!("{prefix}{}", &word[start..end]))?)),
            )?;
        rows.push(row);
        start = end;
    }
    let width = embeddings[0].len();
    let count = rows.len() as f32;
    Some(
        (0..width)
            .map(|axis| rows.iter().map(|&row| embeddings[row][axis]).sum::<f32>() / count)
            .collect(),
    )
}

/// Rotates rows onto their principal axes and rounds the first [`DIMENSIONS`] to bytes.
///
/// Axes are scaled by the square root of their spread. With the full spread, few axes would dominate; without any, noise would.
fn reduce(rows: &[Vec<f32>]) -> Vec<Vec<i8>> {
    let width = rows[0].len();
    let mean: Vec<f64> = (0..width)
        .map(|axis| rows.iter().map(|row| f64::from(row[axis])).sum::<f64>() / rows.len() as f64)
        .collect();
    let centered: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| row.iter().zip(&mean).map(|(&x, mean)| f64::from(x) - mean).collect())
        .collect();
    let mut covariance = vec![vec![0.0; width]; width];
    for row in &centered {
        for (line, &x) in covariance.iter_mut().zip(row) {
            for (cell, &y) in line.iter_mut().zip(row) {
                *cell += x * y / rows.len() as f64;
            }
        }
    }
    // Initial axes need only be independent; a fixed scramble is enough.
    let mut axes: Vec<Vec<f64>> = (0..DIMENSIONS)
        .map(|k| {
            (0..width)
                .map(|axis| (((k * 7919 + axis * 104_729 + 13) % 1009) as f64) / 1009.0 - 0.5)
                .collect()
        })
        .collect();
    let dot = |left: &[f64], right: &[f64]| left.iter().zip(right).map(|(x, y)| x * y).sum::<f64>();
    let mut spreads = vec![0.0; DIMENSIONS];
    for _ in 0..ROUNDS {
        for k in 0..DIMENSIONS {
            let mut turned: Vec<f64> = covariance.iter().map(|line| dot(line, &axes[k])).collect();
            for axis in &axes[..k] {
                let along = dot(&turned, axis);
                turned.iter_mut().zip(axis).for_each(|(x, y)| *x -= along * y);
            }
            spreads[k] = dot(&turned, &turned).sqrt();
            for x in &mut turned {
                *x /= spreads[k];
            }
            axes[k] = turned;
        }
    }
    let numbers: Vec<Vec<f64>> = centered
        .iter()
        .map(|row| {
            axes.iter()
                .zip(&spreads)
                .map(|(axis, spread)| dot(row, axis) / spread.powf(0.25))
                .collect()
        })
        .collect();
    let all = numbers.iter().flatten();
    let deviation = (all.clone().map(|x| x * x).sum::<f64>() / all.count() as f64).sqrt();
    let byte = |x: f64| (x / deviation * 127.0 / 5.0).round().clamp(-127.0, 127.0) as i8;
    numbers.iter().map(|row| row.iter().map(|&x| byte(x)).collect()).collect()
}
