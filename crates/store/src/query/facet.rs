//! What the documents of a search have in common: how many there are of each type, status, actor, country, publisher and month.
//!
//! SQL would join all reports and all entities of what was found, which takes seconds where much is found. A [`FacetIndex`] keeps a
//! short row a document in memory instead, and counts are one walk over the rows.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use dateline_core::{Status, codes::PloverType};
use rusqlite::{Connection, params_from_iter};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    StoreError,
    actor::Actor,
    country,
    document::Doc,
    error::{Result, Trying as _},
    event::refresh::label,
    ledger::Ledger,
    query::{
        filter,
        search::{self, SearchFilter},
    },
};

/// Values of a facet that are given, at most, but for months.
const MOST: usize = 12;
/// Months that are given, the last of them.
const MONTHS: usize = 120;

/// One value, and how many documents have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Tally {
    /// What a filter takes: a label, the id of an actor, a code, a month (`2021-06`).
    pub value: String,
    /// What people call it.
    pub name: String,
    /// How many documents.
    pub documents: u32,
}

/// What the documents of a search have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Facets {
    /// How many documents are found.
    pub documents: u32,
    /// Types of the events they report.
    #[serde(rename = "type")]
    pub kind: Vec<Tally>,
    /// The status they give them.
    pub status: Vec<Tally>,
    /// Actors they speak of.
    pub actor: Vec<Tally>,
    /// Countries those are of.
    pub country: Vec<Tally>,
    /// Their publishers.
    pub publisher: Vec<Tally>,
    /// Months of their publication, in order.
    pub month: Vec<Tally>,
}

/// Texts that go by numbers.
#[derive(Debug, Default)]
struct Numbered {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
}

impl Numbered {
    fn of(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).expect("no ledger has so many");
        self.numbers.insert(text.to_owned(), number);
        self.texts.push(text.to_owned());
        number
    }
}

/// What is kept of a document.
#[derive(Debug, Clone, Copy, Default)]
struct Kept {
    is_there: bool,
    publisher: Option<u32>,
    month: Option<u32>,
    /// The statuses its reports give events of each type: type × statuses + status.
    reports: u128,
    /// Where its actors and countries begin and end.
    actors: (u32, u32),
    countries: (u32, u32),
}

/// A row a document, by its number. Any number of questions may share one; [`FacetIndex::refresh`] brings it up to date.
#[derive(Debug, Default)]
pub struct FacetIndex {
    documents: Vec<Kept>,
    actors: Vec<u32>,
    countries: Vec<u32>,
    publishers: Numbered,
    months: Numbered,
    codes: Numbered,
    /// By the number of the actor, its country.
    country_of: HashMap<Actor, Option<u32>>,
    /// How often documents had been coded anew.
    recoding: i64,
}

impl FacetIndex {
    /// Takes in documents that came since the last time; all of them if some were coded anew.
    ///
    /// # Errors
    ///
    /// If the file cannot be read; the index then lacks some documents until the next time.
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
            let mut coming = vec![Kept::default(); last + 1 - first];
            let first = Doc::try_from(first).unwrap_or(Doc::MAX);
            self.origins(db, first, &mut coming)?;
            reports(db, first, &mut coming)?;
            self.entities(db, first, &mut coming)?;
            self.documents.extend(coming);
            Ok(())
        };
        refresh().trying("learn what documents have in common")
    }

    fn origins(&mut self, db: &Connection, first: Doc, coming: &mut [Kept]) -> Result<()> {
        // All of them come from an index in which they stand close together; a few are looked up.
        let sql = if first == 0 {
            "SELECT doc, published, publisher FROM document INDEXED BY document_listed WHERE doc >= ?1"
        } else {
            "SELECT doc, published, publisher FROM document WHERE doc >= ?1"
        };
        let mut select = db.prepare_cached(sql)?;
        let mut rows = select.query([first])?;
        while let Some(row) = rows.next()? {
            let Some(kept) = at(coming, first, row.get(0)?) else { continue };
            kept.is_there = true;
            let month = row.get_ref(1)?.as_str_or_null()?;
            kept.month = month.and_then(|day| day.get(..7)).map(|month| self.months.of(month));
            let publisher = row.get_ref(2)?.as_str_or_null()?;
            kept.publisher = publisher.map(|publisher| self.publishers.of(publisher));
        }
        Ok(())
    }

    fn entities(&mut self, db: &Connection, first: Doc, coming: &mut [Kept]) -> Result<()> {
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
                if let Some(kept) = at(coming, first, own.0) {
                    self.keep(db, kept, &mut own.1)?;
                }
                own.1.clear();
            }
            let Some((doc, actor)) = next else { return Ok(()) };
            own.0 = doc;
            own.1.push(actor);
        }
    }

    fn keep(&mut self, db: &Connection, kept: &mut Kept, actors: &mut Vec<Actor>) -> Result<()> {
        actors.sort_unstable();
        actors.dedup();
        let end = |all: &Vec<u32>| u32::try_from(all.len()).unwrap_or(u32::MAX);
        kept.actors.0 = end(&self.actors);
        kept.countries.0 = end(&self.countries);
        let mut countries = Vec::new();
        for actor in actors {
            self.actors.push(u32::try_from(*actor).unwrap_or(u32::MAX));
            countries.extend(self.country(db, *actor)?);
        }
        countries.sort_unstable();
        countries.dedup();
        self.countries.extend(countries);
        kept.actors.1 = end(&self.actors);
        kept.countries.1 = end(&self.countries);
        Ok(())
    }

    /// The number of the country an actor is of.
    fn country(&mut self, db: &Connection, actor: Actor) -> Result<Option<u32>> {
        if let Some(country) = self.country_of.get(&actor) {
            return Ok(*country);
        }
        let mut select = db.prepare_cached("SELECT country FROM actor WHERE actor = ?1")?;
        let country: Option<String> = select.query_row([actor], |row| row.get(0))?;
        let country = country.map(|country| self.codes.of(&country));
        self.country_of.insert(actor, country);
        Ok(country)
    }

    fn actors_of(&self, kept: &Kept) -> &[u32] {
        &self.actors[kept.actors.0 as usize..kept.actors.1 as usize]
    }

    fn countries_of(&self, kept: &Kept) -> &[u32] {
        &self.countries[kept.countries.0 as usize..kept.countries.1 as usize]
    }
}

fn at(coming: &mut [Kept], first: Doc, doc: Doc) -> Option<&mut Kept> {
    coming.get_mut(usize::try_from(doc - first).ok()?)
}

fn reports(db: &Connection, first: Doc, coming: &mut [Kept]) -> Result<()> {
    let mut select =
        db.prepare_cached("SELECT mention >> 20, type, status FROM mention WHERE mention >= ?1")?;
    let mut rows = select.query([first << 20])?;
    while let Some(row) = rows.next()? {
        let Some(kept) = at(coming, first, row.get(0)?) else { continue };
        let kind: PloverType = label(row.get_ref(1)?.as_str()?)?;
        let status: Status = label(row.get_ref(2)?.as_str()?)?;
        kept.reports |= 1 << bit(kind, status);
    }
    Ok(())
}

/// The bit of a type with a status.
fn bit(kind: PloverType, status: Status) -> usize {
    let place = |found: Option<usize>| found.unwrap_or_default();
    let kind = place(PloverType::ALL.iter().position(|one| *one == kind));
    let status = place(Status::ALL.iter().position(|one| *one == status));
    kind * Status::ALL.len() + status
}

const _: () = assert!(PloverType::ALL.len() * Status::ALL.len() <= 128);

/// The bits of a type, of a status, or of both.
fn bits(kind: Option<PloverType>, status: Option<Status>) -> u128 {
    let mut bits = 0;
    for one in PloverType::ALL.iter().filter(|one| kind.is_none_or(|kind| kind == **one)) {
        for other in Status::ALL.iter().filter(|it| status.is_none_or(|status| status == **it)) {
            bits |= 1 << bit(*one, *other);
        }
    }
    bits
}

impl Ledger {
    /// What the documents of a search have in common, the most frequent values first, by an index that is up to date. `limit` and
    /// `offset` do not count.
    ///
    /// # Errors
    ///
    /// As for [`Ledger::search`].
    pub fn facets(
        &self,
        asked: &SearchFilter,
        index: &FacetIndex,
    ) -> std::result::Result<Facets, StoreError> {
        let count = || -> Result<Facets> {
            let found = Found::of(&self.db, asked, index)?;
            let mut counts = Counts::default();
            match by_words(&self.db, asked)? {
                Some(docs) => {
                    for doc in docs {
                        let kept =
                            usize::try_from(doc).ok().and_then(|doc| index.documents.get(doc));
                        counts.take(index, kept.filter(|kept| found.has(index, kept)));
                    }
                }
                None => {
                    for kept in &index.documents {
                        counts.take(index, Some(kept).filter(|kept| found.has(index, kept)));
                    }
                }
            }
            counts.named(&self.db, index)
        };
        count().trying("count what documents have in common")
    }
}

/// The numbers of the documents that have the words and are of the days; none where neither is asked.
fn by_words(db: &Connection, asked: &SearchFilter) -> Result<Option<Vec<Doc>>> {
    if !asked.has_words() && asked.since.is_none() && asked.until.is_none() {
        return Ok(None);
    }
    let asked = SearchFilter {
        words: asked.words.clone(),
        since: asked.since,
        until: asked.until,
        ..SearchFilter::default()
    };
    let conditions = search::found(db, &asked)?;
    let has_days = asked.since.is_some() || asked.until.is_some();
    let sql = if has_days || !asked.has_words() {
        format!("SELECT doc {}{}", asked.from(), conditions.sql())
    } else {
        format!("SELECT rowid FROM words{}", conditions.sql())
    };
    let mut select = db.prepare_cached(&sql)?;
    let mut rows = select.query(params_from_iter(&conditions.values))?;
    let mut docs = Vec::new();
    while let Some(row) = rows.next().map_err(search::no_query)? {
        docs.push(row.get(0)?);
    }
    Ok(Some(docs))
}

/// The number of what no document has.
const NOBODY: u32 = u32::MAX;

/// What is asked of a row.
struct Found {
    publisher: Option<u32>,
    reports: Option<u128>,
    actors: Option<Vec<u32>>,
    country: Option<u32>,
}

impl Found {
    fn of(db: &Connection, asked: &SearchFilter, index: &FacetIndex) -> Result<Self> {
        let number = |of: &Numbered, text: &str| of.numbers.get(text).copied().unwrap_or(NOBODY);
        let actors = |said: &String| -> Result<Vec<u32>> {
            let mut actors: Vec<u32> = filter::actors(db, said)?
                .into_iter()
                .map(|actor| u32::try_from(actor).unwrap_or(u32::MAX))
                .collect();
            actors.sort_unstable();
            Ok(actors)
        };
        let has_reports = asked.kind.is_some() || asked.status.is_some();
        Ok(Self {
            publisher: asked.publisher.as_ref().map(|name| number(&index.publishers, name)),
            reports: has_reports.then(|| bits(asked.kind, asked.status)),
            actors: asked.actor.as_ref().map(actors).transpose()?,
            country: asked.country.as_ref().map(|code| number(&index.codes, code.as_str())),
        })
    }

    fn has(&self, index: &FacetIndex, kept: &Kept) -> bool {
        kept.is_there
            && self.publisher.is_none_or(|publisher| kept.publisher == Some(publisher))
            && self.reports.is_none_or(|bits| kept.reports & bits != 0)
            && self.actors.as_ref().is_none_or(|actors| {
                index.actors_of(kept).iter().any(|own| actors.binary_search(own).is_ok())
            })
            && self.country.is_none_or(|country| index.countries_of(kept).contains(&country))
    }
}

/// What was counted, by number.
#[derive(Default)]
struct Counts {
    documents: u32,
    kinds: Vec<u32>,
    statuses: Vec<u32>,
    actors: Vec<u32>,
    countries: Vec<u32>,
    publishers: Vec<u32>,
    months: Vec<u32>,
}

fn count(counts: &mut Vec<u32>, number: u32) {
    let number = number as usize;
    if counts.len() <= number {
        counts.resize(number + 1, 0);
    }
    counts[number] += 1;
}

impl Counts {
    fn take(&mut self, index: &FacetIndex, kept: Option<&Kept>) {
        let Some(kept) = kept else { return };
        self.documents += 1;
        let statuses = Status::ALL.len();
        let (mut kinds, mut all) = (0_u32, 0_u32);
        let mut rest = kept.reports;
        while rest != 0 {
            let bit = rest.trailing_zeros() as usize;
            kinds |= 1 << (bit / statuses);
            all |= 1 << (bit % statuses);
            rest &= rest - 1;
        }
        for (counts, mut bits) in [(&mut self.kinds, kinds), (&mut self.statuses, all)] {
            while bits != 0 {
                count(counts, bits.trailing_zeros());
                bits &= bits - 1;
            }
        }
        index.actors_of(kept).iter().for_each(|actor| count(&mut self.actors, *actor));
        index.countries_of(kept).iter().for_each(|country| count(&mut self.countries, *country));
        kept.publisher.into_iter().for_each(|publisher| count(&mut self.publishers, publisher));
        kept.month.into_iter().for_each(|month| count(&mut self.months, month));
    }

    fn named(self, db: &Connection, index: &FacetIndex) -> Result<Facets> {
        let text = |of: &Numbered, number: usize| of.texts[number].clone();
        let plain = |value: String| (value.clone(), value);
        let mut months = tallies(&self.months, usize::MAX, |n| plain(text(&index.months, n)));
        months.sort_by(|one, other| one.value.cmp(&other.value));
        months.drain(..months.len().saturating_sub(MONTHS));
        // Those with as many documents are told apart by their names, so as many as could be among the first are named.
        let mut names: BTreeMap<usize, (String, String)> = BTreeMap::new();
        let mut most: Vec<(Reverse<u32>, usize)> = self
            .actors
            .iter()
            .enumerate()
            .filter(|(_, n)| **n > 0)
            .map(|(actor, n)| (Reverse(*n), actor))
            .collect();
        most.sort_unstable();
        for (_, actor) in most.into_iter().take(4 * MOST) {
            let mut select = db.prepare_cached("SELECT id, name FROM actor WHERE actor = ?1")?;
            let found = select.query_row([actor], |row| Ok((row.get(0)?, row.get(1)?)))?;
            names.insert(actor, found);
        }
        let frequent: Vec<u32> = (0..self.actors.len())
            .map(|actor| if names.contains_key(&actor) { self.actors[actor] } else { 0 })
            .collect();
        Ok(Facets {
            documents: self.documents,
            kind: tallies(&self.kinds, MOST, |n| plain(PloverType::ALL[n].to_string())),
            status: tallies(&self.statuses, MOST, |n| plain(Status::ALL[n].to_string())),
            actor: tallies(&frequent, MOST, |n| names.get(&n).cloned().unwrap_or_default()),
            country: tallies(&self.countries, MOST, |n| {
                let code = text(&index.codes, n);
                let name = country::name(&code).map_or_else(|| code.clone(), str::to_owned);
                (code, name)
            }),
            publisher: tallies(&self.publishers, MOST, |n| plain(text(&index.publishers, n))),
            month: months,
        })
    }
}

/// The values with most documents, those with as many by their names.
fn tallies(counts: &[u32], most: usize, named: impl Fn(usize) -> (String, String)) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = counts
        .iter()
        .enumerate()
        .filter(|(_, n)| **n > 0)
        .map(|(number, n)| {
            let (value, name) = named(number);
            Tally { value, name, documents: *n }
        })
        .collect();
    tallies.sort_by(|one, other| {
        (Reverse(one.documents), &one.name, &one.value).cmp(&(
            Reverse(other.documents),
            &other.name,
            &other.value,
        ))
    });
    tallies.truncate(most);
    tallies
}
