//! Documents whose mentions of acts are annotated with chains, as ECB+ has them (Cybulska and Vossen 2014).
//!
//! A line is `{"id", "text", "mentions": [{"start", "end", "chain", "kind"}]}`, offsets in code points, half-open. Only mentions of
//! kind `event`, or of no kind, are read; `chain` may be missing.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context as _, Result};
use dateline_extract::{Extractor, Likeness, Marked};
use serde_json::Value;

use crate::{clusters::Clusters, read_lines_by};

/// A document.
#[derive(Debug)]
pub struct Chained {
    /// Identifier of the document.
    pub id: String,
    /// Topic the annotators filed it under; used only to split training data.
    pub topic: String,
    /// Text of the document.
    pub text: String,
    /// Mentions of events.
    pub mentions: Vec<Mention>,
}

/// A mention of an act, in code points.
#[derive(Debug)]
pub struct Mention {
    /// First code point.
    pub start: u32,
    /// Code point behind the last one.
    pub end: u32,
    /// Name of the chain; `None` if the file has no chains.
    pub chain: Option<String>,
}

/// Reads a file of documents.
///
/// # Errors
///
/// If the file cannot be read, or a line is not laid out as described above.
pub fn read(path: &Path) -> Result<Vec<Chained>> {
    read_lines_by(path, read_line)
}

fn read_line(line: &str) -> Result<Chained> {
    let value: Value = serde_json::from_str(line)?;
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    let mut mentions = Vec::new();
    for mention in value["mentions"].as_array().context("a line has `mentions`")? {
        if mention["kind"].as_str().is_some_and(|kind| kind != "event") {
            continue;
        }
        let number = |name: &str| {
            let number = mention[name].as_u64().and_then(|number| u32::try_from(number).ok());
            number.with_context(|| format!("expected a mention with `{name}`"))
        };
        mentions.push(Mention {
            start: number("start")?,
            end: number("end")?,
            chain: mention["chain"].as_str().map(str::to_owned),
        });
    }
    Ok(Chained {
        id: text("id").context("expected a line with `id`")?,
        topic: text("topic").unwrap_or_default(),
        text: text("text").context("expected a line with `text`")?,
        mentions,
    })
}

/// Reads documents side by side.
pub fn likeness(extractor: &Extractor, documents: &[&Chained]) -> Result<Likeness> {
    let marked: Vec<Marked<'_>> = documents
        .iter()
        .map(|document| Marked {
            text: &document.text,
            spans: document.mentions.iter().map(|mention| mention.start..mention.end).collect(),
        })
        .collect();
    extractor.likeness(&marked).map_err(|bad| {
        let id = &documents[bad.document].id;
        anyhow::anyhow!("{id}: no text from {} to {}", bad.span.start, bad.span.end)
    })
}

/// The annotated chains of documents as numbers; none where a mention has no chain.
pub fn annotated(documents: &[&Chained]) -> Option<Vec<Vec<u32>>> {
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut all = Vec::new();
    for document in documents {
        let mut chains = Vec::new();
        for mention in &document.mentions {
            let next = u32::try_from(numbers.len()).ok()?;
            chains.push(*numbers.entry(mention.chain.as_deref()?).or_insert(next));
        }
        all.push(chains);
    }
    Some(all)
}

/// Chains as sets of mentions, which are numbered through all documents.
pub fn clusters(chains: &[Vec<u32>]) -> Clusters {
    let mut clusters: BTreeMap<u32, _> = BTreeMap::new();
    for (mention, &chain) in chains.iter().flatten().enumerate() {
        clusters.entry(chain).or_insert_with(std::collections::BTreeSet::new).insert(mention);
    }
    clusters.into_values().collect()
}
