//! Sentences people judged for how real what they tell is: reads the layouts that `eval factuality` and
//! `train-factuality` share.
//!
//! - events: `{"id", "sentence_id", "text", "events": [{"start", "end", "factuality"}]}`
//! - claims: `{"id", "text", "claim", "verb", "factuality"}`, the claim being the clause under the verb
//! - veridicality: `{"id", "verb", "frame", "text", "veridicality"}`, judged of the last verb
//!
//! Offsets are in code points, half-open.

use std::{fs, path::Path};

use anyhow::{Context as _, Result};
use dateline_extract::train::factuality::{Judged, Settings};
use dateline_nlp::{Analysis, Deprel, English, Token, Upos};
use serde_json::Value;

/// What the lines of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Events,
    Claims,
    Veridicality,
}

impl Kind {
    /// By the names a line has; `None` where it judges nothing.
    pub(crate) fn of(line: &Value) -> Option<Self> {
        match () {
            () if line.get("claim").is_some() => Some(Self::Claims),
            () if line.get("veridicality").is_some() => Some(Self::Veridicality),
            () if line["events"].get(0).is_some_and(|event| event.get("factuality").is_some()) => {
                Some(Self::Events)
            }
            () => None,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Claims => "claims",
            Self::Veridicality => "veridicality",
        }
    }

    /// Units of the record in a unit of the data: judges of events seldom went beyond 1.3 of 3.
    pub(crate) fn scale(self) -> f32 {
        match self {
            Self::Events => 2.0,
            Self::Claims => 1.0,
            Self::Veridicality => 0.75,
        }
    }

    /// How much one judgment counts in training: there are few claims.
    fn weight(self) -> f32 {
        match self {
            Self::Events | Self::Veridicality => 1.0,
            Self::Claims => 8.0,
        }
    }
}

/// A judged word of a line.
pub(crate) struct Item {
    pub(crate) kind: Kind,
    /// Line of the file, and number of the event in it.
    pub(crate) place: (usize, usize),
    pub(crate) judged: Judged,
    /// Which part of a cross-validation it is in, before the remainder is taken.
    pub(crate) fold: u32,
}

/// How the weights are trained.
pub(crate) const SETTINGS: Settings = Settings { n_steps: 40, ridge: 80.0 };

/// The lines of a file.
pub(crate) fn lines(path: &Path) -> Result<Vec<Value>> {
    let file =
        fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    file.lines()
        .zip(1..)
        .map(|(line, number)| {
            serde_json::from_str(line)
                .with_context(|| format!("{} line {number} is no JSON", path.display()))
        })
        .collect()
}

/// The judged words of lines; a line whose word is not found gives none.
pub(crate) fn items(lines: &[Value]) -> Result<Vec<Item>> {
    let english = English::new();
    let mut items = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(kind) = Kind::of(line) else { continue };
        let text = line["text"].as_str().context("a line has a `text`")?;
        let analysis = english.analyze(text);
        let group = match kind {
            // The document: what stands before the number of the sentence.
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
            let label = value.as_f64().context("a judgment is a number")? as f32;
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
                let claim = line["claim"].as_str().context("a line has a `claim`")?;
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

/// The word at a code point.
pub(crate) fn word_at<'a>(analysis: &'a Analysis<'a>, start: &Value) -> Option<Token<'a>> {
    let start = usize::try_from(start.as_u64()?).ok()?;
    let (byte, _) = analysis.text().char_indices().nth(start)?;
    analysis.token_at(byte)
}

/// The head of the clause a claim repeats: below the verb if it can be, else the highest of the words that repeat its end.
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
