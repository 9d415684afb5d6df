//! Event coreference, within and across documents: MUC, B-cubed, CEAF-φ4 and their mean over the whole file.
//!
//! This scores `dateline-coreference`, which joins the reports of the ledger, in two ways:
//!
//! - with gold mentions (no prefix): a mention is compared as the extracted event with that trigger or, if there is none, as an
//!   act without a type;
//! - end to end (`own_`): with extracted events. An event that overlaps a gold mention stands for it; all others are mentions
//!   of their own. Only annotated lines count.
//!
//! The baseline joins mentions with the same head lemma, in any documents. All documents are treated as published on the same day,
//! because ECB+ has no dates. Topics are not used. Chains of one mention count, as in ECB+.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::{Result, ensure};
use dateline_core::{Document, Record, TextSpan};
use dateline_coreference::{
    Sketch, name,
    record::{reports, sketch, untyped_sketch},
    resolve,
};
use dateline_extract::Extractor;
use dateline_nlp::{Analysis, English, Span, Token, Upos};
use serde_json::json;

use crate::{
    Report, Score,
    chained::{self, Chained, Mention},
    clusters::{Clusters, measures},
    words::code_points,
};

/// Publication date of every document, as a day number.
const PUBLISHED: i32 = 14_000;

/// Scores the chains of a file, if it has any.
///
/// # Errors
///
/// If the file cannot be read, or a mention is not in its text.
pub fn run(extractor: &Extractor, data: &Path) -> Result<Report> {
    let mut report = Report::default();
    let documents = chained::read(data)?;
    let read = read(extractor, &documents)?;
    let chains = gold_mention_chains(&documents, &read);
    if let Some(expected) = chained::annotated(&documents) {
        let expected = chained::clusters(&expected);
        add_scores(&mut report, "baseline_", &expected, &chained::clusters(&same_lemma(&read)));
        let found = chained::clusters(&chains);
        add_scores(&mut report, "", &expected, &found);
        let own = own_clusters(&documents, &read);
        add_own_mentions(&mut report, &expected, &own);
        add_scores(&mut report, "own_", &expected, &own);
        describe_differences(&documents, &expected, &found, &mut report.differences);
    }
    for (document, chains) in documents.iter().zip(&chains) {
        let mentions: Vec<_> = document
            .mentions
            .iter()
            .zip(chains)
            .map(|(mention, chain)| json!({"start": mention.start, "end": mention.end, "chain": format!("c{chain}")}))
            .collect();
        report.predictions.push(json!({"id": document.id, "mentions": mentions}).to_string());
    }
    Ok(report)
}

/// A document with its record.
struct ReadDocument {
    record: Record,
    /// Head lemma of each gold mention.
    lemmas: Vec<String>,
    /// Number of the document, for sketches.
    number: u64,
}

fn read(extractor: &Extractor, documents: &[Chained]) -> Result<Vec<ReadDocument>> {
    let english = English::new(extractor.reader());
    documents
        .iter()
        .map(|document| {
            let record = extractor.extract(&Document::new(document.text.clone()));
            let analysis = english.analyze(&document.text);
            let lemmas = document
                .mentions
                .iter()
                .map(|mention| head_lemma(document, &analysis, mention))
                .collect::<Result<_>>()?;
            Ok(ReadDocument { record, lemmas, number: name::hash(&document.text) })
        })
        .collect()
}

/// Chains by the simplest rule: mentions with one head lemma belong together.
fn same_lemma(documents: &[ReadDocument]) -> Vec<Vec<u32>> {
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut number = |lemma| {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        *numbers.entry(lemma).or_insert(next)
    };
    let chains = documents
        .iter()
        .map(|document| document.lemmas.iter().map(|lemma| number(lemma)).collect());
    chains.collect()
}

/// Chains of the gold mentions.
fn gold_mention_chains(documents: &[Chained], read: &[ReadDocument]) -> Vec<Vec<u32>> {
    let mut sketches = Vec::new();
    let mut sketch_of = Vec::new();
    for (document, read) in documents.iter().zip(read) {
        let reports = reports(&read.record, usize::MAX);
        let mut of_report: BTreeMap<usize, usize> = BTreeMap::new();
        let mut own = Vec::new();
        for (mention, lemma) in document.mentions.iter().zip(&read.lemmas) {
            let known = read.record.events.iter().position(|it| meets(mention, &it.trigger.span));
            let report = reports.iter().position(|it| known.is_some_and(|at| it.contains(&at)));
            let mut add = |sketch: Sketch| {
                sketches.push(sketch);
                sketches.len() - 1
            };
            own.push(if let Some(at) = report {
                *of_report.entry(at).or_insert_with(|| add(typed_sketch(read, &reports[at])))
            } else {
                let (start, end) = (mention.start, mention.end);
                let trigger = TextSpan { start, end, text: String::new() };
                add(untyped_sketch(&read.record, &trigger, lemma, PUBLISHED, read.number))
            });
        }
        sketch_of.push(own);
    }
    let events = resolve(&sketches);
    let chain = |at: usize| u32::try_from(events[at]).unwrap_or(u32::MAX);
    sketch_of.iter().map(|own| own.iter().map(|&at| chain(at)).collect()).collect()
}

/// Clusters of the events we extract. Those that overlap a gold mention have its number; the others are numbered behind all
/// gold mentions.
fn own_clusters(documents: &[Chained], read: &[ReadDocument]) -> Clusters {
    let (mut sketches, mut mentions) = (Vec::new(), Vec::new());
    let mut first = 0;
    let mut next: usize = documents.iter().map(|document| document.mentions.len()).sum();
    for (document, read) in documents.iter().zip(read) {
        let mut taken = BTreeSet::new();
        for report in reports(&read.record, usize::MAX) {
            sketches.push(typed_sketch(read, &report));
            let mut of_report = BTreeSet::new();
            for trigger in report.iter().map(|&at| &read.record.events[at].trigger.span) {
                if !document.annotated.iter().any(|line| line.contains(&trigger.start)) {
                    continue;
                }
                let gold = document
                    .mentions
                    .iter()
                    .enumerate()
                    .find(|(at, mention)| meets(mention, trigger) && !taken.contains(at));
                of_report.insert(if let Some((at, _)) = gold {
                    taken.insert(at);
                    first + at
                } else {
                    next += 1;
                    next - 1
                });
            }
            mentions.push(of_report);
        }
        first += document.mentions.len();
    }
    let mut clusters: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (event, mentions) in resolve(&sketches).into_iter().zip(mentions) {
        clusters.entry(event).or_default().extend(mentions);
    }
    clusters.into_values().filter(|cluster| !cluster.is_empty()).collect()
}

fn typed_sketch(document: &ReadDocument, report: &[usize]) -> Sketch {
    let actors = vec![Some(0); document.record.entities.len()];
    sketch(&document.record, report, &actors, PUBLISHED, document.number)
}

fn meets(mention: &Mention, span: &TextSpan) -> bool {
    mention.start < span.end && span.start < mention.end
}

/// The lemma of the word of a mention whose head lies outside it. If there are several, a verb or noun goes first.
fn head_lemma(document: &Chained, analysis: &Analysis<'_>, mention: &Mention) -> Result<String> {
    let span = bytes(&document.text, mention);
    ensure!(span.is_some(), "{}: no text from {} to {}", document.id, mention.start, mention.end);
    let Some(span) = span else { return Ok(String::new()) };
    let inside = || analysis.tokens().filter(|token| span.overlaps(token.span()));
    let is_top = |token: &Token<'_>| token.head().is_none_or(|head| !span.overlaps(head.span()));
    let names_act =
        |token: &Token<'_>| matches!(token.upos(), Upos::Verb | Upos::Noun | Upos::Propn);
    let head = inside()
        .filter(is_top)
        .find(names_act)
        .or_else(|| inside().find(names_act))
        .or_else(|| inside().find(is_top));
    Ok(head.map_or_else(String::new, |head| head.lemma().to_lowercase()))
}

/// The span of a mention in bytes; `None` if it is empty or does not lie in the text.
fn bytes(text: &str, mention: &Mention) -> Option<Span> {
    let byte = |point: u32| {
        let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        ends.nth(point as usize)
    };
    let (start, end) = (byte(mention.start)?, byte(mention.end)?);
    (start < end).then(|| Span::new(start, end))
}

/// Adds how many gold mentions we extract, and how many of our mentions are gold.
fn add_own_mentions(report: &mut Report, expected: &Clusters, own: &Clusters) {
    let expected: BTreeSet<usize> = expected.iter().flatten().copied().collect();
    let own: BTreeSet<usize> = own.iter().flatten().copied().collect();
    let right = own.intersection(&expected).count();
    let score = Score { right, found: own.len(), expected: expected.len() };
    report.score("own_mentions", "own_mentions", score);
}

fn add_scores(report: &mut Report, prefix: &str, expected: &Clusters, found: &Clusters) {
    let sums = measures(expected, found);
    for (name, sum) in ["muc", "b_cubed", "ceaf"].into_iter().zip(sums) {
        report.percent(format!("{prefix}{name}_recall"), sum.recall());
        report.percent(format!("{prefix}{name}_precision"), sum.precision());
        report.percent(format!("{prefix}{name}"), sum.f1());
    }
    report.percent(format!("{prefix}conll"), sums.iter().map(|sum| sum.f1() / 3.0).sum());
}

/// Describes the annotated chains that are split, and the found chains that mix several.
fn describe_differences(
    documents: &[Chained],
    expected: &Clusters,
    found: &Clusters,
    out: &mut Vec<String>,
) {
    let names: Vec<String> = documents
        .iter()
        .flat_map(|document| {
            document.mentions.iter().map(|mention| {
                let words = code_points(&document.text, mention.start..mention.end);
                format!("{}:{words}", document.id)
            })
        })
        .collect();
    for (what, of, by) in [("split", expected, found), ("mixed", found, expected)] {
        for cluster in of {
            let parts: Vec<String> = by
                .iter()
                .map(|other| cluster.intersection(other).map(|&at| names[at].as_str()))
                .map(|part| part.collect::<Vec<_>>().join(" "))
                .filter(|part| !part.is_empty())
                .collect();
            if parts.len() > 1 {
                out.push(format!("{what}\t{}", parts.join(" | ")));
            }
        }
    }
}
