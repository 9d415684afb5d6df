//! `/pairs/{id}/{other}`: how two actors dealt with each other.

use askama::Template;
use dateline_store::{ActorProfile, CalendarUnit, EventFilter, EventRow};
use jiff::civil::Date;

use super::{Frame, Page, chart::Activity, next_page, words};
use crate::{
    api::{Events, Listing as _, Part, items, read_actor},
    app::Question,
    parameter::{ACTOR_ID, AFTER, Asked, OTHER_ID},
    problem::Problem,
    reply::Reply,
};

pub(super) const PAGE: Page =
    Page { path: "/pairs/{id}/{other}", parameters: &[ACTOR_ID, OTHER_ID, AFTER], work };

/// Events of a page.
const ROWS: usize = 30;

#[derive(Template)]
#[template(path = "pair.html")]
struct PairPage {
    frame: Frame,
    one: ActorProfile,
    other: ActorProfile,
    activity: Option<Activity>,
    /// What the chart's addresses ask besides its days.
    chart_query: String,
    events: Vec<EventRow>,
    next: Option<String>,
}

fn work(question: &Question<'_>) -> Result<Reply, Problem> {
    let asked = question.asked;
    let (one, other) = (read_actor(question, ACTOR_ID.name)?, read_actor(question, OTHER_ID.name)?);
    // The list of events, asked for the two.
    let query = format!("actor={}&with={}&order=latest", one.id, other.id);
    let both = Asked::read(Events::PARAMETERS, [], &query)?;
    let both = Question { asked: &both, ..*question };
    let page = items::<Events>(&both, Part { after: asked.get(AFTER.name), limit: ROWS })?;
    let filter = EventFilter::new().actor(one.id.as_str()).with(other.id.as_str());
    let counts = question.ledger.count_events(&filter, CalendarUnit::Day)?;
    let day = question.last_day()?.unwrap_or(Date::MAX);
    let path = format!("/pairs/{}/{}", one.id, other.id);
    Reply::page(&PairPage {
        frame: Frame::of(question, "actors"),
        next: next_page(&path, &Asked::default(), page.next.as_deref()),
        activity: Activity::of(&counts, day),
        chart_query: format!("actor={}&with={}&", one.id, other.id),
        one,
        other,
        events: page.items,
    })
}
