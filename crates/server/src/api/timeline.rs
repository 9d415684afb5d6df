//! `/timeline`: number of events per day, week or month.

use dateline_formats::write::Column;
use dateline_store::{CalendarUnit, Cursor, PeriodCount};

use super::{
    event::filter,
    list::{Listing, Part, Take, column},
};
use crate::{
    app::Question,
    parameter::{
        ACTOR, AFTER, AS_OF, LIMIT, PLACE, Parameter, SINCE, STATUS, TYPE, UNIT, UNTIL, WITH,
    },
    problem::Problem,
};

/// The list of counts.
pub(crate) struct Timeline;

impl Listing for Timeline {
    type Item = PeriodCount;

    const PATH: &'static str = "/timeline";
    const NAME: &'static str = "count_events";
    const ABOUT: &'static str = "Number of events per day, week or month, split into verbal and material cooperation and conflict. \
                                 Periods without events are left out.";
    const PARAMETERS: &'static [Parameter] =
        &[UNIT, ACTOR, WITH, TYPE, STATUS, PLACE, SINCE, UNTIL, AS_OF, LIMIT, AFTER];
    const COLUMNS: &'static [Column] = &[
        column("from"),
        column("to"),
        column("events"),
        column("verbal_cooperation"),
        column("material_cooperation"),
        column("verbal_conflict"),
        column("material_conflict"),
        column("goldstein"),
    ];

    fn each(
        question: &Question<'_>,
        part: Part,
        take: &mut Take<'_, PeriodCount>,
    ) -> Result<(), Problem> {
        let unit = question.asked.unit("unit").unwrap_or(CalendarUnit::Day);
        let after = part.after.map(|cursor| cursor.to_string());
        let filter = filter(question.asked, Part { after: None, limit: part.limit }).limit(None);
        let counts = question.ledger.count_events(&filter, unit)?;
        let behind = counts
            .into_iter()
            .map(|count| (count.from.to_string(), count))
            .filter(|(from, _)| after.as_ref().is_none_or(|after| from > after));
        for (from, count) in behind.take(part.limit) {
            let cursor: Cursor = from.parse()?;
            if !take(count, cursor) {
                break;
            }
        }
        Ok(())
    }
}
