//! SQL queries of the user.

use rusqlite::types::ValueRef;
use serde_json::Value;

use crate::{error::StoreError, ledger::Ledger};

/// Result of an SQL query.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SqlResult {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows, each with one value per column. A blob is given as text with the number of its bytes.
    pub rows: Vec<Vec<Value>>,
}

impl Ledger {
    /// Runs one SQL query that only reads. `SELECT sql FROM sqlite_schema` returns the tables with comments on their columns.
    ///
    /// ```
    /// use std::path::Path;
    /// use dateline_store::Ledger;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let ledger = Ledger::open(Path::new("tests/data/schema-5.db"))?;
    /// let result = ledger.sql("SELECT count(*) AS documents FROM document")?;
    /// assert_eq!((result.columns[0].as_str(), &result.rows[0][0]), ("documents", &3.into()));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// - [`StoreError::Query`] if the query is invalid or would change the ledger.
    /// - [`StoreError::Interrupted`] if the query was interrupted.
    pub fn sql(&self, query: &str) -> Result<SqlResult, StoreError> {
        let refused = |error: rusqlite::Error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::OperationInterrupted) => StoreError::Interrupted,
            _ => StoreError::Query(error.to_string()),
        };
        let mut select = self.db.prepare(query).map_err(refused)?;
        if !select.readonly() {
            return Err(StoreError::Query(
                "it would change the ledger; only queries that read are allowed".to_owned(),
            ));
        }
        let columns: Vec<String> = select.column_names().map(str::to_owned).collect();
        let mut rows = select.query([]).map_err(refused)?;
        let mut answer = SqlResult { columns, rows: Vec::new() };
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
