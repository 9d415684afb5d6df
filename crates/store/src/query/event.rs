//! One event with its history: each state with the report that made it, every report with its words, and what the event answers
//! or was answered by.

use std::collections::BTreeMap;

use dateline_core::{Certainty, Moment, Polarity, RelationKind, Standing, Status};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, params};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    StoreError, copies,
    document::Doc,
    error::{Result, Trying as _},
    event::{
        history, place_of,
        refresh::{self, label, moment},
        tree::Event,
    },
    hand::Report,
    ledger::Ledger,
    query::{
        list::{self, EventRow, Names},
        quote::Quote,
    },
};

/// Days within which an act may be what was threatened or promised.
const FOLLOWS: i64 = 90;
/// Acts that may have followed a threat or a promise and are shown.
const FOLLOWERS: usize = 5;

/// An event and how it came to stand as it does.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct History {
    /// The event as of the day asked for.
    #[serde(flatten)]
    pub event: EventRow,
    /// The states it went through, the first first.
    pub history: Vec<Change>,
    /// Its reports, in the order they were published.
    pub reports: Vec<Witness>,
    /// Who reported it, the first first.
    pub reported_by: Vec<Source>,
    /// Events that records relate to it.
    pub related: Vec<Linked>,
}

/// A state of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// The day it was reported.
    pub day: String,
    /// How the event stood from then on.
    pub status: Standing,
    /// The days it takes place on.
    pub date: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Who takes part.
    pub parties: Vec<String>,
    /// The report that made the state.
    pub report: Report,
    /// Who published it.
    pub source: String,
    /// The sentence it stands in.
    pub quote: Quote,
}

/// One report of an event.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Witness {
    /// Its document, and the event in its record.
    #[serde(flatten)]
    pub report: Report,
    /// The day it was published.
    pub published: String,
    /// Publisher, agency or document.
    pub source: String,
    /// The title of its document.
    pub title: Option<String>,
    /// The status it gives the event.
    pub status: Status,
    /// Whether it says that it is so.
    pub polarity: Polarity,
    /// How sure it is.
    pub certainty: Certainty,
    /// The trigger's sentence.
    pub quote: Quote,
    /// The document it is a copy of.
    pub copy_of: Option<String>,
    /// The document that took its place, as of the day asked for.
    pub superseded: Option<String>,
    /// Why it was taken for this event: what it shares with an earlier report, or that somebody said so.
    pub because: Option<Because>,
}

/// What joined a report to an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Because {
    /// The earlier report it is most like.
    pub like: Report,
    /// How like, in tenths of a point.
    pub score: i32,
    /// What the two share: `people`, `parties`, `countries`, `day`, `period`, `time`, `place`, `form`, `trigger`, `mode`, `words`.
    pub shared: Vec<String>,
}

/// An independent source of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Source {
    /// Publisher, agency or document.
    pub name: String,
    /// The day of its first report.
    pub first: String,
    /// Its documents, copies among them.
    pub documents: Vec<String>,
}

/// An event that stands in a relation to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Linked {
    /// `response`, `cause`, `before`, `after`, `during`; or `follows`, of an act by the same party against the same, or for it,
    /// after a threat or a promise.
    pub kind: String,
    /// Whether the other event stands in the relation to this one, and not this one to it.
    pub is_other: bool,
    /// The other event.
    pub event: EventRow,
}

impl Ledger {
    /// An event by its id, or by one it had before, as of a day.
    ///
    /// # Errors
    ///
    /// If no event has the id, or it had not been reported on that day.
    pub fn event(&self, id: &str, as_of: Option<Date>) -> std::result::Result<History, StoreError> {
        let read = || -> Result<History> {
            let db = &self.db;
            let event = find(db, id)?;
            let day = self.day(as_of)?;
            let Some(row) = list::one(db, event, as_of, day)? else {
                let first: String =
                    db.query_row("SELECT first FROM event WHERE event = ?1", [event], |row| {
                        row.get(0)
                    })?;
                return Err(StoreError::Refused(format!(
                    "event {id} was first reported on {first}; ask as of that day or later"
                ))
                .into());
            };
            let reports = witnesses(db, event, as_of)?;
            Ok(History {
                event: row,
                history: changes(db, event, as_of)?,
                reported_by: sources(&reports),
                related: related(db, event, as_of, day)?,
                reports,
            })
        };
        read().trying("read an event")
    }
}

/// The number of the event with an id of today or of before.
pub(crate) fn find(db: &Connection, id: &str) -> Result<Event> {
    let mut find = db.prepare_cached("SELECT event FROM event WHERE id = ?1")?;
    if let Some(event) = find.query_row([id], |row| row.get(0)).optional()? {
        return Ok(event);
    }
    let mut former = db.prepare_cached(
        "SELECT event FROM former_id JOIN mention USING (mention) WHERE former_id.id = ?1 AND event IS NOT NULL",
    )?;
    former
        .query_row([id], |row| row.get(0))
        .optional()?
        .ok_or_else(|| StoreError::NoSuchEvent(id.to_owned()).into())
}

fn changes(db: &Connection, event: Event, as_of: Option<Date>) -> Result<Vec<Change>> {
    let mut select = db.prepare_cached(
        "SELECT day, standing, \"from\", \"to\", place, parties, mention FROM state
         WHERE event = ?1 AND (?2 IS NULL OR day <= ?2) ORDER BY day",
    )?;
    let mut names = Names::default();
    let mut changes = Vec::new();
    let mut rows = select.query(params![event, as_of.map(|day| day.to_string())])?;
    while let Some(row) = rows.next()? {
        let at = |column: usize| -> Result<Option<Moment>> {
            row.get::<_, Option<String>>(column)?.map(|text| moment(&text)).transpose()
        };
        let parties: String = row.get(5)?;
        let told = told(db, row.get(6)?)?;
        changes.push(Change {
            day: row.get(0)?,
            status: label(&row.get::<_, String>(1)?)?,
            date: list::date(at(2)?, at(3)?),
            place: row.get::<_, Option<i64>>(4)?.map(|place| names.name(db, place)).transpose()?,
            parties: parties
                .split_whitespace()
                .filter_map(|actor| actor.parse().ok())
                .map(|actor| names.name(db, actor))
                .collect::<Result<_>>()?,
            report: told.report,
            source: told.source,
            quote: told.quote,
        });
    }
    Ok(changes)
}

/// A report with where it stands and who published it.
struct Told {
    report: Report,
    source: String,
    quote: Quote,
}

/// Read from the rows alone: unpacking the record would take most of the time of a question.
fn told(db: &Connection, mention: i64) -> Result<Told> {
    let (doc, nth) = place_of(mention);
    // SQLite counts code points, as spans do, but from 1.
    let mut select = db.prepare_cached(
        "SELECT document.id, coalesce(publisher, agency, name, document.id), start, length, substr(text, start + 1, length)
         FROM mention JOIN document ON document.doc = mention >> 20 WHERE mention = ?1",
    )?;
    let told = select.query_row([mention], |row| {
        let (start, length): (u32, u32) = (row.get(2)?, row.get(3)?);
        Ok(Told {
            report: Report { document: row.get(0)?, event: format!("v{nth}") },
            source: row.get(1)?,
            quote: Quote { start, end: start.saturating_add(length), text: row.get(4)? },
        })
    });
    told.optional()?.ok_or_else(|| {
        crate::error::Failure::damaged(format!("document {doc} has no event v{nth}"))
    })
}

fn witnesses(db: &Connection, event: Event, as_of: Option<Date>) -> Result<Vec<Witness>> {
    let mut select = db.prepare_cached(
        "SELECT mention, status, polarity, certainty, unit.antecedent, unit.score, unit.reasons,
                document.published, document.title, document.copy_of, next.id, next.published
         FROM mention JOIN document USING (doc) LEFT JOIN document AS next ON next.doc = document.superseded
              LEFT JOIN unit ON unit.unit = mention.mention
         WHERE event = ?1 AND (?2 IS NULL OR substr(document.published, 1, 10) <= ?2)
         ORDER BY document.published, document.id, mention",
    )?;
    let mut witnesses = Vec::new();
    let mut rows = select.query(params![event, as_of.map(|day| day.to_string())])?;
    while let Some(row) = rows.next()? {
        let told = told(db, row.get(0)?)?;
        let copy_of: Option<Doc> = row.get(9)?;
        let (next, next_day): (Option<String>, Option<String>) = (row.get(10)?, row.get(11)?);
        let is_superseded = match (as_of, &next_day) {
            (Some(day), Some(next)) => moment(next)?.date() <= day,
            _ => true,
        };
        let because = match (row.get::<_, Option<i64>>(4)?, row.get::<_, Option<i32>>(5)?) {
            (Some(like), Some(score)) => Some(Because {
                like: report(db, like)?,
                score,
                shared: row
                    .get::<_, Option<String>>(6)?
                    .unwrap_or_default()
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect(),
            }),
            _ => None,
        };
        let published: String = row.get(7)?;
        witnesses.push(Witness {
            report: told.report,
            published,
            source: told.source,
            title: row.get(8)?,
            status: label(&row.get::<_, String>(1)?)?,
            polarity: label(&row.get::<_, String>(2)?)?,
            certainty: label(&row.get::<_, String>(3)?)?,
            quote: told.quote,
            copy_of: copy_of
                .map(|doc| {
                    let root = copies::root(db, doc)?;
                    document_id(db, root)
                })
                .transpose()?,
            superseded: next.filter(|_| is_superseded),
            because,
        });
    }
    Ok(witnesses)
}

fn report(db: &Connection, mention: i64) -> Result<Report> {
    let (doc, nth) = place_of(mention);
    Ok(Report { document: document_id(db, doc)?, event: format!("v{nth}") })
}

fn document_id(db: &Connection, doc: Doc) -> Result<String> {
    let mut select = db.prepare_cached("SELECT id FROM document WHERE doc = ?1")?;
    Ok(select.query_row([doc], |row| row.get(0))?)
}

/// Reports gathered by who stands behind them: a copy counts as its original.
fn sources(reports: &[Witness]) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for report in reports {
        let original = report
            .copy_of
            .as_ref()
            .and_then(|id| reports.iter().find(|other| other.report.document == *id));
        let name = &original.unwrap_or(report).source;
        let at = sources.iter().position(|source| source.name == *name).unwrap_or_else(|| {
            sources.push(Source {
                name: name.clone(),
                first: report.published.clone(),
                documents: Vec::new(),
            });
            sources.len() - 1
        });
        let documents = &mut sources[at].documents;
        if !documents.contains(&report.report.document) {
            documents.push(report.report.document.clone());
        }
    }
    sources
}

fn related(
    db: &Connection,
    event: Event,
    as_of: Option<Date>,
    day: Option<Date>,
) -> Result<Vec<Linked>> {
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
        if let Some(event) = list::one(db, other, as_of, day)? {
            related.push(Linked { kind, is_other, event });
        }
    }
    for other in followers(db, event, as_of)? {
        if let Some(event) = list::one(db, other, as_of, day)? {
            related.push(Linked { kind: "follows".to_owned(), is_other: true, event });
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

/// Acts that may be what was threatened or promised: by the same parties, within [`FOLLOWS`] days, that took place.
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
    let last = first.checked_add(jiff::Span::new().days(FOLLOWS)).unwrap_or(Date::MAX);
    let last = as_of.map_or(last, |day| day.min(last));
    let kinds: Vec<&str> = dateline_core::codes::PloverType::ALL
        .iter()
        .filter(|kind| kind.quad().as_str() == quad)
        .map(|kind| kind.as_str())
        .collect();
    // Both sides of the threat or promise take part in what follows.
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

/// Checks that the stored states of an event are those its reports fold to.
pub(crate) fn has_folded(
    db: &Connection,
    sketches: &mut crate::event::sketch::Sketches,
    event: Event,
) -> Result<bool> {
    let folded = refresh::states(db, sketches, event)?;
    let mut select = db.prepare_cached(
        "SELECT day, standing, \"from\", \"to\", place, parties, mention FROM state WHERE event = ?1 ORDER BY day",
    )?;
    let mut rows = select.query([event])?;
    let mut expected = folded.iter();
    while let Some(row) = rows.next()? {
        let Some(state) = expected.next() else { return Ok(false) };
        let parties: Vec<String> = state.parties.iter().map(ToString::to_string).collect();
        let same = row.get::<_, String>(0)? == state.day.to_string()
            && row.get::<_, String>(1)? == state.status.as_str()
            && row.get::<_, Option<String>>(2)? == state.from.map(|from| from.to_string())
            && row.get::<_, Option<String>>(3)? == state.to.map(|to| to.to_string())
            && row.get::<_, Option<i64>>(4)? == state.place
            && row.get::<_, String>(5)? == parties.join(" ")
            && row.get::<_, i64>(6)? == state.mention;
        if !same {
            return Ok(false);
        }
    }
    debug_assert!(
        folded.iter().all(|state| history::on(state.status, state.to, state.day) == state.status
            || state.to.is_some())
    );
    Ok(expected.next().is_none())
}
