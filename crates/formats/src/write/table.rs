//! Writer of tables as CSV, TSV or NDJSON, one row at a time.
//!
//! - **CSV** follows RFC 4180: UTF-8, commas, quotes where needed, CR LF line ends, a header.
//! - **TSV** has no quotes: a tab in a cell is `\t`, a line feed `\n`, a carriage return `\r`, a backslash `\\`. Lines end in LF.
//! - **NDJSON** is one object per line with every column in order. A missing value is `null`, an empty list `[]`.
//!
//! Items of a list in CSV or TSV are separated by `;`. A `;` or backslash in an item is escaped with a backslash.
//!
//! Spreadsheets run a cell that starts with `=`, `+`, `-` or `@`, and news is untrusted. In CSV and TSV, a text that starts with one
//! of these, a tab or a carriage return is prefixed with `'`, unless the table is raw. Numbers are not changed.

use std::io::{self, Write};

use dateline_data::labels;
use serde_json::{Map, Number, Value};

use super::Column;
labels! {
    /// File format of a table.
    pub enum Shape, one of "a table format" {
        /// Commas, quotes, RFC 4180.
        Csv = "csv",
        /// Tabs, no quotes.
        Tsv = "tsv",
        /// JSON, one object per line.
        Ndjson = "ndjson",
    }
}

/// Cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number. A number that is not finite is written as missing.
    Real(f64),
    /// True or false.
    Bool(bool),
    /// A list of texts.
    List(Vec<String>),
    /// Missing.
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Real(number)
    }
}

impl From<Vec<String>> for Cell {
    fn from(list: Vec<String>) -> Self {
        Self::List(list)
    }
}

/// Writes rows under a header.
///
/// ```
/// use dateline_formats::write::{Cell, Column, ColumnKind, Shape, Table};
///
/// static COLUMNS: [Column; 1] = [Column { name: "place", kind: ColumnKind::Text, about: "Where." }];
/// let mut out = Vec::new();
/// let mut table = Table::new(&mut out, &COLUMNS, Shape::Csv, false)?;
/// table.row(&[Cell::Text("Geneva, Switzerland".to_owned())])?;
/// drop(table);
/// assert_eq!(out, b"place\r\n\"Geneva, Switzerland\"\r\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Table<'w> {
    to: &'w mut dyn Write,
    columns: &'static [Column],
    shape: Shape,
    raw: bool,
    line: Vec<u8>,
}

impl std::fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table")
            .field("shape", &self.shape)
            .field("raw", &self.raw)
            .finish_non_exhaustive()
    }
}

impl<'w> Table<'w> {
    /// Starts a table and writes its header. `raw` leaves text unchanged even if a spreadsheet would run it as a formula.
    ///
    /// # Errors
    ///
    /// If writing to `to` fails.
    pub fn new(
        to: &'w mut dyn Write,
        columns: &'static [Column],
        shape: Shape,
        raw: bool,
    ) -> io::Result<Self> {
        let mut table = Self { to, columns, shape, raw, line: Vec::new() };
        if shape != Shape::Ndjson {
            let header: Vec<Cell> = columns.iter().map(|column| column.name.into()).collect();
            table.row(&header)?;
        }
        Ok(table)
    }

    /// Writes a row: one cell per column, in order.
    ///
    /// # Errors
    ///
    /// If writing to `to` fails.
    ///
    /// # Panics
    ///
    /// If the number of cells differs from that of columns.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        assert_eq!(cells.len(), self.columns.len(), "a row has a cell a column");
        self.line.clear();
        match self.shape {
            Shape::Csv => self.commas(cells)?,
            Shape::Tsv => self.tabs(cells),
            Shape::Ndjson => self.object(cells)?,
        }
        self.to.write_all(&self.line)
    }

    fn commas(&mut self, cells: &[Cell]) -> io::Result<()> {
        let mut writer = csv::WriterBuilder::new()
            .buffer_capacity(1 << 10)
            .terminator(csv::Terminator::CRLF)
            .from_writer(&mut self.line);
        for cell in cells {
            writer.write_field(written(cell, self.raw))?;
        }
        writer.write_record(None::<&[u8]>)?;
        writer.flush()
    }

    fn tabs(&mut self, cells: &[Cell]) {
        for (nth, cell) in cells.iter().enumerate() {
            if nth > 0 {
                self.line.push(b'\t');
            }
            for byte in written(cell, self.raw).bytes() {
                match byte {
                    b'\t' => self.line.extend(b"\\t"),
                    b'\n' => self.line.extend(b"\\n"),
                    b'\r' => self.line.extend(b"\\r"),
                    b'\\' => self.line.extend(b"\\\\"),
                    byte => self.line.push(byte),
                }
            }
        }
        self.line.push(b'\n');
    }

    fn object(&mut self, cells: &[Cell]) -> io::Result<()> {
        let pairs = self.columns.iter().zip(cells);
        let object: Map<String, Value> =
            pairs.map(|(column, cell)| (column.name.to_owned(), json(cell))).collect();
        serde_json::to_writer(&mut self.line, &object)?;
        self.line.push(b'\n');
        Ok(())
    }
}

/// Formats a cell as text.
fn written(cell: &Cell, raw: bool) -> String {
    match cell {
        Cell::Text(text) if raw => text.clone(),
        Cell::Text(text) => guarded(text),
        Cell::Integer(number) => number.to_string(),
        Cell::Real(number) if number.is_finite() => number.to_string(),
        Cell::Bool(is) => is.to_string(),
        Cell::List(items) => {
            let escaped = |item: &String| item.replace('\\', "\\\\").replace(';', "\\;");
            let joined = items.iter().map(escaped).collect::<Vec<_>>().join(";");
            if raw { joined } else { guarded(&joined) }
        }
        Cell::Real(_) | Cell::Empty => String::new(),
    }
}

/// Prefixes a text with `'` if a spreadsheet would run it as a formula.
pub(super) fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn json(cell: &Cell) -> Value {
    match cell {
        Cell::Text(text) => Value::String(text.clone()),
        Cell::Integer(number) => Value::Number((*number).into()),
        Cell::Real(number) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
        Cell::Bool(is) => Value::Bool(*is),
        Cell::List(items) => items.iter().cloned().map(Value::String).collect(),
        Cell::Empty => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::ColumnKind;

    const COLUMNS: &[Column] = &[
        Column { name: "name", kind: ColumnKind::Text, about: "" },
        Column { name: "score", kind: ColumnKind::Real, about: "" },
        Column { name: "aliases", kind: ColumnKind::List, about: "" },
    ];

    fn check(shape: Shape, raw: bool, cells: &[Cell; 3], expected: &str) {
        let mut out = Vec::new();
        let mut table = Table::new(&mut out, COLUMNS, shape, raw).unwrap();
        table.row(cells).unwrap();
        let out = String::from_utf8(out).unwrap();
        let rows = out
            .split_once('\n')
            .filter(|_| shape != Shape::Ndjson)
            .map_or(out.as_str(), |(_, rows)| rows);
        assert_eq!(rows, expected);
    }

    fn cells(name: &str, score: f64, list: &[&str]) -> [Cell; 3] {
        [
            name.into(),
            Cell::Real(score),
            Cell::List(list.iter().map(|&item| item.to_owned()).collect()),
        ]
    }

    #[test]
    fn delimiters_in_text_are_escaped() {
        let row = || cells("a,\"b\"\tc\nd\\", 2.5, &["x;y", "z"]);
        check(Shape::Csv, false, &row(), "\"a,\"\"b\"\"\tc\nd\\\",2.5,x\\;y;z\r\n");
        check(Shape::Tsv, false, &row(), "a,\"b\"\\tc\\nd\\\\\t2.5\tx\\\\;y;z\n");
        check(
            Shape::Ndjson,
            false,
            &row(),
            "{\"name\":\"a,\\\"b\\\"\\tc\\nd\\\\\",\"score\":2.5,\"aliases\":[\"x;y\",\"z\"]}\n",
        );
    }

    #[test]
    fn formulas_are_defused() {
        check(Shape::Csv, false, &cells("=1+1", -5.0, &["@a"]), "'=1+1,-5,'@a\r\n");
        check(Shape::Tsv, false, &cells("\tx", -5.5, &[]), "'\\tx\t-5.5\t\n");
        check(Shape::Csv, true, &cells("-x", -5.0, &[]), "-x,-5,\r\n");
        check(
            Shape::Ndjson,
            false,
            &cells("=x", f64::NAN, &[]),
            "{\"name\":\"=x\",\"score\":null,\"aliases\":[]}\n",
        );
    }
}
