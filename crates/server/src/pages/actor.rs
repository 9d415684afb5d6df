//! `/actors/{id}`: who somebody is, what they did, said, and with whom.

use askama::Template;
use dateline_store::{ActorProfile, CalendarUnit, EventFilter};
use jiff::civil::Date;

use super::{Frame, Page, chart::Activity, words};
use crate::{api::read_actor, app::Question, parameter::ACTOR_ID, problem::Problem, reply::Reply};

pub(super) const PAGE: Page = Page { path: "/actors/{id}", parameters: &[ACTOR_ID], work };

#[derive(Template)]
#[template(path = "actor.html")]
struct ActorTemplate {
    frame: Frame,
    actor: ActorProfile,
    activity: Option<Activity>,
    /// What the chart's addresses ask besides its days.
    chart_query: String,
}

fn work(question: &Question<'_>) -> Result<Reply, Problem> {
    let mut actor = read_actor(question, ACTOR_ID.name)?;
    actor.last_events.reverse();
    let filter = EventFilter::new().actor(actor.id.as_str());
    let counts = question.ledger.count_events(&filter, CalendarUnit::Day)?;
    let day = question.last_day()?.unwrap_or(Date::MAX);
    Reply::page(&ActorTemplate {
        frame: Frame::of(question, "actors"),
        activity: Activity::of(&counts, day),
        chart_query: format!("actor={}&", actor.id),
        actor,
    })
}
