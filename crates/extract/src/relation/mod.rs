//! Relations between events, where a connective of the text states them.
//!
//! - *Oslo expelled two envoys over the attack*: the attack caused the expulsion. Also *in response to*, *after*,
//!   *during*.
//! - *The attack led to talks.* · *The talks were followed by a visit.* · *This was followed by a visit.*
//! - *After the attack, Oslo expelled …* and *Oslo expelled … after Bergen attacked …* are alike.
//!
//! An act that is reported again is marked as the same ([`repeat`]). An answer in kind (*tit-for-tat expulsions*) responds to an
//! act and is aimed at those who acted first ([`reciprocal`]).

mod reciprocal;
mod repeat;

use dateline_core::RelationKind;
use dateline_lexicon::connective::{self, Connective, Shape};
use dateline_nlp::{Deprel, Span, Token, TokenIdx, Upos};

use crate::{
    clause,
    entity::Entities,
    event::{EventDraft, EventIdx},
    reading::Reading,
};

/// Relation between two events, read from the first to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RelationDraft {
    pub(crate) kind: RelationKind,
    pub(crate) from: EventIdx,
    pub(crate) to: EventIdx,
    pub(crate) evidence: Span,
}

/// Returns the relations between the events of a document, in the order of their evidence, and gives answers in kind
/// their targets.
pub(crate) fn read(
    reading: Reading<'_>,
    entities: &Entities,
    events: &mut [EventDraft],
) -> Vec<RelationDraft> {
    let mut finder = Finder { reading, events, found: Vec::new() };
    for at in 0..finder.events.len() {
        finder.behind_preposition(at);
        finder.in_clause(at);
        finder.after_verb(at);
    }
    let mut found = finder.found;
    found.sort_by_key(|relation| (relation.evidence, relation.from, relation.to));
    found.dedup();
    reciprocal::complete(reading, entities, events, &mut found);
    repeat::complete(reading, events, &mut found);
    found.sort_by_key(|relation| (relation.evidence, relation.from, relation.to));
    found
}

struct Finder<'a> {
    reading: Reading<'a>,
    events: &'a [EventDraft],
    found: Vec<RelationDraft>,
}

impl<'a> Finder<'a> {
    fn token(&self, at: usize) -> Token<'a> {
        self.reading.analysis.token(self.events[at].trigger.1)
    }

    /// Returns the event a word triggers.
    fn triggered(&self, token: Token<'_>) -> Option<usize> {
        self.events.binary_search_by_key(&token.idx(), |event| event.trigger.1).ok()
    }

    /// Returns the event a word reports: its own, or that of the noun it governs as a light verb.
    fn told_by(&self, token: Token<'_>) -> Option<usize> {
        self.triggered(token).or_else(|| {
            (token.upos() == Upos::Verb).then_some(())?;
            token
                .children()
                .filter(|child| {
                    matches!(child.deprel(), Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass)
                })
                .find_map(|child| self.triggered(child))
        })
    }

    fn add(&mut self, connective: Connective, first: usize, second: usize, evidence: Span) {
        if first == second {
            return;
        }
        let idx = |at: usize| EventIdx(u32::try_from(at).expect("fewer events than bytes"));
        let (from, to) = if connective.backward { (second, first) } else { (first, second) };
        self.found.push(RelationDraft {
            kind: connective.kind,
            from: idx(from),
            to: idx(to),
            evidence,
        });
    }

    /// *A over B*, *A in response to B*: B is a noun after a preposition.
    fn behind_preposition(&mut self, second: usize) {
        let noun = first_joined(self.token(second));
        if !clause::is_nominal(noun) {
            return;
        }
        let Some(case) = clause::preposition(noun) else { return };
        let Some(head) = clause::near_head(noun) else { return };
        // *in response to B*
        if head.upos() == Upos::Noun
            && let Some(first_case) = clause::preposition(head)
        {
            let words = format!("{} {} {}", first_case.lemma(), head.lemma(), case.lemma());
            if let Some(connective) = connective::find(&words.to_ascii_lowercase(), Shape::Phrase)
                && let Some(first) = clause::near_head(head).and_then(|above| self.told_by(above))
            {
                let evidence = first_case.span().cover(case.span());
                self.add(connective, first, second, evidence);
                return;
            }
        }
        let connective = connective::find(&case.lemma().to_ascii_lowercase(), Shape::Preposition)
            .or_else(|| connective::find(&case.text().to_ascii_lowercase(), Shape::Preposition));
        let first = self.told_by(head).or_else(|| {
            // *expelled ten diplomats over B*, read as diplomats over B
            let above = clause::near_head(head).filter(|_| head.deprel() == Deprel::Obj)?;
            self.triggered(above)
        });
        if let (Some(connective), Some(first)) = (connective, first) {
            let last = case.child(Deprel::Fixed).unwrap_or(case);
            // *for* gives reasons of hostile acts only: *talks for peace* have an aim.
            let reason = !clause::is(case, "for") || is_hostile(&self.events[first]);
            if reason {
                self.add(connective, first, second, case.span().cover(last.span()));
            }
        }
    }

    /// *A after B did …*: B is a clause with a conjunction.
    fn in_clause(&mut self, second: usize) {
        let Some(clause_head) = clause_of(self.token(second)) else { return };
        if clause_head.deprel() != Deprel::Advcl {
            return;
        }
        let Some(mark) = clause_head.child(Deprel::Mark) else { return };
        let Some(connective) = connective::find(&mark.text().to_ascii_lowercase(), Shape::Mark)
        else {
            return;
        };
        if let Some(first) = clause::near_head(clause_head).and_then(|head| self.told_by(head)) {
            self.add(connective, first, second, mark.span());
        }
    }

    /// *A led to B*, *A was followed by B*, *A, followed by B*: B is an argument of the verb, A its subject.
    fn after_verb(&mut self, second: usize) {
        let noun = first_joined(self.token(second));
        let head = clause::near_head(noun);
        let above = || head.filter(|head| head.upos() == Upos::Propn).and_then(clause::near_head);
        let is_verb = |token: &Token<'_>| token.upos() == Upos::Verb;
        let Some(verb) = head.filter(is_verb).or_else(above).filter(is_verb) else { return };
        let agent = joined_agent(noun, verb);
        let by = agent.is_some()
            || noun.deprel() == Deprel::OblAgent
            || noun.deprel() == Deprel::Obl
                && clause::preposition(noun).is_some_and(|case| clause::is(case, "by"));
        let to = noun.deprel() == Deprel::Obl
            && clause::preposition(noun).is_some_and(|case| clause::is(case, "to"));
        let object = noun.deprel() == Deprel::Obj;
        if !(by || to || object) {
            return;
        }
        let evidence = |noun: Token<'_>| match clause::preposition(agent.unwrap_or(noun)) {
            Some(case) => verb.span().cover(case.span()),
            None => verb.span(),
        };
        // *A, followed by B*
        let participle = || connective::find(verb.lemma(), Shape::Participle);
        let connective = by.then(participle).flatten().or_else(|| {
            let connective = connective::find(verb.lemma(), Shape::Verb)?;
            // *B was caused by A*
            Some(if by { connective.turned() } else { connective })
        });
        let Some(connective) = connective else { return };
        if let Some(first) = self.first_of(verb, second) {
            self.add(connective, first, second, evidence(noun));
        }
    }

    /// Returns the act a linking verb starts from: its subject, the antecedent of *this*, or the act reported just before.
    fn first_of(&self, verb: Token<'_>, second: usize) -> Option<usize> {
        let subject = verb
            .children()
            .find(|child| matches!(child.deprel(), Deprel::Nsubj | Deprel::NsubjPass));
        if let Some(subject) = subject {
            if let Some(first) = self.triggered(subject) {
                return Some(first);
            }
            let points_back = subject.upos() == Upos::Pron
                && ["this", "that", "it"].iter().any(|word| clause::is(subject, word));
            return points_back.then(|| self.main_before(verb)).flatten();
        }
        // *the summit in Oslo followed by talks*
        let near = second.checked_sub(1)?;
        let before = self.events[near].trigger.1;
        let same = self.token(near).sentence().idx() == verb.sentence().idx();
        (same && before < verb.idx()).then_some(near)
    }

    /// Returns the main act of the sentence before: the highest one in its tree.
    fn main_before(&self, verb: Token<'_>) -> Option<usize> {
        let first = verb.sentence().first().idx();
        let end = self.events.partition_point(|event| event.trigger.1 < first);
        let last = self.token(end.checked_sub(1)?);
        if last.sentence().idx().0 + 1 != verb.sentence().idx().0 {
            return None;
        }
        let from = last.sentence().first().idx();
        let start = self.events.partition_point(|event| event.trigger.1 < from);
        // Acts reported by verbs come before those reported by nouns.
        (start..end).min_by_key(|&at| {
            let token = self.token(at);
            (token.upos() != Upos::Verb, depth(token), std::cmp::Reverse(at))
        })
    }
}

/// Returns the agent whose name a loose noun belongs to: *followed by the Alliance (A) and Union (U) summits*, where
/// the tree reads *followed by the Alliance | summits*. Only names may stand between the two.
fn joined_agent<'a>(noun: Token<'a>, verb: Token<'a>) -> Option<Token<'a>> {
    let hangs_loose = matches!(
        noun.deprel(),
        Deprel::Conj
            | Deprel::Obj
            | Deprel::Obl
            | Deprel::OblAgent
            | Deprel::Nmod
            | Deprel::NmodUnmarked
    );
    if !hangs_loose || noun.upos() != Upos::Noun || clause::preposition(noun).is_some() {
        return None;
    }
    let agent = verb.child(Deprel::OblAgent).or_else(|| clause::oblique(verb, "by"))?;
    let between = std::iter::successors(agent.next(), |token| token.next())
        .take(NAMES)
        .take_while(|token| token.idx() < noun.idx());
    let only_names = agent.upos() == Upos::Propn
        && agent.idx() < noun.idx()
        && noun.idx().index() - agent.idx().index() <= NAMES
        && between.into_iter().all(|token| {
            matches!(token.upos(), Upos::Propn | Upos::Adj | Upos::Cconj | Upos::Det | Upos::Punct)
        });
    only_names.then_some(agent)
}

/// Maximum number of words of names in front of a noun.
const NAMES: usize = 16;

/// Number of heads above a token, up to 12.
fn depth(token: Token<'_>) -> usize {
    token.ancestors().take(12).count()
}

/// Returns the word that stands for a noun in its clause: the first of nouns joined by *and*, the front of a hyphenated
/// chain.
fn first_joined(noun: Token<'_>) -> Token<'_> {
    let mut noun = noun;
    for _ in 0..4 {
        match noun.head() {
            Some(head)
                if clause::is_nominal(head)
                    && head.idx() < noun.idx()
                    && clause::preposition(noun).is_none()
                    && noun.deprel() != Deprel::Acl =>
            {
                noun = head;
            }
            _ => break,
        }
    }
    noun
}

/// Returns the clause that a trigger heads or is an argument of.
fn clause_of(trigger: Token<'_>) -> Option<Token<'_>> {
    if trigger.upos() == Upos::Verb {
        return Some(trigger);
    }
    let argument = matches!(trigger.deprel(), Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass);
    clause::near_head(trigger).filter(|head| argument && head.upos() == Upos::Verb)
}

fn is_hostile(event: &EventDraft) -> bool {
    use dateline_core::codes::Quad;
    matches!(event.kind.quad(), Quad::VerbalConflict | Quad::MaterialConflict)
}

/// Returns the token that triggers an event.
fn head(event: &EventDraft) -> TokenIdx {
    event.trigger.1
}

#[cfg(test)]
mod tests {
    use crate::{Extractor, read_document};

    /// Draws the relations of a text, each as trigger, kind, trigger.
    fn check(text: &str, expected: &str) {
        let record = Extractor::new().extract(&read_document(text));
        let trigger =
            |id: dateline_core::EventId| record.events[id.index()].trigger.span.text.clone();
        let found: Vec<_> = record
            .relations
            .iter()
            .map(|one| format!("{} {:?} {}", trigger(one.from), one.kind, trigger(one.to)))
            .collect();
        assert_eq!(found.join(", "), expected, "{text}");
    }

    #[test]
    fn connectives_join_acts() {
        check(
            "Ukraine expelled two Russian diplomats over Russia's attack on Odessa.",
            "attack Cause expelled",
        );
        check(
            "In response to the Iranian attack on Israel, Israel launched airstrikes on Iran.",
            "airstrikes Response attack",
        );
    }

    #[test]
    fn an_act_reported_again_is_the_same_event() {
        check(
            "Kenya met with Uganda on Monday. The meeting in Nairobi lasted an hour.",
            "meeting Same met",
        );
        check("Kenya held talks with Uganda. The talks ended at noon.", "talks Same talks");
        check(
            "date 2021-05-08\nKenya attacked Uganda on Monday. Kenya attacked Uganda on Tuesday.",
            "",
        );
        check("Kenya met with Uganda. Peru met with Chile.", "");
        check(
            "Kenya expelled two Ugandan diplomats after Kenya's expulsion of a Ugandan diplomat.",
            "expelled After expulsion",
        );
    }

    #[test]
    fn acts_of_joined_names_follow_one_another() {
        check(
            "Diplomats expect a busy spring, with the NATO summit in Oslo in May followed by the African Union summit in Tunis.",
            "summit After summit",
        );
        check(
            "The NATO summit in Oslo will be followed by the African Union (AU) and European Union (EU) summits in Tunis.",
            "summits After summit",
        );
    }

    #[test]
    fn an_answer_in_kind_targets_those_who_acted_first() {
        let text = "Sweden expelled two Belarusian diplomats. This was followed by Belarus's tit-for-tat expulsions.";
        check(text, "expulsions Response expelled");
        let record = Extractor::new().extract(&read_document(text));
        let answer = &record.events[1];
        assert_eq!(answer.targets, record.events[0].sources);
    }
}
