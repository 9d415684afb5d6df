//! Lists of actors and of places. A place is an actor that events take place at.

use dateline_core::EntityKind;
use rusqlite::{Connection, params, params_from_iter, types::Value};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    actor::Actor,
    document,
    error::{Result, StoreError, Trying as _},
    ledger::Ledger,
    query::{
        cursor::Cursor,
        filter::{self, Conditions},
        setters::setters,
    },
};

/// Selects actors. The default selects all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActorFilter {
    /// Id, name or code, as in [`EventFilter::actor`](field@crate::EventFilter::actor).
    pub name: Option<String>,
    /// Kind of entity.
    pub kind: Option<EntityKind>,
    /// Maximum number of actors.
    pub limit: Option<usize>,
    /// Position after which the list continues.
    pub after: Option<Cursor>,
}

setters!(ActorFilter {
    name: text,
    kind: optional(EntityKind),
    limit: optional(usize),
    after: optional(Cursor),
});

/// An actor with its counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ActorCounts {
    /// Id of the actor: `a` and 12 hexadecimal digits.
    pub id: String,
    /// Fullest name known.
    pub name: String,
    /// Kind of entity, such as `person`.
    pub kind: String,
    /// Country, as an ISO 3166-1 alpha-3 code.
    pub country: Option<String>,
    /// Actor code of country and sector, such as `RUSGOV`.
    pub code: Option<String>,
    /// All names in the documents, normalized and in lowercase.
    pub aliases: Vec<String>,
    /// Number of documents that mention it.
    pub documents: u32,
    /// Number of events it takes part in.
    pub events: u32,
    /// Number of statements it makes.
    pub statements: u32,
}

/// A place with its counts.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct PlaceCounts {
    /// Id of the place, which is an actor: `a` and 12 hexadecimal digits.
    pub id: String,
    /// Name of the place.
    pub name: String,
    /// Country, as an ISO 3166-1 alpha-3 code.
    pub country: Option<String>,
    /// Degrees north, if known.
    pub latitude: Option<f64>,
    /// Degrees east, if known.
    pub longitude: Option<f64>,
    /// Number of documents that mention it.
    pub documents: u32,
    /// Number of events that take place there.
    pub events: u32,
}

impl Ledger {
    /// Calls `take` with each actor and its position in the list, in the order of ids, until it returns `false`. Returns the number
    /// of calls.
    ///
    /// ```
    /// use std::path::Path;
    /// use dateline_store::{ActorFilter, Ledger};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let ledger = Ledger::open(Path::new("tests/data/schema-5.db"))?;
    /// let n = ledger.each_actor(&ActorFilter::new().name("RUS"), &mut |actor, _| {
    ///     println!("{} {}: {} events", actor.id, actor.name, actor.events);
    ///     true
    /// })?;
    /// assert!(n > 0);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// - [`StoreError::NoSuchActor`] if nobody has the name asked for.
    /// - [`StoreError::Cursor`] if `after` is the cursor of another list.
    /// - [`StoreError::Sqlite`] if the file cannot be read.
    pub fn each_actor(
        &self,
        asked: &ActorFilter,
        take: &mut dyn FnMut(ActorCounts, Cursor) -> bool,
    ) -> std::result::Result<u64, StoreError> {
        each(&self.db, asked, &mut |actor| {
            let counts = counted(&self.db, actor)?;
            let cursor = Cursor::new([counts.id.clone()]);
            Ok(take(counts, cursor))
        })
        .trying("read actors")
    }

    /// Calls `take` with each place and its position in the list, as [`Ledger::each_actor`] does with actors. The `kind` of the
    /// filter is ignored.
    ///
    /// # Errors
    ///
    /// Those of [`Ledger::each_actor`].
    pub fn each_place(
        &self,
        asked: &ActorFilter,
        take: &mut dyn FnMut(PlaceCounts, Cursor) -> bool,
    ) -> std::result::Result<u64, StoreError> {
        let asked = ActorFilter { kind: Some(EntityKind::Place), ..asked.clone() };
        each(&self.db, &asked, &mut |actor| {
            let place = place(&self.db, actor)?;
            let cursor = Cursor::new([place.id.clone()]);
            Ok(take(place, cursor))
        })
        .trying("read places")
    }
}

fn each(
    db: &Connection,
    asked: &ActorFilter,
    take: &mut dyn FnMut(Actor) -> Result<bool>,
) -> Result<u64> {
    let mut conditions = Conditions::default();
    if let Some(name) = &asked.name {
        conditions.add(&format!("actor IN ({})", filter::numbers(db, name)?), []);
    }
    if let Some(kind) = asked.kind {
        conditions.add("kind = ?", [Value::from(kind.as_str().to_owned())]);
    }
    if let Some(after) = &asked.after {
        let [id] = after.parts()?;
        conditions.add("id > ?", [Value::from(id.to_owned())]);
    }
    let limit = asked.limit.map_or_else(String::new, |limit| format!(" LIMIT {limit}"));
    let sql = format!("SELECT actor FROM actor{} ORDER BY id{limit}", conditions.sql());
    let mut select = db.prepare(&sql)?;
    let mut rows = select.query(params_from_iter(&conditions.values))?;
    let mut n = 0;
    while let Some(row) = rows.next()? {
        n += 1;
        if !take(row.get(0)?)? {
            break;
        }
    }
    Ok(n)
}

/// Reads an actor with its counts.
pub(crate) fn counted(db: &Connection, actor: Actor) -> Result<ActorCounts> {
    let mut aliases =
        db.prepare_cached("SELECT alias FROM alias WHERE actor = ?1 ORDER BY alias")?;
    let aliases =
        aliases.query_map([actor], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
    let mut select = db.prepare_cached(
        "SELECT id, name, kind, country, code,
            (SELECT count(DISTINCT doc) FROM entity WHERE entity.actor = ?1),
            (SELECT count(*) FROM party WHERE party.actor = ?1),
            (SELECT count(*) FROM statement WHERE speaker = ?1)
         FROM actor WHERE actor.actor = ?1",
    )?;
    Ok(select.query_row([actor], |row| {
        Ok(ActorCounts {
            id: row.get(0)?,
            name: row.get(1)?,
            kind: row.get(2)?,
            country: row.get(3)?,
            code: row.get(4)?,
            aliases,
            documents: row.get(5)?,
            events: row.get(6)?,
            statements: row.get(7)?,
        })
    })?)
}

fn place(db: &Connection, actor: Actor) -> Result<PlaceCounts> {
    let mut select = db.prepare_cached(
        "SELECT id, name, country,
            (SELECT count(DISTINCT doc) FROM entity WHERE entity.actor = ?1),
            (SELECT count(*) FROM state WHERE place = ?1 AND until IS NULL)
         FROM actor WHERE actor.actor = ?1",
    )?;
    let mut place = select.query_row([actor], |row| {
        Ok(PlaceCounts {
            id: row.get(0)?,
            name: row.get(1)?,
            country: row.get(2)?,
            latitude: None,
            longitude: None,
            documents: row.get(3)?,
            events: row.get(4)?,
        })
    })?;
    // Only records have coordinates, and all of them have the same.
    let mut first =
        db.prepare_cached("SELECT doc, nth FROM entity WHERE actor = ?1 ORDER BY doc LIMIT 1")?;
    let mut rows = first.query(params![actor])?;
    if let Some(row) = rows.next()? {
        let nth: usize = row.get(1)?;
        let record = document::record(db, row.get(0)?)?;
        let link = record.entities.get(nth.wrapping_sub(1)).and_then(|entity| entity.link.as_ref());
        if let Some(at) = link.and_then(|link| link.coordinates) {
            place.latitude = Some(at.latitude.to_f64());
            place.longitude = Some(at.longitude.to_f64());
        }
    }
    Ok(place)
}
