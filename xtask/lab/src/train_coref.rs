//! `cargo xtask train-coref`: trains the trees of event coreference.
//!
//! Topics are divided into five parts, each processed alone, so that words have the same weight as in a file of that size. The trees
//! of four parts score the fifth, and that figure selects the settings. The final weights are trained on all parts.

use std::{collections::BTreeSet, fs, path::PathBuf};

use anyhow::{Context as _, Result};
use dateline_eval::{
    chained::{self, Chained},
    clusters::measures,
};
use dateline_extract::{
    Extractor, Likeness,
    train::likeness::{Model, Pair, Settings, train},
};

/// Train the model of event coreference.
#[derive(Debug, clap::Args)]
pub(crate) struct TrainCoref {
    /// Annotated documents, one JSON object a line
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// File the weights are written to
    #[arg(long, default_value = "crates/extract/model/likeness.weights")]
    out: PathBuf,
    /// Print the figures of the cross-validation and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Number of parts the topics are divided into.
const PARTS: usize = 5;

const SETTINGS: Settings =
    Settings { n_trees: 300, rate: 0.05, pull: 5.0, least: 2.0, share: 0.3, floor: -1.0 };

/// Decision thresholds to try, as logits.
const FLOORS: [f32; 9] = [-1.6, -1.4, -1.2, -1.0, -0.8, -0.6, -0.4, -0.2, 0.0];

/// One part: its documents, their chains and their pairs of mentions.
struct Part {
    likeness: Likeness,
    chains: Vec<Vec<u32>>,
    pairs: Vec<Pair>,
}

pub(crate) fn run(arguments: &TrainCoref) -> Result<()> {
    let documents = chained::read(&arguments.data)?;
    let extractor = Extractor::new();
    let topics: BTreeSet<&str> = documents.iter().map(|one| one.topic.as_str()).collect();
    let topics: Vec<&str> = topics.into_iter().collect();
    let mut parts = Vec::new();
    for part in 0..PARTS {
        let is_in = |one: &&Chained| {
            topics.iter().position(|topic| *topic == one.topic).is_some_and(|at| at % PARTS == part)
        };
        let own: Vec<&Chained> = documents.iter().filter(is_in).collect();
        let likeness = chained::likeness(&extractor, &own)?;
        let chains =
            chained::annotated(&own).context("a mention of the training data has no chain")?;
        let pairs = likeness.pairs(&chains);
        parts.push(Part { likeness, chains, pairs });
    }
    let floor = cross_validate(&parts);
    if arguments.dry_run {
        return Ok(());
    }
    let all: Vec<&Pair> = parts.iter().flat_map(|part| &part.pairs).collect();
    let weights = train(&all, SETTINGS).with_floor(floor).to_bytes();
    fs::write(&arguments.out, &weights)
        .with_context(|| format!("could not write {}", arguments.out.display()))?;
    println!("pairs {}\nbytes {}", all.len(), weights.len());
    Ok(())
}

/// Scores each part with trees of the others; returns the best threshold.
fn cross_validate(parts: &[Part]) -> f32 {
    let models: Vec<Model> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..parts.len())
            .map(|part| {
                let others = parts.iter().enumerate().filter(move |(number, _)| *number != part);
                let pairs: Vec<&Pair> = others.flat_map(|(_, one)| &one.pairs).collect();
                scope.spawn(move || train(&pairs, SETTINGS))
            })
            .collect();
        let joined = started.into_iter().map(|one| one.join().expect("training does not panic"));
        joined.collect()
    });
    let mut best = (0.0, SETTINGS.floor);
    for floor in FLOORS {
        let (mut expected, mut found) = (Vec::new(), Vec::new());
        for (number, (part, model)) in parts.iter().zip(&models).enumerate() {
            let apart = |chains: Vec<Vec<u32>>| {
                let first = u32::try_from(number).unwrap_or(0) << 24;
                chains.into_iter().map(move |one| one.into_iter().map(|it| first + it).collect())
            };
            expected.extend(apart(part.chains.clone()));
            found.extend(apart(part.likeness.chains_by(&model.clone().with_floor(floor))));
        }
        let sums = measures(&chained::clusters(&expected), &chained::clusters(&found));
        let mean = sums.iter().map(|sum| sum.f1() / 3.0).sum();
        let [muc, b_cubed, ceaf] = sums.map(|sum| format!("{:.2}", sum.f1()));
        println!("floor {floor} muc {muc} b_cubed {b_cubed} ceaf {ceaf} conll {mean:.2}");
        if mean > best.0 {
            best = (mean, floor);
        }
    }
    best.1
}
