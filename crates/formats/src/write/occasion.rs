//! An event of the world for readers that list occasions: calendars and pages of events.

use dateline_core::{Moment, Standing};
use jiff::{ToSpan as _, civil::Date};

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
    /// When it was to begin before it was moved; none where it never was.
    pub previous_from: Option<Moment>,
}

/// How exactly days are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Precision {
    Minute,
    Day,
    /// Some days in a row, or some day among them.
    Days,
    Month,
    Year,
}

impl Precision {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Day => "day",
            Self::Days => "days",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
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

    /// Its first day, the day after its last, and how exactly they are told; none without a date.
    pub(super) fn days(&self) -> Option<(Date, Date, Precision)> {
        let (from, to) = (self.world.from?, self.world.to?);
        let (first, next) = (from.date(), to.date());
        let precision = match (from, to) {
            (Moment::Minute(_), _) | (_, Moment::Minute(_)) => Precision::Minute,
            _ if first.tomorrow().ok() == Some(next) => Precision::Day,
            _ if first.day() == 1 && first.checked_add(1.month()).ok() == Some(next) => {
                Precision::Month
            }
            _ if first.day_of_year() == 1 && first.checked_add(1.year()).ok() == Some(next) => {
                Precision::Year
            }
            _ => Precision::Days,
        };
        Some((first, next.max(first), precision))
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

    #[test]
    fn precision_is_that_of_the_text() {
        let check = |from: &str, to: &str, expected| {
            let world = world(Standing::Scheduled, Some(from), Some(to));
            let occasion = Occasion {
                world: &world,
                summary: "",
                source: "",
                changes: 1,
                previous_from: None,
            };
            assert_eq!(occasion.days().unwrap().2, expected, "{from} {to}");
        };
        check("2021-05-20", "2021-05-21", Precision::Day);
        check("2021-05-20", "2021-05-23", Precision::Days);
        check("2021-06-01", "2021-07-01", Precision::Month);
        check("2021-01-01", "2022-01-01", Precision::Year);
        check("2021-05-20T10:00", "2021-05-20T11:00", Precision::Minute);
    }
}
