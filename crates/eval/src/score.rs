//! Counts of right, found and expected items, from which precision, recall and F1 follow.

/// Counts that make precision, recall and F1.
///
/// ```
/// # use dateline_eval::Score;
/// let score = Score { right: 6, found: 8, expected: 12 };
/// assert_eq!((score.precision(), score.recall(), score.f1()), (75.0, 50.0, 60.0));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// Items that are in the output and in the annotation.
    pub right: usize,
    /// Items in the output.
    pub found: usize,
    /// Items in the annotation.
    pub expected: usize,
}

impl Score {
    /// Precision in percent; 0 if nothing was found.
    pub fn precision(self) -> f64 {
        percent(self.right, self.found)
    }

    /// Recall in percent; 0 if nothing was expected.
    pub fn recall(self) -> f64 {
        percent(self.right, self.expected)
    }

    /// The harmonic mean of precision and recall, in percent.
    pub fn f1(self) -> f64 {
        percent(2 * self.right, self.found + self.expected)
    }

    /// Counts one yes-or-no decision.
    pub(crate) fn add(&mut self, found: bool, expected: bool) {
        self.right += usize::from(found && expected);
        self.found += usize::from(found);
        self.expected += usize::from(expected);
    }
}

/// A share in percent; 0 of 0 is 0.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub(crate) fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_lies_between_precision_and_recall() {
        let score = Score { right: 6, found: 8, expected: 12 };
        assert!((score.precision() - 75.0).abs() < 1e-9);
        assert!((score.recall() - 50.0).abs() < 1e-9);
        assert!((score.f1() - 60.0).abs() < 1e-9);
    }

    #[test]
    fn a_share_of_nothing_is_zero() {
        assert!(percent(0, 0).abs() < 1e-9);
    }

    #[test]
    fn a_decision_counts_on_the_sides_that_made_it() {
        let mut score = Score::default();
        for (found, expected) in [(true, true), (true, false), (false, true), (false, false)] {
            score.add(found, expected);
        }
        assert_eq!(score, Score { right: 1, found: 2, expected: 2 });
    }
}
