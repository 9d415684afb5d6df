//! Whole records against gold records of news articles: the most complete measure of what a reader gets.
//!
//! Every extracted event is paired with at most one annotated event: by trigger and type, else by type, sentence and parties, else by
//! trigger. Each figure has precision, recall and F1 over the required events:
//!
//! | figure | a pair counts if |
//! |---|---|
//! | `found` | it exists |
//! | `typed` | it also has an accepted type |
//! | `quad` | the type is of the same quad class |
//! | `src`, `tgt` | it is typed, and the parties on that side have the same countries; those without a country are compared by name |
//! | `triple` | both `src` and `tgt` |
//! | `sector` | the triple, with a right sector on each side |
//! | `real` | it is typed, with the right status and polarity |
//! | `day` | it is typed, with the right day, or without one if none is annotated |
//! | `whole` | `triple` and `real`: the headline figure |
//!
//! Recall is over the annotated events, precision over all extracted ones that are not optional. `false_share` is the share of
//! extracted events that match no annotated one. `*_of_typed` is the share of typed pairs that also meet the other conditions.
//!
//! Of the statements, `said_found` counts those with at least half of the content in one extracted statement, and
//! `said_speaker` those whose speaker is also the right entity. `who_right` counts people and organizations with the right
//! country and sector, `ref_right` the pronouns, titles and short names resolved to the right entity.

mod annotation;
mod entities;
mod events;
mod found;
mod names;
mod pairing;
mod parties;
mod statements;
mod tally;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context as _, Result, ensure};
use dateline_core::{Document, Record};
use dateline_extract::{Extractor, complete};

pub use annotation::{Article, GoldEvent, GoldParty, GoldRecord, GoldReference, GoldStatement};

use crate::{Report, read_lines};
use tally::Tally;

/// Extracts the articles of a file and scores them; the records are the report's predictions.
///
/// # Errors
///
/// If a file cannot be read, or a gold record has no article.
pub fn run(extractor: &Extractor, articles: &Path, gold: &Path) -> Result<Report> {
    let articles: Vec<Article> = read_lines(articles)?;
    let gold_records: Vec<GoldRecord> = read_lines(gold)?;
    score(extractor, &articles, &gold_records)
        .with_context(|| format!("could not score against {}", gold.display()))
}

/// Reads a file of articles and one of their gold records, which are in the same order.
///
/// # Errors
///
/// If a file cannot be read, or an article and a gold record do not belong together.
pub fn read_annotated(articles: &Path, gold: &Path) -> Result<Vec<(Article, GoldRecord)>> {
    let articles: Vec<Article> = read_lines(articles)?;
    let gold: Vec<GoldRecord> = read_lines(gold)?;
    ensure!(articles.len() == gold.len(), "each article has one annotation");
    let pair = |(article, gold): (Article, GoldRecord)| {
        ensure!(article.id == gold.id, "{}: articles and annotation are in one order", article.id);
        Ok((article, gold))
    };
    articles.into_iter().zip(gold).map(pair).collect()
}

/// Extracts articles and scores them against their gold records.
///
/// ```
/// use dateline_eval::gold::{Article, GoldRecord, score};
/// use dateline_extract::Extractor;
///
/// let article: Article = serde_json::from_str(
///     r#"{"id": "a", "date": "2021-05-08", "text": "Norway expelled two Russian diplomats on Friday.\n"}"#,
/// )?;
/// let gold: GoldRecord = serde_json::from_str(
///     r#"{"id": "a", "ev": [{"t": "expelled", "type": "SANCTION", "src": ["Norway|NOR|"],
///         "tgt": ["Russian diplomats|RUS|GOV"], "st": "occurred", "day": "2021-05-07"}]}"#,
/// )?;
/// let report = score(&Extractor::new(), &[article], &[gold])?;
/// assert_eq!(report.value("whole_f1"), Some(100.0));
/// # Ok::<_, anyhow::Error>(())
/// ```
///
/// # Errors
///
/// If a gold record has no article.
pub fn score(
    extractor: &Extractor,
    articles: &[Article],
    gold_records: &[GoldRecord],
) -> Result<Report> {
    let records: Vec<Record> = articles
        .iter()
        .map(|article| Ok(extractor.extract(&article.document()?)))
        .collect::<Result<_>>()?;
    score_records(&records, articles, gold_records)
}

/// Scores the records of articles, in the order of the articles.
///
/// # Errors
///
/// If a gold record has no article.
pub fn score_records(
    records: &[Record],
    articles: &[Article],
    gold_records: &[GoldRecord],
) -> Result<Report> {
    let mut report = Report::default();
    let mut tally = Tally::default();
    let gold: BTreeMap<&str, &GoldRecord> =
        gold_records.iter().map(|gold| (gold.id.as_str(), gold)).collect();
    let mut n_scored = 0;
    for (article, record) in articles.iter().zip(records) {
        report.predictions.push(serde_json::to_string(record)?);
        let Some(gold) = gold.get(article.id.as_str()) else { continue };
        n_scored += 1;
        let first = report.differences.len();
        score_article(&article.text, gold, record, &mut tally, &mut report.differences);
        for line in &mut report.differences[first..] {
            line.insert_str(0, &format!("{} ", article.id));
        }
    }
    ensure!(n_scored == gold.len(), "{} gold records have no article", gold.len() - n_scored);
    report.details.push(format!("articles {n_scored}"));
    tally.report(&mut report);
    Ok(report)
}

fn score_article(
    text: &str,
    gold: &GoldRecord,
    record: &Record,
    tally: &mut Tally,
    differences: &mut Vec<String>,
) {
    events::score(text, gold, record, &mut tally.events, differences);
    statements::score(text, gold, record, &mut tally.statements, differences);
    entities::score_actors(gold, record, &mut tally.actors, differences);
    entities::score_references(text, gold, record, &mut tally.references, differences);
}

impl Article {
    /// The document to extract: what `dateline extract` makes of the same date and text.
    ///
    /// # Errors
    ///
    /// If the date cannot be read.
    pub fn document(&self) -> Result<Document> {
        let date = self.date.as_deref().filter(|date| !date.is_empty());
        let published = date.map(str::parse).transpose();
        let published = published.with_context(|| format!("article {}", self.id))?;
        let mut document = Document::new(self.text.clone()).with_id(self.id.clone());
        document.published = published;
        Ok(complete(document))
    }
}
