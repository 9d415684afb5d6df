//! Time expressions against TIMEX3 annotations, scored as in TempEval-3: precision, recall and F1 of exact spans, of overlapping
//! spans, and of type and value among the overlapping ones.
//!
//! A line of the data is `{"id", "dct", "ref_time"?, "text", "timexes": [{"start", "end", "type", "value", "alt"?}]}`,
//! offsets in code points, half-open. Each annotated expression is paired with at most one extracted expression: one with the same span,
//! else the first that overlaps. A value is right if it equals the annotated value or one of its `alt`, ignoring case.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context as _, Result};
use dateline_core::{Document, Time};
use dateline_extract::Extractor;
use serde_json::Value;

use crate::{Report, Score, read_lines_by};

/// An annotated document.
struct Annotated {
    id: String,
    document: Document,
    expected: Vec<Expected>,
}

struct Expected {
    start: u32,
    end: u32,
    kind: String,
    values: Vec<String>,
}

impl Expected {
    fn overlaps(&self, time: &Time) -> bool {
        time.span.start < self.end && self.start < time.span.end
    }

    fn is_exactly(&self, time: &Time) -> bool {
        (time.span.start, time.span.end) == (self.start, self.end)
    }

    fn takes(&self, value: &str) -> bool {
        self.values.iter().any(|expected| expected.eq_ignore_ascii_case(value))
    }
}

/// Scores the times of a file.
///
/// # Errors
///
/// If the file cannot be read, or a line is not laid out as described above.
pub fn run(extractor: &Extractor, data: &Path) -> Result<Report> {
    let mut tally = Tally::default();
    let mut report = Report::default();
    for annotated in read_lines_by(data, read)? {
        let found = extractor.times(&annotated.document);
        let pairs = pair(&annotated.expected, &found);
        tally.take(&annotated.expected, &found, &pairs);
        describe_differences(&annotated, &found, &pairs, &mut report.differences);
        report.predictions.push(prediction(&annotated, &found).to_string());
    }
    tally.report(&mut report);
    Ok(report)
}

fn read(line: &str) -> Result<Annotated> {
    let value: Value = serde_json::from_str(line)?;
    let text = value["text"].as_str().context("expected a line with `text`")?.to_owned();
    let day = value["dct"].as_str();
    let published = match (day, value["ref_time"].as_str().and_then(|time| time.get(..5))) {
        (Some(day), Some(minute)) => Some(format!("{day}T{minute}").parse()?),
        _ => day.map(str::parse).transpose()?,
    };
    let timexes = value["timexes"].as_array().context("a line has `timexes`")?;
    let expected = timexes.iter().map(expected).collect::<Option<Vec<_>>>();
    let mut document = Document::new(text);
    document.published = published;
    Ok(Annotated {
        id: value["id"].as_str().unwrap_or_default().to_owned(),
        document,
        expected: expected.context("expected a timex with `start`, `end`, `type` and `value`")?,
    })
}

fn expected(timex: &Value) -> Option<Expected> {
    let number = |name: &str| timex[name].as_u64().and_then(|number| u32::try_from(number).ok());
    let others = timex["alt"].as_array().into_iter().flatten().filter_map(Value::as_str);
    // Some annotators left the value out; then no value is right.
    let value = timex["value"].as_str().unwrap_or_default();
    Some(Expected {
        start: number("start")?,
        end: number("end")?,
        kind: timex["type"].as_str()?.to_owned(),
        values: [value].into_iter().chain(others).map(str::to_owned).collect(),
    })
}

/// Index of the extracted expression paired with each annotated one.
fn pair(expected: &[Expected], found: &[Time]) -> Vec<Option<usize>> {
    let mut taken = vec![false; found.len()];
    let mut pairs = vec![None; expected.len()];
    for exact in [true, false] {
        for (expected, pair) in expected.iter().zip(&mut pairs).filter(|(_, pair)| pair.is_none()) {
            *pair = found.iter().enumerate().position(|(at, time)| {
                let fits = if exact { expected.is_exactly(time) } else { expected.overlaps(time) };
                fits && !taken[at]
            });
            if let Some(at) = *pair {
                taken[at] = true;
            }
        }
    }
    pairs
}

/// Counts over all documents.
#[derive(Default)]
struct Tally {
    strict: Score,
    relaxed: Score,
    kind: Score,
    value: Score,
    /// Number of expressions by annotated and extracted type; `-` where there is none.
    confusion: BTreeMap<(String, String), usize>,
    /// By annotated type: number of expressions, and of those with the right value.
    by_kind: BTreeMap<String, (usize, usize)>,
}

impl Tally {
    fn take(&mut self, expected: &[Expected], found: &[Time], pairs: &[Option<usize>]) {
        for score in [&mut self.strict, &mut self.relaxed, &mut self.kind, &mut self.value] {
            score.expected += expected.len();
            score.found += found.len();
        }
        for (expected, pair) in expected.iter().zip(pairs) {
            let time = pair.map(|at| &found[at]);
            let kind = time.map_or_else(|| "-".to_owned(), kind_of);
            let right = time.is_some_and(|time| expected.takes(&time.value));
            self.strict.right += usize::from(time.is_some_and(|time| expected.is_exactly(time)));
            self.relaxed.right += usize::from(time.is_some());
            self.kind.right += usize::from(kind == expected.kind);
            self.value.right += usize::from(right);
            let of_kind = self.by_kind.entry(expected.kind.clone()).or_default();
            of_kind.0 += 1;
            of_kind.1 += usize::from(right);
            *self.confusion.entry((expected.kind.clone(), kind)).or_default() += 1;
        }
        for (at, time) in found.iter().enumerate() {
            if !pairs.contains(&Some(at)) {
                *self.confusion.entry(("-".to_owned(), kind_of(time))).or_default() += 1;
            }
        }
    }

    fn report(&self, report: &mut Report) {
        let scores = [
            ("strict", self.strict),
            ("relaxed", self.relaxed),
            ("type", self.kind),
            ("value", self.value),
        ];
        for (name, score) in scores {
            report.score(name, name, score);
        }
        for (kind, (all, right)) in &self.by_kind {
            report.details.push(format!("value_of_{} {right}/{all}", kind.to_lowercase()));
        }
        for ((expected, found), count) in &self.confusion {
            report.details.push(format!("confusion {expected} {found} {count}"));
        }
    }
}

fn kind_of(time: &Time) -> String {
    let kind = serde_json::to_value(time.kind).expect("a type is a string");
    kind.as_str().expect("a type is a string").to_owned()
}

fn prediction(annotated: &Annotated, found: &[Time]) -> Value {
    let timexes: Vec<Value> = found
        .iter()
        .map(|time| serde_json::to_value(time).expect("a time has string keys only"))
        .collect();
    serde_json::json!({ "id": annotated.id, "timexes": timexes })
}

fn describe_differences(
    annotated: &Annotated,
    found: &[Time],
    pairs: &[Option<usize>],
    out: &mut Vec<String>,
) {
    let letters: Vec<char> = annotated.document.text.chars().collect();
    let text = |start: u32, end: u32| {
        letters[start as usize..(end as usize).min(letters.len())].iter().collect()
    };
    let around = |start: u32, end: u32| {
        let words: String = text(start.saturating_sub(60), end + 40);
        words.replace('\n', " ")
    };
    let mut show = |what: &str, expected: &str, time: &str, context: &str| {
        out.push(format!("{what}\t{}\t{expected}\t{time}\t{context}", annotated.id));
    };
    for (expected, pair) in annotated.expected.iter().zip(pairs) {
        let words: String = text(expected.start, expected.end);
        let wanted = format!("{words} {} {}", expected.kind, expected.values.join("|"));
        let context = around(expected.start, expected.end);
        match pair.map(|at| &found[at]) {
            None => show("missed", &wanted, "-", &context),
            Some(time) if !expected.takes(&time.value) => {
                let got = format!("{} {} {}", time.span.text, kind_of(time), time.value);
                show("value", &wanted, &got, &context);
            }
            Some(time) if !expected.is_exactly(time) => {
                show("span", &wanted, &time.span.text, &context);
            }
            Some(_) => {}
        }
    }
    for (at, time) in found.iter().enumerate() {
        if !pairs.contains(&Some(at)) {
            let got = format!("{} {} {}", time.span.text, kind_of(time), time.value);
            show("extra", "-", &got, &around(time.span.start, time.span.end));
        }
    }
}
