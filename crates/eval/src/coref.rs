//! Entities against annotated clusters: `CoNLL` F1 (the mean of MUC, B-cubed and CEAF-φ4 F1; Pradhan and others 2012), and the
//! share of *he* and *she* resolved to the right name.
//!
//! A line of the data is `{"id", "date", "text", "clusters": [{"type", "mentions": [{"start", "end", "form"}]}]}`, offsets in code points,
//! half-open. `CoNLL` F1 is over people, organizations and places with more than one mention. An extracted mention is matched to
//! the shortest annotated mention around it, because annotated mentions include everything that depends on the noun.
//!
//! A pronoun counts if its cluster is named before it; it is right if most names of its entity belong to its own cluster.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::{Context as _, Result};
use dateline_core::{Form, Record};
use dateline_extract::{Extractor, read_document};
use serde_json::Value;

use crate::{
    Report,
    clusters::{Clusters, Sum, measures},
    read_lines_by,
    score::percent,
};

const TYPES: [&str; 3] = ["person", "organization", "place"];
const SINGULAR: [&str; 6] = ["he", "him", "his", "she", "her", "hers"];

/// Scores the entities of a file; the differences are pronouns resolved to somebody else.
///
/// # Errors
///
/// If the file cannot be read, or a line is not laid out as described above.
pub fn run(extractor: &Extractor, data: &Path) -> Result<Report> {
    let mut report = Report::default();
    let mut scores = [Sum::default(); 3];
    let (mut right, mut reachable, mut all) = (0, 0, 0);
    for annotated in read_lines_by(data, Annotated::read)? {
        let mut document = read_document(&annotated.text);
        document.published = annotated.date.as_deref().and_then(|date| date.parse().ok());
        let record = extractor.extract(&document);
        let (expected, found) = annotated.aligned(&record);
        for (sum, measured) in scores.iter_mut().zip(measures(&expected, &found)) {
            sum.add(measured);
        }
        for pronoun in annotated.pronouns() {
            all += 1;
            if !annotated.is_named_before(pronoun) {
                continue;
            }
            reachable += 1;
            let chosen = annotated.chosen(&record, pronoun);
            if chosen == Some(pronoun.cluster) {
                right += 1;
            } else {
                let chosen = chosen.map_or("-", |cluster| annotated.name_of(cluster));
                report.differences.push(format!(
                    "pronoun\t{}\t{}\t{}\t{chosen}\t{}",
                    annotated.id,
                    annotated.words(pronoun.start, pronoun.end),
                    annotated.name_of(pronoun.cluster),
                    annotated.words(pronoun.start.saturating_sub(80), pronoun.end + 40)
                ));
            }
        }
    }
    let mut mean = 0.0;
    for (name, sum) in ["muc", "b_cubed", "ceaf"].into_iter().zip(scores) {
        report.percent(name, sum.f1());
        mean += sum.f1() / 3.0;
    }
    report.percent("conll", mean);
    report.details.push(format!("he_she {right}/{reachable} reachable of {all}"));
    report.percent("he_she_right", percent(right, reachable));
    Ok(report)
}

/// A mention of an annotated document, in code points.
#[derive(Debug, Clone, Copy)]
struct Mention {
    start: u32,
    end: u32,
    is_name: bool,
    is_pronoun: bool,
    cluster: usize,
    /// Of a scored type, and not the only mention of its cluster.
    counts: bool,
}

struct Annotated {
    id: String,
    date: Option<String>,
    text: String,
    characters: Vec<char>,
    /// In the order of the text; of mentions with the same start, longer ones first.
    mentions: Vec<Mention>,
}

impl Annotated {
    fn read(line: &str) -> Result<Self> {
        let value: Value = serde_json::from_str(line)?;
        let text = value["text"].as_str().context("expected a line with `text`")?.to_owned();
        let mut mentions = Vec::new();
        let clusters = value["clusters"].as_array().context("a line has `clusters`")?;
        for (cluster, annotated) in clusters.iter().enumerate() {
            let list =
                annotated["mentions"].as_array().context("expected a cluster with `mentions`")?;
            let kind = annotated["type"].as_str().unwrap_or_default();
            for mention in list {
                let number = |name: &str| {
                    mention[name]
                        .as_u64()
                        .and_then(|number| u32::try_from(number).ok())
                        .with_context(|| format!("expected a mention with `{name}`"))
                };
                mentions.push(Mention {
                    start: number("start")?,
                    end: number("end")?,
                    is_name: mention["form"] == "name",
                    is_pronoun: mention["form"] == "pronoun",
                    cluster,
                    counts: TYPES.contains(&kind) && list.len() > 1,
                });
            }
        }
        mentions.sort_by_key(|mention| (mention.start, u32::MAX - mention.end));
        Ok(Self {
            id: value["id"].as_str().unwrap_or_default().to_owned(),
            date: value["date"].as_str().map(str::to_owned),
            characters: text.chars().collect(),
            text,
            mentions,
        })
    }

    fn words(&self, start: u32, end: u32) -> String {
        let end = (end as usize).min(self.characters.len());
        let words: String = self.characters[start as usize..end].iter().collect();
        words.replace('\n', " ")
    }

    /// *He*, *she* and their forms.
    fn pronouns(&self) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(|mention| {
            let words = || self.words(mention.start, mention.end).to_lowercase();
            mention.is_pronoun && SINGULAR.contains(&words().as_str())
        })
    }

    fn is_named_before(&self, pronoun: &Mention) -> bool {
        self.mentions.iter().any(|mention| {
            mention.is_name && mention.cluster == pronoun.cluster && mention.end <= pronoun.start
        })
    }

    /// The first name of a cluster.
    fn name_of(&self, cluster: usize) -> &str {
        let name = self.mentions.iter().find(|it| it.is_name && it.cluster == cluster);
        name.map_or("-", |name| {
            let byte = |at: u32| {
                self.text.char_indices().nth(at as usize).map_or(self.text.len(), |(at, _)| at)
            };
            &self.text[byte(name.start)..byte(name.end)]
        })
    }

    /// Index of the shortest annotated mention around a span.
    fn holding(&self, start: u32, end: u32) -> Option<usize> {
        let holds = |at: &usize| {
            let mention = self.mentions[*at];
            mention.start <= start && end <= mention.end
        };
        (0..self.mentions.len())
            .filter(holds)
            .min_by_key(|&at| self.mentions[at].end - self.mentions[at].start)
    }

    /// The cluster most names of a pronoun's entity belong to.
    fn chosen(&self, record: &Record, pronoun: &Mention) -> Option<usize> {
        let entity = record.entities.iter().find(|entity| {
            let mut mentions = entity.mentions.iter();
            mentions.any(|it| (it.span.start, it.span.end) == (pronoun.start, pronoun.end))
        })?;
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for mention in entity.mentions.iter().filter(|mention| mention.form == Form::Name) {
            if let Some(at) = self.holding(mention.span.start, mention.span.end) {
                *votes.entry(self.mentions[at].cluster).or_default() += 1;
            }
        }
        votes.into_iter().max_by_key(|(cluster, n)| (*n, usize::MAX - cluster)).map(|it| it.0)
    }

    /// Annotated and extracted clusters, with the same number for the same mention.
    fn aligned(&self, record: &Record) -> (Clusters, Clusters) {
        let mut expected: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (at, mention) in self.mentions.iter().enumerate().filter(|(_, it)| it.counts) {
            expected.entry(mention.cluster).or_default().insert(at);
        }
        let mut taken = BTreeSet::new();
        let mut unknown = self.mentions.len();
        let mut found = Clusters::new();
        for entity in record.entities.iter().filter(|entity| entity.mentions.len() > 1) {
            let mut cluster = BTreeSet::new();
            for mention in &entity.mentions {
                let at = self
                    .holding(mention.span.start, mention.span.end)
                    .filter(|&at| taken.insert(at));
                cluster.insert(at.unwrap_or_else(|| {
                    unknown += 1;
                    unknown
                }));
            }
            found.push(cluster);
        }
        (expected.into_values().collect(), found)
    }
}
