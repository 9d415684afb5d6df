//! Hindrance: words that say of an act that it was called off, put off or kept from happening, or that it is not so.
//!
//! - cancelled: *the talks fell through*, *the visit was shelved*, *was to have visited Oslo*
//! - postponed: *put the summit on hold*, *talks were suspended*
//! - negative: *stopped short of attacking*, *ruled out sending troops*, *will not go ahead*, *no indication that Oslo attacked*
//! - withheld: *froze aid to Oslo*, *the arms were held up*, which are acts of their own and no aid
//! - silent: *did not rule out talks*, *may call off the visit*
//!
//! The factuality model was trained on what the rules said without this one, so it is no part of [`read`](super::read).

use dateline_core::{Certainty, Polarity, Status};
use dateline_lexicon::{
    WordClass,
    hindrance::{self, Place},
    predicate,
};
use dateline_nlp::{Deprel, Token, Upos, Xpos};

use super::{Reality, negation, situation};
use crate::clause;

/// Maximum number of steps from an act to the word that hinders it.
const STEPS: usize = 4;

/// Effect of a word on an act it hinders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hindrance<'a> {
    /// The word that hinders.
    pub(crate) cue: Token<'a>,
    status: Option<Status>,
    polarity: Polarity,
    certainty: Certainty,
    /// True if the act is a gift that is kept back: the keeping back is an act of its own.
    pub(crate) withholds: bool,
}

/// Returns what hinders an act, if the text says that something does.
pub(crate) fn hindrance(act: Token<'_>) -> Option<Hindrance<'_>> {
    if let Some(cue) = was_to_have(act) {
        let (polarity, certainty) = (Polarity::Positive, Certainty::Certain);
        let status = Some(Status::Cancelled);
        return Some(Hindrance { cue, status, polarity, certainty, withholds: false });
    }
    let is_gift = clause::is_of(act, WordClass::Gift);
    let mut word = act;
    for _ in 0..STEPS {
        let mut above = clause::near_head(word)?;
        // *stopped short | of attacking*
        if above.deprel() == Deprel::Advmod {
            above = clause::near_head(above)?;
        }
        if let Some(row) = place(word).and_then(|place| hindrance::of(above, place))
            && row.if_negated == is_negated(above)
            && (row.if_negated || is_fact(above))
        {
            let withholds = row.withholds && is_gift;
            return Some(Hindrance {
                cue: above,
                status: row.status.filter(|_| !withholds),
                polarity: if withholds { Polarity::Positive } else { row.polarity },
                certainty: row.certainty,
                withholds,
            });
        }
        if !shares_fate(word, above) {
            return None;
        }
        word = above;
    }
    None
}

impl Reality {
    /// Applies a hindrance. A plan that was called off is certain to be off.
    pub(crate) fn hinder(&mut self, hindrance: Hindrance<'_>) {
        if hindrance.status.is_some() {
            self.status = hindrance.status;
            self.certainty = hindrance.certainty;
        }
        if hindrance.polarity == Polarity::Negative {
            self.polarity = Polarity::Negative;
        }
        self.doubt(hindrance.certainty);
    }
}

/// Returns the place of a word beside its head.
fn place(word: Token<'_>) -> Option<Place<'_>> {
    match word.deprel() {
        Deprel::Nsubj => Some(Place::Subject),
        Deprel::Obj | Deprel::NsubjPass => Some(Place::Object),
        Deprel::Obl | Deprel::Nmod => {
            // *backed out of the talks*: the last preposition governs the noun.
            let case =
                |child: &Token<'_>| child.deprel() == Deprel::Case && child.xpos() == Xpos::IN;
            let case = word.children().filter(case).last()?;
            Some(Place::Behind(case.lemma()))
        }
        Deprel::Advcl | Deprel::Acl | Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj
            if clause::is_predicate(word) =>
        {
            let mark = word.child(Deprel::Mark);
            match mark {
                Some(mark) if mark.xpos() == Xpos::TO => Some(Place::Behind("to")),
                Some(mark) if word.xpos() == Xpos::VBG => Some(Place::Behind(mark.lemma())),
                None if word.xpos() == Xpos::VBG => Some(Place::Participle),
                _ => Some(Place::Clause),
            }
        }
        _ => None,
    }
}

/// Returns true if what hinders the head hinders the word: *imposing sanctions*, *plans for a summit*, *talks and visits*.
fn shares_fate(word: Token<'_>, head: Token<'_>) -> bool {
    let is_plan = head.upos() == Upos::Noun && predicate::governing_act(head).is_some();
    match word.deprel() {
        Deprel::Conj => head.upos() == word.upos(),
        Deprel::Obj => {
            head.upos() == Upos::Verb && (head.xpos() == Xpos::VBG || clause::is_infinitive(head))
        }
        Deprel::Nmod => is_plan,
        Deprel::Acl => is_plan && (word.xpos() == Xpos::VBG || clause::is_infinitive(word)),
        _ => false,
    }
}

/// Returns true if a word is negated, or its existence is: *there were not any reports*.
fn is_negated(word: Token<'_>) -> bool {
    negation::of(word).is_some() || clause::existence(word).is_some_and(clause::is_negated)
}

/// Returns true unless a hindrance is itself no more than possible.
fn is_fact(word: Token<'_>) -> bool {
    if !clause::is_predicate(word) {
        return true;
    }
    let reality = super::read(word, None);
    reality.polarity == Polarity::Positive
        && !matches!(reality.status, Some(Status::Hypothetical | Status::Proposed))
}

/// Returns *was* of *was to have visited*.
fn was_to_have(verb: Token<'_>) -> Option<Token<'_>> {
    let is_to_have = verb.xpos() == Xpos::VBN && situation::tense(verb).0 == "to have";
    let was = |word: &Token<'_>| clause::is(*word, "be") && word.xpos() == Xpos::VBD;
    let own = || verb.children().find(was);
    is_to_have.then(|| own().or_else(|| verb.head().filter(was))).flatten()
}

#[cfg(test)]
mod tests {
    use dateline_nlp::{English, ReaderKind};

    use super::*;

    /// Draws what hinders a word: status, sign of the polarity, and whether it is withheld.
    #[track_caller]
    fn check(english: &English, text: &str, word: &str, expected: &str) {
        let analysis = english.analyze(text);
        let token = analysis.tokens().find(|token| token.text() == word);
        let found = hindrance(token.expect("the word is in the text"));
        let drawn = found.map_or("nothing".to_owned(), |found| {
            let status = found.status.map_or("open", Status::as_str);
            let sign = if found.polarity == Polarity::Negative { "-" } else { "+" };
            let withheld = if found.withholds { " withheld" } else { "" };
            format!("{}: {status} {sign}{withheld}", found.cue.text())
        });
        assert_eq!(drawn, expected, "{word} in: {text}");
    }

    #[test]
    fn acts_are_called_off_and_put_off() {
        let english = English::new(ReaderKind::Fast);
        let check = |text: &str, word: &str, expected: &str| check(&english, text, word, expected);
        check("The talks between Peru and Chile fell through.", "talks", "fell: cancelled +");
        check("Peru shelved the visit to Chile.", "visit", "shelved: cancelled +");
        check("The talks were suspended.", "talks", "suspended: postponed +");
        check("The minister put off the visit.", "visit", "put: postponed +");
        check("The president was to have visited Chile.", "visited", "was: cancelled +");
        check("Peru may call off the visit.", "visit", "nothing");
        check("Peru did not cancel the visit.", "visit", "nothing");
    }

    #[test]
    fn acts_are_kept_from_happening_or_said_not_to_be() {
        let english = English::new(ReaderKind::Fast);
        let check = |text: &str, word: &str, expected: &str| check(&english, text, word, expected);
        check("Peru said the summit would not go ahead.", "summit", "go: expected -");
        check("Peru stopped short of imposing sanctions on Chile.", "imposing", "stopped: open -");
        check("Peru stopped short of imposing sanctions on Chile.", "sanctions", "stopped: open -");
        check("Peru ruled out sending troops to Chile.", "sending", "ruled: expected -");
        check("Peru did not rule out talks with Chile.", "talks", "nothing");
        check("Peru has no plans to attack Chile.", "attack", "plans: expected -");
        check("There is no indication that Peru attacked Chile.", "attacked", "indication: open -");
        check("It is not true that Peru attacked Chile.", "attacked", "true: open -");
        check("It is true that Peru attacked Chile.", "attacked", "nothing");
    }

    #[test]
    fn withheld_gifts_are_no_gifts() {
        let english = English::new(ReaderKind::Fast);
        let check = |text: &str, word: &str, expected: &str| check(&english, text, word, expected);
        check("The ministry has withheld the aid.", "aid", "withheld: open + withheld");
        check("Peru froze aid to Chile.", "aid", "froze: open + withheld");
        check("The aid was held up.", "aid", "held: open + withheld");
        check("Peru blocked the visit.", "visit", "blocked: open -");
        check("Peru sent aid to Chile.", "aid", "nothing");
    }
}
