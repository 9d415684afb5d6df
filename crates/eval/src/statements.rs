//! Statements against annotated attributions: source, cue and content.
//!
//! A line of the data is `{"id", "date", "text", "attributions": [{"source", "cue", "content", "kind"}]}`, each of the three a list of
//! `[start, end)` in code points. Spans are compared by their word tokens (runs of letters, digits and `_`), so punctuation at an
//! edge does not matter; a cue without a word, such as a colon, is one token.
//!
//! - `ROLE_overlap`: tokens of an article that have the role on both sides.
//! - `ROLE_exact`: spans with equal tokens, paired one to one within an article.
//! - `strict`: all three roles have equal tokens.
//! - `soft`: the contents have a Dice coefficient of at least 0.5, cue and source share a token (or neither has a source).
//! - `speech_soft`: the same for speech only: extracted statements with a cue of that class, and annotated ones whose cue has a
//!   word of that class in the lexicon of cues, or no letter.
//! - `recall_KIND`: soft recall by kind. `direct_speaker`: direct quotations with the right speaker, that is a Dice coefficient of
//!   at least 0.8 and a shared token of the source.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::{Context as _, Result};
use dateline_core::{CueClass, Record, Statement, TextSpan};
use dateline_extract::{Extractor, read_document};
use dateline_lexicon::predicate::cue_class_of_lemma;
use dateline_nlp::English;
use serde_json::{Value, json};

use crate::{Report, Score, read_lines, score::percent};

const KINDS: [&str; 3] = ["direct", "mixed", "indirect"];
const ROLES: [&str; 3] = ["source", "cue", "content"];

/// Scores the statements of a file.
///
/// # Errors
///
/// If the file cannot be read, or a line is not laid out as described above.
pub fn run(extractor: &Extractor, english: &English, data: &Path) -> Result<Report> {
    let mut sums = Sums::default();
    let mut report = Report::default();
    for value in read_lines::<Value>(data)? {
        let text = value["text"].as_str().context("expected a line with `text`")?;
        let words = Words::of(text);
        let speech = speech_words(english, text);
        let expected = annotated(&value, &words, &speech)
            .with_context(|| format!("{} of {}", value["id"], data.display()))?;
        let mut document = read_document(text);
        document.published = value["date"].as_str().and_then(|date| date.parse().ok());
        let record = extractor.extract(&document);
        let found: Vec<Tuple> =
            record.statements.iter().map(|one| Tuple::of_record(one, &words)).collect();
        let pairs = sums.add(&expected, &found);
        describe_differences(&value, &words, [&expected, &found], &pairs, &mut report.differences);
        report.predictions.push(predicted(&value["id"], &record).to_string());
    }
    sums.report(&mut report);
    Ok(report)
}

/// Word tokens of a text, by code point.
struct Words {
    characters: Vec<char>,
    /// For each code point, the first code point of its word; `None` between words.
    starts: Vec<Option<usize>>,
}

impl Words {
    fn of(text: &str) -> Self {
        let characters: Vec<char> = text.chars().collect();
        let mut starts = vec![None; characters.len()];
        let mut start = None;
        for (at, c) in characters.iter().enumerate() {
            let is_word = c.is_alphanumeric() || *c == '_';
            start = is_word.then(|| start.unwrap_or(at));
            starts[at] = start;
        }
        Self { characters, starts }
    }

    /// First code points of the tokens in some spans; without a word, the first code point of the spans.
    fn tokens(&self, spans: &[(usize, usize)]) -> BTreeSet<usize> {
        let end = |end: usize| end.min(self.starts.len());
        let words = spans.iter().flat_map(|&(from, to)| {
            // A span that starts inside a word has the rest of the word as a token, as with a regular expression.
            (from.min(end(to))..end(to))
                .filter_map(move |at| self.starts[at].map(|start| start.max(from)))
        });
        let tokens: BTreeSet<usize> = words.collect();
        match spans.first() {
            Some(&(from, _)) if tokens.is_empty() => [from].into(),
            _ => tokens,
        }
    }

    fn text(&self, spans: &[(usize, usize)]) -> String {
        let pieces = spans.iter().map(|&(from, to)| {
            let to = to.min(self.characters.len());
            self.characters[from.min(to)..to].iter().collect::<String>().replace('\n', " ")
        });
        pieces.collect::<Vec<_>>().join(" … ")
    }
}

/// One attribution, annotated or extracted.
struct Tuple {
    spans: [Vec<(usize, usize)>; 3],
    tokens: [BTreeSet<usize>; 3],
    kind: String,
    is_speech: bool,
}

impl Tuple {
    fn new(spans: [Vec<(usize, usize)>; 3], kind: String, words: &Words) -> Self {
        let tokens = [0, 1, 2].map(|role| words.tokens(&spans[role]));
        Self { spans, tokens, kind, is_speech: false }
    }

    fn of_record(one: &Statement, words: &Words) -> Self {
        let span = |span: &TextSpan| (span.start as usize, span.end as usize);
        let spans = [
            one.source.iter().map(span).collect(),
            one.cue.iter().map(|cue| span(&cue.span)).collect(),
            one.content.iter().map(span).collect(),
        ];
        let is_speech = one.cue.as_ref().is_none_or(|cue| cue.class == CueClass::Speech);
        Self { is_speech, ..Self::new(spans, String::new(), words) }
    }

    /// Dice coefficient of the contents, from 0 to 1.
    fn dice(&self, other: &Self) -> f64 {
        let shared = self.tokens[2].intersection(&other.tokens[2]).count();
        percent(2 * shared, self.tokens[2].len() + other.tokens[2].len()) / 100.0
    }

    fn shares(&self, other: &Self, role: usize) -> bool {
        !self.tokens[role].is_disjoint(&other.tokens[role])
    }

    fn is_soft(&self, other: &Self) -> bool {
        let no_source = self.spans[0].is_empty() && other.spans[0].is_empty();
        self.dice(other) >= 0.5 && self.shares(other, 1) && (no_source || self.shares(other, 0))
    }
}

/// First code points of words that are cues of speech.
fn speech_words(english: &English, text: &str) -> BTreeSet<usize> {
    let analysis = english.analyze(text);
    let (mut byte, mut point) = (0, 0);
    let tokens = analysis.tokens().filter_map(|token| {
        point += text[byte..token.span().start()].chars().count();
        byte = token.span().start();
        (cue_class_of_lemma(token.lemma()) == Some(CueClass::Speech)).then_some(point)
    });
    tokens.collect()
}

fn annotated(value: &Value, words: &Words, speech: &BTreeSet<usize>) -> Result<Vec<Tuple>> {
    let list = value["attributions"].as_array().context("a line has `attributions`")?;
    let spans = |value: &Value| -> Option<Vec<(usize, usize)>> {
        let pair = |pair: &Value| {
            let at = |number: usize| usize::try_from(pair[number].as_u64()?).ok();
            Some((at(0)?, at(1)?))
        };
        value.as_array()?.iter().map(pair).collect()
    };
    list.iter()
        .map(|one| {
            let role = |name: &str| {
                spans(&one[name]).with_context(|| format!("expected an attribution with `{name}`"))
            };
            let kind = one["kind"].as_str().unwrap_or_default().to_owned();
            let spans = [role("source")?, role("cue")?, role("content")?];
            let tuple = Tuple::new(spans, kind, words);
            let is_mark = !words.text(&tuple.spans[1]).contains(char::is_alphanumeric);
            let is_speech = is_mark || !tuple.tokens[1].is_disjoint(speech);
            Ok(Tuple { is_speech, ..tuple })
        })
        .collect()
}

/// Counts over all articles.
#[derive(Default)]
struct Sums {
    overlap: [Score; 3],
    exact: [Score; 3],
    strict: Score,
    soft: Score,
    speech: Score,
    /// By kind: number of pairs, and of annotated attributions.
    recall: BTreeMap<&'static str, (usize, usize)>,
    speakers: (usize, usize),
}

impl Sums {
    /// Counts an article; returns the index of the extracted tuple softly paired with each annotated one.
    fn add(&mut self, expected: &[Tuple], found: &[Tuple]) -> Vec<Option<usize>> {
        for role in 0..3 {
            let union = |tuples: &[Tuple]| -> BTreeSet<usize> {
                tuples.iter().flat_map(|tuple| tuple.tokens[role].iter().copied()).collect()
            };
            let (gold, own) = (union(expected), union(found));
            let sum = &mut self.overlap[role];
            sum.right += gold.intersection(&own).count();
            sum.found += own.len();
            sum.expected += gold.len();
            let same = |a: &Tuple, b: &Tuple| {
                !a.spans[role].is_empty() && a.tokens[role] == b.tokens[role]
            };
            let has = |tuple: &&Tuple| !tuple.spans[role].is_empty();
            let sum = &mut self.exact[role];
            sum.right += paired(expected, found, same).iter().flatten().count();
            sum.found += found.iter().filter(has).count();
            sum.expected += expected.iter().filter(has).count();
        }
        let strict = paired(expected, found, |a, b| a.tokens == b.tokens);
        let soft = paired(expected, found, Tuple::is_soft);
        for (sum, pairs) in [(&mut self.strict, &strict), (&mut self.soft, &soft)] {
            sum.right += pairs.iter().flatten().count();
            sum.found += found.len();
            sum.expected += expected.len();
        }
        for (tuple, pair) in expected.iter().zip(&soft) {
            if let Some(kind) = KINDS.into_iter().find(|kind| *kind == tuple.kind) {
                let counts = self.recall.entry(kind).or_default();
                counts.0 += usize::from(pair.is_some());
                counts.1 += 1;
            }
            if tuple.kind == "direct" {
                let is_right = |own: &Tuple| tuple.dice(own) >= 0.8 && tuple.shares(own, 0);
                self.speakers.0 += usize::from(found.iter().any(is_right));
                self.speakers.1 += 1;
            }
            let both = pair.is_some_and(|at| found[at].is_speech);
            self.speech.right += usize::from(tuple.is_speech && both);
        }
        self.speech.found += found.iter().filter(|tuple| tuple.is_speech).count();
        self.speech.expected += expected.iter().filter(|tuple| tuple.is_speech).count();
        soft
    }

    fn report(&self, report: &mut Report) {
        let mut three = |name: &str, score: Score| report.score(name, &format!("{name}_f1"), score);
        for (role, (exact, overlap)) in ROLES.iter().zip(self.exact.iter().zip(self.overlap)) {
            three(&format!("{role}_exact"), *exact);
            three(&format!("{role}_overlap"), overlap);
        }
        three("strict", self.strict);
        three("speech_soft", self.speech);
        three("soft", self.soft);
        for kind in KINDS {
            let (right, all) = self.recall.get(kind).copied().unwrap_or_default();
            report.percent(format!("recall_{kind}"), percent(right, all));
        }
        report.percent("direct_speaker", percent(self.speakers.0, self.speakers.1));
    }
}

/// Pairs tuples one to one: each annotated tuple with the first free one that fits.
fn paired(
    expected: &[Tuple],
    found: &[Tuple],
    fits: impl Fn(&Tuple, &Tuple) -> bool,
) -> Vec<Option<usize>> {
    let mut taken = vec![false; found.len()];
    let pair = |tuple: &Tuple| {
        let at = (0..found.len()).find(|&at| !taken[at] && fits(tuple, &found[at]))?;
        taken[at] = true;
        Some(at)
    };
    expected.iter().map(pair).collect()
}

/// Describes the tuples without a partner, one line each.
fn describe_differences(
    value: &Value,
    words: &Words,
    [expected, found]: [&[Tuple]; 2],
    pairs: &[Option<usize>],
    out: &mut Vec<String>,
) {
    let id = value["id"].as_str().unwrap_or_default();
    let mut add = |side: &str, kind: &str, tuple: &Tuple| {
        let [source, cue, content] = [0, 1, 2].map(|role| words.text(&tuple.spans[role]));
        out.push(format!("{side}\t{kind}\t{id}\t{source}\t{cue}\t{content}"));
    };
    for (tuple, pair) in expected.iter().zip(pairs) {
        if pair.is_none() {
            add("missed", &tuple.kind, tuple);
        }
    }
    for (at, tuple) in found.iter().enumerate() {
        if !pairs.contains(&Some(at)) {
            add("spurious", "-", tuple);
        }
    }
}

/// Statements of a record in the layout of the data.
fn predicted(id: &Value, record: &Record) -> Value {
    let spans = |spans: Vec<&TextSpan>| -> Vec<[u32; 2]> {
        spans.into_iter().map(|span| [span.start, span.end]).collect()
    };
    let attributions: Vec<Value> = record
        .statements
        .iter()
        .map(|one| {
            json!({
                "source": spans(one.source.iter().collect()),
                "cue": spans(one.cue.iter().map(|cue| &cue.span).collect()),
                "content": spans(one.content.iter().collect()),
                "kind": one.kind,
            })
        })
        .collect();
    json!({ "id": id, "attributions": attributions })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tuple(words: &Words, spans: [&[(usize, usize)]; 3]) -> Tuple {
        Tuple::new(spans.map(<[_]>::to_vec), "indirect".to_owned(), words)
    }

    #[test]
    fn marks_at_an_edge_do_not_matter() {
        let words = Words::of("Ito said: \"We go.\"");
        assert_eq!(words.tokens(&[(9, 18)]), words.tokens(&[(11, 16)]));
        assert_eq!(words.tokens(&[(8, 9)]), [8].into());
    }

    #[test]
    fn half_of_the_content_is_enough() {
        let words = Words::of("Ito said talks had stalled again");
        let whole = tuple(&words, [&[(0, 3)], &[(4, 8)], &[(9, 32)]]);
        let half = tuple(&words, [&[(0, 3)], &[(4, 8)], &[(9, 18)]]);
        let none = tuple(&words, [&[(0, 3)], &[(4, 8)], &[(27, 32)]]);
        assert!(whole.is_soft(&half) && !whole.is_soft(&none));
        let mut sums = Sums::default();
        assert_eq!(sums.add(&[whole], &[none, half]), [Some(1)]);
        assert_eq!((sums.soft.right, sums.soft.found, sums.strict.right), (1, 2, 0));
    }
}
