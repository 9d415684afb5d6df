//! Models that make events of a reader's scores: they weigh the scores of a trigger together with what the tree, the entities and the
//! frames of the codebook say.
//!
//! - [`act`]: how likely the word tells an event of its most likely type. This is the confidence of the event.
//! - [`role`]: which entity is source or target.
//! - [`status`]: the status, and whether the event is denied.
//!
//! The models are small and log-linear ([`sparse`](crate::sparse)). `cargo xtask train acts` makes their weights, `model/acts.weights`, on scores of
//! readers that did not learn from the texts in question: a reader is surer of texts it has learned from.

pub(crate) mod act;
mod limits;
pub(crate) mod role;
pub(crate) mod status;
#[cfg(feature = "train")]
pub(crate) mod train;

use std::sync::LazyLock;

use dateline_nlp::N_STATUSES;

#[cfg_attr(
    not(feature = "train"),
    expect(unreachable_pub, reason = "public to trainers only")
)]
pub use limits::Limits;

use crate::sparse::Model;

/// The models.
#[derive(Debug, Clone)]
#[cfg_attr(not(feature = "train"), expect(unreachable_pub, reason = "public to trainers only"))]
pub struct Models {
    pub(super) act: Model<2>,
    pub(super) role: Model<3>,
    pub(super) status: Model<N_STATUSES>,
    pub(super) denial: Model<2>,
    /// Least probabilities of events and parties.
    pub(crate) limits: Limits,
}

impl Models {
    /// Returns the compiled-in models.
    #[cfg_attr(not(feature = "train"), expect(unreachable_pub, reason = "public to trainers only"))]
    pub fn compiled_in() -> &'static Self {
        static MODELS: LazyLock<Models> = LazyLock::new(|| {
            Models::read(include_bytes!("../../../model/acts.weights"))
                .expect("model/acts.weights is read by a test")
        });
        &MODELS
    }

    /// Reads a weights file; `None` if its length is wrong.
    pub(crate) fn read(file: &[u8]) -> Option<Self> {
        let (act, rest) = file.split_at_checked(Model::<2>::SIZE)?;
        let (role, rest) = rest.split_at_checked(Model::<3>::SIZE)?;
        let (status, rest) = rest.split_at_checked(Model::<N_STATUSES>::SIZE)?;
        let (denial, limits) = rest.split_at_checked(Model::<2>::SIZE)?;
        Some(Self {
            act: Model::read(act)?,
            role: Model::read(role)?,
            status: Model::read(status)?,
            denial: Model::read(denial)?,
            limits: Limits::read(limits)?,
        })
    }

    /// Returns the limits.
    #[cfg(feature = "train")]
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Returns the same models with other limits.
    #[cfg(feature = "train")]
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Returns the bytes of the weights file.
    #[cfg(feature = "train")]
    pub fn to_bytes(&self) -> Vec<u8> {
        [
            self.act.to_bytes(),
            self.role.to_bytes(),
            self.status.to_bytes(),
            self.denial.to_bytes(),
            self.limits.to_bytes(),
        ]
        .concat()
    }
}

#[cfg(test)]
mod tests {
    use dateline_core::{Status, codes::PloverType};
    use dateline_nlp::{English, ReaderKind, TriggerLabels};

    use super::*;

    #[test]
    fn readers_score_types_and_statuses_in_our_order() {
        for &kind in ReaderKind::ALL.iter().filter(|kind| kind.is_available()) {
            let labels = English::new(kind).trigger_labels();
            if labels == TriggerLabels::default() {
                continue;
            }
            assert!(labels.types.iter().eq(PloverType::ALL.iter().map(|one| one.as_str())));
            assert!(labels.statuses.iter().eq(Status::ALL.iter().map(|one| one.as_str())));
            assert!(
                ["source", "target"].iter().zip(&labels.roles).all(|(one, other)| one == other)
            );
        }
    }

    #[test]
    fn the_compiled_in_models_read() {
        Models::compiled_in();
        assert!(Models::read(&[0; 100]).is_none());
    }
}
