//! The table `source`: where documents were read from.

use dateline_core::{Source, SourceMap};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::{
    document::Doc,
    error::{Failure, Result},
};

/// Stores the source of a document.
pub(crate) fn insert(db: &Connection, doc: Doc, source: &Source) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO source (doc, path, format, at, length, part, hash, encoding, map)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        doc,
        source.path,
        source.format,
        signed(source.at)?,
        signed(source.length)?,
        source.part,
        source.hash,
        source.encoding,
        source.map.pack(),
    ])?;
    Ok(())
}

fn signed(number: u64) -> Result<i64> {
    i64::try_from(number)
        .map_err(|_| Failure::damaged(format!("offset {number} of a source is too large")))
}

/// Returns the source of a document, if it is known.
pub(crate) fn of(db: &Connection, doc: Doc) -> Result<Option<Source>> {
    let mut select = db.prepare_cached(
        "SELECT path, format, at, length, part, hash, encoding, map FROM source WHERE doc = ?1",
    )?;
    let read = select.query_row([doc], |row| Ok(read(row))).optional()?;
    read.transpose()
}

fn read(row: &Row<'_>) -> Result<Source> {
    let unsigned = |column: usize| -> Result<u64> {
        let number: i64 = row.get(column)?;
        u64::try_from(number)
            .map_err(|_| Failure::damaged(format!("offset {number} of a source is negative")))
    };
    let map: Vec<u8> = row.get(7)?;
    Ok(Source {
        path: row.get(0)?,
        format: row.get(1)?,
        at: unsigned(2)?,
        length: unsigned(3)?,
        part: row.get(4)?,
        hash: row.get(5)?,
        encoding: row.get(6)?,
        map: SourceMap::unpack(&map)
            .ok_or_else(|| Failure::damaged("a source map cannot be read".to_owned()))?,
    })
}

/// Returns what is wrong with the map of a source, if anything. Its runs must be in order, within the text and within the record.
pub(crate) fn fault(source: &Source, text: &str) -> Option<String> {
    let mut end = 0;
    for run in source.map.runs() {
        let in_order = run.text >= end;
        end = run.text.checked_add(run.length)?;
        let within = end <= text.len() as u64
            && run.source.checked_add(run.width).is_some_and(|end| end <= source.length);
        if !in_order || !within {
            return Some(format!(
                "its source map has a run at byte {} of the text that is out of order or beyond the record",
                run.text
            ));
        }
    }
    None
}
