//! Lemmas: the dictionary form of each token, from its text and tag.
//!
//! Regular morphology is code ([`regular`]). Its errors are data ([`exceptions`]), counted in treebanks by the trainer next to
//! it.

mod exceptions;
mod regular;
#[cfg(feature = "train")]
pub(crate) mod train;

use crate::{Analysis, Xpos, analysis::LemmaAt};

use regular::Place;

/// Sets the lemma of every token. Tags must be set.
pub(crate) fn lemmatize(analysis: &mut Analysis<'_>) {
    let mut lower = String::new();
    let mut lemma = String::new();
    for sentence in &analysis.sentences {
        for idx in sentence.start as usize..sentence.end as usize {
            let row = &analysis.rows[idx];
            let word = row.span.of(analysis.text);
            let place = Place { opens_sentence: idx == sentence.start as usize };
            lemma.clear();
            look_up(word, row.xpos, place, &mut lower, &mut lemma);
            analysis.rows[idx].lemma = if lemma == word {
                LemmaAt::Text
            } else {
                let start = u32::try_from(analysis.lemmas.len());
                analysis.lemmas.push_str(&lemma);
                let end = u32::try_from(analysis.lemmas.len());
                match (start, end) {
                    (Ok(start), Ok(end)) => LemmaAt::Arena(start, end),
                    _ => LemmaAt::Text,
                }
            };
        }
    }
}

/// Writes the lemma of a word into `lemma`. `lower` is scratch space.
fn look_up(word: &str, xpos: Xpos, place: Place, lower: &mut String, lemma: &mut String) {
    normalize(word, lower);
    if let Some(exception) = exceptions::lemma(lower, xpos) {
        lemma.push_str(exception);
    } else if let Some((prefix, base)) = exceptions::prefixed(lower, xpos) {
        lemma.push_str(prefix);
        lemma.push_str(base);
    } else {
        regular::lemma(word, lower, xpos, place, lemma);
    }
}

/// Lowercases a word and straightens its apostrophes, for lookup.
fn normalize(word: &str, lower: &mut String) {
    lower.clear();
    for character in word.chars() {
        match character {
            '’' | '‘' | '`' | '´' | 'ʼ' => lower.push('\''),
            _ if character.is_ascii() => lower.push(character.to_ascii_lowercase()),
            _ => lower.extend(character.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, xpos: Xpos, expected: &str) {
        let mut lemma = String::new();
        let place = Place { opens_sentence: false };
        look_up(word, xpos, place, &mut String::new(), &mut lemma);
        assert_eq!(lemma, expected, "{word} {xpos}");
    }

    #[test]
    fn irregular_words_are_in_the_table() {
        check("went", Xpos::VBD, "go");
        check("underwent", Xpos::VBD, "undergo");
        check("children", Xpos::NNS, "child");
        check("n’t", Xpos::RB, "not");
        check("better", Xpos::JJR, "good");
        check("’s", Xpos::POS, "'s");
    }

    #[test]
    fn regular_words_follow_rules() {
        check("expelled", Xpos::VBN, "expel");
        check("Talks", Xpos::NNS, "talk");
        check("Biden", Xpos::NNP, "Biden");
        check("envoys", Xpos::NNS, "envoy");
        check("annexing", Xpos::VBG, "annex");
    }
}
