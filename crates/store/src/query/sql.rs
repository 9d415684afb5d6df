//! Questions of the user's own, in SQL.

use rusqlite::types::ValueRef;
use serde_json::Value;

use crate::{StoreError, ledger::Ledger};

/// The rows of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, each a value a column; blobs as the number of their bytes.
    pub rows: Vec<Vec<Value>>,
}

impl Ledger {
    /// Runs one query that reads. The tables are described in the schema: `SELECT sql FROM sqlite_schema`.
    ///
    /// # Errors
    ///
    /// If it is no query, would write, or asks for something that is not there.
    pub fn sql(&self, query: &str) -> Result<Answer, StoreError> {
        let refused = |error: rusqlite::Error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::OperationInterrupted) => StoreError::Interrupted,
            _ => StoreError::Query(error.to_string()),
        };
        let mut select = self.db.prepare(query).map_err(refused)?;
        if !select.readonly() {
            return Err(StoreError::Query(
                "it would write, and only reading is allowed".to_owned(),
            ));
        }
        let columns: Vec<String> = select.column_names().map(str::to_owned).collect();
        let mut rows = select.query([]).map_err(refused)?;
        let mut answer = Answer { columns, rows: Vec::new() };
        while let Some(row) = rows.next().map_err(refused)? {
            let cells = (0..answer.columns.len())
                .map(|column| row.get_ref(column).map(value))
                .collect::<Result<_, _>>()
                .map_err(refused)?;
            answer.rows.push(cells);
        }
        Ok(answer)
    }
}

fn value(cell: ValueRef<'_>) -> Value {
    match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
        ValueRef::Blob(bytes) => format!("{} bytes", bytes.len()).into(),
    }
}
