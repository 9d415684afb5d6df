//! Names: scores of their tags, which the search of the fast network turns into names.

use super::{linear::Linear, transformer::Encoded, weights::Weights};
use crate::{
    analysis::Name,
    net::names::{N_NAME_TAGS, Search, decode},
};

/// Scores are passed on in units of 1/1024.
const UNITS: f32 = 1024.0;

/// The layer that scores the tags of names.
#[derive(Debug)]
pub(crate) struct Namer {
    scores: Linear,
}

impl Namer {
    /// Arranges the layer of a weights file.
    pub(crate) fn new(weights: &Weights<'_>, width: usize) -> Self {
        let scores = Linear::read(weights, "name", width);
        assert_eq!(
            (scores.n_out(), weights.list("names").len()),
            (N_NAME_TAGS, N_NAME_TAGS),
            "a score for each tag of names"
        );
        Self { scores }
    }

    /// Appends the names in all windows, sentence by sentence.
    pub(crate) fn apply(
        &self,
        encoded: Encoded<'_>,
        scores: &mut Vec<f32>,
        search: &mut Search,
        names: &mut Vec<Name>,
    ) {
        self.scores.apply(encoded.machine, encoded.vectors, scores);
        let stride = self.scores.stride();
        let mut whole = Vec::new();
        for stretch in encoded.stretches {
            let lines = &scores[stretch.vectors.start * stride..stretch.vectors.end * stride];
            whole.clear();
            #[expect(
                clippy::cast_possible_truncation,
                reason = "scores are small; others saturate"
            )]
            whole.extend(lines.iter().map(|score| (score * UNITS).round_ties_even() as i32));
            decode(&whole, stride, stretch.tokens.start, search, names);
        }
    }
}
