//! Lists of events: the timeline, and the agenda of what is or was ahead.

use std::collections::HashMap;

use dateline_core::{Moment, Standing};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, Row, params_from_iter, types::Value};
use serde::Serialize;

use crate::{
    StoreError,
    actor::Actor,
    error::{Failure, Result, Trying as _},
    event::{history, place_of, refresh},
    ledger::Ledger,
    query::{
        filter::{Conditions, Filter},
        quote,
    },
};

/// An event of the world on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    /// Where.
    pub place: Option<String>,
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
                       state.\"to\", state.place, state.parties, state.mention, state.day, state.event";

impl Ledger {
    /// Events in the order of their days.
    ///
    /// # Errors
    ///
    /// If the filter names an actor or place that no document knows, or the file cannot be read.
    pub fn timeline(&self, filter: &Filter) -> std::result::Result<Vec<EventRow>, StoreError> {
        let list = || -> Result<Vec<EventRow>> {
            let day = self.day(filter.as_of)?;
            let mut events = Vec::new();
            each(&self.db, filter, day, &mut |_, row| {
                events.push(row);
                Ok(true)
            })?;
            Ok(events)
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
        let list = || -> Result<Vec<EventRow>> {
            let day = self.day(filter.as_of)?;
            let filter = Filter { as_of: day, ..filter.clone() };
            let mut conditions = filter.conditions(&self.db)?;
            if let Some(day) = day {
                conditions.add("state.ahead > ?", [Value::from(day.to_string())]);
            }
            standing(filter.status, day, &mut conditions);
            let sql = format!(
                "SELECT {COLUMNS} FROM state INDEXED BY state_ahead JOIN event USING (event){} \
                 ORDER BY state.\"from\" IS NULL, state.\"from\", state.at, event.id{}",
                conditions.sql(),
                limit(&filter)
            );
            if day.is_none() {
                return Ok(Vec::new());
            }
            let mut events = Vec::new();
            rows(&self.db, &sql, &conditions.values, day, &mut |_, row| {
                events.push(row);
                Ok(true)
            })?;
            Ok(events)
        };
        list().trying("list what is ahead")
    }

    /// The day asked for, or the last on which anything was published. No clock is read: a ledger knows no other today.
    pub(crate) fn day(&self, as_of: Option<Date>) -> Result<Option<Date>> {
        if as_of.is_some() {
            return Ok(as_of);
        }
        let last: Option<String> =
            self.db.query_row("SELECT max(published) FROM document", [], |row| row.get(0))?;
        Ok(last.map(|day| refresh::moment(&day)).transpose()?.map(Moment::date))
    }
}

fn limit(filter: &Filter) -> String {
    filter.limit.map_or_else(String::new, |limit| format!(" LIMIT {limit}"))
}

/// Standings of what is ahead, as SQL has a list.
const PLANS: &str = "('proposed', 'expected', 'scheduled', 'postponed')";

/// Asks for a standing, of which some follow from the day.
fn standing(asked: Option<Standing>, day: Option<Date>, conditions: &mut Conditions) {
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

/// Takes the number of an event and its row; `false` to stop.
pub(crate) type TakeRow<'a> = dyn FnMut(i64, EventRow) -> Result<bool> + 'a;

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

fn timeline(
    db: &Connection,
    filter: &Filter,
    day: Option<Date>,
    columns: &str,
) -> Result<(String, Conditions)> {
    let mut conditions = filter.conditions(db)?;
    standing(filter.status, day, &mut conditions);
    let sql = format!(
        "SELECT {columns} FROM state JOIN event USING (event){} ORDER BY state.at, state.event{}",
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
        if !take(row.get(12)?, read(db, &mut names, row, day)?)? {
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
    let parties = parties
        .split_whitespace()
        .map(|actor| {
            names.of(db, actor.parse().map_err(|_| Failure::damaged(format!("party `{actor}`")))?)
        })
        .collect::<Result<_>>()?;
    let place: Option<Actor> = row.get(8)?;
    let (summary, source) = told(db, row.get(10)?)?;
    Ok(EventRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        status: day.map_or(standing, |day| history::on(standing, to, day)),
        from,
        to,
        date: date(from, to),
        parties,
        place: place.map(|place| names.of(db, place)).transpose()?,
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

/// Names of actors, looked up once each.
#[derive(Debug, Default)]
pub(crate) struct Names {
    known: HashMap<Actor, String>,
}

impl Names {
    /// The name of an actor.
    pub(crate) fn of(&mut self, db: &Connection, actor: Actor) -> Result<String> {
        if let Some(name) = self.known.get(&actor) {
            return Ok(name.clone());
        }
        let mut select = db.prepare_cached("SELECT name FROM actor WHERE actor = ?1")?;
        let name: String = select
            .query_row([actor], |row| row.get(0))
            .optional()?
            .ok_or_else(|| Failure::damaged(format!("no actor {actor}")))?;
        self.known.insert(actor, name.clone());
        Ok(name)
    }
}
