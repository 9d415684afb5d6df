//! Reader of documents whose event mentions are annotated with coreference chains, as in ECB+ (Cybulska and Vossen 2014).
//!
//! A line is `{"id", "text", "mentions": [{"start", "end", "chain", "kind"}]}`, with offsets in code points, half-open. Mentions of
//! kind `event`, or of no kind, are event mentions; `chain` may be missing. The text has one sentence per line, and only some of
//! its sentences are annotated.

use std::{collections::BTreeMap, ops::Range, path::Path};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::{clusters::Clusters, read_lines_by};

/// A document.
#[derive(Debug)]
pub struct Chained {
    /// Identifier of the document.
    pub id: String,
    /// Text of the document.
    pub text: String,
    /// Mentions of events.
    pub mentions: Vec<Mention>,
    /// Lines with a mention of any kind, in code points, half-open.
    pub annotated: Vec<Range<u32>>,
}

/// A mention of an event.
#[derive(Debug)]
pub struct Mention {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
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
    let (mut mentions, mut starts) = (Vec::new(), Vec::new());
    for mention in value["mentions"].as_array().context("a line has `mentions`")? {
        let number = |name: &str| {
            let number = mention[name].as_u64().and_then(|number| u32::try_from(number).ok());
            number.with_context(|| format!("expected a mention with `{name}`"))
        };
        starts.push(number("start")?);
        if mention["kind"].as_str().is_some_and(|kind| kind != "event") {
            continue;
        }
        mentions.push(Mention {
            start: number("start")?,
            end: number("end")?,
            chain: mention["chain"].as_str().map(str::to_owned),
        });
    }
    let text_of = text("text").context("expected a line with `text`")?;
    let mut annotated = lines(&text_of);
    annotated.retain(|line| starts.iter().any(|start| line.contains(start)));
    Ok(Chained {
        id: text("id").context("expected a line with `id`")?,
        text: text_of,
        mentions,
        annotated,
    })
}

/// The lines of a text, in code points.
fn lines(text: &str) -> Vec<Range<u32>> {
    let mut start = 0;
    let length = |line: &str| u32::try_from(line.chars().count()).unwrap_or(u32::MAX);
    let lines = text.split_inclusive('\n').map(|line| {
        let end = start + length(line);
        std::mem::replace(&mut start, end)..end
    });
    lines.collect()
}

/// Returns the annotated chains of documents as numbers, or `None` if a mention has no chain.
pub fn annotated(documents: &[Chained]) -> Option<Vec<Vec<u32>>> {
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

/// Returns chains as sets of mentions, which are numbered through all documents.
pub fn clusters(chains: &[Vec<u32>]) -> Clusters {
    let mut clusters: BTreeMap<u32, _> = BTreeMap::new();
    for (mention, &chain) in chains.iter().flatten().enumerate() {
        clusters.entry(chain).or_insert_with(std::collections::BTreeSet::new).insert(mention);
    }
    clusters.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_a_mention_of_any_kind_are_annotated() {
        let line = r#"{"id": "a", "text": "Ünrest grew.\nIt rained.\nPolice came.\n", "mentions": [
            {"start": 7, "end": 11, "chain": "c1", "kind": "event"}, {"start": 24, "end": 30, "chain": "c2", "kind": "entity"}]}"#;
        let document = read_line(line).expect("the line is well formed");
        assert_eq!(document.annotated, [0..13, 24..37]);
        assert_eq!(document.mentions.len(), 1);
    }
}
