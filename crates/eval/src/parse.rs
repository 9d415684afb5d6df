//! Tokens, sentences, tags, lemmas and trees against a treebank in CoNLL-U, scored as in the `CoNLL` 2018 shared task.
//!
//! First, on the treebank's sentences and tokens: the share of tokens with the right tag, lemma, head (UAS), head and relation
//! (LAS), and head and relation without its subtype (`LAS_UNIVERSAL`). Then, from the text alone (`RAW_*`): F1 over tokens, words
//! and sentences with the same characters, and over words whose tag or head is right as well. Spaces do not count as characters.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context as _, Result, ensure};
use dateline_nlp::{
    Analysis, English, Segmentation, Span,
    conllu::{self, GoldSentence, GoldWord},
};

use crate::{Report, Score, read_file, score::percent};

/// Scores the language layer on a treebank, or on the documents of one genre (`# meta::genre`) in it.
///
/// # Errors
///
/// If the file cannot be read, is not CoNLL-U, or has no document of the genre.
pub fn run(english: &English, data: &Path, genre: Option<&str>) -> Result<Report> {
    let text = read_file(data)?;
    let mut sentences = conllu::read(&text)
        .with_context(|| format!("could not read {} as CoNLL-U", data.display()))?;
    if let Some(genre) = genre {
        sentences = of_genre(sentences, genre);
        ensure!(!sentences.is_empty(), "no document of genre `{genre}` in {}", data.display());
    }
    let (text, gold) = conllu::rebuild_text(&sentences);
    let words: Vec<&GoldWord> = sentences.iter().flat_map(|sentence| &sentence.words).collect();
    let gold = Gold { heads: heads(&sentences), words, segmentation: &gold };
    let mut report = Report::default();
    with_gold_tokens(&gold, &english.annotate(&text, gold.segmentation), &mut report);
    from_raw_text(&gold, &english.analyze(&text), &mut report);
    Ok(report)
}

/// The sentences of the documents of one genre.
fn of_genre(sentences: Vec<GoldSentence>, genre: &str) -> Vec<GoldSentence> {
    let mut is_in = false;
    sentences
        .into_iter()
        .filter(|sentence| {
            if sentence.comments.iter().any(|comment| comment.starts_with("newdoc")) {
                is_in = sentence.comment("meta::genre") == Some(genre);
            }
            is_in
        })
        .collect()
}

/// A treebank as one text.
struct Gold<'a> {
    words: Vec<&'a GoldWord>,
    /// Index of each word's head in the whole text; a root is its own head.
    heads: Vec<usize>,
    segmentation: &'a Segmentation,
}

fn heads(sentences: &[GoldSentence]) -> Vec<usize> {
    let mut heads = Vec::new();
    for sentence in sentences {
        let first = heads.len();
        for (idx, word) in sentence.words.iter().enumerate() {
            heads.push(first + if word.head == 0 { idx } else { word.head - 1 });
        }
    }
    heads
}

fn head(analysis: &Analysis<'_>, idx: usize) -> usize {
    let token = token(analysis, idx);
    token.head().map_or(idx, |head| head.idx().index())
}

fn token<'a>(analysis: &'a Analysis<'a>, idx: usize) -> dateline_nlp::Token<'a> {
    analysis.token(dateline_nlp::TokenIdx(u32::try_from(idx).expect("fewer tokens than bytes")))
}

/// The relation without its subtype.
fn universal(deprel: &str) -> &str {
    deprel.split(':').next().unwrap_or(deprel)
}

/// Whether a lemma is right; a treebank without lemmas accepts any.
fn is_lemma(gold: &GoldWord, lemma: &str) -> bool {
    gold.lemma == lemma || gold.lemma == "_" && gold.form != "_"
}

fn with_gold_tokens(gold: &Gold<'_>, analysis: &Analysis<'_>, report: &mut Report) {
    for (idx, gold) in gold.words.iter().enumerate() {
        let token = token(analysis, idx);
        if !is_lemma(gold, token.lemma()) {
            let (form, tag, lemma) = (&gold.form, token.xpos(), token.lemma());
            report.differences.push(format!("LEMMA {form} {tag} {lemma} not {}", gold.lemma));
        }
    }
    let share = |is_right: &dyn Fn(usize) -> bool| {
        percent((0..gold.words.len()).filter(|&idx| is_right(idx)).count(), gold.words.len())
    };
    let attached = |idx: usize| head(analysis, idx) == gold.heads[idx];
    report.percent(
        "UPOS",
        share(&|idx| token(analysis, idx).upos().as_str() == gold.words[idx].upos),
    );
    report.percent(
        "XPOS",
        share(&|idx| token(analysis, idx).xpos().as_str() == gold.words[idx].xpos),
    );
    report.percent("LEMMAS", share(&|idx| is_lemma(gold.words[idx], token(analysis, idx).lemma())));
    report.percent("UAS", share(&attached));
    report.percent(
        "LAS",
        share(&|idx| {
            attached(idx) && token(analysis, idx).deprel().as_str() == gold.words[idx].deprel
        }),
    );
    report.percent(
        "LAS_UNIVERSAL",
        share(&|idx| {
            attached(idx)
                && universal(token(analysis, idx).deprel().as_str())
                    == universal(&gold.words[idx].deprel)
        }),
    );
}

fn from_raw_text(gold: &Gold<'_>, analysis: &Analysis<'_>, report: &mut Report) {
    let mut found = Segmentation::new();
    for sentence in analysis.sentences() {
        for token in sentence.tokens() {
            found.push_token(token.span(), token.is_joined());
        }
        found.end_sentence();
    }
    report.percent(
        "RAW_TOKENS",
        overlap(&written_words(gold.segmentation), &written_words(&found)).f1(),
    );
    let spans = |of: &Segmentation| of.tokens().iter().map(|&(span, _)| span).collect::<Vec<_>>();
    let (expected, read) = (spans(gold.segmentation), spans(&found));
    report.percent("RAW_WORDS", overlap(&expected, &read).f1());
    report.percent(
        "RAW_SENTENCES",
        overlap(&sentence_spans(gold.segmentation), &sentence_spans(&found)).f1(),
    );

    // Words with the same bytes are aligned. A head is right if it is aligned with the right head.
    let by_span: BTreeMap<(usize, usize), usize> =
        expected.iter().enumerate().map(|(idx, span)| ((span.start(), span.end()), idx)).collect();
    let aligned: Vec<Option<usize>> =
        read.iter().map(|span| by_span.get(&(span.start(), span.end())).copied()).collect();
    let f1 = |is_right: &dyn Fn(usize, usize) -> bool| {
        let right = aligned
            .iter()
            .enumerate()
            .filter(|&(idx, gold)| gold.is_some_and(|gold| is_right(idx, gold)))
            .count();
        Score { right, found: read.len(), expected: expected.len() }.f1()
    };
    report.percent(
        "RAW_UPOS",
        f1(&|idx, word| token(analysis, idx).upos().as_str() == gold.words[word].upos),
    );
    report.percent(
        "RAW_LAS",
        f1(&|idx, word| {
            let read_head = head(analysis, idx);
            let attached = match (read_head == idx, gold.heads[word] == word) {
                (true, is_root) => is_root,
                (false, _) => aligned[read_head] == Some(gold.heads[word]),
            };
            attached
                && universal(token(analysis, idx).deprel().as_str())
                    == universal(&gold.words[word].deprel)
        }),
    );
    for (name, spans) in [("TOKEN", written_words as fn(&_) -> _), ("SENTENCE", sentence_spans)] {
        let (expected, found) = (spans(gold.segmentation), spans(&found));
        describe_differences(analysis.text(), &expected, &found, name, &mut report.differences);
    }
}

/// Spans of the words as written: *don't* is one.
fn written_words(segmentation: &Segmentation) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for &(span, joined) in segmentation.tokens() {
        match spans.last_mut() {
            Some(last) if joined => *last = last.cover(span),
            _ => spans.push(span),
        }
    }
    spans
}

fn sentence_spans(segmentation: &Segmentation) -> Vec<Span> {
    let tokens = segmentation.tokens();
    segmentation
        .sentences()
        .iter()
        .map(|range| tokens[range.start as usize].0.cover(tokens[range.end as usize - 1].0))
        .collect()
}

/// Counts the spans that two lists in text order share.
fn overlap(expected: &[Span], found: &[Span]) -> Score {
    let mut right = 0;
    let (mut left, mut rest) = (expected.iter().peekable(), found.iter().peekable());
    while let (Some(gold), Some(read)) = (left.peek(), rest.peek()) {
        right += usize::from(gold == read);
        let (gold_end, read_end) = (gold.end(), read.end());
        if gold_end <= read_end {
            left.next();
        }
        if read_end <= gold_end {
            rest.next();
        }
    }
    Score { right, found: found.len(), expected: expected.len() }
}

/// Describes each place where only one of two lists has a span end, with the text around it.
fn describe_differences(
    text: &str,
    expected: &[Span],
    found: &[Span],
    name: &str,
    out: &mut Vec<String>,
) {
    let mut ends: Vec<(usize, bool, bool)> = expected
        .iter()
        .map(|span| (span.end(), true, false))
        .chain(found.iter().map(|span| (span.end(), false, true)))
        .collect();
    ends.sort_unstable_by_key(|&(end, ..)| end);
    for pair in ends.chunk_by(|a, b| a.0 == b.0) {
        let (in_gold, in_found) = (pair.iter().any(|end| end.1), pair.iter().any(|end| end.2));
        if in_gold != in_found {
            let end = pair[0].0;
            let before = text.floor_char_boundary(end.saturating_sub(40));
            let after = text.ceil_char_boundary((end + 40).min(text.len()));
            let side = if in_gold { "missed" } else { "extra" };
            let (before, after) = (&text[before..end], &text[end..after]);
            out.push(format!("{name} {side} {before:?} | {after:?}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_match_only_when_both_ends_do() {
        let spans = |list: &[(usize, usize)]| {
            list.iter().map(|&(start, end)| Span::new(start, end)).collect::<Vec<_>>()
        };
        let score = overlap(&spans(&[(0, 2), (3, 5), (5, 6)]), &spans(&[(0, 2), (3, 6)]));
        assert_eq!((score.right, score.found, score.expected), (1, 2, 3));
    }

    #[test]
    fn a_genre_keeps_its_documents_whole() {
        let row = "1\tHi\thi\tINTJ\tUH\t_\t0\troot\t_\t_\n\n";
        let text = format!(
            "# newdoc\n# meta::genre = news\n{row}# plain\n{row}# newdoc\n# meta::genre = vlog\n{row}"
        );
        let sentences = conllu::read(&text).unwrap();
        assert_eq!(of_genre(sentences, "news").len(), 2);
    }
}
