//! Cuts a token into lowercase parts without accents, as the tokenizer of BERT does before it looks for pieces.
//!
//! Punctuation marks and ideographs are parts of their own. Accents, control characters and marks that stand above or below a
//! letter are dropped.

use dateline_data::rows;
use unicode_normalization::char::decompose_canonical;

use crate::typography::plain;

/// Maximum length of a part in characters that has pieces.
pub(crate) const LONGEST_PART: usize = 100;

/// Class of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Part of a word.
    Letter,
    /// Left out.
    Dropped,
    /// Separates parts.
    Space,
    /// A part of its own.
    Single,
}

/// Classes of all characters.
#[derive(Debug, Clone)]
pub(crate) struct Classes {
    /// Inclusive ranges beyond ASCII, in order. Characters in none are letters.
    ranges: Vec<(char, char, Class)>,
}

/// Parts of a token, end to end.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    text: String,
    /// End of each part in the text, and its length in characters.
    ends: Vec<(usize, usize)>,
    /// Characters of the part that is being read.
    n_open: usize,
}

impl Parts {
    /// The parts, in order, each with its length in characters. A part longer than [`LONGEST_PART`] is cut.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, usize)> {
        let mut start = 0;
        self.ends.iter().map(move |&(end, n_characters)| {
            let part = &self.text[start..end];
            start = end;
            (part, n_characters)
        })
    }

    fn push(&mut self, character: char) {
        self.n_open += 1;
        if self.n_open <= LONGEST_PART {
            self.text.push(character);
        }
    }

    fn push_single(&mut self, character: char) {
        self.close();
        self.push(character);
        self.close();
    }

    fn close(&mut self) {
        if self.n_open > 0 {
            self.ends.push((self.text.len(), self.n_open));
            self.n_open = 0;
        }
    }
}

impl Classes {
    /// Reads the compiled-in table.
    pub(crate) fn new() -> Self {
        let mut ranges = Vec::new();
        for row in rows(include_str!("../../data/characters.tsv")) {
            let [first, last, class] = row.columns().expect("three columns");
            let class = match class {
                "dropped" => Class::Dropped,
                "space" => Class::Space,
                "ideograph" | "punctuation" => Class::Single,
                other => panic!("unknown class of characters: {other}"),
            };
            let [first, last] = [first, last].map(|hexadecimal| {
                let number = u32::from_str_radix(hexadecimal, 16).expect("a hexadecimal number");
                char::from_u32(number).expect("a character")
            });
            ranges.push((first, last, class));
        }
        Self { ranges }
    }

    fn of(&self, character: char) -> Class {
        match character {
            '\t' | '\n' | '\r' | ' ' => Class::Space,
            _ if character.is_ascii_alphanumeric() => Class::Letter,
            _ if character.is_ascii_punctuation() => Class::Single,
            _ if character.is_ascii() => Class::Dropped,
            _ => {
                let after = self.ranges.partition_point(|&(first, _, _)| first <= character);
                match after.checked_sub(1).map(|at| self.ranges[at]) {
                    Some((_, last, class)) if character <= last => class,
                    _ => Class::Letter,
                }
            }
        }
    }

    /// Cuts a token into parts, and stops after `most` of them.
    pub(crate) fn cut(&self, token: &str, most: usize, parts: &mut Parts) {
        parts.text.clear();
        parts.ends.clear();
        parts.n_open = 0;
        for character in token.chars() {
            if parts.ends.len() >= most {
                return;
            }
            let character = plain(character);
            match self.of(character) {
                Class::Dropped => {}
                Class::Space => parts.close(),
                Class::Letter if character.is_ascii() => parts.push(character.to_ascii_lowercase()),
                Class::Letter => decompose_canonical(character, |basic| {
                    for lower in basic.to_lowercase() {
                        match self.of(lower) {
                            Class::Dropped => {}
                            Class::Letter | Class::Space => parts.push(lower),
                            Class::Single => parts.push_single(lower),
                        }
                    }
                }),
                Class::Single => parts.push_single(character),
            }
        }
        parts.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(token: &str, expected: &[&str]) {
        let mut parts = Parts::default();
        Classes::new().cut(token, 12, &mut parts);
        assert_eq!(parts.iter().map(|(part, _)| part).collect::<Vec<_>>(), expected, "{token:?}");
    }

    #[test]
    fn a_token_is_cut_at_its_marks() {
        check("Côte", &["cote"]);
        check("İstanbul\u{301}", &["istanbul"]);
        check("don\u{2019}t", &["don", "'", "t"]);
        check("U.S.", &["u", ".", "s", "."]);
        check("漢字x", &["漢", "字", "x"]);
        check("a\u{200B}b\u{0}", &["ab"]);
        check("\u{301}", &[]);
        check("—«", &["—", "«"]);
    }

    #[test]
    fn a_long_token_is_not_kept() {
        let mut parts = Parts::default();
        Classes::new().cut(&"-".repeat(100_000), 12, &mut parts);
        assert_eq!(parts.iter().count(), 12);
        Classes::new().cut(&"x".repeat(100_000), 12, &mut parts);
        assert_eq!(parts.iter().collect::<Vec<_>>(), [(&*"x".repeat(100), 100_000)]);
    }
}
