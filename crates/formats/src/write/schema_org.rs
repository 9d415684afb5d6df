//! Writer of schema.org events: JSON-LD of type `Event`, for pages and search engines.
//!
//! `eventStatus` has four values: `EventScheduled` for scheduled, ongoing and past events (`EventRescheduled` if the date was
//! moved), `EventPostponed` and `EventCancelled`. Proposed, expected, hypothetical, disputed and unreported events have none; the
//! exact status is in `dateline:standing`. A postponed event keeps its former date as `startDate` and `previousStartDate`.
//! `endDate` is the last day, as schema.org defines it, or the end time; an event known to the minute has none. Participants are
//! `about`, because a record does not always tell whether they are people or organizations.
//!
//! A date known only to the month or year is written `2021-06` or `2021`, which ISO 8601 and therefore schema.org's `Date` allow.
//! For a week or season, it is the month or year that contains it, or left out if there is none. The interval itself is in
//! `dateline:window`, half-open, and `dateline:precision` says how exact it is.

use dateline_core::{Moment, Standing};
use serde_json::{Value, json};

use super::{
    occasion::Occasion,
    stretch::{held_by, last_day, stretch},
};

/// Returns the JSON-LD object of an event.
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
    if let Some(interval) = occasion.interval() {
        let stretch = stretch(interval);
        let (start, end) = match stretch.precision.as_str() {
            _ if stretch.words.is_some() => (held_by(interval), None),
            "days" => (Some(moment(interval.from())), Some(last_day(interval.to()).to_string())),
            "hours" => (Some(moment(interval.from())), Some(moment(interval.to()))),
            _ => (Some(moment(interval.from())), None),
        };
        let previous = start.clone().filter(|_| world.status == Standing::Postponed);
        let dates = [("startDate", start), ("endDate", end), ("previousStartDate", previous)];
        for (key, value) in dates {
            if let Some(value) = value {
                object[key] = json!(value);
            }
        }
        object["dateline:window"] = json!(format!("{}/{}", interval.from(), interval.to()));
        object["dateline:precision"] = json!(stretch.precision);
    }
    if let Some(previous) = occasion.previous_from
        && world.status != Standing::Postponed
    {
        object["previousStartDate"] = json!(moment(previous));
    }
    if let Some(place) = &world.place {
        object["location"] = json!({ "@type": "Place", "name": place });
    }
    object
}

/// Formats a time with seconds, which `DateTime` of schema.org requires.
fn moment(moment: Moment) -> String {
    match moment {
        Moment::Day(day) => day.to_string(),
        Moment::Minute(_) => format!("{moment}:00"),
    }
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
    fn event_status_is_in_the_list_or_absent() {
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
    fn dates_are_as_precise_as_known() {
        let days = |from, to| {
            let event = written(Standing::Scheduled, from, to, None);
            (event["startDate"].clone(), event["endDate"].clone())
        };
        assert_eq!(days("2021-05-20", "2021-05-21"), (json!("2021-05-20"), Value::Null));
        assert_eq!(days("2021-05-20", "2021-05-23"), (json!("2021-05-20"), json!("2021-05-22")));
        assert_eq!(days("2021-06-01", "2021-07-01"), (json!("2021-06"), Value::Null));
        assert_eq!(days("2021-06-01", "2021-09-01"), (json!("2021"), Value::Null));
        assert_eq!(days("2020-12-01", "2021-03-01"), (Value::Null, Value::Null));
        assert_eq!(days("2021-05-20T10:00", "2021-05-20T11:30").1, json!("2021-05-20T11:30:00"));
        let one = json!("2021-05-20T13:00:00");
        assert_eq!(days("2021-05-20T13:00", "2021-05-20T13:01"), (one, Value::Null));
        assert_eq!(
            days("2021-05-12T18:00", "2021-05-13T00:00"),
            (json!("2021-05-12"), Value::Null),
            "an evening is no time to begin at six"
        );
    }

    #[test]
    fn postponed_events_keep_their_former_date() {
        let event = written(Standing::Postponed, "2021-05-20", "2021-05-21", Some("2021-05-18"));
        assert_eq!(event["startDate"], "2021-05-20");
        assert_eq!(event["previousStartDate"], "2021-05-20");
    }
}
