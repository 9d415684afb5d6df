//! Everything, one by one: documents, events, reports and sources, as exports need them.
//!
//! Each function calls a closure with one item at a time, so memory holds one document whatever the size of the ledger. The order
//! follows from the documents, not from their order of arrival.

use dateline_core::{Moment, Record, Source};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::{
    column::moment,
    document::{self, Doc},
    error::{Failure, Result, StoreError, Trying as _},
    ledger::Ledger,
    query::{
        document_filter::{DocumentFilter, DocumentPlace, each_doc},
        event_row::{self, EventRow},
        filter::EventFilter,
        timeline,
    },
    report::{self, ReportId},
    source,
};

/// A document with its record, its source, and the actors and events its parts belong to.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct DocumentDetail {
    /// Id of the document: `d` and 16 hexadecimal digits.
    pub id: String,
    /// Record of the document, which contains its text.
    pub record: Record,
    /// Id of the earliest document with nearly the same words.
    pub copy_of: Option<String>,
    /// Id of the next version of the same URL.
    pub superseded: Option<String>,
    /// Program and version that made the record.
    pub build: String,
    /// File and bytes the document was read from.
    pub source: Option<Source>,
    /// Id of the actor each entity of the record is, in the order of entities.
    pub actors: Vec<Option<String>>,
    /// Id of the event each event of the record reports, in the order of the record's events.
    pub events: Vec<Option<String>>,
}

/// An event with details that lists of events leave out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EventDetail {
    /// Row of the event in the timeline.
    pub row: EventRow,
    /// Number of states the event went through, including the current one.
    pub changes: u32,
    /// Number of documents that report the event.
    pub documents: u32,
    /// Report that led to the current state.
    pub report: ReportId,
    /// Beginning of the event before it was moved: that of the last state whose days do not overlap the current ones. `None` if it was
    /// never moved, or only dated more precisely (*June*, then *June 16*).
    pub previous_from: Option<Moment>,
}

/// A report of an event within a document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReportedEvent {
    /// Index of the event in the document's record, from 0.
    pub index: usize,
    /// Event that is reported.
    pub event: EventDetail,
    /// Whether this is the first report of that event in the iteration.
    pub is_first: bool,
}

type Asked<T> = std::result::Result<T, StoreError>;

impl Ledger {
    /// Calls `take` with each document, in the order of publication dates, until it returns `false`. Documents without a publication
    /// date come first. Returns the number of calls.
    ///
    /// ```
    /// use std::path::Path;
    /// use dateline_store::{DocumentFilter, Ledger};
    ///
    /// # fn main() -> Result<(), dateline_store::StoreError> {
    /// let ledger = Ledger::open(Path::new("tests/data/schema-5.db"))?;
    /// ledger.each_document(&DocumentFilter::new(), &mut |document| {
    ///     println!("{}: {} events", document.id, document.record.events.len());
    ///     true
    /// })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// - [`StoreError::NoSuchActor`] if nobody has the name asked for.
    /// - [`StoreError::Cursor`] if `after` is the cursor of another list.
    /// - [`StoreError::Sqlite`] or [`StoreError::Damaged`] if a document cannot be read.
    pub fn each_document(
        &self,
        asked: &DocumentFilter,
        take: &mut dyn FnMut(DocumentDetail) -> bool,
    ) -> Asked<u64> {
        each_doc(&self.db, asked, &mut |place| Ok(take(stored(&self.db, place.doc)?)))
            .trying("read documents")
    }

    /// Calls `take` with each document whose source is known, in the order of file, offset and part, until it returns `false`. Returns
    /// the number of calls.
    ///
    /// # Errors
    ///
    /// [`StoreError::Sqlite`] or [`StoreError::Damaged`] if a document cannot be read.
    pub fn each_source(&self, take: &mut dyn FnMut(DocumentDetail) -> bool) -> Asked<u64> {
        let mut each = || -> Result<u64> {
            let mut select =
                self.db.prepare("SELECT doc FROM source ORDER BY path, at, part, doc")?;
            let mut rows = select.query([])?;
            let mut n = 0;
            while let Some(row) = rows.next()? {
                n += 1;
                if !take(stored(&self.db, row.get(0)?)?) {
                    break;
                }
            }
            Ok(n)
        };
        each().trying("read documents")
    }

    /// Calls `take` with each event of [`Ledger::timeline`], in the same order, until it returns `false`. Returns the number of calls.
    ///
    /// # Errors
    ///
    /// Those of [`Ledger::timeline`].
    pub fn each_event(
        &self,
        filter: &EventFilter,
        take: &mut dyn FnMut(EventDetail) -> bool,
    ) -> Asked<u64> {
        let mut each = || -> Result<u64> {
            let day = self.day(filter.as_of)?;
            let mut n = 0;
            timeline::each(&self.db, filter, day, &mut |place, row| {
                n += 1;
                Ok(take(detail(&self.db, place.event, row, filter.as_of)?))
            })?;
            Ok(n)
        };
        each().trying("list events")
    }

    /// Calls `take` with each document that reports an event the filter selects, and its reports in the order of the text, until it
    /// returns `false`. Documents are in the order of publication dates; with `as_of` set, those published later are left out.
    /// Returns the number of reports.
    ///
    /// # Errors
    ///
    /// Those of [`Ledger::timeline`].
    pub fn each_report(
        &self,
        filter: &EventFilter,
        take: &mut dyn FnMut(&DocumentDetail, &[ReportedEvent]) -> bool,
    ) -> Asked<u64> {
        let mut each = || -> Result<u64> {
            let db = &self.db;
            let day = self.day(filter.as_of)?;
            let mut events: Vec<i64> = timeline::numbers(db, filter, day)?;
            events.sort_unstable();
            let mut is_seen = vec![false; events.len()];
            let until = filter.as_of.and_then(|day| day.tomorrow().ok());
            let asked = DocumentFilter { until, ..DocumentFilter::default() };
            let mut n = 0;
            each_doc(db, &asked, &mut |DocumentPlace { doc, .. }| {
                let mut reported = Vec::new();
                for (nth, event) in reports(db, doc)? {
                    let Ok(place) = events.binary_search(&event) else { continue };
                    let Some(row) = event_row::one(db, event, filter.as_of, day)? else { continue };
                    let event = detail(db, event, row, filter.as_of)?;
                    let is_first = !std::mem::replace(&mut is_seen[place], true);
                    reported.push(ReportedEvent { index: nth - 1, event, is_first });
                }
                n += reported.len() as u64;
                Ok(reported.is_empty() || take(&stored(db, doc)?, &reported))
            })?;
            Ok(n)
        };
        each().trying("read reports")
    }
}

/// Reads a document.
pub(crate) fn stored(db: &Connection, doc: Doc) -> Result<DocumentDetail> {
    let record = document::record(db, doc)?;
    let mut about = db.prepare_cached(
        "SELECT document.id, copy.id, next.id, build.name FROM document JOIN build ON build.build = document.build
         LEFT JOIN document AS copy ON copy.doc = document.copy_of
         LEFT JOIN document AS next ON next.doc = document.superseded WHERE document.doc = ?1",
    )?;
    let (id, copy_of, superseded, build) =
        about.query_row([doc], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    let mut actors = vec![None; record.entities.len()];
    let mut select = db.prepare_cached(
        "SELECT nth, actor.id FROM entity JOIN actor USING (actor) WHERE doc = ?1",
    )?;
    fill(&mut actors, select.query([doc])?)?;
    let mut events = vec![None; record.events.len()];
    let mut select = db.prepare_cached(
        "SELECT nth, event.id FROM mention JOIN event USING (event) WHERE mention BETWEEN ?1 AND ?2",
    )?;
    fill(&mut events, select.query(report::numbers(doc))?)?;
    Ok(DocumentDetail {
        id,
        record,
        copy_of,
        superseded,
        build,
        source: source::of(db, doc)?,
        actors,
        events,
    })
}

/// Writes ids into a list by the numbers of parts, which count from 1.
fn fill(ids: &mut [Option<String>], mut rows: rusqlite::Rows<'_>) -> Result<()> {
    while let Some(row) = rows.next()? {
        let nth: usize = row.get(0)?;
        if let Some(id) = ids.get_mut(nth.wrapping_sub(1)) {
            *id = Some(row.get(1)?);
        }
    }
    Ok(())
}

/// Returns the number of each event of a record, counted from 1, and the event it reports.
pub(crate) fn reports(db: &Connection, doc: Doc) -> Result<Vec<(usize, i64)>> {
    let mut select = db.prepare_cached(
        "SELECT nth, event FROM mention WHERE mention BETWEEN ?1 AND ?2 AND event IS NOT NULL ORDER BY mention",
    )?;
    let rows = select.query_map(report::numbers(doc), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

fn detail(db: &Connection, event: i64, row: EventRow, as_of: Option<Date>) -> Result<EventDetail> {
    let until = as_of.map_or_else(|| "9999".to_owned(), |day| day.to_string());
    let mut states = db.prepare_cached(
        "SELECT \"from\", \"to\", mention FROM state WHERE event = ?1 AND day <= ?2 ORDER BY day",
    )?;
    let states: Vec<(Option<String>, Option<String>, i64)> = states
        .query_map(params![event, until], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<std::result::Result<_, _>>()?;
    let mut windows = Vec::new();
    for (from, to, _) in &states {
        if let (Some(from), Some(to)) = (from, to) {
            windows.push((moment(from)?, moment(to)?));
        }
    }
    let &(ref from, _, mention) =
        states.last().ok_or_else(|| Failure::damaged(format!("event {} has no state", row.id)))?;
    // The last window is the current one, if the current state has one.
    let present = from.as_ref().and_then(|_| windows.last().copied());
    let is_apart = |other: &&(Moment, Moment)| {
        present.is_some_and(|(from, to)| other.1 <= from || to <= other.0)
    };
    let previous_from = windows.iter().rev().find(is_apart).map(|(from, _)| *from);
    let mut documents = db.prepare_cached(
        "SELECT count(DISTINCT document.doc) FROM mention JOIN document ON document.doc = mention.mention >> 20
         WHERE event = ?1 AND substr(published, 1, 10) <= ?2",
    )?;
    let documents = documents.query_row(params![event, until], |row| row.get(0))?;
    let (doc, nth) = report::place(mention);
    let mut name = db.prepare_cached("SELECT id FROM document WHERE doc = ?1")?;
    let name: Option<String> = name.query_row([doc], |row| row.get(0)).optional()?;
    let document =
        name.ok_or_else(|| Failure::damaged(format!("document {doc} does not exist")))?;
    let changes = u32::try_from(states.len()).unwrap_or(u32::MAX);
    let report = ReportId { document, event: format!("v{nth}") };
    Ok(EventDetail { row, changes, documents, report, previous_from })
}
