//! `/events`: events, each joined from the reports of one or more documents.

use dateline_core::{Standing, codes::PloverType};
use dateline_formats::write::Column;
use dateline_store::{EventFilter, EventHistory, EventRow};

use super::{
    Endpoint, JSON, Schemas,
    list::{Listing, Part, Take, column},
};
use crate::{
    app::Question,
    parameter::{
        ACTOR, AFTER, AS_OF, Asked, EVENT_ID, LIMIT, ORDER, PLACE, Parameter, SINCE, STATUS, TYPE,
        UNTIL, WITH,
    },
    problem::Problem,
    reply::Reply,
};

/// Columns of an event.
pub(super) const COLUMNS: &[Column] = &[
    column("id"),
    column("type"),
    column("status"),
    column("date"),
    column("from"),
    column("to"),
    column("parties"),
    column("party_ids"),
    column("place"),
    column("place_id"),
    column("summary"),
    column("first_reported"),
    column("reported"),
    column("source"),
    column("sources"),
    column("mentions"),
];

/// The list of events.
pub(crate) struct Events;

impl Listing for Events {
    type Item = EventRow;

    const PATH: &'static str = "/events";
    const NAME: &'static str = "list_events";
    const ABOUT: &'static str = "Events, ordered by date.";
    const PARAMETERS: &'static [Parameter] =
        &[ACTOR, WITH, TYPE, STATUS, PLACE, SINCE, UNTIL, AS_OF, ORDER, LIMIT, AFTER];
    const COLUMNS: &'static [Column] = COLUMNS;

    fn each(
        question: &Question<'_>,
        part: Part,
        take: &mut Take<'_, EventRow>,
    ) -> Result<(), Problem> {
        Ok(question.ledger.each_event_row(&filter(question.asked, part), take)?)
    }
}

/// Builds the filter of a request.
pub(crate) fn filter(asked: &Asked, part: Part) -> EventFilter {
    EventFilter::new()
        .actor(asked.text("actor"))
        .with(asked.text("with"))
        .kind(asked.get::<PloverType>("type"))
        .status(asked.get::<Standing>("status"))
        .place(asked.text("place"))
        .since(asked.day("since"))
        .until(asked.day("until"))
        .as_of(asked.day("as_of"))
        .limit(part.limit)
        .is_latest_first(asked.is_latest_first())
        .after(part.after)
}

/// One event.
pub(crate) const ONE: Endpoint = Endpoint {
    path: "/events/{id}",
    name: "read_event",
    about: "One event with its history: every change with its quotation, all reports, the sources, and related events.",
    parameters: &[EVENT_ID, AS_OF],
    answer: Schemas::of::<EventHistory>,
    kind: JSON,
    work: one,
    whole: None,
};

fn one(question: &Question<'_>) -> Result<Reply, Problem> {
    let id = question.asked.text("id").unwrap_or_default();
    Reply::json(&question.ledger.event(id, question.asked.day("as_of"))?)
}
