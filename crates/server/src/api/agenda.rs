//! `/agenda`: upcoming events, as a list and as a calendar to subscribe to.

use dateline_formats::write::{Calendar, Column, Occasion};
use dateline_store::EventRow;
use jiff::ToSpan as _;

use super::{
    Endpoint,
    event::{COLUMNS, filter},
    list::{Listing, Part, Take},
};
use crate::{
    app::Question,
    parameter::{ACTOR, AFTER, AS_OF, LIMIT, PLACE, Parameter, SINCE, STATUS, TYPE, UNTIL, WITH},
    problem::Problem,
    reply::Reply,
    written::world,
};

/// The list of upcoming events.
pub(crate) struct Agenda;

impl Listing for Agenda {
    type Item = EventRow;

    const PATH: &'static str = "/agenda";
    const NAME: &'static str = "list_agenda";
    const ABOUT: &'static str = "Upcoming events, or those upcoming at the end of `as_of`, ordered by date; events without a date \
                                 come last.";
    const PARAMETERS: &'static [Parameter] =
        &[ACTOR, WITH, TYPE, STATUS, PLACE, SINCE, UNTIL, AS_OF, LIMIT, AFTER];
    const COLUMNS: &'static [Column] = COLUMNS;

    fn each(
        question: &Question<'_>,
        part: Part,
        take: &mut Take<'_, EventRow>,
    ) -> Result<(), Problem> {
        Ok(question.ledger.each_agenda_row(&filter(question.asked, part), take)?)
    }
}

/// Days before the newest document at which the calendar begins by default, so that subscribers learn what was cancelled or moved.
const BACK: i64 = 92;

/// The agenda as iCalendar.
pub(crate) const CALENDAR: Endpoint = Endpoint {
    path: "/agenda.ics",
    name: "subscribe_agenda",
    about: "The agenda and the events of the last three months as iCalendar (RFC 5545), for calendars to subscribe to.",
    parameters: &[ACTOR, WITH, TYPE, STATUS, PLACE, SINCE, UNTIL, AS_OF],
    answer: |_| String::new(),
    kind: "text/calendar",
    work: calendar,
    whole: None,
};

fn calendar(question: &Question<'_>) -> Result<Reply, Problem> {
    let asked = question.asked;
    let day = asked.day("as_of").or(question.last_day()?);
    let since = asked.day("since").or(day.and_then(|day| day.checked_sub(BACK.days()).ok()));
    let filter = filter(asked, Part { after: None, limit: usize::MAX }).since(since).limit(None);
    let mut bytes = Vec::new();
    let mut calendar = Calendar::new(&mut bytes).map_err(|error| Problem::internal(&error))?;
    let mut failed = None;
    question.ledger.each_event(&filter, &mut |detail| {
        let written = world(&detail).map_err(|error| error.to_string()).and_then(|world| {
            let occasion = Occasion {
                world: &world,
                summary: &detail.row.summary,
                source: &detail.row.source,
                changes: detail.changes,
                previous_from: detail.previous_from,
            };
            calendar.event(&occasion).map_err(|error| error.to_string())
        });
        failed = written.err();
        failed.is_none()
    })?;
    if let Some(error) = failed {
        return Err(Problem::internal(&error));
    }
    calendar.finish().map_err(|error| Problem::internal(&error))?;
    Ok(Reply::new("text/calendar; charset=utf-8", bytes))
}
