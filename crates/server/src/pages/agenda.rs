//! `/agenda`: planned events of a month as a calendar, and the list of all upcoming events.

use askama::Template;
use dateline_core::Moment;
use dateline_store::{EventFilter, EventRow};
use jiff::{ToSpan as _, civil::Date};

use super::{PageRoute, PageShell, next_page, words};
use crate::{
    api::{Agenda, Part, items},
    app::Question,
    parameter::{ACTOR, AFTER, AS_OF, MONTH},
    problem::Problem,
    reply::Reply,
};

pub(super) const PAGE: PageRoute =
    PageRoute { path: "/agenda", parameters: &[MONTH, ACTOR, AS_OF, AFTER], work };

/// Maximum number of events of a month.
const MOST: usize = 500;
/// Maximum number of events shown in a day; a link leads to the others.
const A_DAY: usize = 4;
/// Maximum length, in days, of events shown in the calendar; longer ones are listed below it.
const SHORT: i32 = 7;
/// Rows of the list on a page.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "agenda.html")]
struct AgendaPage {
    shell: PageShell,
    month: String,
    previous: String,
    following: String,
    weeks: Vec<Vec<Day>>,
    some_day: Vec<EventRow>,
    ahead: Vec<EventRow>,
    next: Option<String>,
    as_of: Option<String>,
    asked_month: String,
    actor: String,
    day: Option<Date>,
}

/// A cell of the calendar.
struct Day {
    date: Date,
    /// The next day.
    until: Date,
    is_in_month: bool,
    is_today: bool,
    events: Vec<EventRow>,
    more: u32,
}

fn work(question: &Question<'_>) -> Result<Reply, Problem> {
    let asked = question.asked;
    let as_of = asked.day(AS_OF.name);
    let day = as_of.or(question.last_day()?);
    let first = asked
        .text(MONTH.name)
        .and_then(|month| format!("{month}-01").parse().ok())
        .or(day.map(Date::first_of_month))
        .unwrap_or(Date::MIN);
    let beyond = first.checked_add(1.month()).unwrap_or(Date::MAX);
    let filter = EventFilter::new()
        .actor(asked.text(ACTOR.name))
        .since(first)
        .until(beyond)
        .as_of(as_of)
        .is_plan(true)
        .limit(MOST);
    let (mut of_days, mut some_day) = (Vec::new(), Vec::new());
    for event in question.ledger.timeline(&filter)? {
        if is_short(&event) { of_days.push(event) } else { some_day.push(event) }
    }
    let ahead = items::<Agenda>(question, Part { after: asked.get(AFTER.name), limit: ROWS })?;
    let month = |date: Date| date.strftime("%Y-%m").to_string();
    let other = |date: Date| asked.with(MONTH.name, Some(&month(date)));
    Reply::page(&AgendaPage {
        shell: PageShell::of(question, "agenda"),
        month: first.strftime("%B %Y").to_string(),
        previous: other(first.checked_sub(1.month()).unwrap_or(first)),
        following: other(beyond),
        weeks: weeks(first, beyond, day, of_days),
        some_day,
        next: next_page("/agenda", asked, ahead.next.as_deref()),
        ahead: ahead.items,
        as_of: asked.owned(AS_OF.name),
        asked_month: month(first),
        actor: asked.owned(ACTOR.name).unwrap_or_default(),
        day,
    })
}

fn is_short(event: &EventRow) -> bool {
    let (Some(from), Some(to)) = (event.from.map(Moment::date), event.to.map(Moment::date)) else {
        return false;
    };
    from.until(to).is_ok_and(|span| span.get_days() <= SHORT)
}

/// Builds the weeks of a month, from Monday, with the events of each day.
fn weeks(first: Date, beyond: Date, today: Option<Date>, events: Vec<EventRow>) -> Vec<Vec<Day>> {
    let back = i64::from(first.weekday().to_monday_zero_offset());
    let mut date = first.checked_sub(back.days()).unwrap_or(first);
    let mut weeks = Vec::new();
    while date < beyond {
        let mut week = Vec::new();
        for _ in 0..7 {
            week.push(Day {
                date,
                until: date.tomorrow().unwrap_or(date),
                is_in_month: first <= date && date < beyond,
                is_today: today == Some(date),
                events: Vec::new(),
                more: 0,
            });
            let Ok(next) = date.tomorrow() else { break };
            date = next;
        }
        // The last date of the calendar has no next day.
        let is_whole = week.len() == 7;
        weeks.push(week);
        if !is_whole {
            break;
        }
    }
    for event in events {
        let from = event.from.map(Moment::date);
        let days = weeks.iter_mut().flatten();
        if let Some(day) = days.into_iter().find(|day| Some(day.date) == from) {
            if day.events.len() < A_DAY { day.events.push(event) } else { day.more += 1 }
        }
    }
    weeks
}
