//! `/events/{id}`: an event with its history, sources and related events.

use askama::Template;
use dateline_core::Moment;
use dateline_store::{EventHistory, EventReport, EventRow, EventSource, RelatedEvent, StateChange};
use jiff::civil::Date;

use super::{PageRoute, PageShell, chart::StatusLine, words};
use crate::{
    app::Question,
    parameter::{AS_OF, EVENT_ID},
    problem::Problem,
    reply::Reply,
};

pub(super) const PAGE: PageRoute =
    PageRoute { path: "/events/{id}", parameters: &[EVENT_ID, AS_OF], work };

#[derive(Template)]
#[template(path = "event.html")]
struct EventPage {
    shell: PageShell,
    event: EventRow,
    as_of: Option<String>,
    line: Option<StatusLine>,
    changes: Vec<StateChange>,
    sources: Vec<SourceNote>,
    related: Vec<RelatedEvent>,
}

/// An independent source with its reports; wire copies are listed separately.
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
        shell: PageShell::of(question, "events"),
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

/// Name of a relation, as seen from the event of the page.
fn relation(linked: &RelatedEvent) -> &'static str {
    match (linked.kind.as_str(), linked.is_other) {
        ("response", false) => "response to",
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
