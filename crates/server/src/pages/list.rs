//! `/documents`, `/events` and `/actors`: lists with filters, page by page.

use askama::Template;
use dateline_store::{ActorCounts, DocumentRow, EventRow};

use super::{PageRoute, PageShell, next_page, words};
use crate::{
    api::{Actors, Documents, Events, Part, items},
    app::Question,
    parameter::{
        ACTOR, ACTOR_KIND, AFTER, AS_OF, Kind, NAME, ORDER, PLACE, PUBLISHER, Parameter, SINCE,
        STATUS, TYPE, UNTIL, WITH,
    },
    problem::Problem,
    reply::Reply,
};

/// Rows per page.
const ROWS: usize = 50;

pub(super) const DOCUMENTS: PageRoute = PageRoute {
    path: "/documents",
    parameters: &[ACTOR, PUBLISHER, SINCE, UNTIL, ORDER, AFTER],
    work: documents,
};

pub(super) const EVENTS: PageRoute = PageRoute {
    path: "/events",
    parameters: &[ACTOR, WITH, TYPE, STATUS, PLACE, SINCE, UNTIL, AS_OF, ORDER, AFTER],
    work: events,
};

pub(super) const ACTORS: PageRoute =
    PageRoute { path: "/actors", parameters: &[NAME, ACTOR_KIND, AFTER], work: actors };

/// A field of the filter form above a list.
struct FilterField {
    name: &'static str,
    label: &'static str,
    value: String,
    /// Choices, each with `true` if it is selected; a text field if there are none.
    choices: Vec<(&'static str, bool)>,
    is_day: bool,
}

/// Builds the fields of a form from parameters and labels.
fn fields(question: &Question<'_>, parameters: &[(Parameter, &'static str)]) -> Vec<FilterField> {
    let field = |(parameter, label): &(Parameter, &'static str)| FilterField {
        name: parameter.name,
        label,
        value: question.asked.owned(parameter.name).unwrap_or_default(),
        choices: match parameter.kind {
            Kind::Label(labels) => {
                let now = question.asked.text(parameter.name);
                labels().into_iter().map(|label| (label, now == Some(label))).collect()
            }
            _ => Vec::new(),
        },
        is_day: matches!(parameter.kind, Kind::Day),
    };
    parameters.iter().map(field).collect()
}

#[derive(Template)]
#[template(path = "documents.html")]
struct DocumentsPage {
    shell: PageShell,
    fields: Vec<FilterField>,
    documents: Vec<DocumentRow>,
    query: String,
    next: Option<String>,
}

fn documents(question: &Question<'_>) -> Result<Reply, Problem> {
    let asked = question.asked;
    let page = items::<Documents>(question, Part { after: asked.get("after"), limit: ROWS })?;
    Reply::page(&DocumentsPage {
        shell: PageShell::of(question, "documents"),
        fields: fields(
            question,
            &[
                (ACTOR, "Mentions"),
                (PUBLISHER, "Publisher"),
                (SINCE, "Since"),
                (UNTIL, "Until"),
                (ORDER, "Order"),
            ],
        ),
        documents: page.items,
        query: asked.with("after", None),
        next: next_page("/documents", asked, page.next.as_deref()),
    })
}

#[derive(Template)]
#[template(path = "events.html")]
struct EventsPage {
    shell: PageShell,
    fields: Vec<FilterField>,
    events: Vec<EventRow>,
    query: String,
    next: Option<String>,
}

fn events(question: &Question<'_>) -> Result<Reply, Problem> {
    let asked = question.asked;
    let page = items::<Events>(question, Part { after: asked.get("after"), limit: ROWS })?;
    Reply::page(&EventsPage {
        shell: PageShell::of(question, "events"),
        fields: fields(
            question,
            &[
                (ACTOR, "Actor"),
                (WITH, "With"),
                (TYPE, "Type"),
                (STATUS, "Status"),
                (PLACE, "Place"),
                (SINCE, "Since"),
                (UNTIL, "Until"),
                (AS_OF, "As of"),
                (ORDER, "Order"),
            ],
        ),
        events: page.items,
        query: asked.with("after", None),
        next: next_page("/events", asked, page.next.as_deref()),
    })
}

#[derive(Template)]
#[template(path = "actors.html")]
struct ActorsPage {
    shell: PageShell,
    fields: Vec<FilterField>,
    actors: Vec<ActorCounts>,
    query: String,
    next: Option<String>,
}

fn actors(question: &Question<'_>) -> Result<Reply, Problem> {
    let asked = question.asked;
    let page = items::<Actors>(question, Part { after: asked.get("after"), limit: ROWS })?;
    Reply::page(&ActorsPage {
        shell: PageShell::of(question, "actors"),
        fields: fields(question, &[(NAME, "Name, id or code"), (ACTOR_KIND, "Kind")]),
        actors: page.items,
        query: asked.with("after", None),
        next: next_page("/actors", asked, page.next.as_deref()),
    })
}
