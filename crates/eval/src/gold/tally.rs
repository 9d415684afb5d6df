//! Counts over all articles, and the figures computed from them.
//!
//! Figures are rounded to tenths, and F1 is computed from rounded precision and recall, so that they can be compared with the figures
//! published for this annotation.

use crate::{Report, Score, report::tenths, score::percent};

/// Counts over all articles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) events: EventCounts,
    pub(super) statements: StatementCounts,
    pub(super) actors: Share,
    pub(super) references: Share,
}

/// Counts of required events.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct EventCounts {
    /// Annotated.
    pub(super) expected: usize,
    /// Extracted, but no annotated event.
    pub(super) spurious: usize,
    /// Paired with an extracted event.
    pub(super) found: usize,
    /// Found with an accepted type.
    pub(super) typed: usize,
    /// Found with a type of the same quad class.
    pub(super) quad: usize,
    /// Typed, with the right sources.
    pub(super) source: usize,
    /// Typed, with the right targets.
    pub(super) target: usize,
    /// Typed, with the right sources and targets.
    pub(super) triple: usize,
    /// The triple, with a right sector on each side.
    pub(super) sector: usize,
    /// Typed, with the right status and polarity.
    pub(super) real: usize,
    /// Typed, with the right day, or rightly without one.
    pub(super) day: usize,
    /// The triple, with the right status and polarity.
    pub(super) whole: usize,
}

/// Counts of required statements.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct StatementCounts {
    /// Annotated.
    pub(super) expected: usize,
    /// At least half of the content is in one extracted statement.
    pub(super) found: usize,
    /// Found with the right entity as speaker.
    pub(super) speaker: usize,
}

/// How many of some annotated things are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Share {
    pub(super) right: usize,
    pub(super) expected: usize,
}

impl Tally {
    /// Figures in the order a reader wants them.
    pub(super) fn report(&self, report: &mut Report) {
        let events = &self.events;
        let found = events.found + events.spurious;
        report.details.push(format!("events {}", events.expected));
        report.details.push(format!("extracted {found}"));
        let measures = [
            ("found", events.found),
            ("typed", events.typed),
            ("quad", events.quad),
            ("src", events.source),
            ("tgt", events.target),
            ("triple", events.triple),
            ("sector", events.sector),
            ("real", events.real),
            ("day", events.day),
            ("whole", events.whole),
        ];
        for (name, right) in measures {
            let score = Score { right, found, expected: events.expected };
            let (precision, recall) = (tenths(score.precision()), tenths(score.recall()));
            report.tenths(format!("{name}_precision"), precision);
            report.tenths(format!("{name}_recall"), recall);
            report.tenths(format!("{name}_f1"), harmonic_mean(precision, recall));
        }
        report.tenths("false_share", percent(events.spurious, found));
        for (name, right) in &measures[3..] {
            report.tenths(format!("{name}_of_typed"), percent(*right, events.typed));
        }
        let StatementCounts { expected, found, speaker } = self.statements;
        report.tenths("said_found", percent(found, expected));
        report.tenths("said_speaker", percent(speaker, expected));
        report.tenths("who_right", percent(self.actors.right, self.actors.expected));
        report.tenths("ref_right", percent(self.references.right, self.references.expected));
    }
}

fn harmonic_mean(a: f64, b: f64) -> f64 {
    if a + b > 0.0 { 2.0 * a * b / (a + b) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_is_computed_from_rounded_figures() {
        let events = EventCounts {
            expected: 295,
            found: 101,
            spurious: 19,
            triple: 48,
            ..EventCounts::default()
        };
        let mut report = Report::default();
        Tally { events, ..Tally::default() }.report(&mut report);
        let figures =
            ["triple_precision", "triple_recall", "triple_f1"].map(|name| report.value(name));
        assert_eq!(
            figures,
            [Some(40.0), Some(16.3), Some(23.2)],
            "of the exact figures it is 23.13"
        );
        assert_eq!(report.value("false_share"), Some(15.8));
        assert_eq!(report.value("whole_f1"), Some(0.0));
    }
}
