//! Packed records: the JSON of a record without what can be restored, compressed with a shared dictionary.
//!
//! Left out are the document, which has its own columns; ids, which count the parts of each list; `null`s; the text of each span,
//! which the document has; and names that are the text of a mention. A span's `start` counts from the end of the span before it,
//! and its `end` from its start, because small numbers compress well.
//!
//! The dictionary, `data/record.dictionary`, is trained on the fixtures by `cargo xtask record-dictionary`. It belongs to the
//! schema: a new dictionary needs a new schema version.

use std::cell::RefCell;

use dateline_core::{Document, Record};
use serde_json::{Map, Value};
use zstd::{
    bulk::{Compressor, Decompressor},
    dict::{DecoderDictionary, EncoderDictionary},
};

use crate::error::{Failure, Result, StoreError, Trying as _};

static DICTIONARY: &[u8] = include_bytes!("../data/record.dictionary");

/// Compression level. Beyond this the size hardly shrinks and the time doubles.
const LEVEL: i32 = 9;

/// Maximum size of an unpacked record in bytes. A frame that claims more is damaged.
const LARGEST: usize = 1 << 32;

/// Lists of the record whose parts have ids, with the letter the ids begin with.
const NUMBERED: [(&str, char); 4] =
    [("entities", 'e'), ("times", 't'), ("statements", 's'), ("events", 'v')];

/// Packs a record.
pub(crate) fn pack(record: &Record) -> Result<Vec<u8>> {
    let json = serde_json::to_vec(&condensed(record)?).map_err(|error| {
        Failure::damaged(format!("a record cannot be written as JSON: {error}"))
    })?;
    COMPRESSOR
        .with_borrow_mut(|compressor| compressor.compress(&json))
        .map_err(|error| Failure::damaged(format!("a record could not be packed: {error}")))
}

/// Unpacks the record of a document.
pub(crate) fn unpack(document: &Document, packed: &[u8]) -> Result<Record> {
    let damaged = |what: String| {
        let name = document.id.as_deref().unwrap_or("without a name");
        Failure::damaged(format!("the record of document {name} cannot be read: {what}"))
    };
    let size = zstd::bulk::Decompressor::<'static>::upper_bound(packed)
        .filter(|&size| size < LARGEST)
        .ok_or_else(|| damaged("no size".to_owned()))?;
    let json = DECOMPRESSOR
        .with_borrow_mut(|decompressor| decompressor.decompress(packed, size))
        .map_err(|error| damaged(error.to_string()))?;
    let mut value: Value =
        serde_json::from_slice(&json).map_err(|error| damaged(error.to_string()))?;
    let offsets = Offsets::of(&document.text);
    restore(&mut value, &document.text, &offsets, &mut 0);
    for entity in value.get_mut("entities").and_then(Value::as_array_mut).into_iter().flatten() {
        let nth = entity["name"].as_u64().and_then(|nth| usize::try_from(nth).ok());
        if let Some(nth) = nth {
            entity["name"] = entity["mentions"][nth]["text"].clone();
        }
    }
    for (list, letter) in NUMBERED {
        let parts = value.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten();
        for (number, part) in (1..).zip(parts) {
            if let Value::Object(fields) = part {
                fields.insert("id".to_owned(), Value::String(format!("{letter}{number}")));
            }
        }
    }
    let document_value =
        serde_json::to_value(document).map_err(|error| damaged(error.to_string()))?;
    if let Value::Object(fields) = &mut value {
        fields.insert("document".to_owned(), document_value);
    }
    serde_json::from_value(value).map_err(|error| damaged(error.to_string()))
}

/// Returns records as they are before compression, for training a dictionary.
///
/// # Errors
///
/// None in practice: every record can be written as JSON.
pub fn dictionary_samples(records: &[Record]) -> std::result::Result<Vec<Vec<u8>>, StoreError> {
    records
        .iter()
        .map(|record| {
            let value = condensed(record)?;
            serde_json::to_vec(&value).map_err(|error| Failure::damaged(error.to_string()))
        })
        .collect::<Result<_>>()
        .trying("write records as JSON")
}

thread_local! {
    static COMPRESSOR: RefCell<Compressor<'static>> = RefCell::new(
        Compressor::with_prepared_dictionary(Box::leak(Box::new(EncoderDictionary::copy(DICTIONARY, LEVEL))))
            .expect("the dictionary is compiled in"),
    );
    static DECOMPRESSOR: RefCell<Decompressor<'static>> = RefCell::new(
        Decompressor::with_prepared_dictionary(Box::leak(Box::new(DecoderDictionary::copy(DICTIONARY))))
            .expect("the dictionary is compiled in"),
    );
}

/// Returns the JSON of a record without what [`unpack`] can restore.
fn condensed(record: &Record) -> Result<Value> {
    let mut value = serde_json::to_value(record).map_err(|error| {
        Failure::damaged(format!("a record cannot be written as JSON: {error}"))
    })?;
    if let Value::Object(fields) = &mut value {
        fields.shift_remove("document");
        for (list, _) in NUMBERED {
            for part in fields.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
                if let Value::Object(fields) = part {
                    fields.shift_remove("id");
                }
            }
        }
    }
    for entity in value.get_mut("entities").and_then(Value::as_array_mut).into_iter().flatten() {
        let mentions = entity["mentions"].as_array();
        let nth = mentions.and_then(|all| all.iter().position(|it| it["text"] == entity["name"]));
        if let Some(nth) = nth {
            entity["name"] = nth.into();
        }
    }
    condense(&mut value, &mut 0);
    Ok(value)
}

/// Removes nulls and the texts of spans, and makes positions relative to the span before, which ends at `last`. Records are only a
/// few levels deep, so recursion is safe.
fn condense(value: &mut Value, last: &mut i64) {
    match value {
        Value::Object(fields) => {
            if let Some((start, end)) = place(fields) {
                fields.shift_remove("text");
                fields.insert("start".to_owned(), (start - *last).into());
                fields.insert("end".to_owned(), (end - start).into());
                *last = end;
            }
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(|value| condense(value, last));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| condense(value, last)),
        _ => {}
    }
}

/// Restores positions and texts of spans.
fn restore(value: &mut Value, text: &str, offsets: &Offsets, last: &mut i64) {
    match value {
        Value::Object(fields) => {
            if let Some((start, length)) = place(fields) {
                let start = last.saturating_add(start);
                let end = start.saturating_add(length);
                fields.insert("start".to_owned(), start.into());
                fields.insert("end".to_owned(), end.into());
                let byte = |at: i64| offsets.byte(usize::try_from(at).ok()?);
                let words = byte(start).zip(byte(end)).and_then(|(from, to)| text.get(from..to));
                if let Some(words) = words {
                    fields.insert("text".to_owned(), Value::String(words.to_owned()));
                }
                *last = end;
            }
            fields.values_mut().for_each(|value| restore(value, text, offsets, last));
        }
        Value::Array(items) => {
            for item in items {
                restore(item, text, offsets, last);
            }
        }
        _ => {}
    }
}

/// Returns the start and end of an object that has a position in the text. Sentences have one too; the text this gives them is
/// ignored when they are read.
fn place(fields: &Map<String, Value>) -> Option<(i64, i64)> {
    Some((fields.get("start")?.as_i64()?, fields.get("end")?.as_i64()?))
}

/// Byte offsets of the code points of a text.
pub(crate) struct Offsets {
    /// Offset of each code point and of the end; `None` if every code point is one byte long.
    bytes: Option<Vec<u32>>,
    length: usize,
}

impl Offsets {
    /// Indexes a text in one pass.
    pub(crate) fn of(text: &str) -> Self {
        let bytes = (!text.is_ascii()).then(|| {
            let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
            let starts = text.char_indices().map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX));
            starts.chain([end]).collect()
        });
        Self { bytes, length: text.len() }
    }

    /// Returns the byte offset of a code point, or `None` beyond the text.
    pub(crate) fn byte(&self, point: usize) -> Option<usize> {
        match &self.bytes {
            Some(bytes) => bytes.get(point).map(|&byte| byte as usize),
            None => (point <= self.length).then_some(point),
        }
    }
}

#[cfg(test)]
mod tests {
    use dateline_extract::{Extractor, read_document};

    use super::*;

    const TEXT: &str = "date 2021-05-08\n\nThe café in São Paulo closed. \"We will meet on Friday,\" Foreign Minister Ana \
                        López told reporters. Brazil expelled ten Norwegian diplomats in April, and Norway answered.\n";

    #[test]
    fn packing_a_record_loses_nothing() {
        let record = Extractor::new().extract(&read_document(TEXT));
        assert!(!record.events.is_empty() && !record.statements.is_empty());
        let packed = pack(&record).unwrap();
        assert_eq!(unpack(&record.document, &packed).unwrap(), record);
        assert!(packed.len() * 8 < serde_json::to_vec(&record).unwrap().len(), "{}", packed.len());
    }

    #[test]
    fn bytes_that_are_not_a_record_are_reported_as_damage() {
        let document = read_document(TEXT);
        for bytes in
            [&b""[..], b"rubbish", &[0x28, 0xB5, 0x2F, 0xFD, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]]
        {
            let error = unpack(&document, bytes).unwrap_err().while_trying("read");
            assert!(error.to_string().contains("damaged"), "{error}");
        }
    }
}
