//! Documents by their words: FTS5 over title, text and what is said.

use jiff::civil::Date;
use rusqlite::params;
use serde::Serialize;

use crate::{
    StoreError, document,
    error::{Failure, Result, Trying as _},
    ledger::Ledger,
    packed::Offsets,
    query::quote::{self, Quote},
};

/// Words of context on each side of what was found.
const CONTEXT: usize = 80;

/// A document that has the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    /// The words are said by somebody, and not only told.
    pub is_said: bool,
}

impl Ledger {
    /// Documents that have all of some words, those that have most of them first; `"…"` asks for words in a row, `OR` and `NOT`
    /// join and exclude, `title:` and `statements:` ask there alone (the query language of FTS5). Words in a row are found within
    /// what is told or within what is said, not across.
    ///
    /// # Errors
    ///
    /// If the query is none.
    pub fn search(
        &self,
        words: &str,
        since: Option<Date>,
        until: Option<Date>,
        limit: usize,
    ) -> std::result::Result<Vec<Hit>, StoreError> {
        let run = || -> Result<Vec<Hit>> {
            let mut select = self.db.prepare_cached(
                "SELECT document.id, published, publisher, document.title, doc FROM words JOIN document ON document.doc = words.rowid
                 WHERE words MATCH ?1 AND (?2 IS NULL OR published >= ?2) AND (?3 IS NULL OR published < ?3)
                 ORDER BY bm25(words, 4.0, 1.0, 1.5), document.published, document.id LIMIT ?4",
            )?;
            let day = |day: Option<Date>| day.map(|day| day.to_string());
            let query = plain(words);
            let mut rows = select.query(params![query, day(since), day(until), limit])?;
            let mut hits = Vec::new();
            loop {
                let row = match rows.next() {
                    Ok(Some(row)) => row,
                    Ok(None) => break,
                    Err(rusqlite::Error::SqliteFailure(_, Some(why))) => {
                        return Err(StoreError::Query(format!(
                            "{why}; words that hold marks are put in double quotes, as in \"'U.S. aid'\""
                        ))
                        .into());
                    }
                    Err(error) => return Err(Failure::from(error)),
                };
                let record = document::record(&self.db, row.get(4)?)?;
                let (snippet, is_said) = snippet(&record, words);
                hits.push(Hit {
                    id: row.get(0)?,
                    published: row.get(1)?,
                    publisher: row.get(2)?,
                    title: row.get(3)?,
                    snippet,
                    is_said,
                });
            }
            Ok(hits)
        };
        run().trying("search for words")
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

/// Where the rarest-looking of the words first stands, with what is around it.
fn snippet(record: &dateline_core::Record, words: &str) -> (Quote, bool) {
    let wanted: Vec<String> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "OR" | "AND" | "NOT" | "NEAR"))
        .map(str::to_lowercase)
        .collect();
    let text = &record.document.text;
    let mut best: Option<(usize, usize)> = None;
    let mut at = 0;
    for (point, piece) in pieces(text) {
        let word = piece.to_lowercase();
        if let Some(rank) = wanted.iter().position(|wanted| *wanted == word) {
            let length = wanted[rank].len();
            if best.is_none_or(|(_, known)| length > known) {
                best = Some((point, length));
            }
        }
        at = point;
    }
    let point = best.map_or(0, |(point, _)| point);
    let offsets = Offsets::of(text);
    let end = (point + 2 * CONTEXT).min(at + CONTEXT);
    let (start, end) = (point.saturating_sub(CONTEXT), end);
    let last = text.chars().count();
    let (start, end) =
        (u32::try_from(start).unwrap_or(0), u32::try_from(end.min(last)).unwrap_or(u32::MAX));
    debug_assert!(offsets.byte(start as usize).is_some());
    let mut snippet = quote::quote(record, start, end);
    snippet.text = quote::line(&snippet.text);
    let place = u32::try_from(point).unwrap_or(u32::MAX);
    let is_said = best.is_some()
        && record
            .statements
            .iter()
            .flat_map(|statement| &statement.content)
            .any(|span| span.start <= place && place < span.end);
    (snippet, is_said)
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
}
