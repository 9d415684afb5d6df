//! The filter of events, and how names become actors. Both mean the same in every query.

use dateline_core::{Standing, codes::PloverType};
use jiff::civil::Date;
use rusqlite::{Connection, types::Value};

use crate::{
    actor::Actor,
    error::{Result, StoreError},
    name,
    query::{cursor::Cursor, setters::setters},
};

/// Selects events, as of a day. The default selects all of them, by all reports.
///
/// ```
/// use dateline_core::codes::PloverType;
/// use dateline_store::{EventFilter, jiff::civil::date};
///
/// let filter = EventFilter::new()
///     .actor("Putin")
///     .with("USA")
///     .kind(PloverType::Consult)
///     .as_of(date(2021, 5, 26))
///     .limit(10);
/// assert_eq!(filter.with.as_deref(), Some("USA"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EventFilter {
    /// Participant: an id (`a0123456789ab`), the beginning of an actor code in capitals (`RUS`, `RUSGOV`), a name as the texts have it,
    /// or some words of a name. The first of these that matches anybody counts.
    pub actor: Option<String>,
    /// Second participant, given like `actor`.
    pub with: Option<String>,
    /// PLOVER type of the event.
    pub kind: Option<PloverType>,
    /// Status of the event, as of the day asked for.
    pub status: Option<Standing>,
    /// Place of the event, given like `actor`.
    pub place: Option<String>,
    /// First day of the period the events begin in. An event without a date is listed under the day of the report that led to its
    /// current state.
    pub since: Option<Date>,
    /// First day after the period.
    pub until: Option<Date>,
    /// Day as of which the ledger is read: later reports are ignored.
    pub as_of: Option<Date>,
    /// Selects only events that are or once were plans.
    pub is_plan: bool,
    /// Maximum number of events.
    pub limit: Option<usize>,
    /// Reverses the order: latest first.
    pub is_latest_first: bool,
    /// Position after which the list continues.
    pub after: Option<Cursor>,
}

setters!(EventFilter {
    actor: text,
    with: text,
    kind: optional(PloverType),
    status: optional(Standing),
    place: text,
    since: optional(Date),
    until: optional(Date),
    as_of: optional(Date),
    is_plan: plain(bool),
    limit: optional(usize),
    is_latest_first: plain(bool),
    after: optional(Cursor),
});

/// Number of events of a participant up to which looking them up is faster than scanning the timeline until a page is full.
const FEW: usize = 3_000;

/// The `WHERE` clause of a query, with the values of its placeholders.
#[derive(Debug, Default)]
pub(crate) struct Conditions {
    sql: String,
    pub(crate) values: Vec<Value>,
}

impl Conditions {
    /// Adds a condition. Each `?` in it takes one of the values.
    pub(crate) fn add(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(if self.sql.is_empty() { " WHERE " } else { " AND " });
        self.sql.push_str(sql);
        self.values.extend(values);
    }

    /// Adds the condition that documents were published in a period, half-open.
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

impl EventFilter {
    /// Returns all conditions except those on the status, which depend on the day.
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
            let plan = "EXISTS (SELECT 1 FROM state AS earlier WHERE earlier.event = state.event AND earlier.day <= state.day AND earlier.ahead IS NOT NULL)";
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
            // If there are few events, they are looked up. If there are many, the timeline is scanned in order, because enough
            // of its events will match.
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

/// Returns the numbers of the actors a name may mean, separated by commas, for use within SQL.
pub(crate) fn numbers(db: &Connection, name: &str) -> Result<String> {
    let numbers: Vec<String> = actors(db, name)?.iter().map(Actor::to_string).collect();
    Ok(numbers.join(","))
}

/// Returns the actors a name may mean, by the first of these that matches: id, beginning of a code, name, words of a name.
pub(crate) fn actors(db: &Connection, name: &str) -> Result<Vec<Actor>> {
    let list = |sql: &str, value: &str| -> Result<Vec<Actor>> {
        let mut select = db.prepare_cached(sql)?;
        Ok(select.query_map([value], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?)
    };
    let mut found = list("SELECT actor FROM actor WHERE id = ?1", name)?;
    let is_code = name.len() >= 3
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if found.is_empty() && is_code {
        found = list(
            "SELECT actor FROM actor WHERE code >= ?1 AND code < ?1 || '~' ORDER BY actor",
            name,
        )?;
    }
    let folded = name::folded(name);
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
        return Err(StoreError::NoSuchActor(name.to_owned()).into());
    }
    Ok(found)
}
