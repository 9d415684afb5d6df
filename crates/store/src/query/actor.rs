//! Profiles of actors: names, offices, other participants, latest events and statements.

use rusqlite::params;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    document,
    error::{Failure, Result, StoreError, Trying as _},
    ledger::Ledger,
    query::{
        actors::counted,
        event_row::EventRow,
        filter::{self, EventFilter},
        quote,
    },
};

/// Maximum length of each list in a profile.
const LISTED: usize = 10;

/// Profile of an actor across all documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "ActorPage")]
#[non_exhaustive]
pub struct ActorProfile {
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
    /// Titles and offices in the latest documents, with the dates of the first and last document that has each.
    pub offices: Vec<Office>,
    /// Number of documents that mention the actor.
    pub documents: u32,
    /// Number of events the actor takes part in.
    pub events: u32,
    /// Number of statements the actor makes.
    pub statements: u32,
    /// Other participants in the same events, those with the most shared events first.
    pub with: Vec<CoParticipant>,
    /// Latest events, in the order of their dates.
    pub last_events: Vec<EventRow>,
    /// Latest statements, newest first.
    pub last_statements: Vec<ActorStatement>,
}

/// Title or office of an actor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Office {
    /// Title, as the texts have it.
    pub title: String,
    /// Publication date of the first document that has it.
    pub first: Option<String>,
    /// Publication date of the last document that has it.
    pub last: Option<String>,
}

/// An actor that takes part in the same events as another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Company")]
#[non_exhaustive]
pub struct CoParticipant {
    /// Id of the actor.
    pub id: String,
    /// Name of the actor.
    pub name: String,
    /// Number of shared events.
    pub events: u32,
}

/// A statement of an actor, in brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Said")]
#[non_exhaustive]
pub struct ActorStatement {
    /// Id of the document.
    pub document: String,
    /// Id of the statement in the document's record, such as `s2`.
    pub statement: String,
    /// Publication date.
    pub published: Option<String>,
    /// Words of the statement on one line, parts separated by ` … `.
    pub content: String,
}

impl Ledger {
    /// Finds actors by id, name or beginning of a code, and returns the profiles of at most `limit` of them, those in the most
    /// events first. [`EventFilter::actor`] says what names and codes match.
    ///
    /// ```
    /// use std::path::Path;
    /// use dateline_store::Ledger;
    ///
    /// # fn main() -> Result<(), dateline_store::StoreError> {
    /// let ledger = Ledger::open(Path::new("tests/data/schema-5.db"))?;
    /// let putin = &ledger.find_actors("Putin", 1)?[0];
    /// assert_eq!((putin.name.as_str(), putin.code.as_deref()), ("Vladimir Putin", Some("RUSGOV")));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// - [`StoreError::NoSuchActor`] if nobody matches.
    /// - [`StoreError::Sqlite`] if the file cannot be read.
    pub fn find_actors(
        &self,
        name: &str,
        limit: usize,
    ) -> std::result::Result<Vec<ActorProfile>, StoreError> {
        let read = || -> Result<Vec<ActorProfile>> {
            let mut found: Vec<(u32, i64)> = filter::actors(&self.db, name)?
                .into_iter()
                .map(|actor| {
                    Ok((count(self, "SELECT count(*) FROM party WHERE actor = ?1", actor)?, actor))
                })
                .collect::<Result<_>>()?;
            found.sort_by_key(|&(events, actor)| (std::cmp::Reverse(events), actor));
            found.into_iter().take(limit).map(|(_, actor)| page(self, actor)).collect()
        };
        read().trying("find actors")
    }
}

fn count(ledger: &Ledger, sql: &str, actor: i64) -> Result<u32> {
    Ok(ledger.db.prepare_cached(sql)?.query_row([actor], |row| row.get(0))?)
}

fn page(ledger: &Ledger, actor: i64) -> Result<ActorProfile> {
    let db = &ledger.db;
    let counts = counted(db, actor)?;
    let mut page = ActorProfile {
        id: counts.id,
        name: counts.name,
        kind: counts.kind,
        country: counts.country,
        code: counts.code,
        aliases: counts.aliases,
        offices: Vec::new(),
        documents: counts.documents,
        events: counts.events,
        statements: counts.statements,
        with: Vec::new(),
        last_events: Vec::new(),
        last_statements: Vec::new(),
    };
    page.with = db
        .prepare_cached(
            "SELECT actor.id, actor.name, count(*) FROM party AS own JOIN party AS other USING (event)
                 JOIN actor ON actor.actor = other.actor
             WHERE own.actor = ?1 AND other.actor <> ?1 GROUP BY other.actor ORDER BY 3 DESC, 2, 1 LIMIT ?2",
        )?
        .query_map(params![actor, LISTED], |row| {
            Ok(CoParticipant { id: row.get(0)?, name: row.get(1)?, events: row.get(2)? })
        })?
        .collect::<std::result::Result<_, _>>()?;
    page.offices = offices(ledger, actor)?;
    let last = EventFilter {
        actor: Some(page.id.clone()),
        is_latest_first: true,
        limit: Some(LISTED),
        ..EventFilter::default()
    };
    page.last_events = ledger.timeline(&last).map_err(Failure::from)?;
    page.last_events.reverse();
    page.last_statements = statements(ledger, actor)?;
    Ok(page)
}

/// Reads the titles of an actor from the records of the latest documents that mention it.
fn offices(ledger: &Ledger, actor: i64) -> Result<Vec<Office>> {
    const READ: usize = 200;
    let mut select = ledger.db.prepare_cached(
        "SELECT doc, entity.nth FROM entity JOIN document USING (doc) WHERE actor = ?1
         ORDER BY published DESC, document.id LIMIT ?2",
    )?;
    let mut offices: Vec<Office> = Vec::new();
    let mut rows = select.query(params![actor, READ])?;
    while let Some(row) = rows.next()? {
        let record = document::record(&ledger.db, row.get(0)?)?;
        let nth: usize = row.get(1)?;
        let day = record.document.published.map(|day| day.date().to_string());
        for title in record.entities.get(nth.wrapping_sub(1)).into_iter().flat_map(|it| &it.titles)
        {
            match offices.iter_mut().find(|office| office.title == *title) {
                Some(office) => office.first.clone_from(&day),
                None => offices.push(Office {
                    title: title.clone(),
                    first: day.clone(),
                    last: day.clone(),
                }),
            }
        }
    }
    offices.sort_by(|one, other| (&one.first, &one.title).cmp(&(&other.first, &other.title)));
    Ok(offices)
}

fn statements(ledger: &Ledger, actor: i64) -> Result<Vec<ActorStatement>> {
    let mut select = ledger.db.prepare_cached(
        "SELECT doc, statement.nth, document.id, published FROM statement JOIN document USING (doc) WHERE speaker = ?1
         ORDER BY published DESC, document.id, statement.nth LIMIT ?2",
    )?;
    let mut listed = Vec::new();
    let mut rows = select.query(params![actor, LISTED])?;
    while let Some(row) = rows.next()? {
        let record = document::record(&ledger.db, row.get(0)?)?;
        let nth: usize = row.get(1)?;
        let Some(statement) = record.statements.get(nth.wrapping_sub(1)) else { continue };
        let pieces: Vec<String> =
            statement.content.iter().map(|span| quote::line(&span.text)).collect();
        listed.push(ActorStatement {
            document: row.get(2)?,
            statement: format!("s{nth}"),
            published: row.get(3)?,
            content: pieces.join(" … "),
        });
    }
    Ok(listed)
}
