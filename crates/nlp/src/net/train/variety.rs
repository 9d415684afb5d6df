//! Other guises of a sentence: in title case, in capitals, in lowercase, without its last full stop. Headlines come so, and text
//! from telegrams, transcripts and forms.

use super::{Example, Random};

/// Probabilities of each guise.
const TITLE: f32 = 0.02;
const CAPITALS: f32 = 0.015;
const LOWERCASE: f32 = 0.02;
const NO_STOP: f32 = 0.03;

/// Maximum length of a word that keeps its case in a title, in bytes.
const SMALL_WORD: usize = 3;

/// Returns another guise of a sentence, or `None` to leave it as it is, which is most often.
pub(super) fn varied(example: &Example, random: &mut Random) -> Option<Example> {
    let case = random.unit();
    let drops_stop = random.unit() < NO_STOP && ends_in_free_stop(example);
    let is_cased = case < TITLE + CAPITALS + LOWERCASE;
    if !is_cased && !drops_stop {
        return None;
    }
    let mut varied = example.clone();
    if is_cased {
        for (at, word) in varied.words.iter_mut().enumerate() {
            if case >= TITLE + CAPITALS {
                *word = word.to_lowercase();
            } else if case >= TITLE {
                *word = word.to_uppercase();
            } else if at == 0 || word.len() > SMALL_WORD {
                *word = capitalized(word);
            }
        }
    }
    if drops_stop {
        drop_last(&mut varied);
    }
    Some(varied)
}

fn capitalized(word: &str) -> String {
    let mut characters = word.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}

/// Returns true if the sentence ends in a full stop on which nothing depends.
fn ends_in_free_stop(example: &Example) -> bool {
    let last = example.words.len() - 1;
    last > 0
        && example.words[last] == "."
        && example.tree.as_ref().is_none_or(|(heads, _)| {
            heads.iter().all(|&head| head as usize != last) && heads[last] as usize != last + 1
        })
}

fn drop_last(example: &mut Example) {
    example.words.pop();
    example.tags.as_mut().map(Vec::pop);
    example.names.as_mut().map(Vec::pop);
    example.triggers.as_mut().map(Vec::pop);
    if let Some((heads, labels)) = &mut example.tree {
        heads.pop();
        labels.pop();
        let n_tokens = u32::try_from(heads.len()).expect("sentences are short");
        for head in heads {
            // The root is the node after the last token, which has moved.
            *head = (*head).min(n_tokens);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Deprel;

    #[test]
    fn a_dropped_stop_leaves_a_tree() {
        let words = ["Talks", "stalled", "."].map(str::to_owned).to_vec();
        let labels = vec![Deprel::Nsubj, Deprel::Root, Deprel::Punct];
        let mut example =
            Example { words, tree: Some((vec![1, 3, 1], labels)), ..Example::default() };
        assert!(ends_in_free_stop(&example));
        drop_last(&mut example);
        let (heads, labels) = example.tree.unwrap();
        assert_eq!((heads, labels), (vec![1, 2], vec![Deprel::Nsubj, Deprel::Root]));
        assert!(!ends_in_free_stop(&Example { words: vec![".".to_owned()], ..Example::default() }));
    }
}
