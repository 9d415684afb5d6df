//! Records as they lie in the file: the JSON of the record less all that is known without it, compressed against a dictionary
//! of what records have in common.
//!
//! Left out are the document, which has columns of its own; ids, which count the parts of each list; `null`s; the text of every
//! span, which the document's text gives back; and a name that is the text of a mention. A span's `start` counts from the end of
//! the span before it, and its `end` from its start: small numbers, which press well. The dictionary, `data/record.dictionary`, is made from the fixtures by
//! `cargo xtask record-dictionary` and belongs to the schema: another dictionary is another schema.

use std::cell::RefCell;

use dateline_core::{Document, Record};
use serde_json::{Map, Value};
use zstd::{
    bulk::{Compressor, Decompressor},
    dict::{DecoderDictionary, EncoderDictionary},
};

use crate::error::{Failure, Result};

static DICTIONARY: &[u8] = include_bytes!("../data/record.dictionary");

/// How hard to press: beyond this the size hardly falls and the time doubles.
const LEVEL: i32 = 9;

/// No record that was ever packed is larger than this many bytes; a frame that claims more is damaged.
const LARGEST: usize = 1 << 32;

/// Lists of the record whose parts are numbered, with the letter of their ids.
const NUMBERED: [(&str, char); 4] =
    [("entities", 'e'), ("times", 't'), ("statements", 's'), ("events", 'v')];

/// The record without its document, packed.
pub(crate) fn pack(record: &Record) -> Result<Vec<u8>> {
    let json = serde_json::to_vec(&pressed(record)?)
        .map_err(|error| Failure::damaged(format!("a record is no JSON: {error}")))?;
    COMPRESSOR
        .with_borrow_mut(|compressor| compressor.compress(&json))
        .map_err(|error| Failure::damaged(format!("a record could not be packed: {error}")))
}

/// The record of a document, unpacked.
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
    fill(&mut value, &document.text, &offsets, &mut 0);
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

/// What a dictionary is trained on: each record as it is before compression.
///
/// # Errors
///
/// None in practice: every record is JSON.
pub fn dictionary_samples(
    records: &[Record],
) -> std::result::Result<Vec<Vec<u8>>, crate::StoreError> {
    use crate::error::Trying as _;
    records
        .iter()
        .map(|record| {
            let value = pressed(record)?;
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

/// The record less what [`unpack`] knows without it.
fn pressed(record: &Record) -> Result<Value> {
    let mut value = serde_json::to_value(record)
        .map_err(|error| Failure::damaged(format!("a record is no JSON: {error}")))?;
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
    press(&mut value, &mut 0);
    Ok(value)
}

/// Takes out nulls and the texts of spans, and counts places from the span before, which ends at `last`. Records nest a few
/// levels deep, whatever the text.
fn press(value: &mut Value, last: &mut i64) {
    match value {
        Value::Object(fields) => {
            if let Some((start, end)) = place(fields) {
                fields.shift_remove("text");
                fields.insert("start".to_owned(), (start - *last).into());
                fields.insert("end".to_owned(), (end - start).into());
                *last = end;
            }
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(|value| press(value, last));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| press(value, last)),
        _ => {}
    }
}

/// Puts places and texts of spans back.
fn fill(value: &mut Value, text: &str, offsets: &Offsets, last: &mut i64) {
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
            fields.values_mut().for_each(|value| fill(value, text, offsets, last));
        }
        Value::Array(items) => {
            for item in items {
                fill(item, text, offsets, last);
            }
        }
        _ => {}
    }
}

/// The two numbers of an object that has a place in the text. Sentences have one, too; a text in them is passed over when they
/// are read.
fn place(fields: &Map<String, Value>) -> Option<(i64, i64)> {
    Some((fields.get("start")?.as_i64()?, fields.get("end")?.as_i64()?))
}

/// Where code points lie in a text.
pub(crate) struct Offsets {
    /// The bytes of every code point and of the end; none where all are one byte long.
    bytes: Option<Vec<u32>>,
    length: usize,
}

impl Offsets {
    /// Walks a text once.
    pub(crate) fn of(text: &str) -> Self {
        let bytes = (!text.is_ascii()).then(|| {
            let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
            let starts = text.char_indices().map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX));
            starts.chain([end]).collect()
        });
        Self { bytes, length: text.len() }
    }

    /// The byte of a code point; `None` beyond the text.
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
    fn a_record_comes_back_as_it_was() {
        let record = Extractor::new().extract(&read_document(TEXT));
        assert!(!record.events.is_empty() && !record.statements.is_empty());
        let packed = pack(&record).unwrap();
        assert_eq!(unpack(&record.document, &packed).unwrap(), record);
        assert!(packed.len() * 8 < serde_json::to_vec(&record).unwrap().len(), "{}", packed.len());
    }

    #[test]
    fn bytes_that_are_no_record_are_named_as_damage() {
        let document = read_document(TEXT);
        for bytes in
            [&b""[..], b"rubbish", &[0x28, 0xB5, 0x2F, 0xFD, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]]
        {
            let error = unpack(&document, bytes).unwrap_err().while_trying("read");
            assert!(error.to_string().contains("damaged"), "{error}");
        }
    }
}
