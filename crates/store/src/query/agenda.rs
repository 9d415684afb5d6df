//! The agenda: planned events as of a day.

use rusqlite::types::Value;

use crate::{
    error::{Result, StoreError, Trying as _},
    ledger::Ledger,
    query::{
        cursor::Cursor,
        event_row::{COLUMNS, EventRow, rows},
        filter::EventFilter,
        timeline::{limit, standing},
    },
};

/// Sort key of the agenda.
const AHEAD: &str = "state.\"from\" IS NULL, coalesce(state.\"from\", ''), state.at, event.id";

impl Ledger {
    /// Returns the planned events as of a day, in the order of their dates, with undated ones last. Without [`EventFilter::as_of`],
    /// the day is the publication date of the newest document.
    ///
    /// An event is on the agenda if it is proposed, expected, scheduled or postponed and its date has not passed. An undated plan
    /// leaves the agenda if no report mentions it for about half a year; the time depends on the type of event.
    ///
    /// # Errors
    ///
    /// Those of [`Ledger::timeline`].
    pub fn agenda(&self, filter: &EventFilter) -> std::result::Result<Vec<EventRow>, StoreError> {
        let mut events = Vec::new();
        self.each_agenda_row(filter, &mut |row, _| {
            events.push(row);
            true
        })?;
        Ok(events)
    }

    /// Calls `take` with each event of [`Ledger::agenda`] and its position in the list, until it returns `false`.
    ///
    /// # Errors
    ///
    /// Those of [`Ledger::timeline`].
    pub fn each_agenda_row(
        &self,
        filter: &EventFilter,
        take: &mut dyn FnMut(EventRow, Cursor) -> bool,
    ) -> std::result::Result<(), StoreError> {
        let mut list = || -> Result<()> {
            let Some(day) = self.day(filter.as_of)? else { return Ok(()) };
            let filter = EventFilter { as_of: Some(day), ..filter.clone() };
            let mut conditions = filter.conditions(&self.db)?;
            conditions.add("state.ahead > ?", [Value::from(day.to_string())]);
            standing(filter.status, Some(day), &mut conditions);
            if let Some(after) = &filter.after {
                let [from, at, id] = after.parts()?;
                conditions.add(
                    &format!("({AHEAD}) > (?, ?, ?, ?)"),
                    [
                        Value::from(i64::from(from.is_empty())),
                        from.to_owned().into(),
                        at.to_owned().into(),
                        id.to_owned().into(),
                    ],
                );
            }
            let sql = format!(
                "SELECT {COLUMNS} FROM (
                     SELECT state.event, state.day FROM state INDEXED BY state_ahead JOIN event USING (event){} ORDER BY {AHEAD}{}
                 ) AS ahead JOIN state USING (event, day) JOIN event USING (event) ORDER BY {AHEAD}",
                conditions.sql(),
                limit(&filter)
            );
            rows(&self.db, &sql, &conditions.values, Some(day), &mut |place, row| {
                let from = row.from.map(|from| from.to_string()).unwrap_or_default();
                let cursor = Cursor::new([from, place.at, row.id.clone()]);
                Ok(take(row, cursor))
            })
        };
        list().trying("list the agenda")
    }
}
