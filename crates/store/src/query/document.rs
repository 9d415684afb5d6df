//! Lists of documents, a row each, without their records.

use std::fmt::Write as _;

use jiff::civil::Date;
use rusqlite::{Connection, Row, params_from_iter, types::Value};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    StoreError,
    document::{self, Doc},
    error::{Result, Trying as _},
    ledger::Ledger,
    query::{
        cursor::Cursor,
        export::{self, Stored},
        filter::{self, Conditions},
        list::{self, EventRow},
    },
};

/// Which documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentFilter {
    /// Published on this day or later.
    pub since: Option<Date>,
    /// Published before this day.
    pub until: Option<Date>,
    /// Those that speak of somebody; read as [`Filter::actor`](crate::Filter::actor).
    pub actor: Option<String>,
    /// Published by this publisher, by its whole name.
    pub publisher: Option<String>,
    /// At most so many, the first of the order.
    pub limit: Option<usize>,
    /// The latest first, and not the earliest.
    pub is_latest_first: bool,
    /// Only what stands behind this place in the list.
    pub after: Option<Cursor>,
}

/// A document on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DocumentRow {
    /// Names the document: `d` and 16 hexadecimal digits.
    pub id: String,
    /// What it was called where it came from.
    pub name: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The agency its words are from.
    pub agency: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The earliest document with nearly the same words.
    pub copy_of: Option<String>,
    /// The next version of it.
    pub superseded: Option<String>,
    /// How many statements it has.
    pub statements: u32,
    /// How many reports of events.
    pub mentions: u32,
}

/// A document that came into the ledger, with the events it reports as they stand now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Arrived {
    /// The number of the document: higher than those of all that came before.
    #[serde(skip)]
    pub number: u64,
    /// The document.
    pub document: DocumentRow,
    /// The events it reports.
    pub events: Vec<EventRow>,
}

/// Where a document stands among those by publication.
#[derive(Debug)]
pub(crate) struct DocumentPlace {
    pub(crate) doc: Doc,
    published: String,
    id: String,
}

/// What a row of `document` tells on one line.
const COLUMNS: &str = "document.id, document.name, document.published, document.title, document.publisher, document.agency, \
    document.byline, document.url, copy.id, next.id, \
    (SELECT count(*) FROM statement WHERE statement.doc = document.doc), \
    (SELECT count(*) FROM mention WHERE mention BETWEEN document.doc << 20 AND (document.doc << 20) + 1048575) \
    FROM document LEFT JOIN document AS copy ON copy.doc = document.copy_of \
    LEFT JOIN document AS next ON next.doc = document.superseded";

impl Ledger {
    /// A document by its id, whole.
    ///
    /// # Errors
    ///
    /// If no document has the id, or the file cannot be read.
    pub fn document(&self, id: &str) -> std::result::Result<Stored, StoreError> {
        let read = || -> Result<Stored> {
            let doc = document::find(&self.db, id)?
                .ok_or_else(|| StoreError::NoSuchDocument(id.to_owned()))?;
            export::stored(&self.db, doc)
        };
        read().trying("read a document")
    }

    /// Hands on documents by their publication, a row each with its place in the list, until `take` says to stop.
    ///
    /// # Errors
    ///
    /// If nobody is known by the name asked for, or the file cannot be read.
    pub fn each_document_row(
        &self,
        asked: &DocumentFilter,
        take: &mut dyn FnMut(DocumentRow, Cursor) -> bool,
    ) -> std::result::Result<(), StoreError> {
        each_doc(&self.db, asked, &mut |place| {
            let row = row(&self.db, place.doc)?;
            Ok(take(row, Cursor::new([place.published, place.id])))
        })
        .map(|_| ())
        .trying("list documents")
    }

    /// The number of the document that came last; 0 where there is none.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn last_arrival(&self) -> std::result::Result<u64, StoreError> {
        let last = || -> Result<u64> {
            let mut select =
                self.db.prepare_cached("SELECT coalesce(max(doc), 0) FROM document")?;
            Ok(select.query_row([], |row| row.get(0))?)
        };
        last().trying("look for the last document")
    }

    /// Documents that came after another, in the order in which they came, at most so many. That is the order of this file, and
    /// another file of the same documents may have another.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn arrived(
        &self,
        after: u64,
        limit: usize,
    ) -> std::result::Result<Vec<Arrived>, StoreError> {
        let list = || -> Result<Vec<Arrived>> {
            let db = &self.db;
            let mut select =
                db.prepare_cached("SELECT doc FROM document WHERE doc > ?1 ORDER BY doc LIMIT ?2")?;
            let docs: Vec<Doc> = select
                .query_map(
                    [i64::try_from(after).unwrap_or(i64::MAX), i64::try_from(limit).unwrap_or(0)],
                    |row| row.get(0),
                )?
                .collect::<std::result::Result<_, _>>()?;
            let day = self.day(None)?;
            docs.into_iter()
                .map(|doc| {
                    let mut reported: Vec<i64> =
                        export::reports(db, doc)?.into_iter().map(|(_, event)| event).collect();
                    reported.sort_unstable();
                    reported.dedup();
                    let mut events = Vec::with_capacity(reported.len());
                    for event in reported {
                        events.extend(list::one(db, event, None, day)?);
                    }
                    Ok(Arrived { number: doc.unsigned_abs(), document: row(db, doc)?, events })
                })
                .collect()
        };
        list().trying("list what came in")
    }
}

/// The row of one document.
pub(crate) fn row(db: &Connection, doc: Doc) -> Result<DocumentRow> {
    let mut select = db.prepare_cached(&format!("SELECT {COLUMNS} WHERE document.doc = ?1"))?;
    Ok(select.query_row([doc], read)?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        id: row.get(0)?,
        name: row.get(1)?,
        published: row.get(2)?,
        title: row.get(3)?,
        publisher: row.get(4)?,
        agency: row.get(5)?,
        byline: row.get(6)?,
        url: row.get(7)?,
        copy_of: row.get(8)?,
        superseded: row.get(9)?,
        statements: row.get(10)?,
        mentions: row.get(11)?,
    })
}

/// Hands on the places of documents by their publication, undated ones first; gives how many.
pub(crate) fn each_doc(
    db: &Connection,
    asked: &DocumentFilter,
    take: &mut dyn FnMut(DocumentPlace) -> Result<bool>,
) -> Result<u64> {
    let mut conditions = Conditions::default();
    conditions.published(asked.since, asked.until);
    if let Some(actor) = &asked.actor {
        let actors = filter::numbers(db, actor)?;
        let sql = format!("doc IN (SELECT doc FROM entity WHERE actor IN ({actors}))");
        conditions.add(&sql, []);
    }
    if let Some(publisher) = &asked.publisher {
        conditions.add("publisher = ?", [Value::from(publisher.clone())]);
    }
    if let Some(after) = &asked.after {
        let [published, id] = after.parts()?;
        let behind_it = Behind { is_latest_first: asked.is_latest_first, is_inclusive: false };
        behind(behind_it, published, id, &mut conditions);
    }
    let order = if asked.is_latest_first { " DESC" } else { "" };
    let mut sql = format!(
        "SELECT doc, published, id FROM document{} ORDER BY published{order}, id{order}",
        conditions.sql()
    );
    if let Some(limit) = asked.limit {
        // Writing to a string does not fail.
        let _ = write!(sql, " LIMIT {limit}");
    }
    let mut select = db.prepare_cached(&sql)?;
    let mut rows = select.query(params_from_iter(&conditions.values))?;
    let mut n = 0;
    while let Some(row) = rows.next()? {
        n += 1;
        let published = row.get::<_, Option<String>>(1)?.unwrap_or_default();
        if !take(DocumentPlace { doc: row.get(0)?, published, id: row.get(2)? })? {
            break;
        }
    }
    Ok(n)
}

/// Which side of a place among documents by publication is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Behind {
    /// The latest come first.
    pub(crate) is_latest_first: bool,
    /// The document of the place is asked for, too.
    pub(crate) is_inclusive: bool,
}

/// Asks for documents behind a place among those by publication; an undated one, which has no day there, is before all others.
pub(crate) fn behind(asked: Behind, published: &str, id: &str, conditions: &mut Conditions) {
    let sign = match (asked.is_latest_first, asked.is_inclusive) {
        (true, false) => "<",
        (true, true) => "<=",
        (false, false) => ">",
        (false, true) => ">=",
    };
    let (day, id) = (Value::from(published.to_owned()), Value::from(id.to_owned()));
    let by_day = format!("(document.published, document.id) {sign} (?, ?)");
    match (published.is_empty(), asked.is_latest_first) {
        (true, true) => {
            let sql = format!("document.published IS NULL AND document.id {sign} ?");
            conditions.add(&sql, [id]);
        }
        (true, false) => {
            let sql = format!("(document.published IS NOT NULL OR document.id {sign} ?)");
            conditions.add(&sql, [id]);
        }
        (false, true) => {
            conditions.add(&format!("(document.published IS NULL OR {by_day})"), [day, id]);
        }
        (false, false) => conditions.add(&by_day, [day, id]),
    }
}
