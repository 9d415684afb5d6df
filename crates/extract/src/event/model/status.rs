//! Status of an event, and whether it is denied.

use dateline_core::{Polarity, Status, codes::PloverType};
use dateline_nlp::{Deprel, Token, Upos, logit};

use crate::{
    event::found::Found,
    linear::{hash, mixed},
    sparse::Features,
};

/// Kind of feature.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Share of each status by the reader.
    Share,
    Best,
    BestRule,
    Rule,
    Told,
    ToldBest,
    RuleType,
    Type,
    Tag,
    Denied,
    Negative,
    NegativeDenied,
    Ahead,
    Lemma,
    /// Tags and auxiliaries of the verb that tells the time of the act.
    Tense,
    TenseBest,
    Auxiliary,
    Verb,
    /// Relation of the word, and the words it depends on.
    Relation,
    Above,
    AboveTag,
    Beyond,
    /// Small words below it: determiners, prepositions, adverbs.
    Below,
    TypeTense,
    TypeBest,
}

impl From<Kind> for u32 {
    fn from(kind: Kind) -> Self {
        300 + kind as Self
    }
}

/// Reality of an act by the rules.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ByRule {
    pub(crate) status: Status,
    /// A word tells the status.
    pub(crate) is_told: bool,
    pub(crate) polarity: Polarity,
    /// Its day is after that of publication.
    pub(crate) is_ahead: bool,
}

/// Reads the features of an event of a type. The same serve both models.
pub(crate) fn features(found: &Found<'_>, kind: PloverType, rule: ByRule, out: &mut Features) {
    out.clear();
    let by_rule = hash(rule.status.as_str());
    let kind = hash(kind.as_str());
    let negative = u32::from(rule.polarity == Polarity::Negative);
    out.add(Kind::Rule, by_rule);
    out.add(Kind::Told, mixed(by_rule, u32::from(rule.is_told)));
    out.add(Kind::RuleType, mixed(by_rule, kind));
    out.add(Kind::Type, kind);
    out.add(Kind::Tag, mixed(by_rule, hash(found.act.head.xpos().as_str())));
    out.add(Kind::Lemma, hash(found.act.head.lemma()));
    out.add(Kind::Negative, negative);
    out.add(Kind::Ahead, u32::from(rule.is_ahead));
    let verb = telling(found);
    let tense = hash(verb.xpos().as_str());
    let mut auxiliaries = 0;
    for child in verb.children().take(MOST_CHILDREN) {
        if matches!(child.deprel(), Deprel::Aux | Deprel::AuxPass | Deprel::Cop) {
            auxiliaries = mixed(auxiliaries, hash(&child.text().to_lowercase()));
        }
    }
    let noun = u32::from(verb != found.act.head);
    out.add(Kind::Tense, mixed(tense, noun));
    out.add(Kind::Auxiliary, mixed(auxiliaries, tense));
    out.add(Kind::Verb, mixed(hash(verb.lemma()), noun));
    around(found.act.head, out);
    out.add(Kind::TypeTense, mixed(mixed(kind, tense), noun));
    let Some(trigger) = found.trigger else { return };
    let best = trigger.statuses.iter().copied().max().unwrap_or(0);
    for (score, number) in trigger.statuses.iter().zip(0..) {
        out.number(mixed(Kind::Share.into(), number), logit(*score) - logit(best), 1.0, 6.0);
        if *score == best {
            out.add(Kind::Best, number);
            out.add(Kind::TypeBest, mixed(kind, number));
            out.add(Kind::BestRule, mixed(by_rule, number));
            out.add(Kind::ToldBest, mixed(mixed(by_rule, u32::from(rule.is_told)), number));
            out.add(Kind::TenseBest, mixed(mixed(tense, auxiliaries), number));
        }
    }
    out.number(Kind::Denied, logit(trigger.denied), 1.0, 6.0);
    out.number(mixed(Kind::NegativeDenied.into(), negative), logit(trigger.denied), 2.0, 6.0);
}

/// Adds the words around an act in the tree.
fn around(head: Token<'_>, out: &mut Features) {
    let relation = hash(head.deprel().as_str());
    out.add(Kind::Relation, mixed(relation, hash(head.xpos().as_str())));
    if let Some(above) = head.head() {
        let lemma = hash(&above.lemma().to_lowercase());
        out.add(Kind::Above, mixed(lemma, relation));
        out.add(Kind::AboveTag, mixed(hash(above.xpos().as_str()), relation));
        if let Some(beyond) = above.head() {
            out.add(
                Kind::Beyond,
                mixed(hash(&beyond.lemma().to_lowercase()), hash(above.deprel().as_str())),
            );
        }
    }
    for child in head.children().take(MOST_CHILDREN) {
        let is_small = matches!(
            child.deprel(),
            Deprel::Det
                | Deprel::Case
                | Deprel::Advmod
                | Deprel::Mark
                | Deprel::Amod
                | Deprel::Nummod
        );
        if is_small {
            out.add(
                Kind::Below,
                mixed(hash(&child.lemma().to_lowercase()), hash(child.upos().as_str())),
            );
        }
    }
}

/// Maximum number of children looked at.
const MOST_CHILDREN: usize = 16;

/// Returns the verb that tells the time of an act: itself, the light verb, or the nearest verb above.
fn telling<'a>(found: &Found<'a>) -> Token<'a> {
    let head = found.act.head;
    if head.upos() == Upos::Verb {
        return head;
    }
    if let Some((verb, _)) = found.act.light {
        return verb;
    }
    head.ancestors().take(4).find(|above| above.upos() == Upos::Verb).unwrap_or(head)
}
