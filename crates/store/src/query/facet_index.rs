//! Index of documents for counting facets: a short entry for each document, in memory.

use std::collections::HashMap;

use dateline_core::{Status, codes::PloverType};
use rusqlite::Connection;

use crate::{
    actor::Actor,
    column::label,
    document::Doc,
    error::{Result, StoreError, Trying as _},
    ledger::Ledger,
};

/// Texts with consecutive numbers.
#[derive(Debug, Default)]
pub(crate) struct Numbered {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
}

impl Numbered {
    /// Returns the number of a text, a new one if the text is new.
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number =
            u32::try_from(self.texts.len()).expect("a ledger has fewer than 2^32 of these");
        self.numbers.insert(text.to_owned(), number);
        self.texts.push(text.to_owned());
        number
    }

    /// Returns the number of a text, if it has one.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    /// Returns the text of a number.
    pub(crate) fn text(&self, number: usize) -> &str {
        &self.texts[number]
    }
}

/// Entry of a document.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Entry {
    /// Whether the document exists: numbers may have gaps.
    pub(crate) exists: bool,
    pub(crate) publisher: Option<u32>,
    pub(crate) month: Option<u32>,
    /// Set of the type and status of each report; see [`report_set`].
    pub(crate) reports: u128,
    /// Half-open ranges of its actors and countries in the lists of the index.
    actors: (u32, u32),
    countries: (u32, u32),
}

/// Index of all documents of a ledger, from which [`Ledger::facets`] counts. Any number of queries may share one;
/// [`FacetIndex::refresh`] adds new documents.
///
/// ```
/// use std::path::Path;
/// use dateline_store::{FacetIndex, Ledger, SearchFilter};
///
/// # fn main() -> Result<(), dateline_store::StoreError> {
/// let ledger = Ledger::open(Path::new("tests/data/schema-5.db"))?;
/// let mut index = FacetIndex::default();
/// index.refresh(&ledger)?;
/// let facets = ledger.facets(&SearchFilter::new(), &index)?;
/// assert_eq!(facets.documents, 3);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Default)]
pub struct FacetIndex {
    /// By document number.
    pub(crate) documents: Vec<Entry>,
    actors: Vec<u32>,
    countries: Vec<u32>,
    pub(crate) publishers: Numbered,
    pub(crate) months: Numbered,
    /// Country codes.
    pub(crate) countries_by_code: Numbered,
    /// Country of each actor.
    country_of: HashMap<Actor, Option<u32>>,
    /// Number of re-extractions the index has seen.
    recoding: i64,
}

impl FacetIndex {
    /// Adds the documents stored since the last call. Rebuilds the index if documents were re-extracted since then.
    ///
    /// # Errors
    ///
    /// [`StoreError::Sqlite`] if the file cannot be read. The index then lacks some documents until the next call.
    pub fn refresh(&mut self, ledger: &Ledger) -> std::result::Result<(), StoreError> {
        let mut refresh = || -> Result<()> {
            let db = &ledger.db;
            let recoding: i64 =
                db.prepare_cached("SELECT n FROM recoding")?.query_row([], |row| row.get(0))?;
            if recoding != self.recoding {
                *self = Self { recoding, ..Self::default() };
            }
            let first = self.documents.len();
            let last: usize = db
                .prepare_cached("SELECT coalesce(max(doc), 0) FROM document")?
                .query_row([], |row| row.get(0))?;
            if last < first {
                return Ok(());
            }
            let mut coming = vec![Entry::default(); last + 1 - first];
            let first = Doc::try_from(first).unwrap_or(Doc::MAX);
            self.add_origins(db, first, &mut coming)?;
            add_reports(db, first, &mut coming)?;
            self.add_entities(db, first, &mut coming)?;
            self.documents.extend(coming);
            Ok(())
        };
        refresh().trying("index documents for facets")
    }

    fn add_origins(&mut self, db: &Connection, first: Doc, coming: &mut [Entry]) -> Result<()> {
        // All documents are read from an index of SQLite, which is smaller than the table; a few are looked up.
        let sql = if first == 0 {
            "SELECT doc, published, publisher FROM document INDEXED BY document_listed WHERE doc >= ?1"
        } else {
            "SELECT doc, published, publisher FROM document WHERE doc >= ?1"
        };
        let mut select = db.prepare_cached(sql)?;
        let mut rows = select.query([first])?;
        while let Some(row) = rows.next()? {
            let Some(entry) = at(coming, first, row.get(0)?) else { continue };
            entry.exists = true;
            let month = row.get_ref(1)?.as_str_or_null()?;
            entry.month = month.and_then(|day| day.get(..7)).map(|month| self.months.number(month));
            let publisher = row.get_ref(2)?.as_str_or_null()?;
            entry.publisher = publisher.map(|publisher| self.publishers.number(publisher));
        }
        Ok(())
    }

    fn add_entities(&mut self, db: &Connection, first: Doc, coming: &mut [Entry]) -> Result<()> {
        let mut select =
            db.prepare_cached("SELECT doc, actor FROM entity WHERE doc >= ?1 ORDER BY doc")?;
        let mut rows = select.query([first])?;
        let mut own: (Doc, Vec<Actor>) = (-1, Vec::new());
        loop {
            let next: Option<(Doc, Actor)> = match rows.next()? {
                Some(row) => Some((row.get(0)?, row.get(1)?)),
                None => None,
            };
            if next.is_none_or(|(doc, _)| doc != own.0) {
                if let Some(entry) = at(coming, first, own.0) {
                    self.add_actors(db, entry, &mut own.1)?;
                }
                own.1.clear();
            }
            let Some((doc, actor)) = next else { return Ok(()) };
            own.0 = doc;
            own.1.push(actor);
        }
    }

    fn add_actors(
        &mut self,
        db: &Connection,
        entry: &mut Entry,
        actors: &mut Vec<Actor>,
    ) -> Result<()> {
        actors.sort_unstable();
        actors.dedup();
        let end = |all: &Vec<u32>| u32::try_from(all.len()).unwrap_or(u32::MAX);
        entry.actors.0 = end(&self.actors);
        entry.countries.0 = end(&self.countries);
        let mut countries = Vec::new();
        for actor in actors {
            self.actors.push(u32::try_from(*actor).unwrap_or(u32::MAX));
            countries.extend(self.country(db, *actor)?);
        }
        countries.sort_unstable();
        countries.dedup();
        self.countries.extend(countries);
        entry.actors.1 = end(&self.actors);
        entry.countries.1 = end(&self.countries);
        Ok(())
    }

    /// Returns the number of an actor's country.
    fn country(&mut self, db: &Connection, actor: Actor) -> Result<Option<u32>> {
        if let Some(country) = self.country_of.get(&actor) {
            return Ok(*country);
        }
        let mut select = db.prepare_cached("SELECT country FROM actor WHERE actor = ?1")?;
        let country: Option<String> = select.query_row([actor], |row| row.get(0))?;
        let country = country.map(|country| self.countries_by_code.number(&country));
        self.country_of.insert(actor, country);
        Ok(country)
    }

    pub(crate) fn actors_of(&self, entry: &Entry) -> &[u32] {
        &self.actors[entry.actors.0 as usize..entry.actors.1 as usize]
    }

    pub(crate) fn countries_of(&self, entry: &Entry) -> &[u32] {
        &self.countries[entry.countries.0 as usize..entry.countries.1 as usize]
    }
}

fn at(coming: &mut [Entry], first: Doc, doc: Doc) -> Option<&mut Entry> {
    coming.get_mut(usize::try_from(doc - first).ok()?)
}

fn add_reports(db: &Connection, first: Doc, coming: &mut [Entry]) -> Result<()> {
    let mut select =
        db.prepare_cached("SELECT mention >> 20, type, status FROM mention WHERE mention >= ?1")?;
    let mut rows = select.query([first << 20])?;
    while let Some(row) = rows.next()? {
        let Some(entry) = at(coming, first, row.get(0)?) else { continue };
        let kind: PloverType = label(row.get_ref(1)?.as_str()?)?;
        let status: Status = label(row.get_ref(2)?.as_str()?)?;
        entry.reports |= 1 << bit(kind, status);
    }
    Ok(())
}

/// Returns the bit of a type with a status.
fn bit(kind: PloverType, status: Status) -> usize {
    let place = |found: Option<usize>| found.unwrap_or_default();
    let kind = place(PloverType::ALL.iter().position(|one| *one == kind));
    let status = place(Status::ALL.iter().position(|one| *one == status));
    kind * Status::ALL.len() + status
}

const _: () = assert!(PloverType::ALL.len() * Status::ALL.len() <= 128);

/// Returns the set of all reports of a type, of a status, or of both.
pub(crate) fn report_set(kind: Option<PloverType>, status: Option<Status>) -> u128 {
    let mut bits = 0;
    for one in PloverType::ALL.iter().filter(|one| kind.is_none_or(|kind| kind == **one)) {
        for other in Status::ALL.iter().filter(|it| status.is_none_or(|status| status == **it)) {
            bits |= 1 << bit(*one, *other);
        }
    }
    bits
}
