//! `cargo xtask label`: labels texts with a reader, for a smaller one to learn from.
//!
//! Each text is read as a whole, so that a sentence is labelled in its context. The sentences are written as CoNLL-U with tags, trees,
//! names and the triggers of events ([`remarks`]). A sentence that differs from an earlier one in its digits alone is left out, as in
//! `cargo xtask segment`.
//!
//! With `--gold`, the triggers are those that people annotated, and `--score` scores those of the reader against them instead.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use clap::Args;
use dateline_eval::gold::{GoldEvent, GoldRecord, read_annotated};
use dateline_nlp::{
    Analysis, English, NameKind, ReaderKind, Sentence, Token, TriggerLabels, logit,
    train::{Event, Trigger},
};

use crate::{reader, remarks, segment, threads, trigger_scores::Scores};

/// Flags of `label`.
#[derive(Debug, Args)]
pub(crate) struct Label {
    /// Texts: JSON objects with `text` and optionally `title` (`.jsonl`), tagged tokens (`.tsv`), or plain text
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Reader that labels: `careful` or `fast`
    #[arg(long, value_name = "NAME", default_value = "careful", value_parser = reader::parse)]
    reader: ReaderKind,
    /// Weights of the reader, instead of those compiled in
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// Annotation of the texts of one file of articles, whose triggers are taken instead of the reader's
    #[arg(long, value_name = "FILE")]
    gold: Option<PathBuf>,
    /// Print recall and precision of the reader's triggers against the annotation, and write nothing
    #[arg(long, requires = "gold")]
    score: bool,
    /// File the sentences are written to, in CoNLL-U
    #[arg(long, value_name = "FILE", required_unless_present = "score")]
    out: Option<PathBuf>,
    /// Maximum number of tokens of each file; texts are taken from all parts of a larger file
    #[arg(long, value_name = "N", default_value_t = usize::MAX)]
    most: usize,
    /// Number of threads
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

pub(crate) fn run(arguments: &Label) -> Result<()> {
    let english = match &arguments.weights {
        Some(path) => English::with_weights(read(path)?.leak()),
        None => English::new(arguments.reader),
    };
    let labels = remarks::labels();
    let own = english.trigger_labels();
    let is_same = (&own.types, &own.statuses) == (&labels.types, &labels.statuses);
    ensure!(is_same || own.types.is_empty(), "the reader has other types or statuses of events");
    ensure!(
        is_same || arguments.gold.is_some() && !arguments.score,
        "this reader spots no triggers; choose another with --reader or --weights"
    );
    if arguments.score {
        return score(arguments, &english);
    }
    let out = arguments.out.as_ref().context("--out names the file to write")?;
    let file =
        fs::File::create(out).with_context(|| format!("could not write {}", out.display()))?;
    let mut file = BufWriter::new(file);
    let mut seen = BTreeSet::new();
    for path in &arguments.files {
        let texts = chosen(path, arguments)?;
        let rows = threads::each(&texts, arguments.threads, |text| text.label(&english, &labels));
        let (mut n_sentences, mut n_tokens) = (0, 0);
        for sentence in rows.into_iter().flatten() {
            if seen.insert(sentence.key) {
                n_sentences += 1;
                n_tokens += sentence.n_tokens;
                writeln!(file, "{}", sentence.rows)?;
            }
        }
        println!("{} sentences {n_sentences} tokens {n_tokens}", path.display());
    }
    file.flush()?;
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("could not read {}", path.display()))
}

/// A text to label, with its annotation if there is one.
struct Labelled {
    text: String,
    gold: Option<GoldRecord>,
}

/// The texts of a file, up to the maximum number of tokens.
fn chosen(path: &Path, arguments: &Label) -> Result<Vec<Labelled>> {
    if let Some(gold) = &arguments.gold {
        let pairs = read_annotated(path, gold)?.into_iter();
        return Ok(pairs
            .map(|(article, gold)| Labelled { text: article.text, gold: Some(gold) })
            .collect());
    }
    let texts = segment::texts(path)?;
    let mut n_tokens = 0;
    let mut chosen = Vec::new();
    for text in segment::spread(&texts) {
        if n_tokens >= arguments.most {
            break;
        }
        n_tokens += dateline_nlp::segment(text).tokens().len();
        chosen.push(Labelled { text: text.clone(), gold: None });
    }
    Ok(chosen)
}

/// A sentence as it is written.
struct Row {
    /// The sentence without its digits.
    key: String,
    n_tokens: usize,
    rows: String,
}

impl Labelled {
    /// Reads the text and returns its sentences.
    fn label(&self, english: &English, labels: &TriggerLabels) -> Vec<Row> {
        let analysis = english.analyze(&self.text);
        let triggers = match &self.gold {
            Some(gold) => gold_triggers(&analysis, &gold.events, labels),
            None => read_triggers(&analysis),
        };
        analysis
            .sentences()
            .map(|sentence| {
                let words: Vec<&str> = sentence.tokens().map(Token::text).collect();
                Row {
                    key: segment::without_digits(&words),
                    n_tokens: words.len(),
                    rows: rows(sentence, &triggers, labels),
                }
            })
            .collect()
    }
}

/// The rows of a sentence, with its comment.
fn rows(sentence: Sentence<'_>, triggers: &[Trigger], labels: &TriggerLabels) -> String {
    let mut out = format!("# {}\n", remarks::ANNOTATED);
    let text = "writing to a string does not fail";
    let first = sentence.first().idx().0;
    let number = |token: Token<'_>| token.idx().0 - first + 1;
    for token in sentence.tokens() {
        let head = token.head().map_or(0, number);
        let (upos, xpos, deprel) = (token.upos(), token.xpos(), token.deprel());
        let form = token.text();
        write!(out, "{}\t{form}\t_\t{upos}\t{xpos}\t_\t{head}\t{deprel}\t_\t", number(token))
            .expect(text);
        let mut remarks = String::new();
        if let Some(name) = sentence
            .names()
            .iter()
            .find(|name| name.first <= token.idx() && token.idx() <= name.last)
        {
            let place = if name.first == token.idx() { 'B' } else { 'I' };
            write!(remarks, "|Name={place}-{}", kind(name.kind)).expect(text);
        }
        remarks::write(&triggers[token.idx().index()], labels, &mut remarks);
        out.push_str(remarks.strip_prefix('|').unwrap_or("_"));
        out.push('\n');
    }
    out
}

fn kind(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "PER",
        NameKind::Organization => "ORG",
        NameKind::Location => "LOC",
        NameKind::Other => "MISC",
    }
}

/// Returns the trigger at each token by a reader's scores.
pub(crate) fn read_triggers(analysis: &Analysis<'_>) -> Vec<Trigger> {
    let mut triggers = vec![Trigger::None; analysis.n_tokens()];
    for trigger in analysis.triggers().list() {
        triggers[trigger.token.index()] = Trigger::Event(Event {
            types: probabilities(&trigger.types)
                .skip(1)
                .map(|(at, share)| (at - 1, share))
                .collect(),
            statuses: probabilities(&trigger.statuses).collect(),
            denied: logistic(trigger.denied),
            claimed: logistic(trigger.claimed),
        });
    }
    triggers
}

fn logistic(score: i16) -> f32 {
    1.0 / (1.0 + (-logit(score)).exp())
}

fn probabilities(scores: &[i16]) -> impl Iterator<Item = (usize, f32)> {
    let sum: f32 = scores.iter().map(|&score| logit(score).exp()).sum();
    scores.iter().map(move |&score| logit(score).exp() / sum).enumerate()
}

/// Share of the better of two types or statuses that are both right.
const BETTER: f32 = 0.65;

/// Returns the trigger at each token by the annotation. The last token of a trigger stands for it.
pub(crate) fn gold_triggers(
    analysis: &Analysis<'_>,
    events: &[GoldEvent],
    labels: &TriggerLabels,
) -> Vec<Trigger> {
    let mut triggers = vec![Trigger::None; analysis.n_tokens()];
    let mut points = vec![0; analysis.text().len() + 1];
    for (point, (byte, _)) in analysis.text().char_indices().enumerate() {
        points[byte] = u32::try_from(point).unwrap_or(u32::MAX);
    }
    let point = |byte: usize| points[byte];
    let starts: Vec<u32> = analysis.tokens().map(|token| point(token.span().start())).collect();
    for event in events {
        for span in event.trigger_spans(analysis.text()) {
            let Some(at) = starts.partition_point(|&start| start < span.end).checked_sub(1) else {
                continue;
            };
            triggers[at] = if event.is_optional {
                Trigger::Unknown
            } else {
                Trigger::Event(Event {
                    types: shares(event.types(), &labels.types),
                    statuses: shares(event.statuses(), &labels.statuses),
                    denied: f32::from(u8::from(event.is_negative)),
                    claimed: f32::from(u8::from(event.is_claimed)),
                })
            };
        }
    }
    triggers
}

/// The index of each of one or two labels, with its share.
fn shares<'a>(names: impl Iterator<Item = &'a str>, known: &[String]) -> Vec<(usize, f32)> {
    let found: Vec<usize> =
        names.filter_map(|name| known.iter().position(|known| known == name)).take(2).collect();
    match found[..] {
        [one, other] => vec![(one, BETTER), (other, 1.0 - BETTER)],
        _ => found.into_iter().map(|one| (one, 1.0)).collect(),
    }
}

/// Scores a reader's triggers against the annotation.
fn score(arguments: &Label, english: &English) -> Result<()> {
    let labels = remarks::labels();
    let mut scores = Scores::default();
    for path in &arguments.files {
        let texts = chosen(path, arguments)?;
        let pairs = threads::each(&texts, arguments.threads, |text| {
            let analysis = english.analyze(&text.text);
            let events = text.gold.as_ref().map_or(&[][..], |gold| &gold.events);
            (gold_triggers(&analysis, events, &labels), read_triggers(&analysis))
        });
        for (gold, found) in pairs {
            scores.add(&gold, &found);
        }
    }
    print!("{scores}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Ñu met Bo in Oslo. She denied that rebels shelled the town.";

    fn events() -> Vec<GoldEvent> {
        serde_json::from_str(
            r#"[{"t": "met", "type": "CONSULT/AGREE", "st": "occurred"},
                {"t": "shelled", "type": "ASSAULT", "st": "occurred", "neg": true, "att": true},
                {"t": "denied", "type": "REJECT", "st": "occurred", "opt": true}]"#,
        )
        .unwrap()
    }

    #[test]
    fn annotated_triggers_stand_at_their_words() {
        let english = English::new(ReaderKind::Fast);
        let labels = remarks::labels();
        let triggers = gold_triggers(&english.analyze(TEXT), &events(), &labels);
        let Trigger::Event(met) = &triggers[1] else { panic!("met") };
        assert_eq!(met.types, [(1, BETTER), (0, 1.0 - BETTER)]);
        assert_eq!(triggers[7], Trigger::Unknown);
        let Trigger::Event(shelled) = &triggers[10] else { panic!("shelled: {triggers:?}") };
        assert_eq!((shelled.denied, shelled.claimed), (1.0, 1.0));
        assert_eq!(triggers.iter().filter(|trigger| **trigger == Trigger::None).count(), 11);
    }

    #[test]
    fn a_text_becomes_rows_that_the_trainer_reads() {
        let english = English::new(ReaderKind::Fast);
        let labels = remarks::labels();
        let gold = serde_json::from_str(
            r#"{"id": "a", "ev": [{"t": "met", "type": "CONSULT", "st": "occurred"}]}"#,
        )
        .unwrap();
        let text = Labelled { text: TEXT.to_owned(), gold: Some(gold) };
        let rows: Vec<String> =
            text.label(&english, &labels).into_iter().map(|row| row.rows).collect();
        let sentences = dateline_nlp::conllu::read(&rows.join("\n")).unwrap();
        assert_eq!(sentences.len(), 2);
        let triggers = remarks::read(&sentences[0], &labels).unwrap().expect("annotated");
        assert!(matches!(&triggers[1], Trigger::Event(event) if event.types == [(1, 1.0)]));
        assert_eq!(sentences[0].words[4].name, "B-LOC");
    }
}
