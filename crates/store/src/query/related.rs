//! Events related to another: by a relation of records, or as the act that may follow from a threat or a promise.

use std::collections::BTreeMap;

use dateline_core::{RelationKind, Standing, codes::PloverType};
use jiff::{Span, civil::Date};
use rusqlite::{Connection, OptionalExtension as _, params};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    column::moment,
    error::Result,
    event::tree::Event,
    query::event_row::{self, EventRow},
};

/// Maximum number of days between a threat or a promise and the act that may follow from it.
const FOLLOWS: i64 = 90;
/// Maximum number of acts listed as following from a threat or a promise.
const FOLLOWERS: usize = 5;

/// An event that is related to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Linked")]
#[non_exhaustive]
pub struct RelatedEvent {
    /// Kind of relation: `response`, `cause`, `before`, `after` or `during` as records have it; or `follows`, if the other event is an
    /// act between the same parties after this threat or promise.
    pub kind: String,
    /// Direction: whether the other event has the relation to this one, rather than this one to the other.
    pub is_other: bool,
    /// Other event.
    pub event: EventRow,
}

/// Returns the events related to one, in the order of their first reports.
pub(crate) fn related(
    db: &Connection,
    event: Event,
    as_of: Option<Date>,
    day: Option<Date>,
) -> Result<Vec<RelatedEvent>> {
    let mut select = db.prepare_cached(
        "SELECT DISTINCT relation.kind, other.event, 0 FROM mention AS own
             JOIN relation ON relation.\"from\" = own.mention JOIN mention AS other ON other.mention = relation.\"to\"
         WHERE own.event = ?1 AND other.event <> ?1
         UNION SELECT DISTINCT relation.kind, other.event, 1 FROM mention AS own
             JOIN relation ON relation.\"to\" = own.mention JOIN mention AS other ON other.mention = relation.\"from\"
         WHERE own.event = ?1 AND other.event <> ?1
         ORDER BY 1, 3, 2",
    )?;
    let found: Vec<(String, Event, bool)> = select
        .query_map([event], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<std::result::Result<_, _>>()?;
    let mut related = Vec::new();
    for (kind, other, is_other) in found {
        if kind == RelationKind::Same.as_str() {
            continue;
        }
        if let Some(event) = event_row::one(db, other, as_of, day)? {
            related.push(RelatedEvent { kind, is_other, event });
        }
    }
    for other in followers(db, event, as_of)? {
        if let Some(event) = event_row::one(db, other, as_of, day)? {
            related.push(RelatedEvent { kind: "follows".to_owned(), is_other: true, event });
        }
    }
    related.sort_by(|one, other| {
        (&one.event.first_reported, &one.event.id, &one.kind).cmp(&(
            &other.event.first_reported,
            &other.event.id,
            &other.kind,
        ))
    });
    Ok(related)
}

/// Returns the acts that may follow from a threat or a promise: between the same parties, within [`FOLLOWS`] days, and carried out.
fn followers(db: &Connection, event: Event, as_of: Option<Date>) -> Result<Vec<Event>> {
    let mut own = db.prepare_cached("SELECT type, first FROM event WHERE event = ?1")?;
    let (kind, first): (String, String) =
        own.query_row([event], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let quad = match kind.as_str() {
        "THREATEN" => "material conflict",
        "AGREE" => "material cooperation",
        _ => return Ok(Vec::new()),
    };
    let first = moment(&first)?.date();
    let last = first.checked_add(Span::new().days(FOLLOWS)).unwrap_or(Date::MAX);
    let last = as_of.map_or(last, |day| day.min(last));
    let kinds: Vec<&str> = PloverType::ALL
        .iter()
        .filter(|kind| kind.quad().as_str() == quad)
        .map(|kind| kind.as_str())
        .collect();
    // Both parties of the threat or promise must take part.
    let mut parties = db.prepare_cached("SELECT actor FROM party WHERE event = ?1")?;
    let parties: Vec<i64> =
        parties.query_map([event], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
    let mut acts = db.prepare_cached(&format!(
        "SELECT event FROM party WHERE actor = ?1 AND type IN ('{}') AND at BETWEEN ?2 AND ?3",
        kinds.join("','")
    ))?;
    let mut shared: BTreeMap<Event, u32> = BTreeMap::new();
    for actor in parties {
        let mut rows = acts.query(params![actor, first.to_string(), last.to_string()])?;
        while let Some(row) = rows.next()? {
            *shared.entry(row.get(0)?).or_default() += 1;
        }
    }
    let mut occurred = db.prepare_cached(
        "SELECT at, id FROM state JOIN event USING (event) WHERE state.event = ?1 AND until IS NULL AND standing = ?2",
    )?;
    let mut found: Vec<(String, String, Event)> = Vec::new();
    for (other, n) in shared {
        if n >= 2 && other != event {
            let asked = params![other, Standing::Occurred.as_str()];
            let row = occurred.query_row(asked, |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            found.extend(row.map(|(at, id)| (at, id, other)));
        }
    }
    found.sort_unstable();
    Ok(found.into_iter().take(FOLLOWERS).map(|(_, _, event)| event).collect())
}
