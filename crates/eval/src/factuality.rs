//! Factuality against human judgments, and negation and modality against annotated events.
//!
//! On sentences with judgments (see [`judged`]), the figures are Pearson's r, the mean absolute error in the units of the data, and
//! the share with the right sign. In a cross-validation, each part is predicted by weights trained on the other parts, instead of the
//! compiled-in ones. On news, `{"id", "text", "events": [{"start", "end", "polarity", "modality"}]}`, they are precision, recall and F1
//! of negative polarity and of having a modality, by rules alone.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use dateline_extract::train::factuality::{Judged, has_modal, is_negated, train};
use dateline_nlp::{Deprel, English};
use serde_json::{Value, json};

use crate::{
    CrossValidation, Report, Score,
    judged::{self, Item, Kind},
    score::percent,
};

/// Scores files, with the compiled-in weights or by a cross-validation.
///
/// # Errors
///
/// If a file cannot be read, or a line lacks a field of its layout.
pub fn run(
    english: &English,
    data: &[PathBuf],
    cross_validation: Option<&CrossValidation<'_, English>>,
) -> Result<Report> {
    let mut report = Report::default();
    let mut lines = Vec::new();
    for path in data {
        lines.extend(judged::lines(path)?);
    }
    let mut predicted: Vec<Vec<Value>> = vec![Vec::new(); lines.len()];
    let items = judged::items(english, &lines)?;
    let numbers = match cross_validation {
        Some(parts) => {
            predict_parts(&items, &judged::readings(parts.readers, &lines)?, parts.n_parts)
        }
        None => items.iter().map(|item| item.judged.predict(None)).collect(),
    };
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
        add_figures(&mut report, kind, &pairs);
    }
    for (item, number) in items.iter().zip(&numbers) {
        let (line, event) = item.place;
        let list = &mut predicted[line];
        list.resize(list.len().max(event + 1), Value::Null);
        list[event] = json!(number / item.kind.scale());
        if (number - item.judged.factuality).abs() > 2.0 {
            let value = &lines[line];
            let name = if item.kind == Kind::Events {
                &value["events"][event]["text"]
            } else {
                &value["claim"]
            };
            let (judged, text) = (item.judged.factuality, &value["text"]);
            report.differences.push(format!("{number:.1} for {judged:.1}\t{name}\t{text}"));
        }
    }
    news(english, &lines, &mut predicted, &mut report)?;
    for (line, values) in lines.iter().zip(&predicted) {
        let name = if Kind::of(line).is_some() { "factuality" } else { "events" };
        report.predictions.push(json!({ "id": line["id"], name: values }).to_string());
    }
    Ok(report)
}

/// Predicts each item by weights trained on the readings of the other parts.
fn predict_parts(items: &[Item], readings: &[Item], n_parts: usize) -> Vec<f32> {
    let part_of = |item: &Item| item.fold as usize % n_parts;
    let mut numbers = vec![0.0; items.len()];
    for part in 0..n_parts {
        let others = readings.iter().filter(|item| part_of(item) != part);
        let others: Vec<&Judged> = others.map(|item| &item.judged).collect();
        let weights = train(&others, judged::SETTINGS);
        for (number, item) in numbers.iter_mut().zip(items) {
            if part_of(item) == part {
                *number = item.judged.predict(Some(&weights));
            }
        }
    }
    numbers
}

/// Adds the figures of pairs of prediction and judgment.
fn add_figures(report: &mut Report, kind: Kind, pairs: &[(f64, f64)]) {
    if pairs.is_empty() {
        return;
    }
    let name = kind.name();
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let n = pairs.len() as f64;
    report.details.push(format!("{name}_n {n}"));
    report.ratio(format!("{name}_r"), pearson(pairs));
    let error: f64 = pairs.iter().map(|(own, judged)| (own - judged).abs()).sum();
    report.ratio(format!("{name}_mae"), error / n);
    let right = pairs.iter().filter(|(own, judged)| (*own > 0.0) == (*judged > 0.0)).count();
    report.percent(format!("{name}_sign"), percent(right, pairs.len()));
}

/// Pearson's correlation coefficient; 0 if either side does not vary.
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

/// Scores negation and modality of annotated events.
fn news(
    english: &English,
    lines: &[Value],
    predicted: &mut [Vec<Value>],
    report: &mut Report,
) -> Result<()> {
    let (mut negative, mut modal) = (Score::default(), Score::default());
    for (line, predicted) in lines.iter().zip(predicted) {
        if Kind::of(line).is_some() {
            continue;
        }
        let text = line["text"].as_str().context("expected a line with `text`")?;
        let analysis = english.analyze(text);
        for event in line["events"].as_array().into_iter().flatten() {
            // An annotated preposition means its phrase: *is in compliance*.
            let word = judged::word_at(&analysis, &event["start"]).map(|word| match word.head() {
                Some(head) if word.deprel() == Deprel::Case => head,
                _ => word,
            });
            let own = (word.is_some_and(is_negated), word.is_some_and(has_modal));
            let annotated = (event["polarity"] == "NEG", event["modality"] != "");
            negative.add(own.0, annotated.0);
            modal.add(own.1, annotated.1);
            let polarity = if own.0 { "NEG" } else { "POS" };
            predicted.push(json!({ "polarity": polarity, "modality": own.1 }));
            if let Some(word) = word {
                let mut show = |name: &str, own: bool, annotated: bool| {
                    if own != annotated {
                        let side = if own { "spurious" } else { "missed" };
                        let sentence = word.sentence().text().replace('\n', " ");
                        let (text, relation) = (word.text(), word.deprel());
                        report
                            .differences
                            .push(format!("{name}\t{side}\t{text}\t{relation}\t{sentence}"));
                    }
                };
                show("negative", own.0, annotated.0);
                show("modality", own.1, annotated.1);
            }
        }
    }
    for (name, score) in [("negative", negative), ("modality", modal)] {
        if score.expected > 0 {
            report.score(name, &format!("{name}_f1"), score);
        }
    }
    Ok(())
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
