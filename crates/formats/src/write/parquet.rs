//! Writer of our tables as Apache Parquet: the cells of [`Table`](super::Table) in typed columns, compressed with zstd.
//!
//! Each column of a table becomes one Parquet column: text is `STRING`, integers `INT64`, other numbers `DOUBLE`, true or false
//! `BOOLEAN`, all optional. A list of texts is a three-level `LIST` that is never null. The footer keys `dateline.schema` and
//! `dateline.table` give the version of the record format and the name of the table.

use std::{
    io::{self, Write},
    sync::Arc,
};

use dateline_core::SCHEMA;
use parquet::{
    basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical, ZstdLevel},
    data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type},
    errors::ParquetError,
    file::{
        metadata::KeyValue,
        properties::WriterProperties,
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::types::{Type, TypePtr},
};

use super::{Cell, Column, ColumnKind, Sheet, sheet};

/// Maximum number of rows in a row group.
const ROWS: usize = 1 << 14;

/// Maximum size of the text in a row group, in bytes. A row group is closed before it exceeds this, which bounds memory.
const BYTES: usize = 16 << 20;

/// Writes rows as Parquet. Holds the rows of one row group: at most 16,384, and about 16 MiB of text or one row.
pub struct ParquetTable<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: &'static [Column],
    /// Buffered rows, by column.
    cells: Vec<Vec<Cell>>,
    bytes: usize,
}

impl<W: Write + Send> std::fmt::Debug for ParquetTable<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParquetTable").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

impl<W: Write + Send> ParquetTable<W> {
    /// Starts a file for a table.
    ///
    /// # Errors
    ///
    /// If writing to `to` fails.
    pub fn new(to: W, table: Sheet) -> io::Result<Self> {
        let columns = sheet(table);
        let level = ZstdLevel::try_new(3).map_err(damage)?;
        let about = [("dateline.schema", SCHEMA), ("dateline.table", table.as_str())];
        let about = about.map(|(key, value)| KeyValue::new(key.to_owned(), value.to_owned()));
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_key_value_metadata(Some(about.to_vec()))
            .build();
        let schema = schema(table, columns).map_err(damage)?;
        let writer = SerializedFileWriter::new(to, schema, Arc::new(properties)).map_err(damage)?;
        Ok(Self { writer, columns, cells: vec![Vec::new(); columns.len()], bytes: 0 })
    }

    /// Writes a row: one cell per column, in order. A cell of the wrong type is written as missing.
    ///
    /// # Errors
    ///
    /// If writing fails.
    ///
    /// # Panics
    ///
    /// If there are more or fewer cells than columns.
    pub fn row(&mut self, cells: Vec<Cell>) -> io::Result<()> {
        assert_eq!(cells.len(), self.columns.len(), "a row has a cell a column");
        for (column, cell) in self.cells.iter_mut().zip(cells) {
            self.bytes += match &cell {
                Cell::Text(text) => text.len(),
                Cell::List(items) => items.iter().map(String::len).sum(),
                _ => 8,
            };
            column.push(cell);
        }
        let rows = self.cells.first().map_or(0, Vec::len);
        if rows >= ROWS || self.bytes >= BYTES { self.close_group() } else { Ok(()) }
    }

    /// Writes the buffered rows and the footer, and returns the writer. Without this call, the file is incomplete.
    ///
    /// # Errors
    ///
    /// If writing fails.
    pub fn finish(mut self) -> io::Result<W> {
        self.close_group()?;
        self.writer.into_inner().map_err(damage)
    }

    fn close_group(&mut self) -> io::Result<()> {
        if self.cells.first().is_none_or(Vec::is_empty) {
            return Ok(());
        }
        self.bytes = 0;
        let mut group = self.writer.next_row_group().map_err(damage)?;
        for (column, cells) in self.columns.iter().zip(&mut self.cells) {
            write_column(&mut group, column.kind, std::mem::take(cells)).map_err(damage)?;
        }
        group.close().map_err(damage)?;
        Ok(())
    }
}

fn damage(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

fn schema(table: Sheet, columns: &[Column]) -> Result<TypePtr, ParquetError> {
    let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder(table.as_str()).with_fields(fields).build().map(Arc::new)
}

fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let plain = |physical| {
        Type::primitive_type_builder(column.name, physical).with_repetition(Repetition::OPTIONAL)
    };
    let field = match column.kind {
        ColumnKind::Text => text(column.name, Repetition::OPTIONAL),
        ColumnKind::Integer => plain(Physical::INT64).build(),
        ColumnKind::Real => plain(Physical::DOUBLE).build(),
        ColumnKind::Bool => plain(Physical::BOOLEAN).build(),
        ColumnKind::List => {
            let element = Arc::new(text("element", Repetition::REQUIRED)?);
            let list = Type::group_type_builder("list")
                .with_repetition(Repetition::REPEATED)
                .with_fields(vec![element])
                .build()?;
            Type::group_type_builder(column.name)
                .with_repetition(Repetition::REQUIRED)
                .with_converted_type(ConvertedType::LIST)
                .with_logical_type(Some(LogicalType::List))
                .with_fields(vec![Arc::new(list)])
                .build()
        }
    };
    field.map(Arc::new)
}

fn text(name: &str, repetition: Repetition) -> Result<Type, ParquetError> {
    Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
        .with_repetition(repetition)
        .with_converted_type(ConvertedType::UTF8)
        .with_logical_type(Some(LogicalType::String))
        .build()
}

fn write_column<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    kind: ColumnKind,
    cells: Vec<Cell>,
) -> Result<(), ParquetError> {
    match kind {
        ColumnKind::Text => write_cells::<ByteArrayType, _>(group, cells, |cell| match cell {
            Cell::Text(text) => Some(ByteArray::from(text.into_bytes())),
            _ => None,
        }),
        ColumnKind::Integer => write_cells::<Int64Type, _>(group, cells, |cell| match cell {
            Cell::Integer(number) => Some(number),
            _ => None,
        }),
        ColumnKind::Real => write_cells::<DoubleType, _>(group, cells, |cell| match cell {
            Cell::Real(number) => Some(number).filter(|number| number.is_finite()),
            _ => None,
        }),
        ColumnKind::Bool => write_cells::<BoolType, _>(group, cells, |cell| match cell {
            Cell::Bool(is) => Some(is),
            _ => None,
        }),
        ColumnKind::List => write_lists(group, cells),
    }
}

/// Writes a column of single values. The definition level is 1 for a value and 0 for a missing one.
fn write_cells<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    cells: Vec<Cell>,
    value: impl Fn(Cell) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let (mut values, mut levels) = (Vec::new(), Vec::with_capacity(cells.len()));
    for cell in cells {
        let value = value(cell);
        levels.push(i16::from(value.is_some()));
        values.extend(value);
    }
    write_batch::<T, W>(group, &values, &levels, None)
}

/// Writes a column of lists. The definition level is 1 for an item and 0 for an empty list; the repetition level is 0 for the
/// first item of a list and 1 for the others.
fn write_lists<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    cells: Vec<Cell>,
) -> Result<(), ParquetError> {
    let (mut values, mut defined, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
    for cell in cells {
        let items = if let Cell::List(items) = cell { items } else { Vec::new() };
        if items.is_empty() {
            defined.push(0);
            repeated.push(0);
        }
        for (nth, item) in items.into_iter().enumerate() {
            defined.push(1);
            repeated.push(i16::from(nth > 0));
            values.push(ByteArray::from(item.into_bytes()));
        }
    }
    write_batch::<ByteArrayType, W>(group, &values, &defined, Some(&repeated))
}

fn write_batch<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
    defined: &[i16],
    repeated: Option<&[i16]>,
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General("the table has fewer columns than its rows".to_owned()));
    };
    column.typed::<T>().write_batch(values, Some(defined), repeated)?;
    column.close()
}

#[cfg(test)]
mod tests {
    use parquet::{
        file::reader::{FileReader as _, SerializedFileReader},
        record::{Field, ListAccessor as _, RowAccessor as _},
    };

    use super::*;
    use crate::write::{ActorRow, actor};

    #[test]
    fn written_rows_round_trip() {
        let aliases = ["ukraine".to_owned(), "kyiv; kiev".to_owned()];
        let mut table = ParquetTable::new(Vec::new(), Sheet::Actors).unwrap();
        let n_rows = u32::try_from(ROWS).unwrap() + 3;
        for nth in 0..n_rows {
            let row = actor(&ActorRow {
                id: &format!("a{nth:012x}"),
                name: "Ukraine",
                kind: "place",
                country: (nth % 2 == 0).then_some("UKR"),
                code: None,
                aliases: &aliases[..(nth % 3) as usize],
                documents: nth,
                events: 1,
                statements: 0,
            });
            table.row(row).unwrap();
        }
        let bytes = table.finish().unwrap();
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        let file = reader.metadata().file_metadata();
        let about = file.key_value_metadata().unwrap();
        assert!(
            about
                .iter()
                .any(|pair| pair.key == "dateline.schema" && pair.value.as_deref() == Some(SCHEMA))
        );
        assert!(about.iter().any(|pair| pair.key == "dateline.table" && pair.value.as_deref() == Some("actors")));
        assert_eq!(reader.num_row_groups(), 2);
        let mut read = 0;
        for (nth, row) in reader.get_row_iter(None).unwrap().enumerate() {
            let row = row.unwrap();
            assert_eq!(row.get_string(0).unwrap(), &format!("a{nth:012x}"));
            let country = row.get_column_iter().nth(3).unwrap().1;
            assert_eq!(
                country,
                &if nth % 2 == 0 { Field::Str("UKR".to_owned()) } else { Field::Null }
            );
            let list = row.get_list(5).unwrap();
            assert_eq!(list.len(), nth % 3);
            assert!((0..list.len()).all(|item| list.get_string(item).unwrap() == &aliases[item]));
            assert_eq!(row.get_long(6).unwrap(), i64::try_from(nth).unwrap());
            read += 1;
        }
        assert_eq!(read, n_rows);
    }
}
