//! The timeline: events in the order of their dates.

use dateline_core::Standing;
use jiff::civil::Date;
use rusqlite::{Connection, params_from_iter, types::Value};

use crate::{
    error::{Result, StoreError, Trying as _},
    event::history,
    ledger::Ledger,
    query::{
        cursor::Cursor,
        event_row::{COLUMNS, EventRow, TakeRow, rows},
        filter::{Conditions, EventFilter},
        search,
    },
};

impl Ledger {
    /// Returns the events a filter selects, in the order of their dates.
    ///
    /// ```
    /// use std::path::Path;
    /// use dateline_store::{EventFilter, Ledger, jiff::civil::date};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let ledger = Ledger::open(Path::new("tests/data/schema-5.db"))?;
    /// // What was known on May 26, 2021 of meetings of these two?
    /// let filter = EventFilter::new().actor("Putin").with("Biden").as_of(date(2021, 5, 26));
    /// for event in ledger.timeline(&filter)? {
    ///     println!("{} {} {}", event.id, event.status, event.parties.join(", "));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// - [`StoreError::NoSuchActor`] if the filter names an actor or place that is in no document.
    /// - [`StoreError::Cursor`] if `after` is the cursor of another list.
    /// - [`StoreError::Sqlite`] if the file cannot be read.
    pub fn timeline(&self, filter: &EventFilter) -> std::result::Result<Vec<EventRow>, StoreError> {
        let mut events = Vec::new();
        self.each_event_row(filter, &mut |row, _| {
            events.push(row);
            true
        })?;
        Ok(events)
    }

    /// Calls `take` with each event of [`Ledger::timeline`] and its position in the list, until it returns `false`.
    ///
    /// # Errors
    ///
    /// Those of [`Ledger::timeline`].
    pub fn each_event_row(
        &self,
        filter: &EventFilter,
        take: &mut dyn FnMut(EventRow, Cursor) -> bool,
    ) -> std::result::Result<(), StoreError> {
        let mut list = || -> Result<()> {
            let day = self.day(filter.as_of)?;
            each(&self.db, filter, day, &mut |place, row| {
                Ok(take(row, Cursor::new([place.at, place.event.to_string()])))
            })
        };
        list().trying("list events")
    }

    /// Returns the day asked for, or the publication date of the newest document. A ledger has no other notion of today.
    pub(crate) fn day(&self, as_of: Option<Date>) -> Result<Option<Date>> {
        if as_of.is_some() {
            return Ok(as_of);
        }
        search::last_day(&self.db)
    }
}

/// Returns the `LIMIT` clause of a filter.
pub(crate) fn limit(filter: &EventFilter) -> String {
    filter.limit.map_or_else(String::new, |limit| format!(" LIMIT {limit}"))
}

/// Statuses of planned events, as an SQL list.
const PLANS: &str = "('proposed', 'expected', 'scheduled', 'postponed')";

/// Adds the condition that an event has a status. Some statuses depend on the day.
pub(crate) fn standing(asked: Option<Standing>, day: Option<Date>, conditions: &mut Conditions) {
    let Some(asked) = asked else { return };
    let over =
        || day.map_or_else(|| Value::from(String::new()), |day| Value::from(day.to_string()));
    if asked == Standing::Unreported {
        conditions.add(
            &format!("state.standing IN {PLANS} AND state.\"to\" IS NOT NULL AND substr(state.\"to\", 1, 10) <= ?"),
            [over()],
        );
        return;
    }
    conditions.add("state.standing = ?", [Value::from(asked.as_str().to_owned())]);
    if history::is_plan(asked) {
        conditions.add("(state.\"to\" IS NULL OR substr(state.\"to\", 1, 10) > ?)", [over()]);
    }
}

/// Calls `take` with each row of a timeline.
pub(crate) fn each(
    db: &Connection,
    filter: &EventFilter,
    day: Option<Date>,
    take: &mut TakeRow<'_>,
) -> Result<()> {
    let (sql, conditions) = timeline(db, filter, day, COLUMNS)?;
    rows(db, &sql, &conditions.values, day, take)
}

/// Returns the numbers of the events of a timeline.
pub(crate) fn numbers(
    db: &Connection,
    filter: &EventFilter,
    day: Option<Date>,
) -> Result<Vec<i64>> {
    let (sql, conditions) = timeline(db, filter, day, "state.event")?;
    let mut select = db.prepare_cached(&sql)?;
    let numbers = select.query_map(params_from_iter(&conditions.values), |row| row.get(0))?;
    Ok(numbers.collect::<std::result::Result<_, _>>()?)
}

/// Returns all conditions of a filter on `state` and `event`.
pub(crate) fn conditions(
    db: &Connection,
    filter: &EventFilter,
    day: Option<Date>,
) -> Result<Conditions> {
    let mut conditions = filter.conditions(db)?;
    standing(filter.status, day, &mut conditions);
    Ok(conditions)
}

fn timeline(
    db: &Connection,
    filter: &EventFilter,
    day: Option<Date>,
    columns: &str,
) -> Result<(String, Conditions)> {
    let mut conditions = conditions(db, filter, day)?;
    let (behind, order) = if filter.is_latest_first { ("<", " DESC") } else { (">", "") };
    if let Some(after) = &filter.after {
        let [at, event] = after.parts()?;
        let event = after.number(event)?;
        conditions.add(
            &format!("(state.at, state.event) {behind} (?, ?)"),
            [Value::from(at.to_owned()), event.into()],
        );
    }
    let sql = format!(
        "SELECT {columns} FROM state JOIN event USING (event){} ORDER BY state.at{order}, state.event{order}{}",
        conditions.sql(),
        limit(filter)
    );
    Ok((sql, conditions))
}
