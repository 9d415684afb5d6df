//! Words that say how real an act is: those that embed it, *refused to meet*, *plans for a summit*, and those that modify it,
//! *the planned summit*. Both are lists.

use std::sync::LazyLock;

use dateline_core::{Certainty, Polarity, Status};
use dateline_nlp::{Deprel, Token, Upos, Xpos};

use crate::{standing, table::entries};

/// What a verb, noun or adjective makes of what it embeds.
pub(super) fn of(head: Token<'_>) -> Option<&'static Entry> {
    let pos = match head.upos() {
        Upos::Verb => EntryPos::Verb,
        Upos::Noun => EntryPos::Noun,
        Upos::Adj => EntryPos::Adjective,
        _ => return None,
    };
    find(&EMBEDDING, head.lemma(), pos).or_else(|| {
        (head.xpos() == Xpos::VBN)
            .then(|| find(&EMBEDDING, head.text(), EntryPos::Adjective))
            .flatten()
    })
}

/// What a verb makes of a participle behind *from*: *kept them from leaving*.
pub(super) fn with_from(verb: Token<'_>) -> Option<&'static Entry> {
    find(&EMBEDDING, verb.lemma(), EntryPos::From)
}

/// *a packed schedule … starting with the summit*
pub(super) fn is_schedule(word: Token<'_>) -> bool {
    word.upos() == Upos::Noun
        && of(word).is_some_and(|entry| entry.status == Some(Status::Scheduled))
}

/// Modifiers that say how real a thing is: *planned*, *alleged*, *possible*.
pub(super) fn hedges(word: Token<'_>) -> impl Iterator<Item = (Token<'_>, &'static Entry)> {
    word.children().filter_map(|child| {
        let pos = match child.deprel() {
            Deprel::Amod | Deprel::Acl => EntryPos::Adjective,
            Deprel::Advmod => EntryPos::Adverb,
            _ => return None,
        };
        let found = find(&HEDGES, child.lemma(), pos).or_else(|| {
            // *scheduled*, *planned* are at times read as verbs.
            (pos == EntryPos::Adjective && child.xpos() == Xpos::VBN)
                .then(|| find(&HEDGES, child.text(), pos))
                .flatten()
        })?;
        Some((child, found))
    })
}

/// What a word makes of an act.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    lemma: &'static str,
    pos: EntryPos,
    /// Status, polarity, certainty and source as the list has them.
    cells: &'static str,
    pub(super) status: Option<Status>,
    pub(super) polarity: Polarity,
    pub(super) certainty: Certainty,
}

impl Entry {
    /// What it makes of an act, in one string.
    pub(super) fn cells(&self) -> &'static str {
        self.cells
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum EntryPos {
    Adjective,
    Adverb,
    /// A verb with *from* and a participle: *kept them from leaving*.
    From,
    Noun,
    Verb,
}

static EMBEDDING: LazyLock<Vec<Entry>> =
    LazyLock::new(|| table(include_str!("../../data/embedding.tsv")));
static HEDGES: LazyLock<Vec<Entry>> =
    LazyLock::new(|| table(include_str!("../../data/hedges.tsv")));

fn table(text: &'static str) -> Vec<Entry> {
    entries(text)
        .map(|line| read_row(line).expect("data/embedding.tsv and hedges.tsv are read by a test"))
        .collect()
}

fn read_row(line: &'static str) -> Option<Entry> {
    let columns: Vec<&'static str> = line.split('\t').collect();
    let [lemma, pos, status, polarity, certainty, _source] = columns.try_into().ok()?;
    Some(Entry {
        lemma,
        cells: line.get(lemma.len() + pos.len() + 2..)?,
        pos: match pos {
            "adj" => EntryPos::Adjective,
            "adv" => EntryPos::Adverb,
            "from" => EntryPos::From,
            "noun" => EntryPos::Noun,
            "verb" => EntryPos::Verb,
            _ => return None,
        },
        status: standing::status(status)?,
        polarity: standing::polarity(polarity)?,
        certainty: standing::certainty(certainty)?,
    })
}

fn find(table: &'static [Entry], lemma: &str, pos: EntryPos) -> Option<&'static Entry> {
    let at = table.binary_search_by(|entry| (entry.lemma, entry.pos).cmp(&(lemma, pos))).ok()?;
    Some(&table[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_every_row_reads() {
        for text in
            [include_str!("../../data/embedding.tsv"), include_str!("../../data/hedges.tsv")]
        {
            for line in text.lines() {
                assert!(line.starts_with('#') || read_row(line).is_some(), "no entry: {line}");
            }
        }
        assert!(EMBEDDING.is_sorted_by_key(|entry| (entry.lemma, entry.pos)));
        assert!(HEDGES.is_sorted_by_key(|entry| (entry.lemma, entry.pos)));
    }
}
