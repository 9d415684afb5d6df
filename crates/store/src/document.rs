//! The table `document`: identity by content, rows, and versions of a URL.

use dateline_core::{Document, Moment, Record};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::{
    error::{Failure, Result, StoreError},
    name, packed,
};

/// Columns that [`read`] expects, in order.
pub(crate) const COLUMNS: &str =
    "name, published, title, publisher, agency, byline, url, language, text";

/// Number of a document in this file.
pub(crate) type Doc = i64;

/// Returns the id of a document: `d` and 16 hexadecimal digits. It follows from the text and all metadata, except the name of the
/// file.
pub(crate) fn id(document: &Document) -> String {
    let published = document.published.map(|day| day.to_string());
    let pieces = [
        &published,
        &document.title,
        &document.publisher,
        &document.agency,
        &document.byline,
        &document.url,
        &document.language,
    ]
    .map(|piece| piece.as_deref().unwrap_or("\u{0}"));
    let mut all: Vec<&str> = pieces.to_vec();
    all.push(&document.text);
    name::id('d', 16, &all)
}

/// Reads a document from a row whose columns [`COLUMNS`] begin at `first`.
pub(crate) fn read(row: &Row<'_>, first: usize) -> Result<Document> {
    let published: Option<String> = row.get(first + 1)?;
    let published = published
        .map(|day| day.parse::<Moment>())
        .transpose()
        .map_err(|error| Failure::damaged(error.to_string()))?;
    let mut document = Document::new(row.get::<_, String>(first + 8)?);
    document.id = row.get(first)?;
    document.published = published;
    document.title = row.get(first + 2)?;
    document.publisher = row.get(first + 3)?;
    document.agency = row.get(first + 4)?;
    document.byline = row.get(first + 5)?;
    document.url = row.get(first + 6)?;
    document.language = row.get(first + 7)?;
    Ok(document)
}

/// Returns the number of the document with this id, if there is one.
pub(crate) fn find(db: &Connection, id: &str) -> Result<Option<Doc>> {
    let mut find = db.prepare_cached("SELECT doc FROM document WHERE id = ?1")?;
    Ok(find.query_row([id], |row| row.get(0)).optional()?)
}

/// Returns the number of the document with this id, or the error that there is none.
pub(crate) fn require(db: &Connection, id: &str) -> Result<Doc> {
    find(db, id)?.ok_or_else(|| StoreError::NoSuchDocument(id.to_owned()).into())
}

/// Reads the whole record of a document.
pub(crate) fn record(db: &Connection, doc: Doc) -> Result<Record> {
    let mut select =
        db.prepare_cached(&format!("SELECT {COLUMNS}, record FROM document WHERE doc = ?1"))?;
    let mut rows = select.query([doc])?;
    let row =
        rows.next()?.ok_or_else(|| Failure::damaged(format!("document {doc} does not exist")))?;
    let document = read(row, 0)?;
    let bytes = row.get_ref(9)?.as_blob().map_err(rusqlite::Error::from)?;
    packed::unpack(&document, bytes)
}

/// Stores a document with its record.
pub(crate) fn insert(db: &Connection, id: &str, record: &Record, build: i64) -> Result<Doc> {
    let document = &record.document;
    let mut insert = db.prepare_cached(
        "INSERT INTO document (id, name, published, title, publisher, agency, byline, url, language, text, build, record, reader)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    let published = document.published.map(|day| day.to_string());
    Ok(insert.insert(params![
        id,
        document.id,
        published,
        document.title,
        document.publisher,
        document.agency,
        document.byline,
        document.url,
        document.language,
        document.text,
        build,
        packed::pack(record)?,
        record.reader,
    ])?)
}

/// Returns the number of a build, which is the program that makes records, by its name.
pub(crate) fn build(db: &Connection, name: &str) -> Result<i64> {
    db.prepare_cached("INSERT OR IGNORE INTO build (name) VALUES (?1)")?.execute([name])?;
    let mut find = db.prepare_cached("SELECT build FROM build WHERE name = ?1")?;
    Ok(find.query_row([name], |row| row.get(0))?)
}

/// Orders the versions of a URL by publication date, each superseded by the next. Returns the documents whose successor changed.
pub(crate) fn supersede(db: &Connection, url: &str) -> Result<Vec<Doc>> {
    // Undated versions come first, as if they were the oldest.
    let mut versions = db.prepare_cached(
        "SELECT doc, superseded FROM document WHERE url = ?1 ORDER BY published, id",
    )?;
    let versions: Vec<(Doc, Option<Doc>)> = versions
        .query_map([url], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<std::result::Result<_, _>>()?;
    let mut changed = Vec::new();
    for (at, &(doc, stored)) in versions.iter().enumerate() {
        let next = versions.get(at + 1).map(|&(next, _)| next);
        if next != stored {
            db.prepare_cached("UPDATE document SET superseded = ?2 WHERE doc = ?1")?
                .execute(params![doc, next])?;
            changed.push(doc);
        }
    }
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(url: Option<&str>) -> Document {
        let mut document = Document::new("Talks.").with_id("a.txt");
        document.url = url.map(str::to_owned);
        document
    }

    #[test]
    fn the_id_follows_from_content_and_not_from_the_file_name() {
        let one = document(None);
        let other = one.clone().with_id("b.txt");
        assert_eq!(id(&one), id(&other));
        assert_ne!(id(&one), id(&document(Some("https://a.example/1"))));
    }
}
