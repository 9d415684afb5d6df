//! Rows of query results, as JSON, CSV or an aligned table.

use std::io::{self, IsTerminal as _};

use serde::Serialize;
use serde_json::Value;

use crate::{
    arguments::RowFormat,
    output, table,
    text::{self, clipped, columns, escaped, padded},
};

/// Space between columns.
const GAP: &str = "  ";
/// Maximum width of all columns but the last.
const WIDEST: usize = 40;

/// Prints rows: all fields as JSON, the fields of `all` as CSV, those of `shown` as a table.
///
/// # Errors
///
/// If standard output cannot be written.
pub(super) fn print<T: Serialize>(
    format: RowFormat,
    rows: &[T],
    all: &[&str],
    shown: &[&str],
) -> anyhow::Result<()> {
    let values: Vec<Value> = rows.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
    let printed = match format {
        RowFormat::Json => output::json_line(&values),
        RowFormat::Ndjson => values.iter().map(output::json_line).collect(),
        RowFormat::Csv => {
            let head = std::iter::once(all.iter().map(|name| (*name).to_owned()).collect());
            let cells = |value: &Value| all.iter().map(|name| cell(&value[*name])).collect();
            table::csv(head.chain(values.iter().map(cells)))
        }
        RowFormat::Table => {
            let cells =
                |value: &Value| shown.iter().map(|name| for_people(&value[*name])).collect();
            aligned(shown, &values.iter().map(cells).collect::<Vec<Vec<String>>>())
        }
    };
    write(&printed)
}

/// Writes to standard output.
///
/// # Errors
///
/// If it cannot be written.
pub(super) fn write(text: &str) -> anyhow::Result<()> {
    let mut out = output::for_programs();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Width of the output, in terminal columns.
pub(super) fn width() -> usize {
    text::width(io::stdout().is_terminal())
}

/// Formats a value for a cell: several values are separated by `|`, and null is empty.
pub(super) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join("|"),
        other => other.to_string(),
    }
}

fn for_people(value: &Value) -> String {
    let shown = match value {
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join(", "),
        Value::Null => "-".to_owned(),
        other => cell(other),
    };
    escaped(&shown)
}

/// Aligns rows under a header; the last column is clipped to the remaining width.
pub(super) fn aligned(head: &[&str], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return "no results\n".to_owned();
    }
    let last = head.len() - 1;
    let widths: Vec<usize> = (0..head.len())
        .map(|at| {
            let cells = rows.iter().map(|row| columns(&row[at]));
            cells.max().unwrap_or(0).max(columns(head[at])).min(WIDEST)
        })
        .collect();
    let left: usize = widths[..last].iter().map(|width| width + GAP.len()).sum();
    let rest = width().saturating_sub(left).max(WIDEST);
    let line = |cells: &mut dyn Iterator<Item = &str>| -> String {
        let mut line = String::new();
        for (at, cell) in cells.enumerate() {
            if at == last {
                line.push_str(&clipped(cell, rest));
            } else {
                line.push_str(&padded(&clipped(cell, widths[at]), widths[at]));
                line.push_str(GAP);
            }
        }
        line.truncate(line.trim_end().len());
        line + "\n"
    };
    let mut printed = line(&mut head.iter().copied());
    for row in rows {
        printed.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    printed
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_cell_holds_several_values_or_none() {
        assert_eq!(cell(&json!(["a", "b"])), "a|b");
        assert_eq!(cell(&Value::Null), "");
        assert_eq!(for_people(&json!("a\u{1b}[2J")), "a\\u{1b}[2J");
    }

    #[test]
    fn columns_are_aligned() {
        let rows =
            vec![vec!["x".to_owned(), "one".to_owned()], vec!["long".to_owned(), "two".to_owned()]];
        assert_eq!(aligned(&["id", "of"], &rows), "id    of\nx     one\nlong  two\n");
    }
}
