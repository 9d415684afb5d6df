//! An event of the world for readers that list occasions: calendars and pages of events.

use dateline_core::{Interval, Moment, Standing};

use super::World;

/// An event of the world with what a list leaves out.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    /// The event.
    pub world: &'a World,
    /// The sentence it is told by.
    pub summary: &'a str,
    /// Who published the report that made it stand as it does.
    pub source: &'a str,
    /// How many states it went through, the present one counted.
    pub changes: u32,
    /// When it was to begin before it was moved to a stretch that shares no moment with that one; none where it never was. One that
    /// was only told more exactly was not moved.
    pub previous_from: Option<Moment>,
}

impl Occasion<'_> {
    /// What it is called: *Consult: Joe Biden, Vladimir Putin (Geneva)*.
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

    /// The stretch it lies in or fills; none without a date.
    pub(super) fn interval(&self) -> Option<Interval> {
        Interval::new(self.world.from?, self.world.to?)
    }
}

/// Whether an event is or was something ahead, by how it stands and whether it changed: what a calendar lists.
pub(super) fn is_plan(status: Standing, changes: u32) -> bool {
    match status {
        Standing::Proposed
        | Standing::Expected
        | Standing::Scheduled
        | Standing::Postponed
        | Standing::Cancelled
        | Standing::Unreported => true,
        // It was told before it was over, or told again.
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
