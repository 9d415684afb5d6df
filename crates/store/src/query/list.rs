//! Lists of events: the timeline, and the agenda of what is or was ahead.

use std::collections::{HashMap, hash_map::Entry};

use dateline_core::{Moment, Standing};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, Row, params_from_iter, types::Value};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    StoreError,
    actor::Actor,
    error::{Failure, Result, Trying as _},
    event::{history, place_of, refresh},
    ledger::Ledger,
    query::{
        cursor::Cursor,
        filter::{Conditions, Filter},
        quote, search,
    },
};

/// An event of the world on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EventRow {
    /// Names the event: `w` and 12 hexadecimal digits.
    pub id: String,
    /// The PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// How it stands.
    pub status: Standing,
    /// First moment of it, as far as known.
    pub from: Option<Moment>,
    /// First moment after it.
    pub to: Option<Moment>,
    /// The days it takes place on, in a word: `2021-06-16`, `2021-06-11/2021-06-14` (the last not included), or none.
    pub date: Option<String>,
    /// Who takes part, by name.
    pub parties: Vec<String>,
    /// The ids of the actors they are, in the same order.
    pub party_ids: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// The id of the actor the place is.
    pub place_id: Option<String>,
    /// The sentence it is told by.
    pub summary: String,
    /// The day it was first reported.
    pub first_reported: String,
    /// The day of the report that made it stand as it does.
    pub reported: String,
    /// Who reported that: publisher, agency or document.
    pub source: String,
    /// How many independent sources report it; copies and articles of one publisher count once.
    pub sources: u32,
    /// How many reports there are.
    pub mentions: u32,
}

/// What a row of `state` and `event` tells, before names and words are looked up.
const COLUMNS: &str = "event.id, event.type, event.first, event.sources, event.mentions, state.standing, state.\"from\", \
                       state.\"to\", state.place, state.parties, state.mention, state.day, state.event, state.at";

impl Ledger {
    /// Events in the order of their days.
    ///
    /// # Errors
    ///
    /// If the filter names an actor or place that no document knows, or the file cannot be read.
    pub fn timeline(&self, filter: &Filter) -> std::result::Result<Vec<EventRow>, StoreError> {
        let mut events = Vec::new();
        self.each_row(filter, &mut |row, _| {
            events.push(row);
            true
        })?;
        Ok(events)
    }

    /// Hands on the events of a timeline, each with its place in it, until `take` says to stop.
    ///
    /// # Errors
    ///
    /// As for [`Ledger::timeline`].
    pub fn each_row(
        &self,
        filter: &Filter,
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

    /// What is ahead on a day, or on the last day of any report: plans that are neither over nor called off nor forgotten, by
    /// their days, those without one last. A plan without a date is forgotten half a year after it was last spoken of.
    ///
    /// # Errors
    ///
    /// As for [`Ledger::timeline`].
    pub fn agenda(&self, filter: &Filter) -> std::result::Result<Vec<EventRow>, StoreError> {
        let mut events = Vec::new();
        self.each_ahead(filter, &mut |row, _| {
            events.push(row);
            true
        })?;
        Ok(events)
    }

    /// Hands on what is ahead, each with its place in the agenda, until `take` says to stop.
    ///
    /// # Errors
    ///
    /// As for [`Ledger::timeline`].
    pub fn each_ahead(
        &self,
        filter: &Filter,
        take: &mut dyn FnMut(EventRow, Cursor) -> bool,
    ) -> std::result::Result<(), StoreError> {
        let mut list = || -> Result<()> {
            let Some(day) = self.day(filter.as_of)? else { return Ok(()) };
            let filter = Filter { as_of: Some(day), ..filter.clone() };
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
        list().trying("list what is ahead")
    }

    /// The day asked for, or the last on which anything was published. No clock is read: a ledger knows no other today.
    pub(crate) fn day(&self, as_of: Option<Date>) -> Result<Option<Date>> {
        if as_of.is_some() {
            return Ok(as_of);
        }
        search::last_day(&self.db)
    }
}

/// The order of an agenda.
const AHEAD: &str = "state.\"from\" IS NULL, coalesce(state.\"from\", ''), state.at, event.id";

fn limit(filter: &Filter) -> String {
    filter.limit.map_or_else(String::new, |limit| format!(" LIMIT {limit}"))
}

/// Standings of what is ahead, as SQL has a list.
const PLANS: &str = "('proposed', 'expected', 'scheduled', 'postponed')";

/// Asks for a standing, of which some follow from the day.
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

/// Where an event stands in a timeline.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) event: i64,
    /// The day it is listed under.
    pub(crate) at: String,
}

/// Takes the place of an event and its row; `false` to stop.
pub(crate) type TakeRow<'a> = dyn FnMut(Place, EventRow) -> Result<bool> + 'a;

/// Hands on the rows of a timeline.
pub(crate) fn each(
    db: &Connection,
    filter: &Filter,
    day: Option<Date>,
    take: &mut TakeRow<'_>,
) -> Result<()> {
    let (sql, conditions) = timeline(db, filter, day, COLUMNS)?;
    rows(db, &sql, &conditions.values, day, take)
}

/// The numbers of the events of a timeline.
pub(crate) fn numbers(db: &Connection, filter: &Filter, day: Option<Date>) -> Result<Vec<i64>> {
    let (sql, conditions) = timeline(db, filter, day, "state.event")?;
    let mut select = db.prepare_cached(&sql)?;
    let numbers = select.query_map(params_from_iter(&conditions.values), |row| row.get(0))?;
    Ok(numbers.collect::<std::result::Result<_, _>>()?)
}

/// What a filter asks of `state` and `event`.
pub(crate) fn conditions(
    db: &Connection,
    filter: &Filter,
    day: Option<Date>,
) -> Result<Conditions> {
    let mut conditions = filter.conditions(db)?;
    standing(filter.status, day, &mut conditions);
    Ok(conditions)
}

fn timeline(
    db: &Connection,
    filter: &Filter,
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

/// The row of one event, as of a day.
pub(crate) fn one(
    db: &Connection,
    event: i64,
    as_of: Option<Date>,
    day: Option<Date>,
) -> Result<Option<EventRow>> {
    let mut conditions = Filter { as_of, ..Filter::default() }.conditions(db)?;
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
    let standing: Standing = refresh::label(&row.get::<_, String>(5)?)?;
    let moment = |column: usize| -> Result<Option<Moment>> {
        row.get::<_, Option<String>>(column)?.map(|text| refresh::moment(&text)).transpose()
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
    let (summary, source) = told(db, row.get(10)?)?;
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

/// The days between two moments, in a word.
pub(crate) fn date(from: Option<Moment>, to: Option<Moment>) -> Option<String> {
    let (from, to) = (from?, to?);
    let is_day = matches!((from, to), (Moment::Day(from), Moment::Day(to)) if from.tomorrow().ok() == Some(to));
    Some(if is_day { from.to_string() } else { format!("{from}/{to}") })
}

/// The sentence a report stands in, on one line, and who published it.
fn told(db: &Connection, mention: i64) -> Result<(String, String)> {
    // SQLite counts code points, as spans do, but from 1.
    let mut select = db.prepare_cached(
        "SELECT substr(text, start + 1, length), coalesce(publisher, agency, name, id)
         FROM mention JOIN document ON document.doc = mention >> 20 WHERE mention = ?1",
    )?;
    let told = select
        .query_row([mention], |row| Ok((quote::line(row.get_ref(0)?.as_str()?), row.get(1)?)));
    told.optional()?.ok_or_else(|| {
        let (doc, nth) = place_of(mention);
        Failure::damaged(format!("document {doc} has no event v{nth}"))
    })
}

/// Ids and names of actors, looked up once each.
#[derive(Debug, Default)]
pub(crate) struct Names {
    known: HashMap<Actor, (String, String)>,
}

impl Names {
    /// The id and the name of an actor.
    pub(crate) fn of(&mut self, db: &Connection, actor: Actor) -> Result<&(String, String)> {
        match self.known.entry(actor) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(unknown) => {
                let mut select =
                    db.prepare_cached("SELECT id, name FROM actor WHERE actor = ?1")?;
                let found = select
                    .query_row([actor], |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()?
                    .ok_or_else(|| Failure::damaged(format!("no actor {actor}")))?;
                Ok(unknown.insert(found))
            }
        }
    }

    /// The name alone.
    pub(crate) fn name(&mut self, db: &Connection, actor: Actor) -> Result<String> {
        Ok(self.of(db, actor)?.1.clone())
    }
}
