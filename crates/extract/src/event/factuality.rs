//! Whether an act happened, may happen or did not: read from tense, aspect, modals, negation and what embeds it.
//!
//! The walk starts at the trigger and climbs while the clause has no tense of its own:
//!
//! - *Oslo attacked* occurred · *Oslo will meet* expected, with a date to come scheduled · *Oslo may meet* hypothetical
//! - *Oslo wants to meet* proposed · *Oslo did not meet*, *refused to meet*, *no meeting* negative
//! - *the planned summit*, *plans for a summit* expected · *the alleged attack* possible · *if Oslo attacks* hypothetical

use std::sync::LazyLock;

use dateline_core::{Certainty, Polarity, Status};
use dateline_nlp::{Deprel, Token, Upos, Xpos};

use super::argument::Act;
use crate::{clause, standing, table::entries};

/// Steps up the tree, at most.
const REACH: usize = 10;

/// How an act stands to the facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reality {
    /// `None` where nothing in its sentence tells.
    pub(super) status: Option<Status>,
    pub(super) polarity: Polarity,
    pub(super) certainty: Certainty,
    /// The act, or the verb that lends it a tense, is told as one to come.
    pub(super) future: bool,
}

impl Reality {
    fn claim(&mut self, status: Status) {
        self.status = self.status.or(Some(status));
    }

    pub(super) fn doubt(&mut self, certainty: Certainty) {
        self.certainty = self.certainty.max(certainty);
    }

    pub(super) fn negate(&mut self) {
        self.polarity = match self.polarity {
            Polarity::Positive => Polarity::Negative,
            Polarity::Negative => Polarity::Positive,
        };
    }

    fn apply(&mut self, entry: &Entry) {
        if let Some(status) = entry.status {
            self.claim(status);
        }
        if entry.polarity == Polarity::Negative {
            self.negate();
        }
        self.doubt(entry.certainty);
    }
}

/// Reads how an act stands to the facts.
pub(super) fn read(act: &Act<'_>) -> Reality {
    let mut reality = Reality {
        status: None,
        polarity: Polarity::Positive,
        certainty: Certainty::Certain,
        future: false,
    };
    let mut word = act.head;
    for _ in 0..REACH {
        let is_verb = word.upos() == Upos::Verb || clause::copula(word).is_some();
        hedge(word, &mut reality);
        if clause::is_negated(word) {
            reality.negate();
        }
        if is_verb && conditional(word) {
            reality.claim(Status::Hypothetical);
            reality.doubt(Certainty::Possible);
        }
        let settled = is_verb && tense(word, &mut reality);
        let Some(head) = clause::near_head(word) else { break };
        if settled || !climb(word, head, act, &mut reality) {
            break;
        }
        word = head;
    }
    if reality.status.is_none() && act.head.ancestors().take(REACH).any(is_schedule) {
        reality.claim(Status::Scheduled);
    }
    reality
}

/// *a packed schedule … starting with the summit*
fn is_schedule(word: Token<'_>) -> bool {
    word.upos() == Upos::Noun
        && find(&EMBEDDING, word.lemma(), EntryPos::Noun)
            .is_some_and(|entry| entry.status == Some(Status::Scheduled))
}

/// Reads the tense of a clause; `false` where it has none of its own.
fn tense(verb: Token<'_>, reality: &mut Reality) -> bool {
    let mut have = None;
    let mut be = None;
    for aux in verb.children() {
        match aux.deprel() {
            Deprel::Aux | Deprel::Cop | Deprel::AuxPass => {}
            _ => continue,
        }
        if aux.xpos() == Xpos::MD {
            modal(aux, reality);
            return true;
        }
        if clause::is(aux, "have") {
            have = Some(aux);
        } else if clause::is(aux, "be") {
            be = be.or(Some(aux));
        } else if clause::is(aux, "do") {
            let past = aux.xpos() == Xpos::VBD;
            reality.claim(if past { Status::Occurred } else { Status::Ongoing });
            return true;
        }
    }
    if clause::is_infinitive(verb) {
        // *is to meet*
        return false;
    }
    let finite_be = be.filter(|be| matches!(be.xpos(), Xpos::VBD | Xpos::VBZ | Xpos::VBP));
    if let Some(have) = have {
        if have.xpos() == Xpos::VB {
            return false;
        }
        reality.claim(Status::Occurred);
        return true;
    }
    match (verb.xpos(), finite_be) {
        (Xpos::VBG, Some(be)) => {
            // *going to meet*
            if clause::is(verb, "go") && verb.child(Deprel::Xcomp).is_some() {
                reality.future = true;
                reality.claim(Status::Expected);
                return true;
            }
            reality.future = be.xpos() != Xpos::VBD;
            reality.claim(if be.xpos() == Xpos::VBD { Status::Occurred } else { Status::Ongoing });
            true
        }
        (Xpos::VBN | Xpos::VBD, Some(be)) => {
            let _ = be;
            reality.claim(Status::Occurred);
            true
        }
        (Xpos::VBD, None) => {
            reality.claim(Status::Occurred);
            true
        }
        (Xpos::VBZ | Xpos::VBP, _) => {
            reality.future = true;
            reality.claim(Status::Occurred);
            true
        }
        (Xpos::VBN, None) if matches!(verb.deprel(), Deprel::Acl | Deprel::Root | Deprel::Amod) => {
            reality.claim(Status::Occurred);
            true
        }
        // A predicate noun or adjective with its copula.
        (_, Some(be)) => {
            reality.future = be.xpos() != Xpos::VBD;
            reality.claim(Status::Occurred);
            true
        }
        _ => false,
    }
}

fn modal(aux: Token<'_>, reality: &mut Reality) {
    let (status, certainty) = match aux.lemma().to_ascii_lowercase().as_str() {
        "will" | "'ll" | "’ll" | "shall" | "wo" => {
            // *would* has *will* as its lemma.
            if aux.text().to_ascii_lowercase().starts_with('w') && aux.text().ends_with('d') {
                (Status::Hypothetical, Certainty::Possible)
            } else {
                reality.future = true;
                (Status::Expected, Certainty::Probable)
            }
        }
        "should" | "must" | "ought" => (Status::Proposed, Certainty::Possible),
        _ => (Status::Hypothetical, Certainty::Possible),
    };
    reality.claim(status);
    reality.doubt(certainty);
}

/// *if*, *unless*, *whether* in front of a clause.
fn conditional(verb: Token<'_>) -> bool {
    verb.children().any(|child| {
        child.deprel() == Deprel::Mark
            && ["if", "unless", "whether"].iter().any(|mark| clause::is(child, mark))
    })
}

/// Modifiers that say how real a thing is: *planned*, *alleged*, *possible*.
fn hedge(word: Token<'_>, reality: &mut Reality) {
    for child in word.children() {
        let pos = match child.deprel() {
            Deprel::Amod | Deprel::Acl => EntryPos::Adjective,
            Deprel::Advmod => EntryPos::Adverb,
            _ => continue,
        };
        let found = find(&HEDGES, child.lemma(), pos).or_else(|| {
            // *scheduled*, *planned* are at times read as verbs.
            (pos == EntryPos::Adjective && child.xpos() == Xpos::VBN)
                .then(|| find(&HEDGES, child.text(), pos))
                .flatten()
        });
        if let Some(entry) = found {
            reality.apply(entry);
        }
    }
}

/// Takes what the head makes of the word under it; `false` where the walk ends.
fn climb(word: Token<'_>, head: Token<'_>, act: &Act<'_>, reality: &mut Reality) -> bool {
    let pos = match head.upos() {
        Upos::Verb => EntryPos::Verb,
        Upos::Noun => EntryPos::Noun,
        Upos::Adj => EntryPos::Adjective,
        _ => return false,
    };
    let entry = find(&EMBEDDING, head.lemma(), pos).or_else(|| {
        (head.xpos() == Xpos::VBN)
            .then(|| find(&EMBEDDING, head.text(), EntryPos::Adjective))
            .flatten()
    });
    match word.deprel() {
        // The tense of a coordinated verb is that of the first.
        Deprel::Conj => head.upos() == word.upos() || head.upos() == Upos::Noun,
        Deprel::Xcomp => {
            if let Some(entry) = entry {
                reality.apply(entry);
            }
            true
        }
        Deprel::Ccomp if word.xpos() == Xpos::VBG || clause::is_infinitive(word) => {
            if let Some(entry) = entry {
                reality.apply(entry);
            }
            true
        }
        Deprel::Acl if clause::is_infinitive(word) || word.xpos() == Xpos::VBG => {
            if let Some(entry) = entry {
                reality.apply(entry);
            } else if clause::is_infinitive(word) {
                reality.claim(Status::Proposed);
                reality.doubt(Certainty::Possible);
            }
            // An idea that is refused or hoped for again is still one.
            false
        }
        Deprel::Advcl if clause::is_infinitive(word) => {
            if let Some(entry) = entry {
                reality.apply(entry);
                return true;
            }
            reality.claim(Status::Proposed);
            reality.doubt(Certainty::Possible);
            false
        }
        Deprel::Advcl if word.xpos() == Xpos::VBG => true,
        Deprel::Obj
        | Deprel::NsubjPass
        | Deprel::Obl
        | Deprel::Nmod
        | Deprel::Nsubj
        | Deprel::Compound
            if word.upos() != Upos::Verb =>
        {
            nominal_climb(word, head, act, entry, reality)
        }
        _ => false,
    }
}

/// What governs a noun: a light verb lends its tense, a plan or a hope makes it one.
fn nominal_climb(
    word: Token<'_>,
    head: Token<'_>,
    act: &Act<'_>,
    entry: Option<&'static Entry>,
    reality: &mut Reality,
) -> bool {
    if let Some((verb, light)) = act.light
        && verb == head
        && word == act.head
    {
        if light.negates {
            reality.negate();
            reality.claim(Status::Expected);
        }
        if let Some(status) = light.status {
            reality.claim(status);
            reality.doubt(match status {
                Status::Proposed | Status::Hypothetical => Certainty::Possible,
                Status::Expected => Certainty::Probable,
                _ => Certainty::Certain,
            });
        }
        return true;
    }
    // *there is no meeting*
    if clause::is(head, "be") && word.deprel() == Deprel::Nsubj {
        if clause::is_negated(head) {
            reality.negate();
        }
        return false;
    }
    // *the talks begin on Monday*, *the visit will take place*
    let begins = word.deprel() == Deprel::Nsubj
        && head.upos() == Upos::Verb
        && ["begin", "start", "open", "take", "occur", "happen", "resume", "continue", "end"]
            .iter()
            .any(|verb| clause::is(head, verb));
    if begins {
        return true;
    }
    match entry {
        Some(entry) if word.deprel() != Deprel::Nsubj => {
            let looks_ahead = head.upos() != Upos::Verb
                || word.deprel() == Deprel::Obj
                || clause::preposition(word)
                    .is_some_and(|case| ["for", "to", "on"].iter().any(|p| clause::is(case, p)));
            if looks_ahead {
                reality.apply(entry);
            }
            false
        }
        _ => false,
    }
}

/// What a word makes of an act.
#[derive(Debug, Clone, Copy)]
struct Entry {
    lemma: &'static str,
    pos: EntryPos,
    status: Option<Status>,
    polarity: Polarity,
    certainty: Certainty,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum EntryPos {
    Adjective,
    Adverb,
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
        pos: match pos {
            "adj" => EntryPos::Adjective,
            "adv" => EntryPos::Adverb,
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
