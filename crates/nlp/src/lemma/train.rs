//! Makes the table of exceptions: words in treebanks whose lemma the rules get wrong.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use crate::{
    Analysis, Xpos,
    conllu::{self, GoldSentence},
};

use super::{exceptions::irregular, normalize, regular, regular::Place};

#[derive(Default)]
struct LemmaCounts<'a> {
    lemmas: BTreeMap<&'a str, usize>,
    ruled_right: usize,
    sources: BTreeSet<&'a str>,
}

/// Returns the rows of the table, sorted: word, tag, lemma, source. `treebanks` are names and sentences.
///
/// A word with a tag gets a row if its most frequent lemma is right more often than the rules are.
///
/// # Panics
///
/// If the treebanks have more than 4 GiB of text.
pub fn exceptions(treebanks: &[(&str, Vec<GoldSentence>)]) -> String {
    let mut seen: BTreeMap<(String, &'static str), LemmaCounts<'_>> = BTreeMap::new();
    let mut lemma = String::new();
    for (source, sentences) in treebanks {
        let (text, segmentation) = conllu::rebuild_text(sentences);
        let analysis = Analysis::from_segmentation(&text, &segmentation);
        let mut words = sentences.iter().flat_map(|sentence| &sentence.words);
        for range in &analysis.sentences {
            let rows = &analysis.rows[range.start as usize..range.end as usize];
            for idx in 0..rows.len() {
                let word = words.next().expect("the analysis has a token for each word");
                let Ok(xpos) = word.xpos.parse::<Xpos>() else { continue };
                if word.lemma == "_" && word.form != "_" {
                    continue;
                }
                let mut lower = String::new();
                normalize(&word.form, &mut lower);
                let place = Place { opens_sentence: idx == 0 };
                lemma.clear();
                regular::lemma(&word.form, &lower, xpos, place, &mut lemma);
                let seen = seen.entry((lower, xpos.as_str())).or_default();
                *seen.lemmas.entry(&word.lemma).or_default() += 1;
                seen.ruled_right += usize::from(lemma == word.lemma);
                seen.sources.insert(source);
            }
        }
    }
    // A verb seen once, with a base form seen nowhere else, may be an error of the treebank.
    let mut verbs: BTreeMap<&str, usize> = BTreeMap::new();
    for ((_, xpos), seen) in &seen {
        for (lemma, count) in seen.lemmas.iter().filter(|_| xpos.starts_with("VB")) {
            *verbs.entry(lemma).or_default() += count;
        }
    }
    let mut table = String::new();
    for ((lower, xpos), seen) in &seen {
        // The most frequent lemma; of equals, the alphabetically first.
        let best = seen.lemmas.iter().rev().max_by_key(|lemma| *lemma.1);
        if let Some((lemma, &count)) = best
            && count > seen.ruled_right
            && !(xpos.starts_with("VB") && verbs.get(lemma).is_some_and(|&count| count == 1))
            && (count > 1 || !is_open(xpos))
            && irregular(lower, xpos.parse().expect("the tag was parsed above")).is_none()
        {
            let sources: Vec<_> = seen.sources.iter().copied().collect();
            writeln!(table, "{lower}\t{xpos}\t{lemma}\t{}", sources.join(","))
                .expect("writing to a string does not fail");
        }
    }
    table
}

/// Returns true for tags of open classes, for which a single occurrence is no evidence.
fn is_open(xpos: &str) -> bool {
    matches!(xpos, "NNP" | "GW" | "ADD" | "FW" | "AFX" | "UH")
}
