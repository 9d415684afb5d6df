//! Features of a word: its clause, the clauses that embed it, and the words around it.

use dateline_core::{Polarity, Status};
use dateline_data::{Lower, fnv};
use dateline_lexicon::predicate;
use dateline_nlp::{Deprel, Token, Upos, Xpos};

use super::BUCKETS;
use crate::{
    clause,
    factuality::{
        Reality,
        situation::{self, Situation},
    },
    linear::{Weights, hash, mixed},
};

/// Number of clauses above a word that are looked at.
const LEVELS: usize = 3;

/// Passes on features. A feature is a family, numbered in the code, with its values.
struct FeatureSink<F> {
    out: F,
}

impl<F: FnMut(u32)> FeatureSink<F> {
    fn add(&mut self, family: u32, values: &[u32]) {
        let all = values.iter().fold(family.wrapping_mul(0x85eb_ca6b), |all, &one| mixed(all, one));
        (self.out)(Weights::<BUCKETS>::bucket(all));
    }
}

/// Hashes of the values of a clause.
#[derive(Clone, Copy)]
struct Values {
    lemma: u32,
    tag: u32,
    tense: u32,
    modal: u32,
    negation: u32,
    subject: u32,
    mark: u32,
    condition: u32,
    deprel: u32,
    /// Effect on what it embeds.
    signature: u32,
    class: u32,
    /// Source of doubt in the clause: a negation, a condition, a question or a modal.
    environment: u32,
}

impl Values {
    fn of(word: Token<'_>, situation: &Situation<'_>, asked: bool) -> Self {
        let environment = match () {
            () if !situation.negation.is_empty() => "not",
            () if situation.condition == "if" || situation.condition == "in if" => "if",
            () if asked => "?",
            () if !situation.modal.is_empty() => "modal",
            () => "",
        };
        Self {
            lemma: hash(word.lemma()),
            tag: hash(word.xpos().as_str()),
            tense: hash(situation.tense),
            modal: hash(situation.modal),
            negation: hash(situation.negation),
            subject: hash(situation.subject),
            mark: hash(situation.mark),
            condition: hash(situation.condition),
            deprel: hash(word.deprel().as_str()),
            signature: signature(word),
            class: hash(predicate::clause_class(word)),
            environment: hash(environment),
        }
    }
}

/// Returns one hash of what a word says about the act it governs.
fn signature(word: Token<'_>) -> u32 {
    let Some(entry) = predicate::governing_act(word) else { return hash("") };
    let status = entry.status.map_or("-", Status::as_str);
    let polarity = match entry.polarity {
        Polarity::Positive => "+",
        Polarity::Negative => "-",
    };
    // The weights were trained on the cells of a table row whose last cell was always `own`.
    let cells = [status, "\t", polarity, "\t", entry.certainty.as_str(), "\town"];
    fnv::hash_32(cells.iter().flat_map(|cell| cell.bytes()))
}

/// Returns the values that the rules have read.
fn rules_of(reality: Reality) -> [u32; 3] {
    [
        reality.status.map_or(0, |status| status as u32 + 1),
        reality.polarity as u32,
        reality.certainty as u32,
    ]
}

/// Passes on the features of a word of which only the reading of the rules is known, such as a noun.
pub(crate) fn coarse(reality: Reality, out: impl FnMut(u32)) {
    let mut seen = FeatureSink { out };
    let [status, polarity, certainty] = rules_of(reality);
    seen.add(90, &[status, polarity, certainty]);
    seen.add(91, &[status, polarity]);
    seen.add(92, &[polarity, certainty]);
    seen.add(93, &[polarity]);
}

/// Passes on the features of a predicate. `reality` is the reading of the rules.
pub(crate) fn features(word: Token<'_>, reality: Reality, out: impl FnMut(u32)) {
    let mut seen = FeatureSink { out };
    let asked = is_asked(word);
    let situation = situation::of(word);
    let own = Values::of(word, &situation, asked);
    let asked = u32::from(asked);
    let rules = hash_all(&rules_of(reality));
    seen.add(0, &[]);
    seen.add(1, &[rules]);
    seen.add(2, &[rules, own.tense]);
    seen.add(3, &[rules, own.negation]);
    seen.add(4, &[own.lemma]);
    seen.add(5, &[own.lemma, own.tense]);
    seen.add(6, &[own.lemma, own.negation]);
    seen.add(7, &[own.tag, own.deprel]);
    seen.add(8, &[own.tense, own.modal]);
    seen.add(9, &[own.tense, own.modal, own.negation]);
    seen.add(10, &[own.tense, own.modal, own.negation, own.subject]);
    seen.add(11, &[own.tense, own.modal, own.negation, own.deprel]);
    seen.add(12, &[own.tense, own.modal, own.condition]);
    seen.add(13, &[own.mark, own.tense]);
    seen.add(14, &[own.mark, own.deprel]);
    seen.add(15, &[own.subject, own.tense]);
    seen.add(16, &[own.subject, own.lemma]);
    seen.add(17, &[asked, own.tense, own.modal, own.subject]);
    seen.add(18, &[asked, own.deprel, own.negation]);
    seen.add(19, &[asked, own.condition, own.modal]);
    seen.add(20, &[own.negation]);
    seen.add(21, &[own.condition]);
    seen.add(22, &[own.lemma, own.deprel]);
    seen.add(23, &[own.signature, own.tense, own.negation]);
    around(word, own, &mut seen);
    below(word, own, &mut seen);
    above(word, own, asked, &mut seen);
}

/// Adds the words beside it and the sentence.
fn around(word: Token<'_>, own: Values, seen: &mut FeatureSink<impl FnMut(u32)>) {
    let lemma = |token: Option<Token<'_>>| token.map_or(0, |token| hash(token.lemma()));
    let before = word.previous();
    let (one, two) = (lemma(before), lemma(before.and_then(Token::previous)));
    let after = word.next();
    seen.add(30, &[one]);
    seen.add(31, &[one, two]);
    seen.add(32, &[lemma(after)]);
    seen.add(33, &[lemma(after), lemma(after.and_then(Token::next))]);
    seen.add(34, &[two]);
    seen.add(35, &[one, own.lemma]);
    let sentence = word.sentence();
    let first = sentence.first();
    seen.add(36, &[hash(first.lemma())]);
    seen.add(37, &[hash(first.lemma()), own.tense]);
    seen.add(38, &[hash(sentence.last().text())]);
    let length = match sentence.tokens().len() {
        0..8 => 0,
        8..20 => 1,
        20..40 => 2,
        _ => 3,
    };
    seen.add(39, &[length, own.tense]);
    let quoted = sentence.tokens().take(40).any(|token| matches!(token.text(), "\"" | "“" | "``"));
    seen.add(40, &[u32::from(quoted), own.tense]);
}

/// Adds the words that depend on it.
fn below(word: Token<'_>, own: Values, seen: &mut FeatureSink<impl FnMut(u32)>) {
    for child in word.children().take(16) {
        let deprel = hash(child.deprel().as_str());
        match child.deprel() {
            Deprel::Punct => continue,
            Deprel::Advmod | Deprel::Aux | Deprel::Cop | Deprel::AuxPass | Deprel::Mark => {
                let text = Lower::<20>::without_stop(child.text());
                let text = hash(text.as_str());
                seen.add(50, &[deprel, text]);
                seen.add(51, &[deprel, text, own.tense]);
            }
            Deprel::Advcl | Deprel::Ccomp | Deprel::Xcomp => {
                let mark = child.child(Deprel::Mark).map_or(0, |mark| hash(mark.lemma()));
                seen.add(52, &[deprel, mark, hash(child.xpos().as_str())]);
                seen.add(53, &[deprel, own.lemma]);
            }
            _ => {
                let definite = child.child(Deprel::Det).map_or(0, |det| hash(det.lemma()));
                seen.add(54, &[deprel, definite]);
                seen.add(55, &[deprel, hash(child.lemma())]);
                let case = child.child(Deprel::Case).map_or(0, |case| hash(case.lemma()));
                seen.add(56, &[deprel, case, hash(child.xpos().as_str())]);
            }
        }
        seen.add(57, &[deprel, own.tag]);
    }
}

/// Adds the clauses that embed it.
fn above(word: Token<'_>, own: Values, asked: u32, seen: &mut FeatureSink<impl FnMut(u32)>) {
    let mut below = word;
    let mut values = own;
    let mut path = 0;
    for level in 0..LEVELS {
        let Some(head) = clause::near_head(below) else {
            seen.add(60, &[u32::try_from(level).unwrap_or(0), own.tense]);
            break;
        };
        let situation = situation::of(head);
        let up = Values::of(head, &situation, asked != 0);
        let relation = values.deprel;
        path = mixed(path, relation);
        let base = 100 + 40 * u32::try_from(level).unwrap_or(0);
        let mut add = |family: u32, list: &[u32]| seen.add(base + family, list);
        add(0, &[relation, up.lemma]);
        add(1, &[path, own.tense, up.tense, up.modal]);
        add(2, &[relation, up.lemma, up.negation]);
        add(3, &[relation, up.tense, up.modal, up.negation]);
        add(4, &[relation, up.lemma, values.tense]);
        add(5, &[relation, up.signature, up.negation]);
        add(6, &[relation, up.signature, up.negation, values.tense]);
        add(7, &[path]);
        add(8, &[path, own.mark]);
        add(9, &[relation, up.condition, up.modal]);
        add(10, &[relation, asked, up.subject]);
        add(11, &[relation, values.mark, up.tag]);
        if level < 2 {
            add(12, &[relation, up.class, up.environment]);
            add(13, &[relation, up.class, up.environment, up.subject]);
            add(14, &[relation, up.class, up.environment, up.tense]);
            add(15, &[relation, up.class, up.environment, own.tense, own.negation]);
            add(16, &[relation, up.environment, values.mark, up.subject]);
            add(17, &[up.lemma, up.environment]);
            add(18, &[up.lemma, up.subject, up.tense]);
            add(19, &[up.lemma, up.subject, up.negation]);
            add(20, &[relation, up.environment, own.modal, own.tense]);
            add(21, &[relation, up.class, up.environment, values.mark]);
            add(22, &[up.class, up.environment, up.modal]);
            add(23, &[up.class, up.environment, own.modal]);
            add(24, &[up.lemma, own.negation, up.negation]);
        }
        (below, values) = (head, up);
    }
}

/// Returns true if the sentence of a clause ends in a question mark.
fn is_asked(word: Token<'_>) -> bool {
    let sentence = word.sentence();
    sentence.tokens().rev().take(3).any(|token| token.text().contains('?'))
        && !(word.upos() == Upos::Noun && word.xpos() == Xpos::NNP)
}

fn hash_all(values: &[u32]) -> u32 {
    values.iter().fold(7, |all, &one| mixed(all, one))
}
