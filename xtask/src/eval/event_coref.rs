//! Which mentions of acts are of one act, within and across documents: MUC, B-cubed, CEAF-φ4 and their mean over the whole file.
//!
//! The baseline says that mentions with one head lemma are of one act, in whatever documents. Mentions are given, topics are not used.
//! Chains of one mention count, as ECB+ has them.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context as _, Result};
use dateline_extract::Extractor;
use serde_json::json;

use super::{
    clusters::{Clusters, measures},
    print,
};
use crate::chained::{self, Chained};

/// Scores the chains of a file, if it has any.
pub(super) fn run(data: &Path, predictions: Option<&Path>, differences: bool) -> Result<()> {
    let documents = chained::read(data)?;
    let documents: Vec<&Chained> = documents.iter().collect();
    let likeness = chained::likeness(&Extractor::new(), &documents)?;
    let chains = likeness.chains();
    if let Some(expected) = chained::annotated(&documents) {
        let expected = chained::clusters(&expected);
        print_scores("baseline_", &expected, &chained::clusters(&likeness.same_lemma()));
        print_scores("", &expected, &chained::clusters(&chains));
        if differences {
            print_differences(&documents, &expected, &chained::clusters(&chains));
        }
    }
    let Some(path) = predictions else { return Ok(()) };
    let mut lines = String::new();
    for (document, chains) in documents.iter().zip(&chains) {
        let mentions: Vec<_> = document
            .mentions
            .iter()
            .zip(chains)
            .map(|(mention, chain)| json!({"start": mention.start, "end": mention.end, "chain": format!("c{chain}")}))
            .collect();
        writeln!(lines, "{}", json!({"id": document.id, "mentions": mentions}))?;
    }
    fs::write(path, lines).with_context(|| format!("could not write {}", path.display()))
}

fn print_scores(prefix: &str, expected: &Clusters, found: &Clusters) {
    let sums = measures(expected, found);
    for (name, sum) in ["muc", "b_cubed", "ceaf"].into_iter().zip(sums) {
        print(&format!("{prefix}{name}_recall"), sum.recall());
        print(&format!("{prefix}{name}_precision"), sum.precision());
        print(&format!("{prefix}{name}"), sum.f1());
    }
    print(&format!("{prefix}conll"), sums.iter().map(|sum| sum.f1() / 3.0).sum());
}

/// Prints the annotated chains that are found in parts, and the chains that hold parts of several.
fn print_differences(documents: &[&Chained], expected: &Clusters, found: &Clusters) {
    let names: Vec<String> = documents
        .iter()
        .flat_map(|document| {
            document.mentions.iter().map(|mention| {
                let words = document.text.chars().skip(mention.start as usize);
                let words: String = words.take((mention.end - mention.start) as usize).collect();
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
                println!("{what}\t{}", parts.join(" | "));
            }
        }
    }
}
