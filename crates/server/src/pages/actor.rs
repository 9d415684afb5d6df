//! `/actors/{id}`: an actor with its activity, events, statements, contacts and offices.

use askama::Template;
use dateline_store::{ActorProfile, CalendarUnit, EventFilter};
use jiff::civil::Date;

use super::{PageRoute, PageShell, chart::Activity, words};
use crate::{api::read_actor, app::Question, parameter::ACTOR_ID, problem::Problem, reply::Reply};

pub(super) const PAGE: PageRoute =
    PageRoute { path: "/actors/{id}", parameters: &[ACTOR_ID], work };

#[derive(Template)]
#[template(path = "actor.html")]
struct ActorTemplate {
    shell: PageShell,
    actor: ActorProfile,
    activity: Option<Activity>,
    /// Query of the chart's links, besides the dates.
    chart_query: String,
}

fn work(question: &Question<'_>) -> Result<Reply, Problem> {
    let mut actor = read_actor(question, ACTOR_ID.name)?;
    actor.last_events.reverse();
    let filter = EventFilter::new().actor(actor.id.as_str());
    let counts = question.ledger.count_events(&filter, CalendarUnit::Day)?;
    let day = question.last_day()?.unwrap_or(Date::MAX);
    Reply::page(&ActorTemplate {
        shell: PageShell::of(question, "actors"),
        activity: Activity::of(&counts, day),
        chart_query: format!("actor={}&", actor.id),
        actor,
    })
}
