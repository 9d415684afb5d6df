//! Apache Parquet files, one document per row.
//!
//! A Parquet file is read from its end, so it needs a file or memory, not a stream. Row groups are read in order, a few rows at a
//! time, and only the columns that hold a field of a document.
//!
//! Damage is an error for the whole file, because nothing in it says where the next undamaged row starts.

mod pages;

use std::collections::BTreeMap;

use dateline_core::{Document, Moment, SourceMap};
use jiff::{SignedDuration, civil};
use parquet::{
    basic::{ConvertedType, LogicalType, TimeUnit},
    column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader},
    data_type::{ByteArray, DataType},
    file::{
        metadata::RowGroupMetaData,
        reader::{ChunkReader, FileReader as _, SerializedFileReader},
    },
    schema::types::ColumnDescriptor,
};

use self::pages::Checked;
use super::{Field, FieldNames, LARGEST, OpenedDocument, Problem, html, published};

/// Number of rows read at a time. Memory holds their cells, none of which is longer than [`LARGEST`].
const ROWS: usize = 16;

/// Passes each row as a document to `take`, in file order, until it returns false. A row without text is a [`Problem`] with the
/// number of the row, from 1.
///
/// Columns are found by the names the user gave, which may lead into groups (`meta.headline`), or else by their usual names. The
/// source map of a document refers to the UTF-8 of the cell that held its text: the cell is the record.
///
/// # Errors
///
/// If the file is not Parquet, is damaged, is compressed in another way than zstd or Snappy, or has no column with text.
pub fn rows<R: ChunkReader + 'static>(
    from: R,
    names: &FieldNames,
    take: &mut dyn FnMut(Result<OpenedDocument, Problem>) -> bool,
) -> Result<(), String> {
    let file = SerializedFileReader::new(from)
        .map_err(|error| format!("not a readable Parquet file: {error}"))?;
    let wanted = columns(file.metadata().file_metadata().schema_descr().columns(), names)?;
    let guessed: BTreeMap<String, Field> =
        wanted.iter().filter(|it| it.is_guessed).map(|it| (it.name.clone(), it.field)).collect();
    let mut number = 0;
    for nth in 0..file.num_row_groups() {
        let damaged =
            |error: &dyn std::fmt::Display| format!("row group {} is damaged: {error}", nth + 1);
        check(file.metadata().row_group(nth), &wanted).map_err(|why| damaged(&why))?;
        let group = file.get_row_group(nth).map_err(|error| damaged(&error))?;
        let mut cells = Vec::with_capacity(wanted.len());
        for column in &wanted {
            let pages = group.get_column_page_reader(column.at).map_err(|error| damaged(&error))?;
            let description = group.metadata().column(column.at).column_descr_ptr();
            let reader =
                get_column_reader(description.clone(), Box::new(Checked::new(pages, description)));
            cells.push(Cells { reader, column });
        }
        let mut left = usize::try_from(group.metadata().num_rows()).unwrap_or_default();
        while left > 0 {
            let mut batch = vec![Row::default(); left.min(ROWS)];
            for column in &mut cells {
                column.read(&mut batch).map_err(|why| damaged(&why))?;
            }
            left -= batch.len();
            for row in batch {
                number += 1;
                let problem = |why| Problem { at: 0, number: Some(number), why };
                if !take(document(row, &guessed).map_err(problem)) {
                    return Ok(());
                }
            }
        }
    }
    Ok(())
}

/// A column that holds a field.
struct Wanted {
    /// Index among the leaves of the schema.
    at: usize,
    name: String,
    field: Field,
    is_guessed: bool,
    /// Unit in which its numbers count time.
    clock: Clock,
    /// Definition level of a value that is present.
    defined: i16,
}

/// Unit of the numbers of a column.
#[derive(Clone, Copy, PartialEq)]
enum Clock {
    Days,
    Millis,
    Micros,
    Nanos,
    /// Unknown; `20210508` is still read as a date.
    None,
}

/// Returns the columns to read, at most one per field. Columns inside lists are ignored.
fn columns(
    all: &[std::sync::Arc<ColumnDescriptor>],
    names: &FieldNames,
) -> Result<Vec<Wanted>, String> {
    let mut wanted: Vec<Wanted> = Vec::new();
    // An item of a list is not a field.
    let single = |column: &ColumnDescriptor| column.max_rep_level() == 0;
    let own: Vec<String> =
        all.iter().filter(|column| single(column)).map(|column| column.path().string()).collect();
    let chosen = names.choose(own.iter().map(String::as_str));
    let each = chosen.fields.iter().flat_map(|(field, all)| all.iter().map(|name| (name, *field)));
    for (name, field) in each {
        let is_guessed = chosen.guessed.contains_key(name);
        let is_it = |column: &ColumnDescriptor| single(column) && column.path().string() == *name;
        let Some(at) = all.iter().position(|column| is_it(column)) else {
            return Err(format!("no column `{name}`; its columns are {}", listed(all)));
        };
        if wanted.iter().any(|other| other.field == field || other.at == at) {
            continue;
        }
        let column = &all[at];
        let (name, clock, defined) =
            (column.path().string(), clock(column), column.max_def_level());
        wanted.push(Wanted { at, name, field, is_guessed, clock, defined });
    }
    if wanted.iter().any(|column| matches!(column.field, Field::Text | Field::Html)) {
        return Ok(wanted);
    }
    Err(format!(
        "no column has a usual name for the text; name the one that holds it: {}",
        listed(all)
    ))
}

/// Lists the names of columns for a message, at most 30.
fn listed(all: &[std::sync::Arc<ColumnDescriptor>]) -> String {
    let names: Vec<String> = all.iter().take(30).map(|column| column.path().string()).collect();
    let more = if all.len() > names.len() { ", …" } else { "" };
    format!("{}{more}", names.join(", "))
}

fn clock(column: &ColumnDescriptor) -> Clock {
    match column.logical_type_ref() {
        Some(LogicalType::Date) => Clock::Days,
        Some(LogicalType::Timestamp(time)) => match time.unit {
            TimeUnit::MILLIS => Clock::Millis,
            TimeUnit::MICROS => Clock::Micros,
            TimeUnit::NANOS => Clock::Nanos,
        },
        _ => match column.converted_type() {
            ConvertedType::DATE => Clock::Days,
            ConvertedType::TIMESTAMP_MILLIS => Clock::Millis,
            ConvertedType::TIMESTAMP_MICROS => Clock::Micros,
            _ => Clock::None,
        },
    }
}

/// Checks offsets and lengths that the library does not: it panics if they are negative.
fn check(group: &RowGroupMetaData, wanted: &[Wanted]) -> Result<(), String> {
    for column in wanted {
        let chunk = group.columns().get(column.at).ok_or("it has too few columns")?;
        let offsets = [
            Some(chunk.data_page_offset()),
            chunk.dictionary_page_offset(),
            Some(chunk.compressed_size()),
        ];
        if offsets.into_iter().flatten().any(i64::is_negative) {
            return Err(format!("column `{}` starts before the file", column.name));
        }
    }
    Ok(())
}

/// Cells of a row, by field.
type Row = Vec<(Field, Value)>;

/// Value of a cell, as far as a document can use it.
#[derive(Clone)]
enum Value {
    Text(String),
    Moment(Moment),
    /// Bytes that are not UTF-8, or too many.
    Unreadable(&'static str),
}

/// A column of the row group being read.
struct Cells<'w> {
    reader: ColumnReader,
    column: &'w Wanted,
}

impl Cells<'_> {
    /// Reads a cell for each row of the batch.
    fn read(&mut self, batch: &mut [Row]) -> Result<(), String> {
        let column = self.column;
        let number = |number: i64| {
            Some(
                moment(column.clock, number).map_or(Value::Text(number.to_string()), Value::Moment),
            )
        };
        match &mut self.reader {
            ColumnReader::ByteArrayColumnReader(reader) => {
                fill(reader, column, batch, |bytes| text(&bytes))
            }
            ColumnReader::Int32ColumnReader(reader) => {
                fill(reader, column, batch, |it| number(it.into()))
            }
            ColumnReader::Int64ColumnReader(reader) => fill(reader, column, batch, number),
            ColumnReader::Int96ColumnReader(reader) => fill(reader, column, batch, |it| {
                moment(Clock::Millis, it.to_millis()).map(Value::Moment)
            }),
            _ => Err(format!("column `{}` holds neither text nor dates", column.name)),
        }
    }
}

fn fill<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    column: &Wanted,
    batch: &mut [Row],
    value: impl Fn(T::T) -> Option<Value>,
) -> Result<(), String> {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    let mut n_read = 0;
    while n_read < batch.len() {
        let (records, _, _) = reader
            .read_records(batch.len() - n_read, Some(&mut levels), None, &mut values)
            .map_err(|error| format!("column `{}`: {error}", column.name))?;
        if records == 0 {
            return Err(format!("column `{}` has fewer rows than the group", column.name));
        }
        n_read += records;
    }
    let mut values = values.into_iter();
    for (nth, row) in batch.iter_mut().enumerate() {
        let is_there = column.defined == 0 || levels.get(nth) == Some(&column.defined);
        if is_there && let Some(value) = values.next().and_then(&value) {
            row.push((column.field, value));
        }
    }
    Ok(())
}

fn text(bytes: &ByteArray) -> Option<Value> {
    let bytes = bytes.data();
    if bytes.len() > LARGEST {
        return Some(Value::Unreadable("longer than 64 MiB; split it into its articles"));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (!text.trim().is_empty()).then(|| Value::Text(text.to_owned())),
        Err(_) => Some(Value::Unreadable("no UTF-8; convert the column to strings")),
    }
}

/// Converts a count since 1970 to a moment. The file may count UTC or local time; it is read as local time, because documents
/// have no time zone.
fn moment(clock: Clock, count: i64) -> Option<Moment> {
    let epoch = civil::date(1970, 1, 1);
    let since = match clock {
        Clock::Days => {
            let hours = count.checked_mul(24)?;
            return epoch.checked_add(SignedDuration::try_from_hours(hours)?).ok().map(Moment::Day);
        }
        Clock::Millis => SignedDuration::from_millis(count),
        Clock::Micros => SignedDuration::from_micros(count),
        Clock::Nanos => SignedDuration::from_nanos(count),
        Clock::None => return None,
    };
    let time = epoch.at(0, 0, 0, 0).checked_add(since).ok()?;
    // Tables often store dates as midnights.
    let is_midnight = time.time() == civil::Time::midnight();
    Some(if is_midnight {
        Moment::Day(time.date())
    } else {
        Moment::Minute(time.date().at(time.hour(), time.minute(), 0, 0))
    })
}

fn document(row: Row, guessed: &BTreeMap<String, Field>) -> Result<OpenedDocument, String> {
    let mut document = Document::new(String::new());
    let (mut words, mut page, mut unreadable, mut note) = (None, None, None, None);
    for (field, value) in row {
        let text = match value {
            Value::Moment(moment) if field == Field::Published => {
                document.published = Some(moment);
                continue;
            }
            Value::Moment(moment) => moment.to_string(),
            Value::Unreadable(why) => {
                if matches!(field, Field::Text | Field::Html) {
                    unreadable = Some(why);
                }
                continue;
            }
            Value::Text(text) => text,
        };
        match field {
            Field::Text => words = Some(text),
            Field::Html => page = Some(text),
            Field::Published => {
                document.published = published::moment(&text);
                if document.published.is_none() {
                    note = Some(format!(
                        "read `{}` as a date of publication, expected a day such as 2021-05-08",
                        shown(&text)
                    ));
                }
            }
            Field::Title => document.title = Some(text),
            Field::Publisher => document.publisher = Some(text),
            Field::Agency => document.agency = Some(text),
            Field::Byline => document.byline = Some(text),
            Field::Url => document.url = Some(text),
            Field::Language => document.language = Some(text),
            Field::Id => document.id = Some(text),
        }
    }
    let whole = |text: &str| SourceMap::verbatim(0, text.len() as u64);
    let (text, map) = match (words, page) {
        (Some(words), _) => {
            let map = whole(&words);
            (words, map)
        }
        (None, Some(page)) => html::words(&page, &whole(&page)),
        (None, None) => return Err(format!("its text is {}", unreadable.unwrap_or("empty"))),
    };
    if text.trim().is_empty() {
        return Err("its text is empty".to_owned());
    }
    document.text = text;
    Ok(OpenedDocument { document, map, encoding: "UTF-8", guessed: guessed.clone(), note })
}

/// Returns the start of a text, for a message.
fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bytes::Bytes;
    use parquet::{
        basic::Encoding,
        data_type::{ByteArrayType, Int32Type},
        file::{
            properties::{WriterProperties, WriterVersion},
            writer::SerializedFileWriter,
        },
        schema::parser::parse_message_type,
    };

    use super::*;
    use crate::write::{Article, DocumentRow, ParquetTable, Sheet, document as row};

    /// A table of documents as Dateline writes it.
    fn table(texts: &[&str]) -> Vec<u8> {
        let mut table = ParquetTable::new(Vec::new(), Sheet::Documents).unwrap();
        for text in texts {
            let record = crate::write::tests::record(text);
            let article = Article::new("d1", &record, &[]);
            table.row(row(&article, &DocumentRow::default())).unwrap();
        }
        table.finish().unwrap()
    }

    /// A table as other programs may write it: no dictionary, every other title missing, data pages of the given version.
    fn plain(version: WriterVersion) -> Vec<u8> {
        let schema = "message news { required binary text (STRING); optional binary title (STRING); optional int32 date (DATE); }";
        let properties = WriterProperties::builder()
            .set_writer_version(version)
            .set_dictionary_enabled(false)
            .set_encoding(Encoding::PLAIN)
            .build();
        let schema = Arc::new(parse_message_type(schema).unwrap());
        let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
        let mut group = file.next_row_group().unwrap();
        let levels: Vec<i16> = (0..20).map(|nth| nth % 2).collect();
        let bytes = |text: String| ByteArray::from(text.into_bytes());
        let texts: Vec<ByteArray> =
            (0..20).map(|nth| bytes(format!("Talks {nth} resumed."))).collect();
        let titles: Vec<ByteArray> = (0..10).map(|nth| bytes(format!("Talks {nth}"))).collect();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&texts, None, None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&titles, Some(&levels), None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<Int32Type>().write_batch(&[18_755; 10], Some(&levels), None).unwrap();
        column.close().unwrap();
        group.close().unwrap();
        file.into_inner().unwrap()
    }

    #[test]
    fn tables_of_other_programs_are_read() {
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            let (found, ended) = read(plain(version), &FieldNames::default());
            assert_eq!((found.len(), ended), (20, Ok(())));
            for (nth, found) in found.iter().enumerate() {
                let document = &found.as_ref().unwrap().document;
                assert_eq!(document.text, format!("Talks {nth} resumed."));
                let day = (nth % 2 == 1).then(|| "2021-05-08".parse().unwrap());
                assert_eq!((document.published, document.title.is_some()), (day, nth % 2 == 1));
            }
        }
    }

    fn read(
        bytes: Vec<u8>,
        names: &FieldNames,
    ) -> (Vec<Result<OpenedDocument, Problem>>, Result<(), String>) {
        let mut found = Vec::new();
        let ended = rows(Bytes::from(bytes), names, &mut |one| {
            found.push(one);
            true
        });
        (found, ended)
    }

    #[test]
    fn written_documents_round_trip() {
        let texts: Vec<String> = (1..40)
            .map(|day| format!("date: 2021-05-{:02}\n\nSão Paulo, talks {day}.\n", day % 28 + 1))
            .collect();
        let bytes = table(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let (found, ended) = read(bytes, &FieldNames::default());
        assert_eq!((found.len(), ended), (39, Ok(())));
        for (found, text) in found.iter().zip(&texts) {
            let found = found.as_ref().unwrap();
            let text_read = dateline_extract::read_document(text);
            assert_eq!(found.document.text, text_read.text);
            assert_eq!(found.document.published, text_read.published);
            assert_eq!(found.map, SourceMap::verbatim(0, text_read.text.len() as u64));
            assert!(found.guessed.is_empty(), "its columns are named as the fields are");
        }
    }

    #[test]
    fn columns_are_read_by_the_names_given() {
        let bytes = table(&["date: 2021-05-08\n\nTalks resumed.\n"]);
        let said = |name: &str| FieldNames { said: vec![(name.to_owned(), Field::Byline)] };
        let (found, _) = read(bytes.clone(), &said("id"));
        assert_eq!(found[0].as_ref().unwrap().document.byline.as_deref(), Some("d1"));
        let (found, ended) = read(bytes, &said("tongue"));
        assert!(
            found.is_empty()
                && ended.unwrap_err().starts_with("no column `tongue`; its columns are id, name")
        );
    }

    #[test]
    fn counts_are_converted_to_moments() {
        let check = |clock, count, expected: &str| {
            assert_eq!(
                moment(clock, count).map(|moment| moment.to_string()).unwrap_or_default(),
                expected
            );
        };
        check(Clock::Days, 18_755, "2021-05-08");
        check(Clock::Millis, 1_620_466_200_000, "2021-05-08T09:30");
        check(Clock::Micros, 1_620_432_000_000_000, "2021-05-08");
        check(Clock::Nanos, -1, "1969-12-31T23:59");
        check(Clock::Days, i64::MAX, "");
        check(Clock::Millis, i64::MAX, "");
    }

    #[test]
    fn damage_is_an_error_not_a_panic() {
        let ours =
            table(&["date: 2021-05-08\n\nTalks resumed.\n", "date: 2021-05-09\n\nThey ended.\n"]);
        for end in [0, 3, 8, ours.len() / 2, ours.len() - 1] {
            assert!(read(ours[..end].to_vec(), &FieldNames::default()).1.is_err(), "{end}");
        }
        // Changing any byte gives an error, other words, or no difference.
        for sound in [ours, plain(WriterVersion::PARQUET_1_0), plain(WriterVersion::PARQUET_2_0)] {
            for at in 0..sound.len() {
                for with in [1, 0x7f, 0x80, 0xff] {
                    let mut damaged = sound.clone();
                    damaged[at] ^= with;
                    drop(read(damaged, &FieldNames::default()));
                }
            }
        }
    }
}
