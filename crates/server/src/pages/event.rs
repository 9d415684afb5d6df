//! `/events/{id}`: one event, how it came to stand as it does, and by whose words.

use askama::Template;
use dateline_core::Moment;
use dateline_store::{EventHistory, EventReport, EventRow, EventSource, RelatedEvent, StateChange};
use jiff::civil::Date;

use super::{Frame, Page, chart::StatusLine, words};
use crate::{
    app::Question,
    parameter::{AS_OF, EVENT_ID},
    problem::Problem,
    reply::Reply,
};

pub(super) const PAGE: Page = Page { path: "/events/{id}", parameters: &[EVENT_ID, AS_OF], work };

#[derive(Template)]
#[template(path = "event.html")]
struct EventPage {
    frame: Frame,
    event: EventRow,
    as_of: Option<String>,
    line: Option<StatusLine>,
    changes: Vec<StateChange>,
    sources: Vec<SourceNote>,
    related: Vec<RelatedEvent>,
}

/// An independent source, with its reports; copies of its words are folded under them.
struct SourceNote {
    name: String,
    first: String,
    reports: Vec<EventReport>,
    copies: Vec<EventReport>,
}

fn work(question: &Question<'_>) -> Result<Reply, Problem> {
    let asked = question.asked;
    let id = asked.text(EVENT_ID.name).unwrap_or_default();
    let as_of = asked.day(AS_OF.name);
    let EventHistory { event, history, reports, reported_by, related, .. } =
        question.ledger.event(id, as_of)?;
    let now = as_of.or(question.last_day()?).unwrap_or(Date::MIN);
    let day = event.from.map(Moment::date);
    Reply::page(&EventPage {
        frame: Frame::of(question, "events"),
        line: StatusLine::of(&history, now, day),
        as_of: asked.owned(AS_OF.name),
        sources: reported_by.into_iter().map(|source| noted(source, &reports)).collect(),
        changes: history,
        related,
        event,
    })
}

fn noted(source: EventSource, reports: &[EventReport]) -> SourceNote {
    let own = reports.iter().filter(|report| source.documents.contains(&report.report.document));
    let (copies, reports) = own.cloned().partition(|report: &EventReport| report.copy_of.is_some());
    SourceNote { name: source.name, first: source.first, reports, copies }
}

/// How one event stands to another, in words.
fn relation(linked: &RelatedEvent) -> &'static str {
    match (linked.kind.as_str(), linked.is_other) {
        ("response", false) => "in answer to",
        ("response", true) => "answered by",
        ("cause", false) => "cause of",
        ("cause", true) => "caused by",
        ("before", false) | ("after", true) => "before",
        ("after", false) | ("before", true) => "after",
        ("during", false) => "during",
        ("during", true) => "meanwhile",
        ("follows", _) => "followed by",
        _ => "with",
    }
}
