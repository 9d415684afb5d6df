//! Builder of a row whose cells are set by column name, so the order is that of the table.

use super::Column;

/// Cells of a row, in column order.
#[derive(Debug)]
pub(super) struct RowBuilder<T> {
    columns: &'static [Column],
    cells: Vec<T>,
    /// Column to try first for the next name: cells are mostly set in order.
    next: usize,
}

impl<T: Clone> RowBuilder<T> {
    /// Creates a row of empty cells.
    pub(super) fn new(columns: &'static [Column], empty: T) -> Self {
        Self { columns, cells: vec![empty; columns.len()], next: 0 }
    }

    /// Sets a cell.
    ///
    /// # Panics
    ///
    /// If there is no such column. A test writes a row of every table.
    pub(super) fn set(&mut self, name: &str, cell: impl Into<T>) {
        let is_named = |column: &Column| column.name == name;
        let ahead = self.columns[self.next..].iter().position(is_named).map(|at| self.next + at);
        let at = ahead
            .or_else(|| self.columns.iter().position(is_named))
            .unwrap_or_else(|| panic!("the table has no column `{name}`"));
        self.cells[at] = cell.into();
        self.next = at + 1;
    }

    /// Sets a cell if there is a value.
    pub(super) fn maybe(&mut self, name: &str, cell: Option<impl Into<T>>) {
        if let Some(cell) = cell {
            self.set(name, cell);
        }
    }

    pub(super) fn finish(self) -> Vec<T> {
        self.cells
    }
}
