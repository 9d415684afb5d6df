//! How real what sentences tell is, against people's judgments, and negation and modality of events in news.
//!
//! Judged sentences ([`judged`]) give Pearson's r, the mean absolute error in the units of the data, and how
//! often the sign is right; with `--cross-validate` each part is predicted by weights trained on the others, without the
//! compiled-in ones. News is `{"id", "text", "events": [{"start", "end", "polarity", "modality"}]}`: precision, recall and F1
//! of negative polarity and of having a modality, by the rules alone.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use dateline_extract::train::factuality::{Judged, has_modal, is_negated, train};
use dateline_nlp::{Deprel, English};
use serde_json::{Value, json};

use super::{Score, percent, print};
use crate::judged::{self, Item, Kind};

/// Scores files; `predictions` takes a line a line of the data.
pub(super) fn run(
    data: &[PathBuf],
    cross_validate: Option<u32>,
    predictions: Option<&Path>,
    differences: bool,
) -> Result<()> {
    let mut lines = Vec::new();
    for path in data {
        lines.extend(judged::lines(path)?);
    }
    let mut predicted: Vec<Vec<Value>> = vec![Vec::new(); lines.len()];
    let items = judged::items(&lines)?;
    let numbers = predict(&items, cross_validate);
    for kind in [Kind::Events, Kind::Claims, Kind::Veridicality] {
        let pairs: Vec<(f64, f64)> = items
            .iter()
            .zip(&numbers)
            .filter(|(item, _)| item.kind == kind)
            .map(|(item, number)| {
                let unit = |number: f32| f64::from(number / kind.scale());
                (unit(*number), unit(item.judged.factuality))
            })
            .collect();
        print_numbers(kind, &pairs);
    }
    for (item, number) in items.iter().zip(&numbers) {
        let (line, event) = item.place;
        let list = &mut predicted[line];
        list.resize(list.len().max(event + 1), Value::Null);
        list[event] = json!(number / item.kind.scale());
        if differences && (number - item.judged.factuality).abs() > 2.0 {
            let value = &lines[line];
            let name = if item.kind == Kind::Events {
                &value["events"][event]["text"]
            } else {
                &value["claim"]
            };
            println!("{number:.1} for {:.1}\t{name}\t{}", item.judged.factuality, value["text"]);
        }
    }
    news(&lines, &mut predicted, differences)?;
    if let Some(path) = predictions {
        let mut out = String::new();
        for (line, values) in lines.iter().zip(&predicted) {
            let name = if Kind::of(line).is_some() { "factuality" } else { "events" };
            let line = json!({ "id": line["id"], name: values });
            writeln!(out, "{line}").expect("a string takes all");
        }
        fs::write(path, out).with_context(|| format!("could not write {}", path.display()))?;
    }
    Ok(())
}

/// A number an item, by the compiled-in weights or by those trained on the other parts.
fn predict(items: &[Item], cross_validate: Option<u32>) -> Vec<f32> {
    let Some(n_parts) = cross_validate else {
        return items.iter().map(|item| item.judged.predict(None)).collect();
    };
    let mut numbers = vec![0.0; items.len()];
    for part in 0..n_parts {
        let others: Vec<&Judged> = items
            .iter()
            .filter(|item| item.fold % n_parts != part)
            .map(|item| &item.judged)
            .collect();
        let weights = train(&others, judged::SETTINGS);
        for (number, item) in numbers.iter_mut().zip(items) {
            if item.fold % n_parts == part {
                *number = item.judged.predict(Some(&weights));
            }
        }
    }
    numbers
}

/// Figures of pairs of what is predicted and what was judged.
fn print_numbers(kind: Kind, pairs: &[(f64, f64)]) {
    if pairs.is_empty() {
        return;
    }
    let name = kind.name();
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let n = pairs.len() as f64;
    print(&format!("{name}_n"), n);
    println!("{name}_r {:.4}", pearson(pairs));
    let error: f64 = pairs.iter().map(|(own, judged)| (own - judged).abs()).sum();
    println!("{name}_mae {:.4}", error / n);
    let right = pairs.iter().filter(|(own, judged)| (*own > 0.0) == (*judged > 0.0)).count();
    print(&format!("{name}_sign"), percent(right, pairs.len()));
}

/// Pearson's coefficient of correlation.
fn pearson(pairs: &[(f64, f64)]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let n = pairs.len() as f64;
    let mean_x = pairs.iter().map(|(x, _)| x).sum::<f64>() / n;
    let mean_y = pairs.iter().map(|(_, y)| y).sum::<f64>() / n;
    let sum = |of: fn(f64, f64) -> f64| {
        pairs.iter().map(|(x, y)| of(x - mean_x, y - mean_y)).sum::<f64>()
    };
    let both = (sum(|x, _| x * x) * sum(|_, y| y * y)).sqrt();
    if both > 0.0 { sum(|x, y| x * y) / both } else { 0.0 }
}

/// Negation and modality of the events of news.
fn news(lines: &[Value], predicted: &mut [Vec<Value>], differences: bool) -> Result<()> {
    let english = English::new();
    let (mut negative, mut modal) = (Score::default(), Score::default());
    for (line, predicted) in lines.iter().zip(predicted) {
        if Kind::of(line).is_some() {
            continue;
        }
        let text = line["text"].as_str().context("a line has a `text`")?;
        let analysis = english.analyze(text);
        for event in line["events"].as_array().into_iter().flatten() {
            // A preposition stands for its phrase: *is in compliance*.
            let word = judged::word_at(&analysis, &event["start"]).map(|word| match word.head() {
                Some(head) if word.deprel() == Deprel::Case => head,
                _ => word,
            });
            let own = (word.is_some_and(is_negated), word.is_some_and(has_modal));
            let annotated = (event["polarity"] == "NEG", event["modality"] != "");
            add(&mut negative, own.0, annotated.0);
            add(&mut modal, own.1, annotated.1);
            let polarity = if own.0 { "NEG" } else { "POS" };
            predicted.push(json!({ "polarity": polarity, "modality": own.1 }));
            if differences && let Some(word) = word {
                let show = |name: &str, own: bool, annotated: bool| {
                    if own != annotated {
                        let side = if own { "spurious" } else { "missed" };
                        let sentence = word.sentence().text().replace('\n', " ");
                        println!("{name}\t{side}\t{}\t{}\t{sentence}", word.text(), word.deprel());
                    }
                };
                show("negative", own.0, annotated.0);
                show("modality", own.1, annotated.1);
            }
        }
    }
    for (name, score) in [("negative", negative), ("modality", modal)] {
        if score.expected > 0 {
            print(&format!("{name}_precision"), score.precision());
            print(&format!("{name}_recall"), score.recall());
            print(&format!("{name}_f1"), score.f1());
        }
    }
    Ok(())
}

fn add(score: &mut Score, own: bool, annotated: bool) {
    score.right += usize::from(own && annotated);
    score.found += usize::from(own);
    score.expected += usize::from(annotated);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correlation_does_not_mind_scale() {
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(close(pearson(&[(1.0, 10.0), (2.0, 20.0), (4.0, 40.0)]), 1.0));
        assert!(close(pearson(&[(1.0, 3.0), (2.0, 2.0), (3.0, 1.0)]), -1.0));
        assert!(close(pearson(&[(1.0, 3.0), (1.0, 2.0)]), 0.0));
    }
}
