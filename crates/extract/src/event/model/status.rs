//! Status of an event, and whether it is denied.

use dateline_core::{Polarity, Status, codes::PloverType};

use super::{logit, sparse::Features};
use crate::{
    event::found::Found,
    linear::{hash, mixed},
};

/// Kind of feature.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Share of each status by the reader.
    Share,
    Best,
    BestRule,
    Rule,
    RuleType,
    Type,
    Tag,
    Denied,
    Negative,
    NegativeDenied,
    Ahead,
    Lemma,
}

impl From<Kind> for u32 {
    fn from(kind: Kind) -> Self {
        300 + kind as Self
    }
}

/// What the rules say of an act.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ByRule {
    pub(crate) status: Status,
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
    out.add(Kind::RuleType, mixed(by_rule, kind));
    out.add(Kind::Type, kind);
    out.add(Kind::Tag, mixed(by_rule, hash(found.act.head.xpos().as_str())));
    out.add(Kind::Lemma, hash(found.act.head.lemma()));
    out.add(Kind::Negative, negative);
    out.add(Kind::Ahead, u32::from(rule.is_ahead));
    let Some(trigger) = found.trigger else { return };
    let best = trigger.statuses.iter().copied().max().unwrap_or(0);
    for (score, number) in trigger.statuses.iter().zip(0..) {
        out.number(mixed(Kind::Share.into(), number), logit(*score) - logit(best), 1.0, 6.0);
        if *score == best {
            out.add(Kind::Best, number);
            out.add(Kind::BestRule, mixed(by_rule, number));
        }
    }
    out.number(Kind::Denied, logit(trigger.denied), 1.0, 6.0);
    out.number(mixed(Kind::NegativeDenied.into(), negative), logit(trigger.denied), 2.0, 6.0);
}
