//! How alike two kinds of acts are throughout a group of documents: *hang* and *suicide* with the same people in the same sentences.
//!
//! One pair of mentions may have little in common where all pairs of their words together have much.

use std::collections::BTreeMap;

use super::corpus::{Corpus, Mention};

/// How alike the mentions of two kinds of acts are throughout a group.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Kind {
    pub(super) n: f32,
    pub(super) arguments: f32,
    pub(super) best_arguments: f32,
    pub(super) sentences: f32,
    /// The share of pairs that stand in one document.
    pub(super) together: f32,
}

/// What is known of kinds of acts: by the group, and the two kinds in the order of their bytes.
#[derive(Debug, Default)]
pub(super) struct Kinds(BTreeMap<(usize, String, String), Kind>);

impl Kinds {
    /// Goes through all pairs of mentions of each group.
    pub(super) fn of(corpus: &Corpus) -> Self {
        let mut kinds: BTreeMap<(usize, String, String), Kind> = BTreeMap::new();
        for (group, members) in corpus.groups.iter().enumerate() {
            for (at, &a) in members.iter().enumerate() {
                for &b in &members[at + 1..] {
                    let (a, b) = (&corpus.mentions[a], &corpus.mentions[b]);
                    let kind = kinds.entry(key(group, a, b)).or_default();
                    let arguments = a.local_arguments.cosine(&b.local_arguments);
                    kind.n += 1.0;
                    kind.arguments += arguments;
                    kind.best_arguments = kind.best_arguments.max(arguments);
                    kind.sentences += corpus.sentence(a).local.cosine(&corpus.sentence(b).local);
                    kind.together += f32::from(u8::from(a.page == b.page));
                }
            }
        }
        for kind in kinds.values_mut() {
            kind.arguments /= kind.n;
            kind.sentences /= kind.n;
            kind.together /= kind.n;
        }
        Self(kinds)
    }

    /// What is known of the kinds of two mentions of a group.
    pub(super) fn get(&self, corpus: &Corpus, a: &Mention, b: &Mention) -> Kind {
        self.0.get(&key(corpus.group_of[a.page], a, b)).copied().unwrap_or_default()
    }
}

fn key(group: usize, a: &Mention, b: &Mention) -> (usize, String, String) {
    let (one, other) = if a.kin <= b.kin { (a, b) } else { (b, a) };
    (group, one.kin.clone(), other.kin.clone())
}
