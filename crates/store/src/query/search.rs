//! Documents by their words: FTS5 over title, text and what is said; and by what they tell of.

use dateline_core::{
    Moment, Record, Status,
    codes::{Country, PloverType},
};
use jiff::civil::Date;
use rusqlite::{Connection, params_from_iter, types::Value};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    StoreError, document,
    error::{Failure, Result, Trying as _},
    ledger::Ledger,
    packed::Offsets,
    query::{
        filter::{self, Conditions},
        quote::{self, Quote},
    },
};

/// Code points of context on each side of what was found.
const CONTEXT: usize = 80;

/// What documents are searched for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchFilter {
    /// All of these words; `"…"` asks for words in a row, `OR` and `NOT` join and exclude, `title:` and `statements:` ask there
    /// alone (the query language of FTS5). Words in a row are found within what is told or within what is said, not across. Without
    /// any, all documents are found, the latest first.
    pub words: String,
    /// Those that report an event of this type.
    pub kind: Option<PloverType>,
    /// Those that report an event with this status, of the same type if one is asked for.
    pub status: Option<Status>,
    /// Those that speak of somebody; read as [`Filter::actor`](crate::Filter::actor).
    pub actor: Option<String>,
    /// Those that speak of an actor of this country.
    pub country: Option<Country>,
    /// Those of this publisher, by its whole name.
    pub publisher: Option<String>,
    /// Published on this day or later.
    pub since: Option<Date>,
    /// Published before this day.
    pub until: Option<Date>,
    /// At most so many.
    pub limit: Option<usize>,
    /// So many of the first are passed over.
    pub offset: usize,
}

/// A document that has the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Hit {
    /// The id of the document.
    pub id: String,
    /// When it was published.
    pub published: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Where the first of the words stands, with what is around it, on one line.
    pub snippet: Quote,
    /// Where the words stand in the snippet's text: first code point, and one past the last.
    pub marks: Vec<[u32; 2]>,
    /// The words are said by somebody, and not only told.
    pub is_said: bool,
}

impl Ledger {
    /// Documents that are searched for, those that are most about the words first.
    ///
    /// # Errors
    ///
    /// If the words are no query, or nobody is known by the name asked for.
    pub fn search(&self, asked: &SearchFilter) -> std::result::Result<Vec<Hit>, StoreError> {
        let mut hits = Vec::new();
        self.each_hit(asked, &mut |hit| {
            hits.push(hit);
            true
        })?;
        Ok(hits)
    }

    /// Hands on the documents of a search, until `take` says to stop.
    ///
    /// # Errors
    ///
    /// As for [`Ledger::search`].
    pub fn each_hit(
        &self,
        asked: &SearchFilter,
        take: &mut dyn FnMut(Hit) -> bool,
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
            while let Some(row) = rows.next().map_err(no_query)? {
                let record = document::record(&self.db, row.get(4)?)?;
                let (snippet, marks, is_said) = snippet(&record, &asked.words);
                let hit = Hit {
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
        run().trying("search for words")
    }
}

impl SearchFilter {
    pub(crate) fn has_words(&self) -> bool {
        !self.words.trim().is_empty()
    }

    /// The tables that are searched.
    pub(crate) fn from(&self) -> &'static str {
        if self.has_words() {
            "FROM words JOIN document ON document.doc = words.rowid"
        } else {
            "FROM document"
        }
    }
}

/// What a search asks of the tables of [`SearchFilter::from`].
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

/// The last day on which anything was published.
pub(crate) fn last_day(db: &Connection) -> Result<Option<Date>> {
    let last: Option<String> =
        db.query_row("SELECT max(published) FROM document", [], |row| row.get(0))?;
    Ok(last.map(|day| crate::event::refresh::moment(&day)).transpose()?.map(Moment::date))
}

/// What `SQLite` says of words that are no query.
pub(crate) fn no_query(error: rusqlite::Error) -> Failure {
    match error {
        rusqlite::Error::SqliteFailure(code, Some(why))
            if code.code != rusqlite::ErrorCode::OperationInterrupted =>
        {
            StoreError::Query(format!(
                "{why}; words that hold marks are put in double quotes, as in \"'U.S. aid'\""
            ))
            .into()
        }
        error => Failure::from(error),
    }
}

/// Words with marks inside, such as *U.S.* and *al-Assad*, quoted for FTS5, unless the query uses its language.
fn plain(words: &str) -> String {
    let has_language = words.contains(['"', '(', ')', '*', ':', '^'])
        || words.split_whitespace().any(|word| matches!(word, "OR" | "AND" | "NOT" | "NEAR"));
    if has_language {
        return words.to_owned();
    }
    words.split_whitespace().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ")
}

/// A word that is searched for, in small letters.
struct Wanted {
    word: String,
    /// All words that begin so.
    is_beginning: bool,
}

impl Wanted {
    fn of(words: &str) -> Vec<Self> {
        let mut wanted: Vec<Self> = Vec::new();
        for piece in words.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
            if !word.is_empty() && !matches!(word, "OR" | "AND" | "NOT" | "NEAR") {
                let is_beginning = piece.ends_with('*');
                wanted.push(Self { word: word.to_lowercase(), is_beginning });
            }
        }
        wanted
    }

    fn is(&self, word: &str) -> bool {
        self.word == word || self.is_beginning && word.starts_with(&self.word)
    }
}

/// Where the rarest-looking of the words first stands, with what is around it, and where the words stand in that.
fn snippet(record: &Record, words: &str) -> (Quote, Vec<[u32; 2]>, bool) {
    let wanted = Wanted::of(words);
    let text = &record.document.text;
    // What a file says of itself stands before its first sentence, and tells less than the text does.
    let opening = record.sentences.first().map_or(0, |sentence| sentence.start as usize);
    let mut best: Option<(bool, usize, usize)> = None;
    for (point, piece) in pieces(text) {
        let word = piece.to_lowercase();
        let Some(wanted) = wanted.iter().find(|wanted| wanted.is(&word)) else { continue };
        let found = (point >= opening, wanted.word.len());
        if best.is_none_or(|(is_told, length, _)| found > (is_told, length)) {
            best = Some((found.0, found.1, point));
        }
    }
    let point = best.map_or(opening, |(_, _, point)| point);
    let (start, end) = around(text, point, if point >= opening { opening } else { 0 });
    let (start, end) = (u32::try_from(start).unwrap_or(0), u32::try_from(end).unwrap_or(u32::MAX));
    debug_assert!(Offsets::of(text).byte(start as usize).is_some());
    let mut snippet = quote::quote(record, start, end);
    snippet.text = quote::line(&snippet.text);
    let marks = pieces(&snippet.text)
        .filter(|(_, piece)| {
            let word = piece.to_lowercase();
            wanted.iter().any(|wanted| wanted.is(&word))
        })
        .map(|(point, piece)| {
            let end = point + piece.chars().count();
            [point, end].map(|point| u32::try_from(point).unwrap_or(u32::MAX))
        })
        .collect();
    let place = u32::try_from(point).unwrap_or(u32::MAX);
    let is_said = best.is_some()
        && record
            .statements
            .iter()
            .flat_map(|statement| &statement.content)
            .any(|span| span.start <= place && place < span.end);
    (snippet, marks, is_said)
}

/// The whole words around a code point, from another one on.
fn around(text: &str, point: usize, first: usize) -> (usize, usize) {
    let (from, to) = (point.saturating_sub(CONTEXT).max(first), point + 2 * CONTEXT);
    let (mut start, mut end) = (None, point);
    for (at, piece) in pieces(text) {
        if at >= from && at <= point {
            start = start.or(Some(at));
        }
        let last = at + piece.chars().count();
        if at >= point && last <= to || end == point && last > point {
            end = last.min(to);
        }
        if at > to {
            break;
        }
    }
    (start.unwrap_or(point), end)
}

/// The words of a text with the code points they begin at.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut point = 0;
    text.split_inclusive(|c: char| !c.is_alphanumeric()).map(move |piece| {
        let start = point;
        point += piece.chars().count();
        (start, piece.trim_end_matches(|c: char| !c.is_alphanumeric()))
    })
}

/// Whether a text has a word at all; for tests of folding.
#[cfg(test)]
fn has(text: &str, word: &str) -> bool {
    pieces(text).any(|(_, piece)| crate::name::folded(piece) == crate::name::folded(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_marks_are_quoted_and_the_language_is_left() {
        assert_eq!(plain("U.S. al-Assad"), "\"U.S.\" \"al-Assad\"");
        assert_eq!(plain("summit OR talks"), "summit OR talks");
    }

    #[test]
    fn pieces_count_code_points() {
        assert_eq!(pieces("ä, bc").collect::<Vec<_>>(), [(0, "ä"), (2, ""), (3, "bc")]);
        assert!(has("Talks (Geneva)", "geneva"));
    }

    #[test]
    fn a_snippet_begins_and_ends_with_whole_words() {
        let text = "one two three ".repeat(40);
        let (start, end) = around(&text, 140, 0);
        let words = &text[start..end];
        assert!(words.starts_with("one") || words.starts_with("two") || words.starts_with("three"));
        assert!(words.ends_with("one") || words.ends_with("two") || words.ends_with("three"));
        assert!((140 - CONTEXT..140).contains(&start) && end <= 140 + 2 * CONTEXT && end > 200);
        assert_eq!(around("a bc", 2, 2), (2, 4));
        assert_eq!(around("", 0, 0), (0, 0));
        assert_eq!(around(&"x".repeat(500), 0, 0), (0, 2 * CONTEXT));
    }

    #[test]
    fn a_star_wants_all_that_begin_so() {
        let wanted = Wanted::of("summ* OR \"red line\"");
        let is = |word: &str| wanted.iter().any(|wanted| wanted.is(word));
        assert!(is("summit") && is("red") && is("line"));
        assert!(!is("or") && !is("lines"));
    }
}
