//! Counts over all articles, and the figures made of them.

use crate::{Report, Score, score::percent};

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
            report.score(name, &format!("{name}_f1"), score);
        }
        report.percent("false_share", percent(events.spurious, found));
        for (name, right) in &measures[3..] {
            report.percent(format!("{name}_of_typed"), percent(*right, events.typed));
        }
        let StatementCounts { expected, found, speaker } = self.statements;
        report.percent("said_found", percent(found, expected));
        report.percent("said_speaker", percent(speaker, expected));
        report.percent("who_right", percent(self.actors.right, self.actors.expected));
        report.percent("ref_right", percent(self.references.right, self.references.expected));
    }
}
