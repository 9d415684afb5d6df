//! Triggers of events: scores of types, statuses and denial for each token, and of roles for each pair of a trigger and a token.

use fearless_simd::dispatch;

use super::{
    lanes::leaky_relu,
    linear::Linear,
    products::{Rows, dot},
    rounded::Rounded,
    transformer::Encoded,
    weights::Weights,
};
use crate::{
    TokenIdx,
    triggers::{KEPT, N_ROLES, N_STATUSES, N_TYPES, Trigger, TriggerLabels, Triggers, in_units},
};

/// Slope of the activation for negative numbers.
const SLOPE: f32 = 0.1;

/// Scores of a token: no event and each type, the statuses, denial and claim.
const N_SCORES: usize = 1 + N_TYPES + N_STATUSES + 2;

/// The layers that score triggers and roles.
#[derive(Debug)]
pub(crate) struct Spotter {
    scores: Linear,
    /// From a vector to two views: as a trigger and as a word with a role.
    views: Linear,
    role: Linear,
    role_width: usize,
    labels: TriggerLabels,
}

/// Buffers, reused from batch to batch.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    scores: Vec<f32>,
    views: Vec<f32>,
    rounded: Rounded,
    own: Vec<f32>,
    mixed: Vec<f32>,
}

impl Spotter {
    /// Arranges the layers of a weights file.
    pub(crate) fn new(weights: &Weights<'_>, width: usize) -> Self {
        let role_width = weights.setting("role");
        let list = |name: &str| weights.list(name).iter().map(|&name| name.to_owned()).collect();
        let labels = TriggerLabels {
            types: list("types"),
            statuses: list("statuses"),
            roles: list("roles"),
        };
        let spotter = Self {
            scores: Linear::read(weights, "event", width),
            views: Linear::read(weights, "party", width),
            role: Linear::read(weights, "role", role_width),
            role_width,
            labels,
        };
        let labels = &spotter.labels;
        assert_eq!(
            (labels.types.len(), labels.statuses.len(), labels.roles.len()),
            (N_TYPES, N_STATUSES, N_ROLES),
            "labels of triggers"
        );
        assert_eq!(
            (spotter.scores.n_out(), spotter.views.n_out(), spotter.role.n_out()),
            (N_SCORES, 2 * role_width, N_ROLES * (role_width + 1)),
            "sizes of the layers of triggers"
        );
        spotter
    }

    /// Names of what is scored.
    pub(crate) fn labels(&self) -> &TriggerLabels {
        &self.labels
    }

    /// Appends the triggers in all windows.
    pub(crate) fn apply(
        &self,
        encoded: Encoded<'_>,
        scratch: &mut Scratch,
        triggers: &mut Triggers,
    ) {
        let machine = encoded.machine;
        self.scores.apply(machine, encoded.vectors, &mut scratch.scores);
        let stride = self.scores.stride();
        let first_new = triggers.list.len();
        // The vector of each new trigger, and the window it is in.
        let mut places = Vec::new();
        for (number, window) in encoded.windows.iter().enumerate() {
            let vectors = window.vectors.start + 1..window.vectors.end;
            for (token, vector) in window.tokens.clone().zip(vectors) {
                let line = &scratch.scores[vector * stride..][..N_SCORES];
                if let Some(trigger) = trigger(TokenIdx(token), line) {
                    triggers.list.push(trigger);
                    places.push((number, vector));
                }
            }
        }
        if places.is_empty() {
            return;
        }
        self.views.apply(machine, encoded.vectors, &mut scratch.views);
        leaky_relu(machine, &mut scratch.views, SLOPE);
        let stride = self.views.stride();
        scratch.own.clear();
        for &(_, vector) in &places {
            scratch.own.extend_from_slice(&scratch.views[vector * stride..][..self.role_width]);
        }
        scratch.rounded.fill(machine, &scratch.own, self.role_width, self.role_width);
        self.role.apply(machine, &scratch.rounded, &mut scratch.mixed);
        let others = Rows::new(&scratch.views, stride, self.role_width, self.role_width);
        let lines = scratch.mixed.chunks_exact(self.role.stride());
        for ((trigger, line), &(window, _)) in
            triggers.list[first_new..].iter_mut().zip(lines).zip(&places)
        {
            let window = &encoded.windows[window];
            trigger.window = (window.tokens.start, window.tokens.end);
            trigger.roles = u32::try_from(triggers.roles.len()).expect("few triggers");
            let roles = &mut triggers.roles;
            dispatch!(machine.level(), simd => {
                for vector in window.vectors.start + 1..window.vectors.end {
                    let other = others.row(vector);
                    for weights in line.chunks_exact(self.role_width + 1).take(N_ROLES) {
                        let (bias, weights) =
                            weights.split_last().expect("a role has a bias");
                        roles.push(in_units(dot(simd, weights, other) + bias));
                    }
                }
            });
        }
    }
}

/// Returns the trigger at a token, if its scores are not far below that of no event.
fn trigger(token: TokenIdx, line: &[f32]) -> Option<Trigger> {
    let (types, rest) = line.split_first_chunk::<{ N_TYPES + 1 }>()?;
    let (statuses, rest) = rest.split_first_chunk::<N_STATUSES>()?;
    let &[denied, claimed] = rest.first_chunk()?;
    let best = types[1..].iter().copied().fold(f32::NEG_INFINITY, f32::max);
    (best > types[0] - KEPT).then(|| Trigger {
        token,
        types: types.map(in_units),
        statuses: statuses.map(in_units),
        denied: in_units(denied),
        claimed: in_units(claimed),
        window: (0, 0),
        roles: 0,
    })
}
