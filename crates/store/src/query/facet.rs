//! Facets of a search: numbers of documents by type, status, actor, country, publisher and month.
//!
//! In SQL, facets would join all reports and all entities of the documents found, which takes seconds if there are many. A
//! [`FacetIndex`] keeps a short entry for each document in memory instead, and counting is one pass over the entries.

use std::{cmp::Reverse, collections::BTreeMap};

use dateline_core::{Status, codes::PloverType};
use rusqlite::{Connection, params_from_iter};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    country,
    document::Doc,
    error::{Result, StoreError, Trying as _},
    ledger::Ledger,
    query::{
        facet_index::{Entry, FacetIndex, Numbered, report_set},
        filter,
        search::{self, SearchFilter},
    },
};

/// Maximum number of values of a facet, except months.
const MOST: usize = 12;
/// Maximum number of months, the latest ones.
const MONTHS: usize = 120;

/// A value of a facet and the number of documents that have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FacetCount {
    /// Value as filters take it: a label, the id of an actor, a country code, or a month (`2021-06`).
    pub value: String,
    /// Name of the value.
    pub name: String,
    /// Number of documents.
    pub documents: u32,
}

/// Facets of a search: the most frequent values among the documents found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Facets {
    /// Number of documents found.
    pub documents: u32,
    /// Types of the events reported.
    #[serde(rename = "type")]
    pub kind: Vec<FacetCount>,
    /// Statuses of the events reported.
    pub status: Vec<FacetCount>,
    /// Actors mentioned.
    pub actor: Vec<FacetCount>,
    /// Countries of the actors mentioned.
    pub country: Vec<FacetCount>,
    /// Publishers.
    pub publisher: Vec<FacetCount>,
    /// Months of publication, in order.
    pub month: Vec<FacetCount>,
}

impl Ledger {
    /// Counts the facets of a search, the most frequent values first. The index must be up to date; see [`FacetIndex::refresh`]. The
    /// `limit` and `offset` of the filter are ignored.
    ///
    /// # Errors
    ///
    /// Those of [`Ledger::search`].
    pub fn facets(
        &self,
        asked: &SearchFilter,
        index: &FacetIndex,
    ) -> std::result::Result<Facets, StoreError> {
        let count = || -> Result<Facets> {
            let filter = EntryFilter::new(&self.db, asked, index)?;
            let mut counts = Counts::default();
            match by_words(&self.db, asked)? {
                Some(docs) => {
                    for doc in docs {
                        let entry =
                            usize::try_from(doc).ok().and_then(|doc| index.documents.get(doc));
                        counts.take(index, entry.filter(|entry| filter.accepts(index, entry)));
                    }
                }
                None => {
                    for entry in &index.documents {
                        counts
                            .take(index, Some(entry).filter(|entry| filter.accepts(index, entry)));
                    }
                }
            }
            counts.named(&self.db, index)
        };
        count().trying("count facets")
    }
}

/// Returns the numbers of the documents with the words and dates asked for, or `None` if neither is asked for.
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
    while let Some(row) = rows.next().map_err(search::invalid_query)? {
        docs.push(row.get(0)?);
    }
    Ok(Some(docs))
}

/// Number of a value that no document has.
const NONE: u32 = u32::MAX;

/// Conditions of a search on an entry of the index.
struct EntryFilter {
    publisher: Option<u32>,
    reports: Option<u128>,
    actors: Option<Vec<u32>>,
    country: Option<u32>,
}

impl EntryFilter {
    fn new(db: &Connection, asked: &SearchFilter, index: &FacetIndex) -> Result<Self> {
        let number = |of: &Numbered, text: &str| of.find(text).unwrap_or(NONE);
        let actors = |name: &String| -> Result<Vec<u32>> {
            let mut actors: Vec<u32> = filter::actors(db, name)?
                .into_iter()
                .map(|actor| u32::try_from(actor).unwrap_or(u32::MAX))
                .collect();
            actors.sort_unstable();
            Ok(actors)
        };
        let has_reports = asked.kind.is_some() || asked.status.is_some();
        Ok(Self {
            publisher: asked.publisher.as_ref().map(|name| number(&index.publishers, name)),
            reports: has_reports.then(|| report_set(asked.kind, asked.status)),
            actors: asked.actor.as_ref().map(actors).transpose()?,
            country: asked
                .country
                .as_ref()
                .map(|code| number(&index.countries_by_code, code.as_str())),
        })
    }

    fn accepts(&self, index: &FacetIndex, entry: &Entry) -> bool {
        entry.exists
            && self.publisher.is_none_or(|publisher| entry.publisher == Some(publisher))
            && self.reports.is_none_or(|bits| entry.reports & bits != 0)
            && self.actors.as_ref().is_none_or(|actors| {
                index.actors_of(entry).iter().any(|own| actors.binary_search(own).is_ok())
            })
            && self.country.is_none_or(|country| index.countries_of(entry).contains(&country))
    }
}

/// Numbers of documents, by the number of each value.
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

/// Adds one to a count.
fn count(counts: &mut Vec<u32>, number: u32) {
    let number = number as usize;
    if counts.len() <= number {
        counts.resize(number + 1, 0);
    }
    counts[number] += 1;
}

impl Counts {
    /// Counts a document, if there is one.
    fn take(&mut self, index: &FacetIndex, entry: Option<&Entry>) {
        let Some(entry) = entry else { return };
        self.documents += 1;
        let statuses = Status::ALL.len();
        let (mut kinds, mut all) = (0_u32, 0_u32);
        let mut rest = entry.reports;
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
        index.actors_of(entry).iter().for_each(|actor| count(&mut self.actors, *actor));
        index.countries_of(entry).iter().for_each(|country| count(&mut self.countries, *country));
        entry.publisher.into_iter().for_each(|publisher| count(&mut self.publishers, publisher));
        entry.month.into_iter().for_each(|month| count(&mut self.months, month));
    }

    /// Returns the counts with the names of the values.
    fn named(self, db: &Connection, index: &FacetIndex) -> Result<Facets> {
        let text = |of: &Numbered, number: usize| of.text(number).to_owned();
        let plain = |value: String| (value.clone(), value);
        let mut months = facet_counts(&self.months, usize::MAX, |n| plain(text(&index.months, n)));
        months.sort_by(|one, other| one.value.cmp(&other.value));
        months.drain(..months.len().saturating_sub(MONTHS));
        // Ties are sorted by name, so more actors are named than are returned.
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
            kind: facet_counts(&self.kinds, MOST, |n| plain(PloverType::ALL[n].to_string())),
            status: facet_counts(&self.statuses, MOST, |n| plain(Status::ALL[n].to_string())),
            actor: facet_counts(&frequent, MOST, |n| names.get(&n).cloned().unwrap_or_default()),
            country: facet_counts(&self.countries, MOST, |n| {
                let code = text(&index.countries_by_code, n);
                let name = country::name(&code).map_or_else(|| code.clone(), str::to_owned);
                (code, name)
            }),
            publisher: facet_counts(&self.publishers, MOST, |n| plain(text(&index.publishers, n))),
            month: months,
        })
    }
}

/// Returns the values with the most documents; ties are in the order of names.
fn facet_counts(
    counts: &[u32],
    most: usize,
    named: impl Fn(usize) -> (String, String),
) -> Vec<FacetCount> {
    let mut all: Vec<FacetCount> = counts
        .iter()
        .enumerate()
        .filter(|(_, n)| **n > 0)
        .map(|(number, n)| {
            let (value, name) = named(number);
            FacetCount { value, name, documents: *n }
        })
        .collect();
    all.sort_by(|one, other| {
        (Reverse(one.documents), &one.name, &one.value).cmp(&(
            Reverse(other.documents),
            &other.name,
            &other.value,
        ))
    });
    all.truncate(most);
    all
}
