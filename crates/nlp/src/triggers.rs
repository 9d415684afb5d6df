//! Triggers: words that may tell an event, with what a reader makes of them.
//!
//! A reader scores each word for types of event, and each other word near it for roles. Which types, statuses and roles there are
//! is up to the model: this crate passes on their scores under the names that the weights file gives them.

use std::ops::Range;

use crate::TokenIdx;

/// Number of types of event. Scores of types have one more: that of no event, which comes first.
pub const N_TYPES: usize = 16;

/// Number of statuses of an event.
pub const N_STATUSES: usize = 8;

/// Number of roles.
pub const N_ROLES: usize = 4;

/// Scores are in units of 1/1024.
pub(crate) const UNITS: f32 = 1024.0;

/// Difference to the score of no event up to which a word is kept: a probability of about one percent.
pub(crate) const KEPT: f32 = 4.6;

/// A word that may tell an event. Scores are natural logarithms of odds, up to a constant, in units of 1/1024.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trigger {
    /// The word.
    pub token: TokenIdx,
    /// Scores of no event, and of each type.
    pub types: [i16; N_TYPES + 1],
    /// Scores of the statuses.
    pub statuses: [i16; N_STATUSES],
    /// Score of the event being denied; more than zero says that it is more likely than not.
    pub denied: i16,
    /// Score of the event being claimed by somebody in the text and not by the text.
    pub claimed: i16,
    /// First token that has scores for roles, and the token after the last; equal for a reader without roles.
    pub(crate) window: (u32, u32),
    /// Where the scores of roles begin: those of all roles for the first token, then for the next.
    pub(crate) roles: u32,
}

/// The triggers of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Triggers {
    pub(crate) list: Vec<Trigger>,
    pub(crate) roles: Vec<i16>,
    pub(crate) are_read: bool,
}

impl Triggers {
    /// Returns the triggers in the order of the text.
    ///
    /// ```
    /// use dateline_nlp::{English, ReaderKind};
    ///
    /// let analysis = English::new(ReaderKind::best()).analyze("Norway attacked Denmark.");
    /// for trigger in analysis.triggers().list() {
    ///     assert_eq!(analysis.token(trigger.token).text(), "attacked");
    /// }
    /// ```
    pub fn list(&self) -> &[Trigger] {
        &self.list
    }

    /// Returns true if the reader spots triggers at all.
    pub fn are_read(&self) -> bool {
        self.are_read
    }

    /// Returns the trigger at a token.
    pub fn at(&self, token: TokenIdx) -> Option<&Trigger> {
        let at = self.list.binary_search_by_key(&token, |trigger| trigger.token).ok()?;
        Some(&self.list[at])
    }

    /// Returns the scores of a token for each role in the event of a trigger: natural logarithms of odds in units of 1/1024.
    /// `None` if the token was not read together with the trigger, or the reader has no roles.
    pub fn roles(&self, trigger: &Trigger, token: TokenIdx) -> Option<&[i16; N_ROLES]> {
        let (first, end) = trigger.window;
        if !(first..end).contains(&token.0) {
            return None;
        }
        let from = trigger.roles as usize + (token.0 - first) as usize * N_ROLES;
        self.roles.get(from..)?.first_chunk()
    }

    /// Returns the tokens that were read together with a trigger and have scores for its roles.
    pub fn window(&self, trigger: &Trigger) -> Range<TokenIdx> {
        TokenIdx(trigger.window.0)..TokenIdx(trigger.window.1)
    }
}

/// Converts a score of a [`Trigger`] or a role to a natural logarithm of odds.
///
/// ```
/// assert_eq!(dateline_nlp::logit(1024), 1.0);
/// ```
pub fn logit(score: i16) -> f32 {
    f32::from(score) / UNITS
}

/// Names of what the scores of [`Triggers`] are for, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TriggerLabels {
    /// Types of event, without that of no event.
    pub types: Vec<String>,
    /// Statuses.
    pub statuses: Vec<String>,
    /// Roles; empty for a reader without them.
    pub roles: Vec<String>,
}

/// Returns a score in units of 1/1024; what is beyond the range is cut.
#[expect(clippy::cast_possible_truncation, reason = "numbers beyond the range saturate")]
pub(crate) fn in_units(score: f32) -> i16 {
    (score * UNITS).round_ties_even() as i16
}
