//! Factuality: status, polarity and certainty of an act, read from tense, aspect, modals, negation and embedding words.
//!
//! The walk starts at the trigger and climbs the tree while the clause has no tense of its own:
//!
//! - *Oslo attacked* occurred · *Oslo will meet* expected, with a date to come scheduled · *Oslo may meet* hypothetical
//! - *Oslo wants to meet* proposed · *Oslo did not meet*, *refused to meet*, *no meeting* negative
//! - *the planned summit*, *plans for a summit* expected · *the alleged attack* possible · *if Oslo attacks* hypothetical

mod climb;
mod hindrance;
pub(crate) mod model;
mod negation;
mod situation;
mod tense;

use dateline_core::{Certainty, Polarity, Status};
use dateline_lexicon::predicate::{self, Predicate};
use dateline_nlp::{Span, Token, Upos};

use crate::clause;
pub(crate) use hindrance::hindrance;

/// Maximum number of steps up the tree.
const REACH: usize = 10;

/// Status, polarity and certainty of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reality {
    /// `None` if nothing in the sentence decides it.
    pub(crate) status: Option<Status>,
    pub(crate) polarity: Polarity,
    pub(crate) certainty: Certainty,
    /// True if the clause of the act, or the verb that lends it a tense, is in the future.
    pub(crate) future: bool,
}

impl Reality {
    /// A plain fact, before any word changes it.
    const FACT: Self = Self {
        status: None,
        polarity: Polarity::Positive,
        certainty: Certainty::Certain,
        future: false,
    };

    fn claim(&mut self, status: Status) {
        self.status = self.status.or(Some(status));
    }

    pub(crate) fn doubt(&mut self, certainty: Certainty) {
        self.certainty = self.certainty.max(certainty);
    }

    pub(crate) fn negate(&mut self) {
        self.polarity = match self.polarity {
            Polarity::Positive => Polarity::Negative,
            Polarity::Negative => Polarity::Positive,
        };
    }

    fn apply(&mut self, entry: &Predicate) {
        if let Some(status) = entry.status {
            self.claim(status);
        }
        if entry.polarity == Polarity::Negative {
            self.negate();
        }
        self.doubt(entry.certainty);
    }
}

/// Verb that lends a noun its tense: *held* in *held talks*, *called off* in *called off the talks*.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Light<'a> {
    pub(crate) verb: Token<'a>,
    /// Effect of the verb on the act.
    pub(crate) effect: &'static Predicate,
}

/// Word that names an act: a verb, a noun or a predicate with a copula.
#[derive(Debug, Clone, Copy)]
struct Act<'a> {
    head: Token<'a>,
    light: Option<Light<'a>>,
}

/// Tense of a predicate, as far as it tells when something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    /// *left*, *did not leave*, *was leaving*, *was closed*, *was ready*.
    Past,
    /// *leaves*, *is leaving*, *is closed*.
    Present,
    /// *has left*, *had left*.
    Perfect,
    /// *leaving*.
    Participle,
    /// *to leave*, *will leave*, *may leave*.
    Open,
    /// A bare form: *leave*, *closed*; a word that is no predicate.
    None,
}

/// Returns the tense of a predicate.
pub(crate) fn tense(predicate: Token<'_>) -> Tense {
    match situation::tense(predicate).0 {
        "past" | "was doing" | "was done" | "was" => Tense::Past,
        "present" | "is doing" | "is done" | "is" => Tense::Present,
        "perfect" | "pluperfect" => Tense::Perfect,
        "doing" => Tense::Participle,
        "to" | "to have" | "modal" => Tense::Open,
        _ => Tense::None,
    }
}

/// One word's change to the reality of an act.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) cue: Span,
    pub(crate) before: Reality,
    pub(crate) after: Reality,
}

/// The reality read so far, and the observer of each step.
struct Walk<F> {
    reality: Reality,
    observe: F,
}

impl<F: FnMut(Step)> Walk<F> {
    /// Applies a change, and reports it if it had an effect.
    fn step<T>(&mut self, cue: Token<'_>, change: impl FnOnce(&mut Reality) -> T) -> T {
        let before = self.reality;
        let answer = change(&mut self.reality);
        if self.reality != before {
            (self.observe)(Step { cue: cue.span(), before, after: self.reality });
        }
        answer
    }
}

/// Reads the reality of an act. `light` is the verb that lends a noun its tense.
pub(crate) fn read<'a>(head: Token<'a>, light: Option<Light<'a>>) -> Reality {
    read_step_by_step(head, light, |_| {})
}

/// Reads as [`read`] does, and reports each word that had an effect, in the order of the walk.
pub(crate) fn read_step_by_step<'a>(
    head: Token<'a>,
    light: Option<Light<'a>>,
    observe: impl FnMut(Step),
) -> Reality {
    let act = Act { head, light };
    let mut walk = Walk { reality: Reality::FACT, observe };
    let mut word = act.head;
    let mut below = None;
    for _ in 0..REACH {
        let is_verb = word.upos() == Upos::Verb || clause::copula(word).is_some();
        for modifier in word.children() {
            if let Some(entry) = predicate::modifier(modifier) {
                walk.step(modifier, |reality| reality.apply(entry));
            }
        }
        let is_counted = below.is_some_and(negation::shared);
        if !is_counted && negation::beside(word, below).is_some() {
            walk.step(negation::cue(word), Reality::negate);
        }
        let unsettled = |reality: &mut Reality| {
            reality.claim(Status::Hypothetical);
            reality.doubt(Certainty::Possible);
        };
        if let Some(mark) = tense::condition(word).filter(|_| is_verb) {
            walk.step(mark, unsettled);
        }
        if is_verb && tense::is_asked(word) {
            walk.step(word, unsettled);
        }
        let settled =
            is_verb && walk.step(tense::carrier(word), |reality| tense::tense(word, reality));
        let Some(head) = clause::near_head(word) else { break };
        if settled || !walk.step(head, |reality| climb::climb(word, head, act, reality)) {
            break;
        }
        below = Some(word);
        word = head;
    }
    if walk.reality.status.is_none()
        && let Some(schedule) = act.head.ancestors().take(REACH).find(|at| is_schedule(*at))
    {
        walk.step(schedule, |reality| reality.claim(Status::Scheduled));
    }
    walk.reality
}

/// Returns true for a noun that lists acts to come: *a packed schedule … starting with the summit*.
fn is_schedule(word: Token<'_>) -> bool {
    word.upos() == Upos::Noun
        && predicate::governing_act(word)
            .is_some_and(|entry| entry.status == Some(Status::Scheduled))
}

#[cfg(test)]
mod tests {
    use dateline_nlp::{English, ReaderKind};

    use super::*;

    /// Draws the reality of a word: status, sign of the polarity, certainty.
    fn reality(english: &English, text: &str, word: &str) -> String {
        let analysis = english.analyze(text);
        let token = analysis.tokens().find(|token| token.text() == word);
        let reality = read(token.expect("the word is in the text"), None);
        let status = reality.status.map_or("open".to_owned(), |status| format!("{status:?}"));
        let sign = match reality.polarity {
            Polarity::Positive => '+',
            Polarity::Negative => '-',
        };
        format!("{} {sign} {:?}", status, reality.certainty).to_lowercase()
    }

    #[track_caller]
    fn check(english: &English, text: &str, word: &str, expected: &str) {
        assert_eq!(reality(english, text, word), expected, "{word} in: {text}");
    }

    #[test]
    fn embedding_words_decide_the_reality_of_an_act() {
        let english = English::new(ReaderKind::Fast);
        let check = |text: &str, word: &str, expected: &str| check(&english, text, word, expected);
        check("The rebels managed to seize the port.", "seize", "occurred + certain");
        check("The rebels did not manage to seize the port.", "seize", "occurred - certain");
        check("The rebels failed to seize the port.", "seize", "occurred - certain");
        check("The rebels did not fail to seize the port.", "seize", "occurred + certain");
        check("The minister did not bother to reply.", "reply", "occurred - certain");
        check("The minister refused to resign.", "resign", "expected - certain");
        check("The general hesitated to attack.", "attack", "occurred - probable");
        check("The general did not hesitate to attack.", "attack", "occurred + probable");
        check(
            "Police prevented the crowd from reaching the square.",
            "reaching",
            "occurred - certain",
        );
        check("The army forced the villagers to leave.", "leave", "occurred + certain");
        check("The ships did not appear to have left.", "left", "occurred - probable");
        check("The envoy pretended to sign the paper.", "sign", "occurred - certain");
    }

    #[test]
    fn negation_reaches_the_clause_from_wherever_it_stands() {
        let english = English::new(ReaderKind::Fast);
        let check = |text: &str, word: &str, expected: &str| check(&english, text, word, expected);
        check("No envoy met the rebels.", "met", "occurred - certain");
        check("Nobody attacked the convoy.", "attacked", "occurred - certain");
        check("None of the envoys met the rebels.", "met", "occurred - certain");
        check("Neither side signed the treaty.", "signed", "occurred - certain");
        check("The two sides signed no treaty.", "signed", "occurred - certain");
        check("The envoys left without meeting the rebels.", "meeting", "occurred - certain");
        check("The troops no longer patrol the border.", "patrol", "occurred - certain");
        check("The army did not bomb or shell the town.", "shell", "occurred - certain");
        check("The army did not bomb but shelled the town.", "shelled", "occurred + certain");
        check("The army not only bombed the town.", "bombed", "occurred + certain");
        check("The troops have yet to leave.", "leave", "occurred - certain");
    }

    #[test]
    fn questions_are_not_reports() {
        let english = English::new(ReaderKind::Fast);
        let check = |text: &str, word: &str, expected: &str| check(&english, text, word, expected);
        check("Did the ministers sign the treaty?", "sign", "hypothetical + possible");
        check("Why did the ministers sign the treaty?", "sign", "occurred + certain");
    }
}
