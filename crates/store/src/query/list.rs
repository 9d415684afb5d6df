//! Lists of events: the timeline, and the agenda of planned events.

use std::collections::{HashMap, hash_map::Entry};

use dateline_core::{Moment, Standing};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, Row, params_from_iter, types::Value};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    actor::Actor,
    column,
    error::{Failure, Result, StoreError, Trying as _},
    event::history,
    ledger::Ledger,
    query::{
        cursor::Cursor,
        filter::{Conditions, EventFilter},
        quote, search,
    },
    report,
};

/// An event in a list: its current state, or the one as of the day asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct EventRow {
    /// Id of the event: `w` and 12 hexadecimal digits.
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Status.
    pub status: Standing,
    /// Beginning of the event, if known.
    pub from: Option<Moment>,
    /// First moment after the event.
    pub to: Option<Moment>,
    /// Days of the event as one string: `2021-06-16`, or `2021-06-11/2021-06-14` with the last day not included.
    pub date: Option<String>,
    /// Names of the participants.
    pub parties: Vec<String>,
    /// Ids of the participants, in the same order.
    pub party_ids: Vec<String>,
    /// Name of the place.
    pub place: Option<String>,
    /// Id of the place, which is an actor.
    pub place_id: Option<String>,
    /// Sentence of the report that led to the current state, on one line.
    pub summary: String,
    /// Date of the first report.
    pub first_reported: String,
    /// Date of the report that led to the current state.
    pub reported: String,
    /// Publisher, agency or document of that report.
    pub source: String,
    /// Number of independent sources. Copies, and articles of one publisher, count once.
    pub sources: u32,
    /// Number of reports.
    pub mentions: u32,
}

/// Columns of `state` and `event` that [`read`] expects.
const COLUMNS: &str = "event.id, event.type, event.first, event.sources, event.mentions, state.standing, state.\"from\", \
                       state.\"to\", state.place, state.parties, state.mention, state.day, state.event, state.at";

impl Ledger {
    /// Returns the events a filter selects, in the order of their dates.
    ///
    /// ```
    /// use std::path::Path;
    /// use dateline_store::{EventFilter, Ledger, jiff::civil::date};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let ledger = Ledger::open(Path::new("tests/data/schema-4.db"))?;
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

    /// Returns the day asked for, or the publication date of the newest document. A ledger has no other notion of today.
    pub(crate) fn day(&self, as_of: Option<Date>) -> Result<Option<Date>> {
        if as_of.is_some() {
            return Ok(as_of);
        }
        search::last_day(&self.db)
    }
}

/// Sort key of the agenda.
const AHEAD: &str = "state.\"from\" IS NULL, coalesce(state.\"from\", ''), state.at, event.id";

fn limit(filter: &EventFilter) -> String {
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

/// Position of an event in a timeline.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) event: i64,
    /// Day the event is listed under.
    pub(crate) at: String,
}

/// Closure that receives the position and the row of each event, and returns `false` to stop.
pub(crate) type TakeRow<'a> = dyn FnMut(Place, EventRow) -> Result<bool> + 'a;

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

fn rows(
    db: &Connection,
    sql: &str,
    values: &[Value],
    day: Option<Date>,
    take: &mut TakeRow<'_>,
) -> Result<()> {
    let mut select = db.prepare_cached(sql)?;
    let mut names = Names::default();
    let mut rows = select.query(params_from_iter(values))?;
    while let Some(row) = rows.next()? {
        let place = Place { event: row.get(12)?, at: row.get(13)? };
        if !take(place, read(db, &mut names, row, day)?)? {
            break;
        }
    }
    Ok(())
}

/// Reads the row of one event, as of a day. Returns `None` if it had not been reported by then.
pub(crate) fn one(
    db: &Connection,
    event: i64,
    as_of: Option<Date>,
    day: Option<Date>,
) -> Result<Option<EventRow>> {
    let mut conditions = EventFilter { as_of, ..EventFilter::default() }.conditions(db)?;
    conditions.add("state.event = ?", [Value::from(event)]);
    let sql = format!("SELECT {COLUMNS} FROM state JOIN event USING (event){}", conditions.sql());
    let mut select = db.prepare_cached(&sql)?;
    let mut rows = select.query(params_from_iter(&conditions.values))?;
    match rows.next()? {
        Some(row) => Ok(Some(read(db, &mut Names::default(), row, day)?)),
        None => Ok(None),
    }
}

fn read(db: &Connection, names: &mut Names, row: &Row<'_>, day: Option<Date>) -> Result<EventRow> {
    let standing: Standing = column::label(&row.get::<_, String>(5)?)?;
    let moment = |column: usize| -> Result<Option<Moment>> {
        row.get::<_, Option<String>>(column)?.map(|text| column::moment(&text)).transpose()
    };
    let (from, to) = (moment(6)?, moment(7)?);
    let parties: String = row.get(9)?;
    let (mut party_ids, mut party_names) = (Vec::new(), Vec::new());
    for actor in parties.split_whitespace() {
        let actor = actor.parse().map_err(|_| Failure::damaged(format!("party `{actor}`")))?;
        let (id, name) = names.of(db, actor)?;
        party_ids.push(id.clone());
        party_names.push(name.clone());
    }
    let place = row.get::<_, Option<Actor>>(8)?;
    let place = place.map(|place| names.of(db, place).cloned()).transpose()?;
    let (place_id, place) = place.unzip();
    let (summary, source) = sentence_and_source(db, row.get(10)?)?;
    Ok(EventRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        status: day.map_or(standing, |day| history::on(standing, to, day)),
        from,
        to,
        date: date(from, to),
        parties: party_names,
        party_ids,
        place,
        place_id,
        summary,
        first_reported: row.get(2)?,
        reported: row.get(11)?,
        source,
        sources: row.get(3)?,
        mentions: row.get(4)?,
    })
}

/// Formats the days between two moments as [`EventRow::date`].
pub(crate) fn date(from: Option<Moment>, to: Option<Moment>) -> Option<String> {
    let (from, to) = (from?, to?);
    let is_day = matches!((from, to), (Moment::Day(from), Moment::Day(to)) if from.tomorrow().ok() == Some(to));
    Some(if is_day { from.to_string() } else { format!("{from}/{to}") })
}

/// Returns the sentence of a report on one line, and its publisher.
fn sentence_and_source(db: &Connection, mention: i64) -> Result<(String, String)> {
    // SQLite counts code points as spans do, but from 1.
    let mut select = db.prepare_cached(
        "SELECT substr(text, start + 1, length), coalesce(publisher, agency, name, id)
         FROM mention JOIN document ON document.doc = mention >> 20 WHERE mention = ?1",
    )?;
    let found = select
        .query_row([mention], |row| Ok((quote::line(row.get_ref(0)?.as_str()?), row.get(1)?)));
    found.optional()?.ok_or_else(|| {
        let (doc, nth) = report::place(mention);
        Failure::damaged(format!("document {doc} has no event v{nth}"))
    })
}

/// Cache of the ids and names of actors.
#[derive(Debug, Default)]
pub(crate) struct Names {
    known: HashMap<Actor, (String, String)>,
}

impl Names {
    /// Returns the id and the name of an actor.
    pub(crate) fn of(&mut self, db: &Connection, actor: Actor) -> Result<&(String, String)> {
        match self.known.entry(actor) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(unknown) => {
                let mut select =
                    db.prepare_cached("SELECT id, name FROM actor WHERE actor = ?1")?;
                let found = select
                    .query_row([actor], |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()?
                    .ok_or_else(|| Failure::damaged(format!("actor {actor} does not exist")))?;
                Ok(unknown.insert(found))
            }
        }
    }

    /// Returns the name of an actor.
    pub(crate) fn name(&mut self, db: &Connection, actor: Actor) -> Result<String> {
        Ok(self.of(db, actor)?.1.clone())
    }
}
