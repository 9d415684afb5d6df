//! Light verbs: they lend a noun their subject, and say whether the act it names is planned, put off or called off.
//!
//! - *Oslo held talks with Bergen*: the talks are Oslo's. · *Oslo called off the talks*: and cancelled.
//! - *Oslo will attend a summit in Bergen and talks in Rome*: the talks are as planned as the summit.
//! - *Oslo suffered an attack*: the attack is on Oslo. · *Oslo expects a visit.*

use std::sync::LazyLock;

use dateline_core::Status;
use dateline_nlp::{Deprel, Token, Upos};

use crate::{clause, standing, statement::cue, table::entries};

/// What a light verb makes of the noun it governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Light {
    pub(super) role: Role,
    pub(super) status: Option<Status>,
    /// The act is said not to be.
    pub(super) negates: bool,
}

/// What the subject of a light verb is in the act its noun names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Does,
    Hosts,
    Undergoes,
    Nothing,
}

static LIGHT: LazyLock<Vec<(&'static str, Light)>> = LazyLock::new(|| {
    entries(include_str!("../../data/light-verbs.tsv"))
        .map(|line| read_row(line).expect("data/light-verbs.tsv is read by a test"))
        .collect()
});

fn read_row(line: &'static str) -> Option<(&'static str, Light)> {
    let columns: Vec<&'static str> = line.split('\t').collect();
    let [verb, role, status, _source] = columns.try_into().ok()?;
    let role = match role {
        "does" => Role::Does,
        "hosts" => Role::Hosts,
        "undergoes" => Role::Undergoes,
        "-" => Role::Nothing,
        _ => return None,
    };
    let negates = status == "negative";
    let status = if negates { None } else { standing::status(status)? };
    Some((verb, Light { role, status, negates }))
}

/// The light verb that governs a noun, where one does.
pub(super) fn governing(noun: Token<'_>) -> Option<(Token<'_>, Light)> {
    let noun = clause::first_of_joined(noun);
    let verb = clause::near_head(noun)?;
    if verb.upos() != Upos::Verb {
        return None;
    }
    let governed = match noun.deprel() {
        Deprel::Obj | Deprel::NsubjPass => true,
        // *envoys took part in talks* · *came under attack*
        Deprel::Obl => {
            let in_ = clause::preposition(noun).is_some_and(|case| clause::is(case, "in"));
            if in_ && clause::is(verb, "participate")
                || in_
                    && clause::is(verb, "take")
                    && verb.child(Deprel::Obj).is_some_and(|part| clause::is(part, "part"))
            {
                return Some((verb, Light { role: Role::Does, status: None, negates: false }));
            }
            // *called off the talks*, read as called | off the talks
            let particle =
                clause::preposition(noun).filter(|case| case.idx().0 == verb.idx().0 + 1);
            if let Some(particle) = particle {
                let light = find(&format!("{} {}", verb.lemma(), particle.lemma()))?;
                return Some((verb, light));
            }
            // *called off their talks*, read as an oblique without a preposition
            clause::preposition(noun).is_none() && cue::particle_of(verb).is_some()
        }
        _ => false,
    };
    if !governed {
        return None;
    }
    let light = match cue::particle_of(verb) {
        Some(particle) => find(&format!("{} {}", verb.lemma(), particle.lemma())),
        None => find(verb.lemma()),
    }?;
    Some((verb, light))
}

fn find(verb: &str) -> Option<Light> {
    let at = LIGHT.binary_search_by(|(lemma, _)| (*lemma).cmp(verb)).ok()?;
    Some(LIGHT[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_every_row_reads() {
        for line in include_str!("../../data/light-verbs.tsv").lines() {
            assert!(line.starts_with('#') || read_row(line).is_some(), "no verb: {line}");
        }
        assert!(LIGHT.is_sorted_by_key(|(verb, _)| *verb));
        assert_eq!(find("call off").and_then(|light| light.status), Some(Status::Cancelled));
    }
}
