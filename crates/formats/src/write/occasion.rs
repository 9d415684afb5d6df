//! An event for writers of calendars and event pages.

use dateline_core::{Interval, Moment, Standing};

use super::World;

/// An event with its summary and history.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    /// Event.
    pub world: &'a World,
    /// Sentence that reports it.
    pub summary: &'a str,
    /// Publisher of the report that set the current status.
    pub source: &'a str,
    /// Number of states in its history, including the current one.
    pub changes: u32,
    /// Original start, if the event was moved to an interval that does not overlap the original one. A date that only became more
    /// precise was not moved.
    pub previous_from: Option<Moment>,
}

impl Occasion<'_> {
    /// Title: *Consult: Joe Biden, Vladimir Putin (Geneva)*.
    pub(super) fn title(&self) -> String {
        let kind = self.world.kind.as_str();
        let (first, rest) = kind.split_at(1);
        let mut title = format!("{first}{}", rest.to_lowercase());
        if !self.world.parties.is_empty() {
            title = format!("{title}: {}", self.world.parties.join(", "));
        }
        match &self.world.place {
            Some(place) => format!("{title} ({place})"),
            None => title,
        }
    }

    /// Interval of the event, if it has a date.
    pub(super) fn interval(&self) -> Option<Interval> {
        Interval::new(self.world.from?, self.world.to?)
    }
}

/// Returns true if an event is planned, or was reported before it took place. Calendars list these.
pub(super) fn is_plan(status: Standing, changes: u32) -> bool {
    match status {
        Standing::Proposed
        | Standing::Expected
        | Standing::Scheduled
        | Standing::Postponed
        | Standing::Cancelled
        | Standing::Unreported => true,
        // More than one state: the event was announced before it took place, or its report was revised.
        Standing::Ongoing | Standing::Occurred | Standing::Disputed => changes > 1,
        Standing::Hypothetical => false,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// An event between two moments.
    pub(in crate::write) fn world(status: Standing, from: Option<&str>, to: Option<&str>) -> World {
        let moment = |text: Option<&str>| text.map(|text| text.parse().unwrap());
        World {
            id: "w0123456789ab".to_owned(),
            kind: dateline_core::codes::PloverType::Consult,
            status,
            from: moment(from),
            to: moment(to),
            parties: vec!["Kari Lund".to_owned(), "Ana Ito".to_owned()],
            place: Some("Oslo".to_owned()),
            first_reported: "2021-05-04".parse().unwrap(),
            reported: "2021-05-08".parse().unwrap(),
            sources: 2,
            mentions: 3,
            documents: 2,
        }
    }
}
