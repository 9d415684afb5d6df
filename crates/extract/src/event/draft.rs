//! The event as this layer builds it.

use dateline_core::{
    Certainty, Polarity, SizeKind, Status,
    codes::{Cameo, Context, Mode, PloverType},
};
use dateline_nlp::{Span, TokenIdx};

use super::codebook::FrameIdx;
use crate::{entity::EntityIdx, statement::StatementIdx, time::When};

/// Number of an event in its document, from 0, in the order of triggers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct EventIdx(pub(crate) u32);

/// An act with everything the text says about it.
#[derive(Debug, Clone)]
pub(crate) struct EventDraft {
    /// Rule that found it.
    pub(crate) rule: Rule,
    /// Frame of the codebook, if one fits.
    pub(crate) frame: Option<FrameIdx>,
    pub(crate) kind: PloverType,
    pub(crate) mode: Option<Mode>,
    pub(crate) cameo: Option<Cameo>,
    pub(crate) contexts: Vec<Context>,
    /// Words of the trigger, and the token its lemma is read from.
    pub(crate) trigger: (Span, TokenIdx),
    /// Sources; all parties of a symmetric act.
    pub(crate) sources: Vec<EntityIdx>,
    pub(crate) targets: Vec<EntityIdx>,
    pub(crate) when: Option<When>,
    pub(crate) places: Vec<EntityIdx>,
    pub(crate) status: Status,
    pub(crate) polarity: Polarity,
    pub(crate) certainty: Certainty,
    /// Probability that the act has this type.
    pub(crate) confidence: f32,
    /// Factuality in tenths, from -30 to 30.
    pub(crate) factuality: i8,
    /// Numbers of people affected or taking part.
    pub(crate) sizes: Vec<SizeDraft>,
    /// Statements whose content the act is part of, the outermost first.
    pub(crate) attribution: Vec<StatementIdx>,
}

impl EventDraft {
    /// Returns true if two acts have times that do not overlap.
    pub(crate) fn is_at_another_time(&self, other: &Self) -> bool {
        let times = self.when.zip(other.when).map(|(own, other)| (own.interval, other.interval));
        times.is_some_and(|(own, other)| own.to() <= other.from() || other.to() <= own.from())
    }

    /// Returns true if the act is over or going on.
    pub(crate) fn is_past(&self) -> bool {
        is_past(self.status)
    }

    /// Returns the targets; of a symmetric act, all parties.
    pub(super) fn other_side(&self) -> &[EntityIdx] {
        if self.targets.is_empty() { &self.sources } else { &self.targets }
    }
}

/// Returns true for the status of an act that is over or going on.
pub(super) fn is_past(status: Status) -> bool {
    matches!(status, Status::Occurred | Status::Ongoing)
}

/// A number of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SizeDraft {
    pub(crate) kind: SizeKind,
    pub(crate) number: Option<u64>,
    pub(crate) bound: Option<dateline_core::Bound>,
    pub(crate) span: Span,
}

/// Rule by which an act is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// A frame of the codebook fits.
    Frame,
    /// Somebody says what another must do, which makes it a request.
    Demand,
    /// A noun denies an act reported before.
    Denial,
    /// A noun refers back to an act reported before.
    PointsBack,
    /// No frame fits, and the ranker is confident.
    Ranker,
    /// The reader takes the word for a trigger, and no frame has its type.
    Model,
}

impl Rule {
    /// Returns its name in explanations.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Frame => "frame",
            Self::Demand => "demand",
            Self::Denial => "denial",
            Self::PointsBack => "points-back",
            Self::Ranker => "ranker",
            Self::Model => "model",
        }
    }
}
