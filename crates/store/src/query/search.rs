//! Full-text search of documents by title, text and statements, and by the events and actors they report.

use dateline_core::{
    Moment, Status,
    codes::{Country, PloverType},
};
use jiff::civil::Date;
use rusqlite::{Connection, params_from_iter, types::Value};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    column, document,
    error::{Failure, Result, StoreError, Trying as _},
    ledger::Ledger,
    query::{
        filter::{self, Conditions},
        quote::Quote,
        setters::setters,
        snippet::snippet,
    },
};

/// Selects documents by their words and contents. The default selects all documents, latest first.
///
/// ```
/// use std::path::Path;
/// use dateline_store::{Ledger, SearchFilter};
///
/// # fn main() -> Result<(), dateline_store::StoreError> {
/// let ledger = Ledger::open(Path::new("tests/data/schema-5.db"))?;
/// let hits = ledger.search(&SearchFilter::new().words("ambassadors").limit(10))?;
/// assert!(hits[0].snippet.text.contains("ambassadors"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SearchFilter {
    /// Words the document must contain, in the query language of FTS5: `"…"` finds a phrase, `OR` and `NOT` combine, `*` after a word
    /// finds all words that begin with it, `title:` and `statements:` search there alone. A phrase is found within a statement or
    /// within the text around it, not across both. If empty, all documents match.
    pub words: String,
    /// PLOVER type of an event the document reports.
    pub kind: Option<PloverType>,
    /// Status of an event the document reports, which must also be of type `kind` if that is set.
    pub status: Option<Status>,
    /// Actor the document mentions, as in [`EventFilter::actor`](field@crate::EventFilter::actor).
    pub actor: Option<String>,
    /// Country of an actor the document mentions.
    pub country: Option<Country>,
    /// Full name of the publisher.
    pub publisher: Option<String>,
    /// First publication date of the period.
    pub since: Option<Date>,
    /// First publication date after the period.
    pub until: Option<Date>,
    /// Maximum number of hits.
    pub limit: Option<usize>,
    /// Number of hits to skip.
    pub offset: usize,
}

setters!(SearchFilter {
    words: string,
    kind: optional(PloverType),
    status: optional(Status),
    actor: text,
    country: optional(Country),
    publisher: text,
    since: optional(Date),
    until: optional(Date),
    limit: optional(usize),
    offset: plain(usize),
});

/// A document found by a search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Hit")]
#[non_exhaustive]
pub struct SearchHit {
    /// Id of the document.
    pub id: String,
    /// Publication date.
    pub published: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Text around the first of the words, on one line.
    pub snippet: Quote,
    /// Ranges of the words in the snippet's text, in code points, half-open.
    pub marks: Vec<[u32; 2]>,
    /// Whether the first of the words is part of a statement.
    pub is_said: bool,
}

impl Ledger {
    /// Searches documents, the most relevant first; without words, the latest first.
    ///
    /// # Errors
    ///
    /// - [`StoreError::Query`] if the words are not a valid query.
    /// - [`StoreError::NoSuchActor`] if nobody has the name asked for.
    /// - [`StoreError::Sqlite`] if the file cannot be read.
    pub fn search(&self, asked: &SearchFilter) -> std::result::Result<Vec<SearchHit>, StoreError> {
        let mut hits = Vec::new();
        self.each_hit(asked, &mut |hit| {
            hits.push(hit);
            true
        })?;
        Ok(hits)
    }

    /// Calls `take` with each document of [`Ledger::search`], until it returns `false`.
    ///
    /// # Errors
    ///
    /// Those of [`Ledger::search`].
    pub fn each_hit(
        &self,
        asked: &SearchFilter,
        take: &mut dyn FnMut(SearchHit) -> bool,
    ) -> std::result::Result<(), StoreError> {
        let mut run = || -> Result<()> {
            let found = found(&self.db, asked)?;
            let order = if asked.has_words() {
                "bm25(words, 4.0, 1.0, 1.5), document.published, document.id"
            } else {
                "document.published DESC, document.id"
            };
            let limit = asked.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(-1));
            let sql = format!(
                "SELECT document.id, published, publisher, document.title, doc {}{} ORDER BY {order} LIMIT {limit} OFFSET {}",
                asked.from(),
                found.sql(),
                asked.offset
            );
            let mut select = self.db.prepare_cached(&sql)?;
            let mut rows = select.query(params_from_iter(&found.values))?;
            while let Some(row) = rows.next().map_err(invalid_query)? {
                let record = document::record(&self.db, row.get(4)?)?;
                let (snippet, marks, is_said) = snippet(&record, &asked.words);
                let hit = SearchHit {
                    id: row.get(0)?,
                    published: row.get(1)?,
                    publisher: row.get(2)?,
                    title: row.get(3)?,
                    snippet,
                    marks,
                    is_said,
                };
                if !take(hit) {
                    break;
                }
            }
            Ok(())
        };
        run().trying("search documents")
    }
}

impl SearchFilter {
    pub(crate) fn has_words(&self) -> bool {
        !self.words.trim().is_empty()
    }

    /// Returns the `FROM` clause.
    pub(crate) fn from(&self) -> &'static str {
        if self.has_words() {
            "FROM words JOIN document ON document.doc = words.rowid"
        } else {
            "FROM document"
        }
    }
}

/// Returns the conditions of a search on the tables of [`SearchFilter::from`].
pub(crate) fn found(db: &Connection, asked: &SearchFilter) -> Result<Conditions> {
    let mut found = Conditions::default();
    if asked.has_words() {
        found.add("words MATCH ?", [Value::from(plain(&asked.words))]);
    }
    found.published(asked.since, asked.until);
    if let Some(publisher) = &asked.publisher {
        found.add("publisher = ?", [Value::from(publisher.clone())]);
    }
    if let Some(actor) = &asked.actor {
        let actors = filter::numbers(db, actor)?;
        let sql = format!("doc IN (SELECT doc FROM entity WHERE actor IN ({actors}))");
        found.add(&sql, []);
    }
    if let Some(country) = &asked.country {
        let sql = "doc IN (SELECT doc FROM entity WHERE actor IN (SELECT actor FROM actor WHERE country = ?))";
        found.add(sql, [Value::from(country.as_str().to_owned())]);
    }
    let asked = [
        ("type", asked.kind.map(PloverType::as_str)),
        ("status", asked.status.map(Status::as_str)),
    ];
    let asked: Vec<(&str, &str)> =
        asked.into_iter().filter_map(|(column, value)| Some((column, value?))).collect();
    if !asked.is_empty() {
        let columns: Vec<String> =
            asked.iter().map(|(column, _)| format!("mention.{column} = ?")).collect();
        let sql = format!(
            "EXISTS (SELECT 1 FROM mention WHERE mention.mention BETWEEN document.doc << 20 AND (document.doc << 20) + 1048575 AND {})",
            columns.join(" AND ")
        );
        found.add(&sql, asked.iter().map(|(_, value)| Value::from((*value).to_owned())));
    }
    Ok(found)
}

/// Returns the publication date of the newest document.
pub(crate) fn last_day(db: &Connection) -> Result<Option<Date>> {
    let last: Option<String> =
        db.query_row("SELECT max(published) FROM document", [], |row| row.get(0))?;
    Ok(last.map(|day| column::moment(&day)).transpose()?.map(Moment::date))
}

/// Turns SQLite's complaint about an invalid query into [`StoreError::Query`].
pub(crate) fn invalid_query(error: rusqlite::Error) -> Failure {
    match error {
        rusqlite::Error::SqliteFailure(code, Some(why))
            if code.code != rusqlite::ErrorCode::OperationInterrupted =>
        {
            StoreError::Query(format!("{why}; put words with punctuation in double quotes")).into()
        }
        error => Failure::from(error),
    }
}

/// Quotes each word for FTS5, so that words with punctuation such as *U.S.* and *al-Assad* can be searched for. Leaves queries that use
/// the query language as they are.
fn plain(words: &str) -> String {
    let has_language = words.contains(['"', '(', ')', '*', ':', '^'])
        || words.split_whitespace().any(|word| matches!(word, "OR" | "AND" | "NOT" | "NEAR"));
    if has_language {
        return words.to_owned();
    }
    words.split_whitespace().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_are_quoted_and_queries_left_alone() {
        assert_eq!(plain("U.S. al-Assad"), "\"U.S.\" \"al-Assad\"");
        assert_eq!(plain("summit OR talks"), "summit OR talks");
    }
}
