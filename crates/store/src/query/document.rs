//! Lists of documents, one row each, without their records.

use rusqlite::{Connection, Row};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    document::{self, Doc},
    error::{Result, StoreError, Trying as _},
    ledger::Ledger,
    query::{
        cursor::Cursor,
        document_filter::{DocumentFilter, each_doc},
        event_row::{self, EventRow},
        export::{self, DocumentDetail},
    },
};

/// A document without its text and record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct DocumentRow {
    /// Id of the document: `d` and 16 hexadecimal digits.
    pub id: String,
    /// File name or other name in its source.
    pub name: Option<String>,
    /// Publication date, with the time if it is known.
    pub published: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// News agency that supplied the text.
    pub agency: Option<String>,
    /// Byline.
    pub byline: Option<String>,
    /// URL.
    pub url: Option<String>,
    /// Id of the earliest document with nearly the same words.
    pub copy_of: Option<String>,
    /// Id of the next version of the same URL.
    pub superseded: Option<String>,
    /// Number of statements.
    pub statements: u32,
    /// Number of reports of events.
    pub mentions: u32,
}

/// A newly stored document, with the current state of the events it reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ArrivedDocument {
    /// Number of the document in this file. Later documents have higher numbers.
    #[serde(skip)]
    pub number: u64,
    /// Row of the document.
    pub document: DocumentRow,
    /// Events the document reports.
    pub events: Vec<EventRow>,
}

/// Columns and tables of a [`DocumentRow`].
const COLUMNS: &str = "document.id, document.name, document.published, document.title, document.publisher, document.agency, \
    document.byline, document.url, copy.id, next.id, \
    (SELECT count(*) FROM statement WHERE statement.doc = document.doc), \
    (SELECT count(*) FROM mention WHERE mention BETWEEN document.doc << 20 AND (document.doc << 20) + 1048575) \
    FROM document LEFT JOIN document AS copy ON copy.doc = document.copy_of \
    LEFT JOIN document AS next ON next.doc = document.superseded";

impl Ledger {
    /// Returns the document with this id, with its text and record.
    ///
    /// # Errors
    ///
    /// - [`StoreError::NoSuchDocument`] if no document has the id.
    /// - [`StoreError::Sqlite`] or [`StoreError::Damaged`] if it cannot be read.
    pub fn document(&self, id: &str) -> std::result::Result<DocumentDetail, StoreError> {
        let read = || -> Result<DocumentDetail> {
            export::stored(&self.db, document::require(&self.db, id)?)
        };
        read().trying("read a document")
    }

    /// Calls `take` with the row of each document and its position in the list, in the order of publication dates, until it returns
    /// `false`. Documents without a publication date come first.
    ///
    /// # Errors
    ///
    /// - [`StoreError::NoSuchActor`] if nobody has the name asked for.
    /// - [`StoreError::Cursor`] if `after` is the cursor of another list.
    /// - [`StoreError::Sqlite`] if the file cannot be read.
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

    /// Returns the number of the document stored last, or 0 if there is none.
    ///
    /// # Errors
    ///
    /// [`StoreError::Sqlite`] if the file cannot be read.
    pub fn last_arrival(&self) -> std::result::Result<u64, StoreError> {
        let last = || -> Result<u64> {
            let mut select =
                self.db.prepare_cached("SELECT coalesce(max(doc), 0) FROM document")?;
            Ok(select.query_row([], |row| row.get(0))?)
        };
        last().trying("find the last document")
    }

    /// Returns at most `limit` of the documents stored after the one with number `after`, in the order they were stored. Numbers and
    /// this order belong to the file: another ledger of the same documents may have others.
    ///
    /// # Errors
    ///
    /// [`StoreError::Sqlite`] if the file cannot be read.
    pub fn arrivals_after(
        &self,
        after: u64,
        limit: usize,
    ) -> std::result::Result<Vec<ArrivedDocument>, StoreError> {
        let list = || -> Result<Vec<ArrivedDocument>> {
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
                        events.extend(event_row::one(db, event, None, day)?);
                    }
                    Ok(ArrivedDocument {
                        number: doc.unsigned_abs(),
                        document: row(db, doc)?,
                        events,
                    })
                })
                .collect()
        };
        list().trying("list new documents")
    }
}

/// Reads the row of one document.
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
