//! A row under way: its cells are set by the names of their columns, so that the order of columns is that of their table.

use super::Column;

/// The cells of a row, in the order of its columns.
#[derive(Debug)]
pub(super) struct RowBuilder<T> {
    columns: &'static [Column],
    cells: Vec<T>,
    /// Where the next name is looked for first: cells are mostly set in their order.
    next: usize,
}

impl<T: Clone> RowBuilder<T> {
    /// A row of empty cells.
    pub(super) fn new(columns: &'static [Column], empty: T) -> Self {
        Self { columns, cells: vec![empty; columns.len()], next: 0 }
    }

    /// Fills a cell.
    ///
    /// # Panics
    ///
    /// If there is no such column; a test writes a row of every table.
    pub(super) fn set(&mut self, name: &str, cell: impl Into<T>) {
        let is_named = |column: &Column| column.name == name;
        let ahead = self.columns[self.next..].iter().position(is_named).map(|at| self.next + at);
        let at = ahead
            .or_else(|| self.columns.iter().position(is_named))
            .unwrap_or_else(|| panic!("the table has no column `{name}`"));
        self.cells[at] = cell.into();
        self.next = at + 1;
    }

    /// Fills a cell, or leaves it empty.
    pub(super) fn maybe(&mut self, name: &str, cell: Option<impl Into<T>>) {
        if let Some(cell) = cell {
            self.set(name, cell);
        }
    }

    pub(super) fn finish(self) -> Vec<T> {
        self.cells
    }
}
