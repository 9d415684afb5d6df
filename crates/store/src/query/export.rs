//! Everything, one by one: documents, events, reports and sources as exports and proofs need them.
//!
//! Each question hands on what it finds as it goes, so that memory holds one document whatever the size of the ledger. The order
//! is by what documents say, not by the order in which they came.

use dateline_core::{Moment, Record, Source};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::{
    StoreError,
    document::{self, Doc},
    error::{Failure, Result, Trying as _},
    event,
    hand::Report,
    ledger::Ledger,
    query::{
        document::{DocumentFilter, DocumentPlace, each_doc},
        filter::Filter,
        list::{self, EventRow},
    },
    source,
};

/// A document as it is stored, with what the ledger made of its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// Names the document: `d` and 16 hexadecimal digits.
    pub id: String,
    /// Its record, whole.
    pub record: Record,
    /// The earliest document with nearly the same words.
    pub copy_of: Option<String>,
    /// The next version of it.
    pub superseded: Option<String>,
    /// The program that made the record.
    pub build: String,
    /// Where it was read from.
    pub source: Option<Source>,
    /// The actor each entity of the record is, by id.
    pub actors: Vec<Option<String>>,
    /// The event of the world each event of the record reports, by id.
    pub events: Vec<Option<String>>,
}

/// An event of the world, with what a list of events leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventDetail {
    /// What the timeline has of it.
    pub row: EventRow,
    /// How many states it went through, the present one counted.
    pub changes: u32,
    /// How many documents report it.
    pub documents: u32,
    /// The report that made it stand as it does.
    pub report: Report,
    /// When it was to begin before it was moved: of the last state whose days share none with the present ones. None where it never
    /// was, or was only told more exactly: *June*, then *June 16*.
    pub previous_from: Option<Moment>,
}

/// A report of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// Which event of its document's record.
    pub index: usize,
    /// The event of the world.
    pub event: EventDetail,
    /// Whether no report before this one is of that event.
    pub is_first: bool,
}

type Asked<T> = std::result::Result<T, StoreError>;

impl Ledger {
    /// Hands on documents by their publication, undated ones first, until `take` says to stop; gives how many.
    ///
    /// # Errors
    ///
    /// If nobody is known by the name asked for, or the file cannot be read.
    pub fn each_document(
        &self,
        asked: &DocumentFilter,
        take: &mut dyn FnMut(Stored) -> bool,
    ) -> Asked<u64> {
        each_doc(&self.db, asked, &mut |place| Ok(take(stored(&self.db, place.doc)?)))
            .trying("read documents")
    }

    /// Hands on documents whose source is known, by its place: file, record, part.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn each_source(&self, take: &mut dyn FnMut(Stored) -> bool) -> Asked<u64> {
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

    /// Hands on the events [`Ledger::timeline`] lists, in its order.
    ///
    /// # Errors
    ///
    /// As for [`Ledger::timeline`].
    pub fn each_event(
        &self,
        filter: &Filter,
        take: &mut dyn FnMut(EventDetail) -> bool,
    ) -> Asked<u64> {
        let mut each = || -> Result<u64> {
            let day = self.day(filter.as_of)?;
            let mut n = 0;
            list::each(&self.db, filter, day, &mut |place, row| {
                n += 1;
                Ok(take(detail(&self.db, place.event, row, filter.as_of)?))
            })?;
            Ok(n)
        };
        each().trying("list events")
    }

    /// Hands on the documents that report events a filter selects, by their publication, each with its reports by their places;
    /// with [`Filter::as_of`] those published by then. Gives how many reports there are.
    ///
    /// # Errors
    ///
    /// As for [`Ledger::timeline`].
    pub fn each_report(
        &self,
        filter: &Filter,
        take: &mut dyn FnMut(&Stored, &[Reported]) -> bool,
    ) -> Asked<u64> {
        let mut each = || -> Result<u64> {
            let db = &self.db;
            let day = self.day(filter.as_of)?;
            let mut events: Vec<i64> = list::numbers(db, filter, day)?;
            events.sort_unstable();
            let mut is_seen = vec![false; events.len()];
            let until = filter.as_of.and_then(|day| day.tomorrow().ok());
            let asked = DocumentFilter { until, ..DocumentFilter::default() };
            let mut n = 0;
            each_doc(db, &asked, &mut |DocumentPlace { doc, .. }| {
                let mut reported = Vec::new();
                for (nth, event) in reports(db, doc)? {
                    let Ok(place) = events.binary_search(&event) else { continue };
                    let Some(row) = list::one(db, event, filter.as_of, day)? else { continue };
                    let event = detail(db, event, row, filter.as_of)?;
                    let is_first = !std::mem::replace(&mut is_seen[place], true);
                    reported.push(Reported { index: nth - 1, event, is_first });
                }
                n += reported.len() as u64;
                Ok(reported.is_empty() || take(&stored(db, doc)?, &reported))
            })?;
            Ok(n)
        };
        each().trying("read reports")
    }
}

/// A document as it is stored.
pub(crate) fn stored(db: &Connection, doc: Doc) -> Result<Stored> {
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
    let (first, last) = (event::mention(doc, 0), event::mention(doc, event::MENTIONS));
    fill(&mut events, select.query([first, last])?)?;
    Ok(Stored {
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

/// Puts ids under the numbers of parts, which count from 1.
fn fill(ids: &mut [Option<String>], mut rows: rusqlite::Rows<'_>) -> Result<()> {
    while let Some(row) = rows.next()? {
        let nth: usize = row.get(0)?;
        if let Some(id) = ids.get_mut(nth.wrapping_sub(1)) {
            *id = Some(row.get(1)?);
        }
    }
    Ok(())
}

/// The events of a record by their numbers, and the event of the world each reports.
pub(crate) fn reports(db: &Connection, doc: Doc) -> Result<Vec<(usize, i64)>> {
    let mut select = db.prepare_cached(
        "SELECT nth, event FROM mention WHERE mention BETWEEN ?1 AND ?2 AND event IS NOT NULL ORDER BY mention",
    )?;
    let (first, last) = (event::mention(doc, 0), event::mention(doc, event::MENTIONS));
    let rows = select.query_map([first, last], |row| Ok((row.get(0)?, row.get(1)?)))?;
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
            windows.push((event::refresh::moment(from)?, event::refresh::moment(to)?));
        }
    }
    let &(ref from, _, mention) =
        states.last().ok_or_else(|| Failure::damaged(format!("event {} has no state", row.id)))?;
    // The last window is the present one, if the present state has any.
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
    let (doc, nth) = event::place_of(mention);
    let mut name = db.prepare_cached("SELECT id FROM document WHERE doc = ?1")?;
    let name: Option<String> = name.query_row([doc], |row| row.get(0)).optional()?;
    let document = name.ok_or_else(|| Failure::damaged(format!("no document {doc}")))?;
    let changes = u32::try_from(states.len()).unwrap_or(u32::MAX);
    let report = Report { document, event: format!("v{nth}") };
    Ok(EventDetail { row, changes, documents, report, previous_from })
}
