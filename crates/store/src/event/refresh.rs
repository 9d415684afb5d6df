//! The rows of an event, computed from its reports.

use std::collections::{BTreeSet, HashMap};

use dateline_core::{Moment, Polarity, Status, codes::PloverType};
use dateline_coreference::{day, family};
use rusqlite::{Connection, params};

use crate::{
    actor::Actor,
    column::{label, moment},
    copies,
    document::Doc,
    error::Result,
    event::{
        history::{self, Evidence, Side, State},
        tree::Event,
    },
    name, report,
    unit::{Sketches, Unit},
};

/// Returns the events a document reports.
pub(crate) fn events_of(db: &Connection, doc: Doc) -> Result<Vec<Event>> {
    let mut select = db.prepare_cached(
        "SELECT DISTINCT event FROM mention WHERE mention BETWEEN ?1 AND ?2 AND event IS NOT NULL",
    )?;
    Ok(select
        .query_map(report::numbers(doc), |row| row.get(0))?
        .collect::<std::result::Result<_, _>>()?)
}

/// Writes the rows of an event: its states, parties and counts.
pub(crate) fn refresh(db: &Connection, sketches: &mut Sketches, event: Event) -> Result<()> {
    let reports = reports(db, sketches, event)?;
    let Some(first) = reports.first() else { return Ok(()) };
    let kind = kind(db, event)?;
    let states = history::fold(&reports, family::of(kind).horizon);
    let sources: BTreeSet<i64> = reports.iter().map(|report| report.source).collect();
    db.prepare_cached(
        "UPDATE event SET type = ?2, first = ?3, sources = ?4, mentions = ?5 WHERE event = ?1",
    )?
    .execute(params![
        event,
        kind.as_str(),
        day::date(first.day).to_string(),
        sources.len(),
        reports.len()
    ])?;
    write_states(db, event, kind, &states)?;
    write_parties(db, event, &reports)?;
    // Parties repeat date and type of the current state.
    db.prepare_cached(
        "UPDATE party SET at = state.at, type = state.type FROM state
         WHERE party.event = ?1 AND state.event = ?1 AND state.until IS NULL AND (party.at, party.type) <> (state.at, state.type)",
    )?
    .execute([event])?;
    Ok(())
}

/// Computes the states of an event from its reports.
pub(crate) fn states(db: &Connection, sketches: &mut Sketches, event: Event) -> Result<Vec<State>> {
    let horizon = family::of(kind(db, event)?).horizon;
    Ok(history::fold(&reports(db, sketches, event)?, horizon))
}

/// Returns the reports of an event, in the order of publication dates.
pub(crate) fn reports(
    db: &Connection,
    sketches: &mut Sketches,
    event: Event,
) -> Result<Vec<Evidence>> {
    let mut select = db.prepare_cached(
        "SELECT mention, coalesce(unit, mention), status, polarity, \"from\", \"to\" FROM mention WHERE event = ?1",
    )?;
    let mut origins: HashMap<Doc, Origin> = HashMap::new();
    let mut reports: Vec<((i32, u64, i64), Evidence)> = Vec::new();
    let mut rows = select.query([event])?;
    while let Some(row) = rows.next()? {
        let mention: i64 = row.get(0)?;
        let unit: Unit = row.get(1)?;
        let (doc, _) = report::place(mention);
        let origin = match origins.get(&doc) {
            Some(known) => *known,
            None => *origins.entry(doc).or_insert(origin(db, doc)?),
        };
        let sketch = sketches.get(db, unit)?;
        let status: Status = label(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?;
        let polarity: Polarity = label(row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?)?;
        let window = window(row.get(4)?, row.get(5)?)?
            // The date of the planning is not the date of the plan.
            .filter(|(_, to)| !sketch.is_plan || day::number(to.date()) > sketch.published)
            .or_else(|| {
                let (from, to) = sketch.window?;
                Some((day::date(from).into(), day::date(to).into()))
            });
        let place = sketch.places.iter().min_by_key(|place| place.is_country);
        let evidence = Evidence {
            mention,
            day: sketch.published,
            superseded: origin.superseded,
            source: origin.source,
            status,
            polarity,
            window,
            place: place.map(|place| (place.actor, place.is_country)),
            parties: sketch
                .parties
                .iter()
                .map(|party| Side {
                    actor: party.actor,
                    block: party.block,
                    is_person: party.surname != 0,
                    is_general: party.is_general,
                    is_state: party.is_state,
                })
                .collect(),
        };
        reports.push(((sketch.published, sketch.document, mention), evidence));
    }
    reports.sort_by_key(|(order, _)| *order);
    Ok(reports.into_iter().map(|(_, report)| report).collect())
}

/// Source of a document, and when it was superseded.
#[derive(Debug, Clone, Copy)]
struct Origin {
    superseded: Option<i32>,
    source: i64,
}

fn origin(db: &Connection, doc: Doc) -> Result<Origin> {
    let root = copies::root(db, doc)?;
    let mut select = db.prepare_cached(
        "SELECT coalesce(agency, publisher, url, id), (SELECT published FROM document AS next WHERE next.doc = ?2)
         FROM document WHERE doc = ?1",
    )?;
    let mut successor = db.prepare_cached("SELECT superseded FROM document WHERE doc = ?1")?;
    let successor: Option<Doc> = successor.query_row([doc], |row| row.get(0))?;
    let (source, superseded): (String, Option<String>) =
        select.query_row(params![root, successor], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let superseded = superseded.map(|day| moment(&day)).transpose()?;
    Ok(Origin {
        superseded: superseded.map(|day| day::number(day.date())),
        source: name::hash(&name::folded(&source)).cast_signed(),
    })
}

/// Returns the type most reports give, or the first of these in alphabetical order.
fn kind(db: &Connection, event: Event) -> Result<PloverType> {
    let mut select = db.prepare_cached(
        "SELECT type FROM mention WHERE event = ?1 GROUP BY type ORDER BY count(*) DESC, type LIMIT 1",
    )?;
    let kind: String = select.query_row([event], |row| row.get(0))?;
    label(&kind)
}

fn write_states(db: &Connection, event: Event, kind: PloverType, states: &[State]) -> Result<()> {
    db.prepare_cached("DELETE FROM state WHERE event = ?1")?.execute([event])?;
    let mut insert = db.prepare_cached(
        "INSERT INTO state (event, day, until, ahead, standing, \"from\", \"to\", place, parties, mention, at, type)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, coalesce(substr(?6, 1, 10), ?2), ?11)",
    )?;
    for (at, state) in states.iter().enumerate() {
        let parties: Vec<String> = state.parties.iter().map(Actor::to_string).collect();
        insert.execute(params![
            event,
            state.day.to_string(),
            states.get(at + 1).map(|next| next.day.to_string()),
            state.ahead.map(|day| day.to_string()),
            state.status.as_str(),
            state.from.map(|from| from.to_string()),
            state.to.map(|to| to.to_string()),
            state.place,
            parties.join(" "),
            state.mention,
            kind.as_str(),
        ])?;
    }
    Ok(())
}

fn write_parties(db: &Connection, event: Event, reports: &[Evidence]) -> Result<()> {
    let wanted: BTreeSet<Actor> =
        reports.iter().flat_map(|report| &report.parties).map(|side| side.actor).collect();
    let mut select = db.prepare_cached("SELECT actor FROM party WHERE event = ?1")?;
    let present: BTreeSet<Actor> =
        select.query_map([event], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
    let mut insert = db.prepare_cached("INSERT INTO party (actor, event) VALUES (?1, ?2)")?;
    for actor in wanted.difference(&present) {
        insert.execute([*actor, event])?;
    }
    let mut delete = db.prepare_cached("DELETE FROM party WHERE actor = ?1 AND event = ?2")?;
    for actor in present.difference(&wanted) {
        delete.execute([*actor, event])?;
    }
    Ok(())
}

fn window(from: Option<String>, to: Option<String>) -> Result<Option<(Moment, Moment)>> {
    from.zip(to).map(|(from, to)| Ok((moment(&from)?, moment(&to)?))).transpose()
}
