//! Tables as CSV, TSV or lines of JSON, a row at a time.
//!
//! - **CSV** is RFC 4180: UTF-8, commas, quotes where they are needed, lines that end in CR LF, a header.
//! - **TSV** has no quotes: a tab in a cell is `\t`, a line feed `\n`, a carriage return `\r`, a backslash `\\`. Lines end in LF.
//! - **NDJSON** is an object a line with every column in its order; nothing is `null`, and a list of nothing `[]`.
//!
//! A list in a cell of CSV or TSV is joined by `;`. A `;` or backslash of its items has a backslash before it.
//!
//! Spreadsheets run a cell that opens with `=`, `+`, `-` or `@`, and news is untrusted: in CSV and TSV a text that opens with one
//! of these, a tab or a carriage return gets a `'` in front, unless the table is raw. Numbers are never touched.

use std::io::{self, Write};

use dateline_data::labels;
use serde_json::{Map, Number, Value};

use super::Column;
labels! {
    /// What a table is written as.
    pub enum Shape, one of "a table format" {
        /// Commas, quotes, RFC 4180.
        Csv = "csv",
        /// Tabs, no quotes.
        Tsv = "tsv",
        /// JSON objects, a line each.
        Ndjson = "ndjson",
    }
}

/// What stands in one column of one row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number; one that is not finite is written as nothing.
    Real(f64),
    /// Yes or no.
    Bool(bool),
    /// Texts.
    List(Vec<String>),
    /// Nothing.
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
    /// A table of the columns, its header written. `raw` leaves text as it is even where a spreadsheet would run it.
    ///
    /// # Errors
    ///
    /// If `to` takes no more.
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

    /// Writes a row: a cell a column, in their order.
    ///
    /// # Errors
    ///
    /// If `to` takes no more.
    ///
    /// # Panics
    ///
    /// If there are more or fewer cells than columns.
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

/// A cell as one text.
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

/// The text, with a `'` in front if a spreadsheet would run it.
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
    fn marks_of_a_format_are_kept_apart_from_text() {
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
    fn spreadsheets_run_nothing() {
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
