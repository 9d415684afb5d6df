//! Reader of sentences with human judgments of factuality, shared by evaluation and training.
//!
//! - events: `{"id", "sentence_id", "text", "events": [{"start", "end", "factuality"}]}`
//! - claims: `{"id", "text", "claim", "verb", "factuality"}`, the claim being the clause under the verb
//! - veridicality: `{"id", "verb", "frame", "text", "veridicality"}`, judged of the last verb
//!
//! Offsets are in code points, half-open.

use std::path::Path;

use anyhow::{Context as _, Result};
use dateline_extract::train::factuality::{Judged, Settings};
use dateline_nlp::{Analysis, Deprel, English, Token, Upos};
use serde_json::Value;

use crate::{cross_validation::share, read_lines};

/// Layout of a line, and so the kind of judgment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Judgments of single words.
    Events,
    /// Judgments of the clause under a verb.
    Claims,
    /// Judgments of the last verb.
    Veridicality,
}

impl Kind {
    /// The kind of a line, told by its fields; `None` if it has no judgment.
    pub fn of(line: &Value) -> Option<Self> {
        match () {
            () if line.get("claim").is_some() => Some(Self::Claims),
            () if line.get("veridicality").is_some() => Some(Self::Veridicality),
            () if line["events"].get(0).is_some_and(|event| event.get("factuality").is_some()) => {
                Some(Self::Events)
            }
            () => None,
        }
    }

    /// Prefix of the figures of this kind.
    pub fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Claims => "claims",
            Self::Veridicality => "veridicality",
        }
    }

    /// Units of a record's factuality in one unit of the data: annotators of events seldom went beyond 1.3 of 3.
    pub fn scale(self) -> f32 {
        match self {
            Self::Events => 2.0,
            Self::Claims => 1.0,
            Self::Veridicality => 0.75,
        }
    }

    /// Weight of one judgment in training; claims are few.
    fn weight(self) -> f32 {
        match self {
            Self::Events | Self::Veridicality => 1.0,
            Self::Claims => 8.0,
        }
    }
}

/// A word with a judgment.
#[derive(Debug)]
pub struct Item {
    /// Layout of the line it stands in.
    pub kind: Kind,
    /// Line among all lines read, and number of the event in it, from 0.
    pub place: (usize, usize),
    /// The word's features and judgment.
    pub judged: Judged,
    /// Part of a cross-validation it belongs to, modulo the number of parts.
    pub fold: u32,
}

/// Settings the compiled-in weights were trained with.
pub const SETTINGS: Settings = Settings { n_steps: 40, ridge: 80.0 };

/// Reads the lines of a file.
///
/// # Errors
///
/// If the file cannot be read, or a line is not JSON.
pub fn lines(path: &Path) -> Result<Vec<Value>> {
    read_lines(path)
}

/// The words of lines with their judgments; words that are not found are left out.
///
/// # Errors
///
/// If a line lacks a field of its layout.
pub fn items(english: &English, lines: &[Value]) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(kind) = Kind::of(line) else { continue };
        let text = line["text"].as_str().context("expected a line with `text`")?;
        let analysis = english.analyze(text);
        let group = match kind {
            // The document: everything before the number of the sentence.
            Kind::Events => line["sentence_id"]
                .as_str()
                .and_then(|id| id.rsplit_once('-'))
                .map(|(document, _)| document),
            Kind::Claims => line["id"].as_str(),
            Kind::Veridicality => line["verb"].as_str(),
        };
        let fold =
            group.unwrap_or_default().bytes().fold(0x811c_9dc5_u32, |hash, byte| {
                (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
            }) >> 8;
        let mut push = |number: usize, word: Token<'_>, value: &Value| {
            #[expect(clippy::cast_possible_truncation, reason = "judgments are small")]
            let label = value.as_f64().context("expected a number as judgment")? as f32;
            let judged = Judged::new(word, label * kind.scale(), kind.weight());
            items.push(Item { kind, place: (at, number), judged, fold });
            Ok::<_, anyhow::Error>(())
        };
        match kind {
            Kind::Events => {
                let events = line["events"].as_array().context("a line has `events`")?;
                for (number, event) in events.iter().enumerate() {
                    let Some(word) = word_at(&analysis, &event["start"]) else { continue };
                    push(number, word, &event["factuality"])?;
                }
            }
            Kind::Claims => {
                let claim = line["claim"].as_str().context("expected a line with `claim`")?;
                let verb = line["verb"].as_str().unwrap_or_default();
                if let Some(word) = head_of_claim(&analysis, claim, verb) {
                    push(0, word, &line["factuality"])?;
                }
            }
            Kind::Veridicality => {
                let last = analysis.tokens().rev().find(|token| token.upos() == Upos::Verb);
                if let Some(word) = last {
                    push(0, word, &line["veridicality"])?;
                }
            }
        }
    }
    Ok(items)
}

/// The items that several readers make of the same lines, one reader after the other. All readings of a judgment together weigh as
/// much as one reading alone would.
///
/// # Errors
///
/// If a line lacks a field of its layout.
pub fn readings(readers: &[English], lines: &[Value]) -> Result<Vec<Item>> {
    let mut all = Vec::new();
    for english in readers {
        let mut items = items(english, lines)?;
        for item in &mut items {
            item.judged.weight *= share(readers.len());
        }
        all.extend(items);
    }
    Ok(all)
}

/// The token at a code point.
pub fn word_at<'a>(analysis: &'a Analysis<'a>, start: &Value) -> Option<Token<'a>> {
    let start = usize::try_from(start.as_u64()?).ok()?;
    let (byte, _) = analysis.text().char_indices().nth(start)?;
    analysis.token_at(byte)
}

/// The head of the clause that a claim repeats: a dependent of the verb if there is one, else the highest of the repeated words.
fn head_of_claim<'a>(analysis: &'a Analysis<'a>, claim: &str, verb: &str) -> Option<Token<'a>> {
    let words = |text: &str| text.to_lowercase();
    let own: Vec<String> = claim
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(words)
        .collect();
    let tokens: Vec<Token<'_>> =
        analysis.tokens().filter(|token| token.text().chars().any(char::is_alphanumeric)).collect();
    let shared = |end: usize| {
        let pairs = tokens[..end].iter().rev().zip(own.iter().rev());
        pairs.take_while(|(token, word)| words(token.text()) == **word).count()
    };
    let end = (1..=tokens.len()).max_by_key(|&end| (shared(end), std::cmp::Reverse(end)))?;
    let start = end.saturating_sub(own.len() + 2);
    let window = &tokens[start..end];
    let below_verb = window.iter().find(|token| {
        matches!(token.deprel(), Deprel::Ccomp | Deprel::Parataxis | Deprel::Xcomp)
            && token.head().is_some_and(|head| head.lemma() == verb)
    });
    let highest = || {
        let strict = &tokens[end.saturating_sub(own.len())..end];
        strict.iter().min_by_key(|token| (token.ancestors().take(40).count(), token.idx()))
    };
    below_verb.or_else(highest).copied()
}
