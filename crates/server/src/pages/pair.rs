//! `/pairs/{id}/{other}`: events between two actors.

use askama::Template;
use dateline_store::{ActorProfile, CalendarUnit, EventFilter, EventRow};
use jiff::civil::Date;

use super::{PageRoute, PageShell, chart::Activity, next_page, words};
use crate::{
    api::{Events, Listing as _, Part, items, read_actor},
    app::Question,
    parameter::{ACTOR_ID, AFTER, Asked, OTHER_ID},
    problem::Problem,
    reply::Reply,
};

pub(super) const PAGE: PageRoute =
    PageRoute { path: "/pairs/{id}/{other}", parameters: &[ACTOR_ID, OTHER_ID, AFTER], work };

/// Events per page.
const ROWS: usize = 30;

#[derive(Template)]
#[template(path = "pair.html")]
struct PairPage {
    shell: PageShell,
    one: ActorProfile,
    other: ActorProfile,
    activity: Option<Activity>,
    /// Query of the chart's links, besides the dates.
    chart_query: String,
    events: Vec<EventRow>,
    next: Option<String>,
}

fn work(question: &Question<'_>) -> Result<Reply, Problem> {
    let asked = question.asked;
    let (one, other) = (read_actor(question, ACTOR_ID.name)?, read_actor(question, OTHER_ID.name)?);
    // The list of events, filtered by both actors.
    let query = format!("actor={}&with={}&order=latest", one.id, other.id);
    let both = Asked::read(Events::PARAMETERS, [], &query)?;
    let both = Question { asked: &both, ..*question };
    let page = items::<Events>(&both, Part { after: asked.get(AFTER.name), limit: ROWS })?;
    let filter = EventFilter::new().actor(one.id.as_str()).with(other.id.as_str());
    let counts = question.ledger.count_events(&filter, CalendarUnit::Day)?;
    let day = question.last_day()?.unwrap_or(Date::MAX);
    let path = format!("/pairs/{}/{}", one.id, other.id);
    Reply::page(&PairPage {
        shell: PageShell::of(question, "actors"),
        next: next_page(&path, &Asked::default(), page.next.as_deref()),
        activity: Activity::of(&counts, day),
        chart_query: format!("actor={}&with={}&", one.id, other.id),
        one,
        other,
        events: page.items,
    })
}
