//! `/`: new documents, upcoming events, activity over time, and the most active pairs.

use askama::Template;
use dateline_store::{ActorPair, DocumentFilter, DocumentRow, EventFilter, EventRow, LedgerSize};
use jiff::{ToSpan as _, civil::Date};

use super::{PageRoute, PageShell, chart::Activity, words};
use crate::{app::Question, problem::Problem, reply::Reply};

pub(super) const PAGE: PageRoute = PageRoute { path: "/", parameters: &[], work };

/// Days of activity in the chart.
const ACTIVITY: i64 = 26 * 7;
/// Periods for counting pairs, in days; the first with enough events is used.
const SPANS: [i64; 4] = [7, 30, 90, 366];
/// Number of events that is enough.
const ENOUGH: u32 = 20;
/// Rows of each list.
const ROWS: usize = 8;

#[derive(Template)]
#[template(path = "front.html")]
struct Front {
    shell: PageShell,
    size: LedgerSize,
    day: Option<Date>,
    activity: Option<Activity>,
    ahead: Vec<EventRow>,
    documents: Vec<DocumentRow>,
    pairs: Vec<ActorPair>,
    span: i64,
}

fn work(question: &Question<'_>) -> Result<Reply, Problem> {
    let ledger = question.ledger;
    let day = question.last_day()?;
    let mut page = Front {
        shell: PageShell::of(question, "front"),
        size: ledger.size()?,
        day,
        activity: None,
        ahead: ledger.agenda(&EventFilter::new().limit(ROWS))?,
        documents: Vec::new(),
        pairs: Vec::new(),
        span: 0,
    };
    let latest = DocumentFilter::new().is_latest_first(true).limit(ROWS);
    ledger.each_document_row(&latest, &mut |row, _| {
        page.documents.push(row);
        true
    })?;
    if let Some(day) = day {
        let back = |days: i64| day.checked_sub(days.days()).unwrap_or(Date::MIN);
        let until = day.tomorrow().unwrap_or(day);
        let recent = EventFilter::new().since(back(ACTIVITY)).until(until);
        let counts = ledger.count_events(&recent, dateline_store::CalendarUnit::Day)?;
        page.activity = Activity::of(&counts, day);
        let events_since = |since: Date| {
            counts.iter().filter(|it| it.from >= since).map(|it| it.events).sum::<u32>()
        };
        let span = SPANS.into_iter().find(|span| events_since(back(*span)) >= ENOUGH);
        page.span = span.unwrap_or(SPANS[SPANS.len() - 1]);
        page.pairs = ledger.pairs(back(page.span), until, ROWS)?;
    }
    Reply::page(&page)
}
