//! Rows of event lists: the state of an event, with names, sentence and source.

use std::collections::{HashMap, hash_map::Entry};

use dateline_core::{Moment, Standing};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, Row, params_from_iter, types::Value};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    actor::Actor,
    column,
    error::{Failure, Result},
    event::history,
    query::{filter::EventFilter, quote},
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
pub(crate) const COLUMNS: &str = "event.id, event.type, event.first, event.sources, event.mentions, state.standing, state.\"from\", \
                       state.\"to\", state.place, state.parties, state.mention, state.day, state.event, state.at";

/// Position of an event in a timeline.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) event: i64,
    /// Day the event is listed under.
    pub(crate) at: String,
}

/// Closure that receives the position and the row of each event, and returns `false` to stop.
pub(crate) type TakeRow<'a> = dyn FnMut(Place, EventRow) -> Result<bool> + 'a;

/// Runs a query that selects [`COLUMNS`], and calls `take` with each row.
pub(crate) fn rows(
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
