//! Small classes of words that a rule asks for by name.
//!
//! The table is `data/en/word-classes.tsv`.

use std::sync::LazyLock;

use dateline_data::{Table, labels};

labels! {
    /// Class of words.
    pub enum WordClass, one of "a class of words" {
        /// Calls an act an answer in kind: *retaliatory tariffs*.
        Answer = "answer",
        /// The same inside a hyphenated chain: *tit-for-tat expulsions*.
        AnswerChain = "answer-chain",
        /// Pronoun for whoever speaks: *we*.
        FirstPerson = "first-person",
        /// Noun for what one gives another, and may withhold: *aid*.
        Gift = "gift",
        /// Verb whose subject *it* means nothing before a clause: *it seems that …*.
        Impersonal = "impersonal",
        /// Word after *not* that limits instead of denying: *not only*.
        Limiter = "limiter",
        /// Word of negation, as written in lowercase: *never*.
        Negation = "negation",
        /// Particle of a verb that is sometimes read as a preposition: *off*.
        Particle = "particle",
        /// Verb that says that its subject takes place: *the talks began*.
        TakesPlace = "takes-place",
        /// Word for many, but not how many, as written in lowercase: *dozens*.
        VagueNumber = "vague-number",
        /// Word that denies almost: *hardly*.
        WeakNegation = "weak-negation",
    }
}

const TABLE: &str = include_str!("../data/en/word-classes.tsv");

/// Each word with a bit for each class.
static WORDS: LazyLock<Table<u16>> = LazyLock::new(|| {
    Table::read(TABLE, |columns| {
        let class =
            |name: &str| name.parse::<WordClass>().expect("word-classes.tsv is read by a test");
        columns[1].split(',').fold(0, |bits, name| bits | 1 << class(name) as u16)
    })
});

impl WordClass {
    /// Returns true if a word is in the class. The word is matched in lowercase.
    ///
    /// ```
    /// use dateline_lexicon::WordClass;
    ///
    /// assert!(WordClass::Negation.has("never"));
    /// assert!(!WordClass::Negation.has("always"));
    /// ```
    ///
    /// # Panics
    ///
    /// Never: a test reads the table.
    pub fn has(self, word: &str) -> bool {
        WORDS.get(word).is_some_and(|bits| bits & 1 << self as u16 != 0)
    }
}

#[cfg(test)]
mod tests {
    use dateline_data::rows;

    use super::*;

    #[test]
    fn every_row_reads_and_every_class_has_words() {
        for row in rows(TABLE) {
            let [_, classes, _] = row.columns().expect("three columns");
            for class in classes.split(',') {
                assert!(class.parse::<WordClass>().is_ok(), "{}", row.text());
            }
        }
        for class in WordClass::ALL {
            assert!(WORDS.entries().any(|(word, _)| class.has(word)), "{class} has no word");
        }
    }
}
