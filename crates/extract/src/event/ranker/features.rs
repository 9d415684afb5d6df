//! Features of two parties and the words around them.
//!
//! - Words: of the sentence, between the parties, and on the path in the tree from one to the other.
//! - Grammar on that path: auxiliaries, negation, particles, prepositions, what the verbs take.
//! - Votes: types that frames of the codebook give those words, and those of events in the sentence.
//! - Vectors: the mean vector of the words, for words that training never saw.

use dateline_core::codes::PloverType;
use dateline_data::Lower;
use dateline_nlp::{Deprel, Token, Upos, Xpos, logit};

use super::{Pair, Vote, vectors};
use crate::{
    clause,
    event::codebook::{Codebook, Pos},
};

/// Number of buckets.
pub(super) const BUCKETS: usize = 1 << 15;

/// Number of dense features: one vector for each of three sets of words.
pub(super) const N_DENSE: usize = SETS * vectors::DIMENSIONS;

/// Number of sets of words: sentence, between, path.
const SETS: usize = 3;

/// Maximum number of steps up a tree.
const REACH: usize = 12;

/// Maximum number of words of a sentence that are read; longer ones are lists.
const WORDS: usize = 256;

/// Features of a pair, reused from pair to pair.
#[derive(Debug, Clone)]
pub(crate) struct Features {
    /// Buckets with their values in tenths; sorted, each bucket once.
    pub(super) sparse: Vec<(u16, u8)>,
    pub(super) dense: [f32; N_DENSE],
}

impl Default for Features {
    fn default() -> Self {
        Self { sparse: Vec::new(), dense: [0.0; N_DENSE] }
    }
}

/// Kind of feature. Each kind has its own buckets and its own value.
#[derive(Debug, Clone, Copy)]
enum FeatureKind {
    /// A word of the sentence.
    Word,
    /// A word between the parties.
    Between,
    /// A word on the path between them.
    OnPath,
    /// Two words that follow each other on the path.
    PathPair,
    /// Relations from the source up, and from the top down to the target.
    Up,
    Down,
    /// Type that a frame of a word gives, on the path and anywhere.
    PathFrame,
    WordFrame,
    Modal,
    Negated,
    Passive,
    Infinitive,
    Particle,
    Preposition,
    Mark,
    Tag,
    /// Word that a word on the path governs, and its relation.
    Governed,
    GovernedBy,
    /// Preposition, head and relation of the source and of the target; a party that is not named.
    SourceCase,
    SourceHead,
    SourceRelation,
    TargetCase,
    TargetHead,
    TargetRelation,
    Nobody,
    /// Order of the two in the text.
    Order,
    AnyNegation,
    AnyModal,
    /// Type of an event that the reader sees in a word, and in a word of which the two are source and target.
    Spotted,
    SpottedBetween,
    /// Votes of events.
    VoteShared,
    VoteSure,
    VoteBoth,
}

impl FeatureKind {
    /// Returns the value of the feature, in tenths.
    fn tenths(self) -> u8 {
        match self {
            Self::OnPath => 8,
            Self::Word | Self::Between | Self::PathFrame => 6,
            Self::PathPair | Self::VoteShared | Self::VoteSure | Self::VoteBoth => 5,
            Self::WordFrame | Self::Governed => 4,
            Self::GovernedBy => 2,
            _ => 3,
        }
    }
}

impl Features {
    /// Reads the features of a pair.
    pub(crate) fn fill(&mut self, pair: &Pair<'_>) {
        self.sparse.clear();
        self.dense = [0.0; N_DENSE];
        let source = pair.head(pair.source);
        let target = pair.head(pair.target);
        let Some(anchor) = source.or(target).or_else(|| pair.analysis.token_at(pair.at)) else {
            return;
        };
        for token in anchor.sentence().tokens().take(WORDS).filter(|token| !pair.names(*token)) {
            self.word(pair.codebook, token);
        }
        if let (Some(source), Some(target)) = (source, target) {
            self.between(pair, source, target);
        }
        self.path(pair.codebook, source, target, anchor);
        self.ends(source, target);
        self.spotted(anchor, source, target);
        for vote in pair.votes {
            self.vote(*vote);
        }
        self.sparse.sort_unstable_by_key(|&(bucket, tenths)| (bucket, std::cmp::Reverse(tenths)));
        self.sparse.dedup_by_key(|(bucket, _)| *bucket);
        for set in self.dense.as_chunks_mut::<{ vectors::DIMENSIONS }>().0 {
            let length = set.iter().map(|number| number * number).sum::<f32>().sqrt();
            if length > 0.0 {
                for number in set {
                    *number /= length;
                }
            }
        }
    }

    fn add(&mut self, seen: FeatureKind, values: &[&str]) {
        self.add_tenths(seen, values, seen.tenths());
    }

    fn add_tenths(&mut self, seen: FeatureKind, values: &[&str], tenths: u8) {
        let mut all = (seen as u32 + 1).wrapping_mul(0x9e37_79b9);
        for value in values {
            for byte in value.bytes() {
                all = (all ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193);
            }
            all = (all ^ 0xff).wrapping_mul(0x0100_0193);
        }
        let bucket = ((all ^ (all >> 15)) as usize) % BUCKETS;
        self.sparse.push((u16::try_from(bucket).expect("there are 2^15 buckets"), tenths));
    }

    /// Adds the vector of a word, at unit length, to that of a set.
    fn vector(&mut self, set: usize, lemma: &str) {
        let lower = Lower::<20>::without_stop(lemma);
        let Some(numbers) = vectors::of(lower.as_str()) else { return };
        let number = |byte: &u8| f32::from(byte.cast_signed());
        let length = numbers.iter().map(|byte| number(byte) * number(byte)).sum::<f32>().sqrt();
        let into = &mut self.dense[set * vectors::DIMENSIONS..][..vectors::DIMENSIONS];
        for (sum, byte) in into.iter_mut().zip(numbers) {
            *sum += number(byte) / length.max(1.0);
        }
    }

    fn word(&mut self, codebook: &Codebook, token: Token<'_>) {
        if matches!(token.upos(), Upos::Verb | Upos::Noun | Upos::Adj | Upos::Adv) {
            self.add(FeatureKind::Word, &[token.lemma()]);
            self.vector(0, token.lemma());
        }
        self.frames(codebook, FeatureKind::WordFrame, token);
        if NEGATIONS.iter().any(|word| clause::is(token, word)) {
            self.add(FeatureKind::AnyNegation, &[]);
        }
        if token.xpos() == Xpos::MD {
            self.add(FeatureKind::AnyModal, &[token.text()]);
        }
    }

    /// Adds the types that frames of a word give.
    fn frames(&mut self, codebook: &Codebook, seen: FeatureKind, token: Token<'_>) {
        let pos = if token.upos() == Upos::Verb { Pos::Verb } else { Pos::Noun };
        for frame in codebook.frames_of(token.lemma(), pos) {
            self.add(seen, &[frame.kind.as_str()]);
        }
    }

    fn between(&mut self, pair: &Pair<'_>, source: Token<'_>, target: Token<'_>) {
        let order = if source.idx() < target.idx() { "<" } else { ">" };
        self.add(FeatureKind::Order, &[order]);
        let (first, last) =
            if source.idx() < target.idx() { (source, target) } else { (target, source) };
        let stretch = std::iter::successors(Some(first), |token| token.next())
            .take(WORDS)
            .take_while(|token| token.idx() <= last.idx());
        for token in stretch {
            let counts = !matches!(token.upos(), Upos::Punct | Upos::Propn) && !pair.names(token);
            if counts {
                self.add(FeatureKind::Between, &[token.lemma()]);
                self.vector(1, token.lemma());
            }
        }
    }

    /// Adds the words on the path from one party to the other; with one party, those above it.
    fn path(
        &mut self,
        codebook: &Codebook,
        source: Option<Token<'_>>,
        target: Option<Token<'_>>,
        anchor: Token<'_>,
    ) {
        let path = Path::of(source, target, anchor);
        let mut before: Option<Token<'_>> = None;
        for token in path.inner() {
            let told = matches!(token.upos(), Upos::Verb | Upos::Noun | Upos::Adj);
            if token.upos() == Upos::Verb || told {
                self.grammar(token);
            }
            self.frames(codebook, FeatureKind::PathFrame, token);
            if told {
                self.add(FeatureKind::OnPath, &[token.lemma()]);
                self.vector(2, token.lemma());
                if let Some(before) = before {
                    self.add(FeatureKind::PathPair, &[before.lemma(), token.lemma()]);
                }
                before = Some(token);
            }
        }
        if source.is_some() && target.is_some() {
            let relations = |tokens: &[Token<'_>], seen, features: &mut Self| {
                let names: Vec<&str> =
                    tokens.iter().take(4).map(|token| token.deprel().as_str()).collect();
                features.add(seen, &names);
            };
            let up = path.up.len().saturating_sub(1);
            relations(&path.up[..up], FeatureKind::Up, self);
            relations(&path.down, FeatureKind::Down, self);
        }
    }

    /// Adds what depends on a word of the path.
    fn grammar(&mut self, token: Token<'_>) {
        if token.upos() == Upos::Verb {
            self.add(FeatureKind::Tag, &[token.xpos().as_str()]);
        }
        for child in token.children().take(WORDS) {
            match child.deprel() {
                Deprel::Aux | Deprel::AuxPass if child.xpos() == Xpos::MD => {
                    self.add(FeatureKind::Modal, &[child.text()]);
                }
                Deprel::AuxPass => self.add(FeatureKind::Passive, &[]),
                Deprel::CompoundPrt => {
                    self.add(FeatureKind::Particle, &[token.lemma(), child.lemma()]);
                }
                Deprel::Case => self.add(FeatureKind::Preposition, &[child.lemma()]),
                Deprel::Mark => {
                    self.add(FeatureKind::Mark, &[child.lemma()]);
                    if child.xpos() == Xpos::TO {
                        self.add(FeatureKind::Infinitive, &[]);
                    }
                }
                Deprel::Obj | Deprel::Xcomp | Deprel::Ccomp | Deprel::Obl | Deprel::Advcl
                    if token.upos() == Upos::Verb =>
                {
                    self.add(FeatureKind::Governed, &[child.lemma()]);
                    self.add(FeatureKind::GovernedBy, &[child.deprel().as_str()]);
                }
                _ => {}
            }
            if NEGATIONS.iter().any(|word| clause::is(child, word)) {
                self.add(FeatureKind::Negated, &[]);
            }
        }
    }

    /// Adds how the parties themselves stand in the tree.
    fn ends(&mut self, source: Option<Token<'_>>, target: Option<Token<'_>>) {
        let sides = [
            (
                source,
                FeatureKind::SourceCase,
                FeatureKind::SourceHead,
                FeatureKind::SourceRelation,
                "source",
            ),
            (
                target,
                FeatureKind::TargetCase,
                FeatureKind::TargetHead,
                FeatureKind::TargetRelation,
                "target",
            ),
        ];
        for (party, case, head, relation, name) in sides {
            let Some(party) = party else {
                self.add(FeatureKind::Nobody, &[name]);
                continue;
            };
            for child in party.children().take(WORDS).filter(|child| child.deprel() == Deprel::Case)
            {
                self.add(case, &[child.lemma()]);
            }
            if let Some(above) = party.head() {
                self.add(head, &[above.lemma()]);
            }
            self.add(relation, &[party.deprel().as_str()]);
        }
    }

    /// Adds what a reader that spots triggers sees in the sentence.
    fn spotted(&mut self, anchor: Token<'_>, source: Option<Token<'_>>, target: Option<Token<'_>>) {
        let triggers = anchor.analysis().triggers();
        for token in anchor.sentence().tokens().take(WORDS) {
            let Some(trigger) = triggers.at(token.idx()) else { continue };
            let role = |party: Option<Token<'_>>, row: usize| {
                let scores = triggers.roles(trigger, party?.idx())?;
                Some(share(logit(scores[row])))
            };
            let ends = role(source, 0).zip(role(target, 1));
            let linked = ends.map_or(0.0, |(source, target)| (source * target).sqrt());
            let none = logit(trigger.types[0]);
            for (kind, score) in PloverType::ALL.iter().zip(&trigger.types[1..]) {
                // Against no event; what other types take away matters little here.
                let probability = share(logit(*score) - none);
                for (seen, value) in [
                    (FeatureKind::Spotted, probability),
                    (FeatureKind::SpottedBetween, probability * linked),
                ] {
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "from 0 to 10"
                    )]
                    let tenths = (value * 10.0).round() as u8;
                    if tenths > 0 {
                        self.add_tenths(seen, &[kind.as_str()], tenths);
                    }
                }
            }
        }
    }

    fn vote(&mut self, vote: Vote) {
        let kind = vote.kind.as_str();
        let negative = if vote.negative { "-" } else { "" };
        let ahead = if vote.ahead { "?" } else { "" };
        let shared = ["0", "1", "2"][usize::from(vote.shared.min(2))];
        self.add(FeatureKind::VoteShared, &[kind, shared]);
        self.add(FeatureKind::VoteSure, &[kind, negative, ahead]);
        if vote.shared >= 2 {
            self.add(FeatureKind::VoteBoth, &[kind, negative, ahead]);
        }
    }
}

/// Returns the probability of a logarithm of odds.
fn share(odds: f32) -> f32 {
    1.0 / (1.0 + libm::expf(-odds))
}

/// Words that negate what they depend on.
const NEGATIONS: [&str; 4] = ["not", "n't", "never", "no"];

/// Path through the tree from one party to the other.
struct Path<'a> {
    /// From the source up to where the two meet.
    up: Vec<Token<'a>>,
    /// From the target up to just below there.
    down: Vec<Token<'a>>,
    ends: [Option<Token<'a>>; 2],
}

impl<'a> Path<'a> {
    fn of(source: Option<Token<'a>>, target: Option<Token<'a>>, anchor: Token<'a>) -> Self {
        let above = |token: Token<'a>| -> Vec<Token<'a>> {
            std::iter::once(token).chain(token.ancestors()).take(REACH).collect()
        };
        let ends = [source, target];
        let (Some(source), Some(target)) = (source, target) else {
            return Self { up: above(anchor), down: Vec::new(), ends };
        };
        let (mut up, mut down) = (above(source), above(target));
        let meet = up.iter().enumerate().find_map(|(at, token)| {
            let other = down.iter().position(|other| other == token)?;
            Some((at, other))
        });
        if let Some((at, other)) = meet {
            up.truncate(at + 1);
            down.truncate(other);
        }
        Self { up, down, ends }
    }

    /// Returns the words of the path without the parties.
    fn inner(&self) -> impl Iterator<Item = Token<'a>> {
        let all = self.up.iter().chain(&self.down).copied();
        all.filter(|token| !self.ends.contains(&Some(*token)))
    }
}
