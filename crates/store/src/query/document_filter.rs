//! The filter of documents, and their order by publication date.

use std::fmt::Write as _;

use jiff::civil::Date;
use rusqlite::{Connection, params_from_iter, types::Value};

use crate::{
    document::Doc,
    error::Result,
    query::{
        cursor::Cursor,
        filter::{self, Conditions},
        setters::setters,
    },
};

/// Selects documents. The default selects all of them, in the order of publication dates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DocumentFilter {
    /// First publication date of the period.
    pub since: Option<Date>,
    /// First publication date after the period.
    pub until: Option<Date>,
    /// Actor the document mentions, as in [`EventFilter::actor`](field@crate::EventFilter::actor).
    pub actor: Option<String>,
    /// Full name of the publisher.
    pub publisher: Option<String>,
    /// Maximum number of documents.
    pub limit: Option<usize>,
    /// Reverses the order: latest first.
    pub is_latest_first: bool,
    /// Position after which the list continues.
    pub after: Option<Cursor>,
}

setters!(DocumentFilter {
    since: optional(Date),
    until: optional(Date),
    actor: text,
    publisher: text,
    limit: optional(usize),
    is_latest_first: plain(bool),
    after: optional(Cursor),
});

/// Position of a document in the order of publication dates.
#[derive(Debug)]
pub(crate) struct DocumentPlace {
    pub(crate) doc: Doc,
    pub(crate) published: String,
    pub(crate) id: String,
}

/// Calls `take` with the position of each document, undated ones first. Returns the number of calls.
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
        // Writing to a string cannot fail.
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

/// Part of a list of documents that follows a position.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Behind {
    /// Whether the list is in reverse order.
    pub(crate) is_latest_first: bool,
    /// Whether the document at the position is included.
    pub(crate) is_inclusive: bool,
}

/// Adds the condition that documents follow a position. Undated ones come before all others.
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
