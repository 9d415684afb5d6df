//! An actor: who it is, by what names, with whom, what it did and said.

use rusqlite::params;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    Filter, StoreError, document,
    error::{Result, Trying as _},
    ledger::Ledger,
    query::{actors::counted, filter, list::EventRow, quote},
};

/// What is listed of each kind, at most.
const LISTED: usize = 10;

/// An actor over all documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ActorPage {
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
    /// Titles and offices the documents give it, with the day each was first and last read.
    pub offices: Vec<Office>,
    /// Documents that speak of it.
    pub documents: u32,
    /// Events it takes part in.
    pub events: u32,
    /// Statements it makes.
    pub statements: u32,
    /// Those it takes part in events with, most first.
    pub with: Vec<Company>,
    /// Its last events.
    pub last_events: Vec<EventRow>,
    /// The last things it said.
    pub last_statements: Vec<Said>,
}

/// An office by which an actor is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Office {
    /// The title, as texts have it.
    pub title: String,
    /// The day of the first text that gives it.
    pub first: Option<String>,
    /// The day of the last.
    pub last: Option<String>,
}

/// Somebody an actor takes part in events with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Company {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many events the two share.
    pub events: u32,
}

/// Something an actor said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Said {
    /// The document.
    pub document: String,
    /// The statement in its record: `s2`.
    pub statement: String,
    /// The day it was published.
    pub published: Option<String>,
    /// What was said, pieces parted by ` … `.
    pub content: String,
}

impl Ledger {
    /// The actors somebody may mean by a name, an id or the beginning of a code: those in most events first.
    ///
    /// # Errors
    ///
    /// If nobody is known by it.
    pub fn actors(
        &self,
        said: &str,
        limit: usize,
    ) -> std::result::Result<Vec<ActorPage>, StoreError> {
        let read = || -> Result<Vec<ActorPage>> {
            let mut found: Vec<(u32, i64)> = filter::actors(&self.db, said)?
                .into_iter()
                .map(|actor| {
                    Ok((count(self, "SELECT count(*) FROM party WHERE actor = ?1", actor)?, actor))
                })
                .collect::<Result<_>>()?;
            found.sort_by_key(|&(events, actor)| (std::cmp::Reverse(events), actor));
            found.into_iter().take(limit).map(|(_, actor)| page(self, actor)).collect()
        };
        read().trying("read an actor")
    }
}

fn count(ledger: &Ledger, sql: &str, actor: i64) -> Result<u32> {
    Ok(ledger.db.prepare_cached(sql)?.query_row([actor], |row| row.get(0))?)
}

fn page(ledger: &Ledger, actor: i64) -> Result<ActorPage> {
    let db = &ledger.db;
    let counts = counted(db, actor)?;
    let mut page = ActorPage {
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
            Ok(Company { id: row.get(0)?, name: row.get(1)?, events: row.get(2)? })
        })?
        .collect::<std::result::Result<_, _>>()?;
    page.offices = offices(ledger, actor)?;
    let last = Filter {
        actor: Some(page.id.clone()),
        is_latest_first: true,
        limit: Some(LISTED),
        ..Filter::default()
    };
    page.last_events = ledger.timeline(&last).map_err(crate::error::Failure::from)?;
    page.last_events.reverse();
    page.last_statements = statements(ledger, actor)?;
    Ok(page)
}

/// Titles are read from the records of the documents that speak of an actor, the latest of them.
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

fn statements(ledger: &Ledger, actor: i64) -> Result<Vec<Said>> {
    let mut select = ledger.db.prepare_cached(
        "SELECT doc, statement.nth, document.id, published FROM statement JOIN document USING (doc) WHERE speaker = ?1
         ORDER BY published DESC, document.id, statement.nth LIMIT ?2",
    )?;
    let mut said = Vec::new();
    let mut rows = select.query(params![actor, LISTED])?;
    while let Some(row) = rows.next()? {
        let record = document::record(&ledger.db, row.get(0)?)?;
        let nth: usize = row.get(1)?;
        let Some(statement) = record.statements.get(nth.wrapping_sub(1)) else { continue };
        let pieces: Vec<String> =
            statement.content.iter().map(|span| quote::line(&span.text)).collect();
        said.push(Said {
            document: row.get(2)?,
            statement: format!("s{nth}"),
            published: row.get(3)?,
            content: pieces.join(" … "),
        });
    }
    Ok(said)
}
