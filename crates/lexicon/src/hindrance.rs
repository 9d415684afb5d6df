//! Hindrances: words that say of an act that it was called off, put off or kept from happening, or that it is not so.
//!
//! *The visit was shelved*, *the talks fell through*, *stopped short of imposing sanctions*, *no indication that Oslo attacked*.
//! The words are rows of `data/en/hindrances.tsv`.

use std::sync::LazyLock;

use dateline_core::{Certainty, Polarity, Status};
use dateline_data::{Row, rows};
use dateline_nlp::{Token, Upos};

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hindrance {
    lemma: &'static str,
    /// Words after the lemma, separated by spaces.
    idiom: &'static str,
    pos: Upos,
    act: Place<'static>,
    /// True if the row holds of the negated word only: *no indication that …*.
    pub if_negated: bool,
    /// Status of the act. `None` leaves it open.
    pub status: Option<Status>,
    /// `Negative` if the act is said not to take place.
    pub polarity: Polarity,
    /// Upper limit of the certainty of the act.
    pub certainty: Certainty,
    /// True if the word keeps back what somebody would get: *withheld aid*.
    pub withholds: bool,
}

/// Place of an act beside the word that hinders it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// *the talks fell through*
    Subject,
    /// *shelved the visit*, *the visit was shelved*
    Object,
    /// *ruled out sending troops*
    Participle,
    /// *no indication that Oslo attacked*
    Clause,
    /// After a preposition, or *to*: *stopped short of attacking*, *no plans to attack*.
    Behind(&'a str),
}

static HINDRANCES: LazyLock<Vec<Hindrance>> = LazyLock::new(|| {
    rows(TABLE).map(|row| read(row).expect("hindrances.tsv is read by a test")).collect()
});

const TABLE: &str = include_str!("../data/en/hindrances.tsv");

/// Returns what a word with its idiom says of an act in a place beside it. A longer idiom precedes a shorter one.
///
/// ```
/// use dateline_core::Status;
/// use dateline_lexicon::hindrance::{self, Place};
/// use dateline_nlp::{English, ReaderKind};
///
/// let analysis = English::new(ReaderKind::Fast).analyze("The talks fell through.");
/// let fell = analysis.tokens().nth(2).unwrap();
/// let found = hindrance::of(fell, Place::Subject).unwrap();
/// assert_eq!(found.status, Some(Status::Cancelled));
/// assert!(hindrance::of(fell, Place::Object).is_none());
/// ```
pub fn of(word: Token<'_>, act: Place<'_>) -> Option<&'static Hindrance> {
    let lemma = word.lemma();
    let from = HINDRANCES.partition_point(|row| row.lemma < lemma);
    HINDRANCES[from..]
        .iter()
        .take_while(|row| row.lemma == lemma)
        .filter(|row| row.pos == word.upos() && row.act == act && follows(word, row.idiom))
        .max_by_key(|row| row.idiom.len())
}

/// Returns true if the words of an idiom stand right behind a word, or its only word is the particle of a verb.
fn follows(word: Token<'_>, idiom: &str) -> bool {
    let mut next = word.next();
    let together = idiom.split(' ').filter(|part| !part.is_empty()).all(|part| {
        let is_next = next.is_some_and(|token| token.text().eq_ignore_ascii_case(part));
        next = next.and_then(Token::next);
        is_next
    });
    together || crate::predicate::particle(word).is_some_and(|found| found.lemma() == idiom)
}

fn read(row: Row<'static>) -> Option<Hindrance> {
    let [words, pos, act, negated, status, polarity, certainty, withholds, _source] =
        row.columns()?;
    let (lemma, idiom) = words.split_once(' ').unwrap_or((words, ""));
    Some(Hindrance {
        lemma,
        idiom,
        pos: match pos {
            "adj" => Upos::Adj,
            "noun" => Upos::Noun,
            "verb" => Upos::Verb,
            _ => return None,
        },
        act: match act {
            "subject" => Place::Subject,
            "object" => Place::Object,
            "participle" => Place::Participle,
            "clause" => Place::Clause,
            preposition => Place::Behind(preposition),
        },
        if_negated: match negated {
            "not" => true,
            "-" => false,
            _ => return None,
        },
        status: match status {
            "-" => None,
            _ => Some(status.parse().ok()?),
        },
        polarity: polarity.parse().ok()?,
        certainty: certainty.parse().ok()?,
        withholds: match withholds {
            "yes" => true,
            "-" => false,
            _ => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_reads_says_something_and_is_in_order() {
        for row in rows(TABLE) {
            let found = read(row).unwrap_or_else(|| panic!("{}", row.text()));
            let says =
                found.status.is_some() || found.polarity == Polarity::Negative || found.withholds;
            assert!(says, "{}", row.text());
        }
        assert!(HINDRANCES.is_sorted_by_key(|row| row.lemma));
    }
}
