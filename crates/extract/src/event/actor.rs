//! Entities that words mean as actors: by their head, the name beside them, their owner, or the speaker.
//!
//! - *an attack on America's computers* is an attack on America: what belongs to an actor stands for it.
//! - *"We will answer," the minister said*: the first person is the speaker.
//! - *the European Union (EU) summit*: a name that ends where the noun begins modifies it, whatever the tree says.

use dateline_core::StatementKind;
use dateline_nlp::{Deprel, Token, Upos, Xpos};

use super::class;
use crate::{
    clause,
    entity::{Entities, EntityIdx},
    statement::StatementDraft,
};

/// Lookup of actors by word.
#[derive(Debug)]
pub(super) struct Actors<'a> {
    pub(super) entities: &'a Entities,
    /// Start and end of each direct quotation with its speaker; sorted.
    speeches: Vec<(usize, usize, EntityIdx)>,
    /// End and start of each name with its entity; sorted.
    names: Vec<(usize, usize, EntityIdx)>,
}

impl<'a> Actors<'a> {
    pub(super) fn new(entities: &'a Entities, statements: &[StatementDraft]) -> Self {
        let mut speeches: Vec<_> = statements
            .iter()
            .filter(|statement| statement.kind == StatementKind::Direct)
            .filter_map(|statement| Some((statement, statement.speaker?)))
            .flat_map(|(statement, speaker)| {
                statement.content.iter().map(move |span| (span.start(), span.end(), speaker))
            })
            .collect();
        speeches.sort_unstable();
        let mut names = Vec::new();
        for (idx, entity) in entities.list().iter().enumerate() {
            let idx = EntityIdx(u32::try_from(idx).expect("fewer entities than bytes"));
            names.extend(entity.mentions.iter().map(|m| (m.span.end(), m.span.start(), idx)));
        }
        names.sort_unstable();
        Self { entities, speeches, names }
    }

    /// Returns the entity a word means: itself, the name beside it, its owner, or the speaker.
    pub(super) fn of(&self, word: Token<'_>) -> Option<EntityIdx> {
        let direct = |token: Token<'_>| self.entities.headed_by(token.idx());
        if let Some(found) = direct(word) {
            return Some(found);
        }
        if word.upos() == Upos::Pron && is_first_person(word) {
            return self.speaker(word);
        }
        let beside = word.children().find_map(|child| match child.deprel() {
            Deprel::Flat | Deprel::Appos | Deprel::NmodDesc => direct(child),
            _ => None,
        });
        beside.or_else(|| {
            word.children().find_map(|child| match child.deprel() {
                Deprel::NmodPoss if is_first_person(child) => {
                    direct(child).or_else(|| self.speaker(child))
                }
                Deprel::NmodPoss | Deprel::Amod | Deprel::Compound | Deprel::NmodUnmarked => {
                    direct(child)
                }
                Deprel::Nmod => {
                    let of = clause::preposition(child).is_some_and(|case| clause::is(case, "of"));
                    of.then(|| direct(child)).flatten()
                }
                _ => None,
            })
        })
    }

    /// Returns the entity a word means if it acts in politics.
    pub(super) fn political(&self, word: Token<'_>) -> Option<EntityIdx> {
        self.of(word).filter(|idx| class::is_political(self.entities.get(*idx)))
    }

    /// Returns the speaker of the quotation a word is in.
    fn speaker(&self, word: Token<'_>) -> Option<EntityIdx> {
        let at = word.span().start();
        let after = self.speeches.partition_point(|&(start, _, _)| start <= at);
        let (_, end, speaker) = *self.speeches.get(after.checked_sub(1)?)?;
        (at < end).then_some(speaker)
    }

    /// Adds the names that end right before a noun, joined ones included: *the NATO and EU summits*.
    pub(super) fn names_before(&self, noun: Token<'_>, found: &mut Vec<EntityIdx>) {
        let text = noun.analysis().text();
        let mut until = noun.span().start();
        for _ in 0..4 {
            let at = self.names.partition_point(|&(end, _, _)| end <= until);
            let Some(&(end, start, idx)) = at.checked_sub(1).and_then(|at| self.names.get(at))
            else {
                return;
            };
            let first = until == noun.span().start();
            let between = text[end..until].trim_matches([' ', '(', ')', '\u{a0}', '-', '–']);
            if end == until && !first
                || !(between.is_empty() || !first && matches!(between, "and" | ","))
            {
                return;
            }
            if !found.contains(&idx) {
                found.push(idx);
            }
            until = start;
        }
    }

    /// Returns the subject of a finite verb that has none in the tree: the name in front of it, across a time or an
    /// adverb.
    pub(super) fn subject_before<'t>(&self, verb: Token<'t>) -> Option<Token<'t>> {
        if !matches!(verb.xpos(), Xpos::VBD | Xpos::VBZ | Xpos::VBP)
            || verb.deprel() == Deprel::Conj
        {
            return None;
        }
        let mut token = verb;
        for _ in 0..5 {
            token = token.previous()?;
            if self.entities.headed_by(token.idx()).is_some() {
                return Some(token);
            }
            if matches!(
                token.upos(),
                Upos::Punct | Upos::Sconj | Upos::Cconj | Upos::Verb | Upos::Adp
            ) {
                return None;
            }
        }
        None
    }
}

fn is_first_person(word: Token<'_>) -> bool {
    ["we", "our", "us", "i", "my", "me"].iter().any(|own| word.text().eq_ignore_ascii_case(own))
}
