//! Names against annotated tokens: precision, recall and F1 over persons, organizations and locations, by exact span and type.
//!
//! A line of the data is a token, a tab and its tag (`B-PER`, `I-PER`, `O`); a blank line ends a sentence. Names are those that
//! the tagger and the lexicon find together, on the given tokens and sentences. Countries count as locations and parties as
//! organizations; names of other types are ignored on both sides.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use dateline_extract::Extractor;
use dateline_nlp::{English, NameKind, Segmentation, Span};

use crate::{Report, Score, read_file};

const KINDS: [(NameKind, &str); 3] = [
    (NameKind::Person, "person"),
    (NameKind::Organization, "organization"),
    (NameKind::Location, "location"),
];

/// A name: its first token, the one behind its last, and its kind.
type Named = (usize, usize, NameKind);

/// Scores the names of a file.
///
/// # Errors
///
/// If the file cannot be read, or a line has no tag.
pub fn run(extractor: &Extractor, english: &English, data: &Path) -> Result<Report> {
    let (text, segmentation, expected) =
        read(&read_file(data)?).with_context(|| format!("could not read {}", data.display()))?;
    let analysis = english.annotate(&text, &segmentation);
    let found: Vec<Named> = extractor
        .names(&analysis)
        .iter()
        .map(|name| (name.first.index(), name.last.index() + 1, name.kind))
        .filter(|name| KINDS.iter().any(|kind| kind.0 == name.2))
        .collect();
    let score = |kinds: &[NameKind]| {
        let of = |names: &[Named]| names.iter().filter(|name| kinds.contains(&name.2)).count();
        Score {
            right: found
                .iter()
                .filter(|name| kinds.contains(&name.2) && expected.contains(name))
                .count(),
            found: of(&found),
            expected: of(&expected),
        }
    };
    let mut report = Report::default();
    let words = |name: &Named| {
        let tokens = &segmentation.tokens()[name.0..name.1];
        &text[tokens[0].0.start()..tokens[tokens.len() - 1].0.end()]
    };
    for (what, names, others) in [("extra", &found, &expected), ("missed", &expected, &found)] {
        for name in names.iter().filter(|name| !others.contains(name)) {
            report.differences.push(format!("{what}\t{:?}\t{}", name.2, words(name)));
        }
    }
    let all = score(&KINDS.map(|kind| kind.0));
    report.percent("precision", all.precision());
    report.percent("recall", all.recall());
    report.percent("micro", all.f1());
    for (kind, name) in KINDS {
        report.score(name, name, score(&[kind]));
    }
    Ok(report)
}

/// Joins the tokens with blanks and the sentences with blank lines, and collects the names in them.
fn read(file: &str) -> Result<(String, Segmentation, Vec<Named>)> {
    let mut text = String::new();
    let mut segmentation = Segmentation::new();
    let mut names: Vec<Named> = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    for (number, line) in file.lines().chain([""]).enumerate() {
        let n_tokens = segmentation.tokens().len();
        if line.trim().is_empty() {
            close(&mut open, n_tokens, &mut names);
            segmentation.end_sentence();
            if !text.is_empty() {
                text.truncate(text.trim_end().len());
                text.push_str("\n\n");
            }
            continue;
        }
        let Some((token, tag)) = line.split_once('\t') else {
            bail!("line {}: expected a token, a tab and a tag", number + 1);
        };
        let continues =
            tag.strip_prefix("I-").is_some_and(|kind| open.is_some_and(|open| open.1 == kind));
        if !continues {
            close(&mut open, n_tokens, &mut names);
            open = tag.strip_prefix("B-").or(tag.strip_prefix("I-")).map(|kind| (n_tokens, kind));
        }
        let start = text.len();
        text.push_str(token);
        segmentation.push_token(Span::new(start, text.len()), false);
        text.push(' ');
    }
    Ok((text, segmentation, names))
}

fn close(open: &mut Option<(usize, &str)>, end: usize, names: &mut Vec<Named>) {
    if let Some((start, label)) = open.take()
        && let Some(kind) = kind(label)
    {
        names.push((start, end, kind));
    }
}

/// The kind of name a corpus label stands for; `None` for labels that are not scored.
fn kind(label: &str) -> Option<NameKind> {
    match label {
        "PER" => Some(NameKind::Person),
        "ORG" | "PARTY" => Some(NameKind::Organization),
        "LOC" | "GPE" => Some(NameKind::Location),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_names() {
        let (text, segmentation, names) =
            read("Ana\tB-PER\nRuiz\tI-PER\nleft\tO\nPeru\tB-GPE\n\nOslo\tI-LOC\n2020\tB-MISC\n")
                .unwrap();
        assert_eq!(text.trim_end(), "Ana Ruiz left Peru\n\nOslo 2020");
        assert_eq!(segmentation.sentences(), [0..4, 4..6]);
        assert_eq!(
            names,
            [(0, 2, NameKind::Person), (3, 4, NameKind::Location), (4, 5, NameKind::Location)]
        );
    }

    #[test]
    fn a_line_without_a_tag_is_named() {
        assert_eq!(
            read("Ana\n").unwrap_err().to_string(),
            "line 1: expected a token, a tab and a tag"
        );
    }
}
