//! Entities against annotated clusters: `CoNLL` F1 (the mean of MUC, B-cubed and CEAF-φ4 F1; Pradhan and others 2012), and how many
//! of *he* and *she* are given to the right name.
//!
//! A line of the data is `{"id", "date", "text", "clusters": [{"type", "mentions": [{"start", "end", "form"}]}]}`, offsets in code points,
//! half-open. `CoNLL` F1 is of the people, organizations and places that are spoken of more than once. A mention found inside an
//! annotated one, the shortest if there are several, is that one: annotators take in all that hangs on a noun.
//!
//! A pronoun counts as reachable if its cluster was named before it, and as right if the cluster that most names of the
//! pronoun's entity belong to is its own.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context as _, Result};
use dateline_core::{Form, Record};
use dateline_extract::{Extractor, read_document};
use serde_json::Value;

use super::{
    clusters::{Clusters, Sum, measures},
    percent, print,
};

const TYPES: [&str; 3] = ["person", "organization", "place"];
const SINGULAR: [&str; 6] = ["he", "him", "his", "she", "her", "hers"];

/// Scores the entities of a file; with `differences`, prints the pronouns that are given to somebody else.
pub(super) fn run(data: &Path, differences: bool) -> Result<()> {
    let file =
        fs::read_to_string(data).with_context(|| format!("could not read {}", data.display()))?;
    let extractor = Extractor::new();
    let mut scores = [Sum::default(); 3];
    let (mut right, mut reachable, mut all) = (0, 0, 0);
    for (number, line) in file.lines().enumerate() {
        let annotated = Annotated::read(line)
            .with_context(|| format!("could not read {} line {}", data.display(), number + 1))?;
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
            } else if differences {
                let chosen = chosen.map_or("-", |cluster| annotated.name_of(cluster));
                println!(
                    "pronoun\t{}\t{}\t{}\t{chosen}\t{}",
                    annotated.id,
                    annotated.words(pronoun.start, pronoun.end),
                    annotated.name_of(pronoun.cluster),
                    annotated.words(pronoun.start.saturating_sub(80), pronoun.end + 40)
                );
            }
        }
    }
    let mut mean = 0.0;
    for (name, sum) in ["muc", "b_cubed", "ceaf"].into_iter().zip(scores) {
        print(name, sum.f1());
        mean += sum.f1() / 3.0;
    }
    print("conll", mean);
    println!("he_she {right}/{reachable} reachable of {all}");
    print("he_she_right", percent(right, reachable));
    Ok(())
}

/// A mention of an annotated document.
#[derive(Debug, Clone, Copy)]
struct Mention {
    start: u32,
    end: u32,
    is_name: bool,
    is_pronoun: bool,
    cluster: usize,
    /// Of a type that is scored, and not the only one of its cluster.
    counts: bool,
}

struct Annotated {
    id: String,
    date: Option<String>,
    text: String,
    characters: Vec<char>,
    /// In the order of the text, longer ones first.
    mentions: Vec<Mention>,
}

impl Annotated {
    fn read(line: &str) -> Result<Self> {
        let value: Value = serde_json::from_str(line)?;
        let text = value["text"].as_str().context("a line has a `text`")?.to_owned();
        let mut mentions = Vec::new();
        let clusters = value["clusters"].as_array().context("a line has `clusters`")?;
        for (cluster, annotated) in clusters.iter().enumerate() {
            let list = annotated["mentions"].as_array().context("a cluster has `mentions`")?;
            let kind = annotated["type"].as_str().unwrap_or_default();
            for mention in list {
                let number = |name: &str| {
                    mention[name]
                        .as_u64()
                        .and_then(|number| u32::try_from(number).ok())
                        .with_context(|| format!("a mention has a `{name}`"))
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

    /// The shortest annotated mention that holds a stretch of words.
    fn holding(&self, start: u32, end: u32) -> Option<usize> {
        let holds = |at: &usize| {
            let mention = self.mentions[*at];
            mention.start <= start && end <= mention.end
        };
        (0..self.mentions.len())
            .filter(holds)
            .min_by_key(|&at| self.mentions[at].end - self.mentions[at].start)
    }

    /// The cluster that most names of the entity of a pronoun belong to.
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

    /// The annotated clusters and those that were found, with one number for one mention.
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
