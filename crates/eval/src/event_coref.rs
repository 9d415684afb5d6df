//! Which mentions of acts are of one act, within and across documents: MUC, B-cubed, CEAF-φ4 and their mean over the whole file.
//!
//! The baseline says that mentions with one head lemma are of one act, in whatever documents. Mentions are given, topics are not used.
//! Chains of one mention count, as ECB+ has them.

use std::path::Path;

use anyhow::Result;
use dateline_extract::Extractor;
use serde_json::json;

use crate::{
    Report,
    chained::{self, Chained},
    clusters::{Clusters, measures},
    words::code_points,
};

/// Scores the chains of a file, if it has any.
///
/// # Errors
///
/// If the file cannot be read, or a mention is not in its text.
pub fn run(extractor: &Extractor, data: &Path) -> Result<Report> {
    let mut report = Report::default();
    let documents = chained::read(data)?;
    let documents: Vec<&Chained> = documents.iter().collect();
    let likeness = chained::likeness(extractor, &documents)?;
    let chains = likeness.chains();
    if let Some(expected) = chained::annotated(&documents) {
        let expected = chained::clusters(&expected);
        add_scores(&mut report, "baseline_", &expected, &chained::clusters(&likeness.same_lemma()));
        add_scores(&mut report, "", &expected, &chained::clusters(&chains));
        let found = chained::clusters(&chains);
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
    documents: &[&Chained],
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
    for (what, of, by) in [("parted", expected, found), ("mixed", found, expected)] {
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
