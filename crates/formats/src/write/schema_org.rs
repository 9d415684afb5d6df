//! An event of the world as schema.org has it: JSON-LD of type `Event`, for pages and search engines.
//!
//! `eventStatus` knows four states: `EventScheduled` of what is scheduled, under way or held (`EventRescheduled` where the day was moved),
//! `EventPostponed` and `EventCancelled`. What is proposed, expected, hypothetical, disputed or unreported has none of them; the exact
//! standing is in `dateline:standing`. Days told for a month or a year are written `2021-06` and `2021`, as ISO 8601 allows and
//! schema.org's `Date` with it. `endDate` is the last day, as schema.org has it. Parties are `about`, for a record does not always
//! know whether they are people or bodies.

use dateline_core::{Moment, Standing};
use serde_json::{Value, json};

use super::occasion::{Occasion, Precision};

/// The object of an event.
pub fn event(occasion: &Occasion<'_>) -> Value {
    let world = occasion.world;
    let mut object = json!({
        "@context": ["https://schema.org", { "dateline": "urn:dateline:" }],
        "@type": "Event",
        "@id": format!("urn:dateline:{}", world.id),
        "name": occasion.title(),
        "description": occasion.summary,
        "dateline:type": world.kind.as_str(),
        "dateline:standing": world.status.as_str(),
        "about": world.parties.iter().map(|name| json!({ "@type": "Thing", "name": name })).collect::<Vec<_>>(),
        "subjectOf": {
            "@type": "NewsArticle",
            "datePublished": world.reported.to_string(),
            "publisher": { "@type": "Organization", "name": occasion.source },
        },
    });
    let status = match (world.status, occasion.previous_from) {
        (Standing::Scheduled, Some(_)) => Some("EventRescheduled"),
        (Standing::Scheduled | Standing::Ongoing | Standing::Occurred, _) => Some("EventScheduled"),
        (Standing::Postponed, _) => Some("EventPostponed"),
        (Standing::Cancelled, _) => Some("EventCancelled"),
        _ => None,
    };
    if let Some(status) = status {
        object["eventStatus"] = json!(format!("https://schema.org/{status}"));
    }
    if let Some((first, next, precision)) = occasion.days() {
        let last = next.yesterday().unwrap_or(next).max(first);
        let moment = |moment: Option<Moment>| moment.map(|moment| moment.to_string());
        let (start, end) = match precision {
            Precision::Minute => (moment(world.from), moment(world.to)),
            Precision::Day => (Some(first.to_string()), None),
            Precision::Days => (Some(first.to_string()), Some(last.to_string())),
            Precision::Month => (Some(first.strftime("%Y-%m").to_string()), None),
            Precision::Year => (Some(first.strftime("%Y").to_string()), None),
        };
        for (key, value) in [("startDate", start), ("endDate", end)] {
            if let Some(value) = value {
                object[key] = json!(value);
            }
        }
    }
    if let Some(previous) = occasion.previous_from {
        object["previousStartDate"] = json!(previous.to_string());
    }
    if let Some(place) = &world.place {
        object["location"] = json!({ "@type": "Place", "name": place });
    }
    object
}

#[cfg(test)]
mod tests {
    use super::{super::occasion::tests::world, *};

    fn written(status: Standing, from: &str, to: &str, previous: Option<&str>) -> Value {
        let world = world(status, Some(from), Some(to));
        event(&Occasion {
            world: &world,
            summary: "Lund will meet Ito.",
            source: "Harbor Post",
            changes: 2,
            previous_from: previous.map(|day| day.parse().unwrap()),
        })
    }

    #[test]
    fn states_are_those_of_the_list_or_none() {
        let status =
            |standing| written(standing, "2021-05-20", "2021-05-21", None)["eventStatus"].clone();
        assert_eq!(status(Standing::Scheduled), "https://schema.org/EventScheduled");
        assert_eq!(status(Standing::Postponed), "https://schema.org/EventPostponed");
        assert_eq!(status(Standing::Cancelled), "https://schema.org/EventCancelled");
        assert!(status(Standing::Proposed).is_null());
        let moved = written(Standing::Scheduled, "2021-05-20", "2021-05-21", Some("2021-05-18"));
        assert_eq!(moved["eventStatus"], "https://schema.org/EventRescheduled");
        assert_eq!(moved["previousStartDate"], "2021-05-18");
    }

    #[test]
    fn days_are_told_as_exactly_as_they_are_known() {
        let days = |from, to| {
            let event = written(Standing::Scheduled, from, to, None);
            (event["startDate"].clone(), event["endDate"].clone())
        };
        assert_eq!(days("2021-05-20", "2021-05-21"), (json!("2021-05-20"), Value::Null));
        assert_eq!(days("2021-05-20", "2021-05-23"), (json!("2021-05-20"), json!("2021-05-22")));
        assert_eq!(days("2021-06-01", "2021-07-01"), (json!("2021-06"), Value::Null));
        assert_eq!(days("2021-05-20T10:00", "2021-05-20T11:30").1, json!("2021-05-20T11:30"));
    }
}
