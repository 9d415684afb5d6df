//! Lists of actors, and of places, which are actors that things happen at.

use dateline_core::EntityKind;
use rusqlite::{Connection, params, params_from_iter, types::Value};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    StoreError,
    actor::Actor,
    document,
    error::{Result, Trying as _},
    ledger::Ledger,
    query::{
        cursor::Cursor,
        filter::{self, Conditions},
    },
};

/// Which actors.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActorFilter {
    /// Those somebody may mean; read as [`Filter::actor`](crate::Filter::actor).
    pub said: Option<String>,
    /// Of this kind.
    pub kind: Option<EntityKind>,
    /// At most so many, the first of the order.
    pub limit: Option<usize>,
    /// Only what stands behind this place in the list.
    pub after: Option<Cursor>,
}

/// An actor, with what is counted of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ActorCounts {
    /// Names the actor: `a` and 12 hexadecimal digits.
    pub id: String,
    /// The fullest name known.
    pub name: String,
    /// What sort of thing it is.
    pub kind: String,
    /// Its country.
    pub country: Option<String>,
    /// Country and sector.
    pub code: Option<String>,
    /// All names the documents give it, in small letters.
    pub aliases: Vec<String>,
    /// Documents that speak of it.
    pub documents: u32,
    /// Events it takes part in.
    pub events: u32,
    /// Statements it makes.
    pub statements: u32,
}

/// A place, with what is counted of it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlaceCounts {
    /// Names the actor the place is: `a` and 12 hexadecimal digits.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: Option<String>,
    /// Degrees north, as far as known.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Documents that speak of it.
    pub documents: u32,
    /// Events that take place there.
    pub events: u32,
}

impl Ledger {
    /// Hands on actors by their ids, until `take` says to stop; gives how many.
    ///
    /// # Errors
    ///
    /// If nobody is known by the name asked for, or the file cannot be read.
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

    /// Hands on places by their ids, until `take` says to stop; gives how many.
    ///
    /// # Errors
    ///
    /// As for [`Ledger::each_actor`].
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
    if let Some(said) = &asked.said {
        conditions.add(&format!("actor IN ({})", filter::numbers(db, said)?), []);
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

/// An actor with what is counted of it.
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
    // Where it lies is in the records alone; any of them says the same.
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
