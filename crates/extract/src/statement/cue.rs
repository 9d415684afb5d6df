//! Cues: the lexicon of words that say that somebody says, thinks or wants something.
//!
//! The list is `data/cues.tsv`; its columns are explained on top of it. What a cue does to the clause it governs is read
//! by the event layer as well.

use std::sync::LazyLock;

use dateline_core::{Certainty, CueClass, Polarity, Status};
use dateline_nlp::{Deprel, Token, Upos};

use crate::{standing, table::entries};

/// What a cue is, and what it makes of the clause it governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CueEntry {
    lemma: &'static str,
    pos: CuePos,
    pub(crate) attitude: bool,
    frames: u8,
    pub(crate) polarity: Polarity,
    pub(crate) certainty: Certainty,
    /// What a clause without a tense of its own is.
    pub(crate) status: Option<Status>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum CuePos {
    Adjective,
    Noun,
    Verb,
}

/// How a cue takes what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Frame {
    /// In quotation marks.
    Quote,
    /// As a clause.
    That,
    /// As an infinitive with the speaker as its subject.
    To,
    /// As an infinitive with the listener as its subject.
    ObjectTo,
    /// As a noun phrase.
    NounPhrase,
    /// Its object is who listens.
    Addressee,
}

const FRAMES: [(&str, Frame); 6] = [
    ("quote", Frame::Quote),
    ("that", Frame::That),
    ("to", Frame::To),
    ("obj-to", Frame::ObjectTo),
    ("np", Frame::NounPhrase),
    ("addressee", Frame::Addressee),
];

impl CueEntry {
    /// Whether the list says that the cue takes what is said in a candidate's way, as the model has it.
    pub(crate) fn frame_names(&self, frame: super::candidate::Frame) -> &'static str {
        use super::candidate::Frame as Way;
        let takes = |frame| self.takes(frame);
        let fits = match frame {
            Way::Clause | Way::Around | Way::Inserted | Way::Before | Way::Beside => {
                takes(Frame::That)
            }
            Way::Infinitive => takes(Frame::To),
            Way::ObjectInfinitive => takes(Frame::ObjectTo),
            Way::Object => takes(Frame::NounPhrase),
            Way::Complement | Way::Predicate => takes(Frame::That) || takes(Frame::To),
            Way::ObjectRest | Way::Rest | Way::SentenceRest => takes(Frame::Addressee),
            _ => return "open",
        };
        if fits { "fits" } else { "not listed" }
    }

    /// Whether the cue takes what is said so.
    pub(crate) fn takes(&self, frame: Frame) -> bool {
        self.frames & (1 << frame as u8) != 0
    }
}

static CUES: LazyLock<Vec<CueEntry>> = LazyLock::new(|| {
    entries(include_str!("../../data/cues.tsv"))
        .map(|line| read_row(line).expect("data/cues.tsv is read by a test"))
        .collect()
});

fn read_row(line: &'static str) -> Option<CueEntry> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [lemma, pos, class, frames, polarity, certainty, status, _source] =
        columns.try_into().ok()?;
    let mut bits = 0;
    for name in frames.split(',') {
        bits |= 1 << FRAMES.iter().find(|(label, _)| *label == name)?.1 as u8;
    }
    Some(CueEntry {
        lemma,
        pos: match pos {
            "adj" => CuePos::Adjective,
            "noun" => CuePos::Noun,
            "verb" => CuePos::Verb,
            _ => return None,
        },
        attitude: match class {
            "speech" => false,
            "attitude" => true,
            _ => return None,
        },
        frames: bits,
        polarity: standing::polarity(polarity)?,
        certainty: standing::certainty(certainty)?,
        status: standing::status(status)?,
    })
}

fn find(lemma: &str, pos: CuePos) -> Option<&'static CueEntry> {
    let at = CUES.binary_search_by(|entry| (entry.lemma, entry.pos).cmp(&(lemma, pos))).ok()?;
    Some(&CUES[at])
}

/// The cue a token is, if it is one: alone or with its particle (*point out*).
pub(crate) fn of(token: Token<'_>) -> Option<&'static CueEntry> {
    let pos = match token.upos() {
        Upos::Verb => CuePos::Verb,
        Upos::Noun => CuePos::Noun,
        Upos::Adj => CuePos::Adjective,
        _ => return None,
    };
    let lemma = token.lemma();
    if pos == CuePos::Verb
        && let Some(particle) = particle_of(token)
    {
        // Two short words; a verb with a particle is rare enough for a string of its own.
        return find(&format!("{lemma} {}", particle.lemma()), pos).or_else(|| find(lemma, pos));
    }
    find(lemma, pos)
}

/// What a cue tells of, words or a mind; `None` if it is in no list.
pub(crate) fn class_of(token: Token<'_>) -> Option<CueClass> {
    let entry = of(token)?;
    Some(if entry.attitude { CueClass::Attitude } else { CueClass::Speech })
}

/// What a lemma of the lexicon tells of, as any part of speech; `None` if it is no cue. Where parts of speech differ, the
/// verb decides.
pub fn cue_class(lemma: &str) -> Option<CueClass> {
    let parts = [CuePos::Verb, CuePos::Noun, CuePos::Adjective];
    let entry = parts.into_iter().find_map(|pos| find(lemma, pos))?;
    Some(if entry.attitude { CueClass::Attitude } else { CueClass::Speech })
}

/// The particle of a verb: *out* in *pointed out*.
pub(crate) fn particle_of(verb: Token<'_>) -> Option<Token<'_>> {
    verb.child(Deprel::CompoundPrt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_every_row_reads() {
        let rows: Vec<_> = include_str!("../../data/cues.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        for row in &rows {
            assert!(read_row(row).is_some(), "no cue: {row}");
        }
        assert!(CUES.is_sorted_by_key(|entry| (entry.lemma, entry.pos)));
        assert!(rows.len() > 300);
    }

    #[test]
    fn a_denial_turns_what_it_embeds() {
        let deny = find("deny", CuePos::Verb).unwrap();
        assert_eq!(deny.polarity, Polarity::Negative);
        assert!(deny.takes(Frame::That) && !deny.takes(Frame::To));
    }
}
