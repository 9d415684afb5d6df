//! Parts of speech: a score for each universal and each Penn tag, and the pairs of them that occur.

use super::{linear::Linear, transformer::Encoded, weights::Weights};
use crate::{
    analysis::TokenRecord,
    tags::{Upos, Xpos},
};

/// The layer that scores tags.
#[derive(Debug)]
pub(crate) struct Tagger {
    scores: Linear,
    /// Pairs of tags, with the places of their scores.
    pairs: Vec<((Upos, Xpos), (usize, usize))>,
}

impl Tagger {
    /// Arranges the layer of a weights file.
    pub(crate) fn new(weights: &Weights<'_>, width: usize) -> Self {
        let upos: Vec<Upos> = weights.labels("upos");
        let xpos: Vec<Xpos> = weights.labels("xpos");
        let scores = Linear::read(weights, "tag", width);
        assert_eq!(scores.n_out(), upos.len() + xpos.len(), "a score for each tag");
        let pair = |line: &&str| {
            let (one, other) = line.split_once(' ').expect("two tags a line");
            let pair: (Upos, Xpos) =
                (one.parse().expect("a known tag"), other.parse().expect("a known tag"));
            let place = |place: Option<usize>| place.expect("a tag of the lists");
            let one = place(upos.iter().position(|tag| *tag == pair.0));
            let other = place(xpos.iter().position(|tag| *tag == pair.1));
            (pair, (one, upos.len() + other))
        };
        let pairs: Vec<_> = weights.list("tags").iter().map(pair).collect();
        assert!(!pairs.is_empty(), "pairs of tags");
        Self { scores, pairs }
    }

    /// Sets the tags of the tokens of all windows.
    pub(crate) fn apply(
        &self,
        encoded: Encoded<'_>,
        scores: &mut Vec<f32>,
        rows: &mut [TokenRecord],
    ) {
        self.scores.apply(encoded.machine, encoded.vectors, scores);
        for window in encoded.windows {
            let lines = scores[window.vectors.start * self.scores.stride()..]
                .chunks_exact(self.scores.stride())
                .skip(1);
            let rows = &mut rows[window.tokens.start as usize..window.tokens.end as usize];
            for (row, line) in rows.iter_mut().zip(lines) {
                (row.upos, row.xpos) = self.best(line);
            }
        }
    }

    /// Returns the pair with the greatest sum; the first of equal ones.
    fn best(&self, line: &[f32]) -> (Upos, Xpos) {
        let sum = |&(_, (one, other)): &(_, (usize, usize))| line[one] + line[other];
        let mut best = &self.pairs[0];
        for pair in &self.pairs[1..] {
            if sum(pair) > sum(best) {
                best = pair;
            }
        }
        best.0
    }
}
