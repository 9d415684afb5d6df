//! What is asked for: the same filters with the same meaning in every question.

use dateline_core::{Standing, codes::PloverType};
use jiff::civil::Date;
use rusqlite::{Connection, types::Value};

use crate::{
    actor::Actor,
    error::{Result, StoreError},
    name,
    query::cursor::Cursor,
};

/// Which events are asked for, and as of which day. Without any field set it is all of them, by all that was ever reported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Somebody who takes part: an id (`a0123456789ab`), a name as texts give it or some words of one, or the beginning of a
    /// code such as `RUS` or `RUSGOV`.
    pub actor: Option<String>,
    /// Somebody else who takes part, too; read as `actor`.
    pub with: Option<String>,
    /// Events of this type.
    pub kind: Option<PloverType>,
    /// Events that stand so, as of the day asked for.
    pub status: Option<Standing>,
    /// Events at this place, by its name.
    pub place: Option<String>,
    /// Events on this day or later. Where nobody tells when an event was, it is listed under the day of the report that
    /// made it stand as it does.
    pub since: Option<Date>,
    /// Events before this day.
    pub until: Option<Date>,
    /// By what was reported until the end of this day.
    pub as_of: Option<Date>,
    /// Only what is a plan, or once was one: what an agenda of its day would have had.
    pub is_plan: bool,
    /// At most so many, the first of the order.
    pub limit: Option<usize>,
    /// The latest first, and not the earliest.
    pub is_latest_first: bool,
    /// Only what stands behind this place in the list.
    pub after: Option<Cursor>,
}

/// Events that are looked up one by one sooner than all are gone through until a page is full.
const FEW: usize = 3_000;

/// Conditions of a query over `state` and `event`, with the values they ask for.
#[derive(Debug, Default)]
pub(crate) struct Conditions {
    sql: String,
    pub(crate) values: Vec<Value>,
}

impl Conditions {
    /// Adds a condition; each `?` in it takes one of the values.
    pub(crate) fn add(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(if self.sql.is_empty() { " WHERE " } else { " AND " });
        self.sql.push_str(sql);
        self.values.extend(values);
    }

    /// Asks for documents published on a day or later, and before another.
    pub(crate) fn published(&mut self, since: Option<Date>, until: Option<Date>) {
        for (sql, day) in [("published >= ?", since), ("published < ?", until)] {
            if let Some(day) = day {
                self.add(sql, [Value::from(day.to_string())]);
            }
        }
    }

    pub(crate) fn sql(&self) -> &str {
        &self.sql
    }
}

impl Filter {
    /// All conditions but those of the standing, which depends on the day.
    pub(crate) fn conditions(&self, db: &Connection) -> Result<Conditions> {
        let mut conditions = Conditions::default();
        match self.as_of {
            None => conditions.add("state.until IS NULL", []),
            Some(day) => {
                let day = Value::from(day.to_string());
                conditions.add(
                    "state.day <= ? AND (state.until IS NULL OR state.until > ?)",
                    [day.clone(), day],
                );
            }
        }
        if let Some(kind) = self.kind {
            conditions.add("state.type = ?", [Value::from(kind.as_str().to_owned())]);
        }
        if self.is_plan {
            let plan = "EXISTS (SELECT 1 FROM state AS told WHERE told.event = state.event AND told.day <= state.day AND told.ahead IS NOT NULL)";
            conditions.add(plan, []);
        }
        if let Some(since) = self.since {
            conditions.add("state.at >= ?", [Value::from(since.to_string())]);
        }
        if let Some(until) = self.until {
            conditions.add("state.at < ?", [Value::from(until.to_string())]);
        }
        for party in [&self.actor, &self.with].into_iter().flatten() {
            let numbers = numbers(db, party)?;
            // The events of those who are in few are looked up; where there are
            // many, events are gone through in their order, as enough of them will be theirs.
            let mut some = db.prepare(&format!(
                "SELECT count(*) FROM (SELECT 1 FROM party WHERE actor IN ({numbers}) LIMIT {FEW})"
            ))?;
            let is_in_few = some.query_row([], |row| row.get::<_, usize>(0))? < FEW;
            let sql = if is_in_few || self.limit.is_none() {
                format!("state.event IN (SELECT event FROM party WHERE actor IN ({numbers}))")
            } else {
                format!(
                    "EXISTS (SELECT 1 FROM party WHERE party.event = +state.event AND +party.actor IN ({numbers}))"
                )
            };
            conditions.add(&sql, []);
        }
        if let Some(place) = &self.place {
            conditions.add(&format!("state.place IN ({})", numbers(db, place)?), []);
        }
        Ok(conditions)
    }
}

/// The numbers of the actors somebody may mean, parted by commas: ours, so they can stand in a query.
pub(crate) fn numbers(db: &Connection, said: &str) -> Result<String> {
    let numbers: Vec<String> = actors(db, said)?.iter().map(Actor::to_string).collect();
    Ok(numbers.join(","))
}

/// The actors somebody may mean: by id; by a code's beginning, in capitals; by a name as texts give it; by some words of one.
pub(crate) fn actors(db: &Connection, said: &str) -> Result<Vec<Actor>> {
    let list = |sql: &str, value: &str| -> Result<Vec<Actor>> {
        let mut select = db.prepare_cached(sql)?;
        Ok(select.query_map([value], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?)
    };
    let mut found = list("SELECT actor FROM actor WHERE id = ?1", said)?;
    let is_code = said.len() >= 3
        && said.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if found.is_empty() && is_code {
        found = list(
            "SELECT actor FROM actor WHERE code >= ?1 AND code < ?1 || '~' ORDER BY actor",
            said,
        )?;
    }
    let folded = name::folded(said);
    if found.is_empty() {
        found = list("SELECT actor FROM alias WHERE alias = ?1", &folded)?;
    }
    if found.is_empty() && !folded.is_empty() {
        found = list(
            "SELECT DISTINCT actor FROM alias WHERE instr(' ' || alias || ' ', ' ' || ?1 || ' ') ORDER BY actor",
            &folded,
        )?;
    }
    if found.is_empty() {
        return Err(StoreError::NoSuchActor(said.to_owned()).into());
    }
    Ok(found)
}
