//! Rows of tab-separated tables.

use std::iter::Enumerate;

/// Returns the rows of a table in their order: every line that is neither empty nor a comment (`#`).
///
/// ```
/// use dateline_data::rows;
/// let numbers: Vec<usize> = rows("# head\nask\tverb\n\ntell\tverb\n").map(|row| row.line()).collect();
/// assert_eq!(numbers, [2, 4]);
/// ```
pub fn rows(tsv: &str) -> Rows<'_> {
    Rows(tsv.lines().enumerate())
}

/// Iterator over the rows of a table, made by [`rows`].
#[derive(Debug, Clone)]
pub struct Rows<'t>(Enumerate<std::str::Lines<'t>>);

impl<'t> Iterator for Rows<'t> {
    type Item = Row<'t>;

    fn next(&mut self) -> Option<Row<'t>> {
        let (at, text) = self.0.find(|(_, text)| !text.starts_with('#') && !text.is_empty())?;
        Some(Row { line: at + 1, text })
    }
}

/// One row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'t> {
    line: usize,
    text: &'t str,
}

impl<'t> Row<'t> {
    /// Line number in the table, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The whole line, without its line end.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The first column.
    pub fn key(&self) -> &'t str {
        self.cells().next().unwrap_or_default()
    }

    /// The columns, in their order.
    pub fn cells(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        self.text.split('\t')
    }

    /// All columns of a row that has exactly `N`; `None` if it has more or fewer.
    ///
    /// ```
    /// use dateline_data::rows;
    /// let row = rows("ask\tverb\n").next().expect("one row");
    /// assert_eq!(row.columns(), Some(["ask", "verb"]));
    /// assert_eq!(row.columns::<3>(), None);
    /// ```
    pub fn columns<const N: usize>(&self) -> Option<[&'t str; N]> {
        let mut cells = self.cells();
        let columns = fill(&mut cells)?;
        cells.next().is_none().then_some(columns)
    }

    /// The first `N` columns; `None` if the row has fewer.
    pub fn first_columns<const N: usize>(&self) -> Option<[&'t str; N]> {
        fill(&mut self.cells())
    }
}

/// The next `N` columns; `None` if there are fewer.
fn fill<'t, const N: usize>(cells: &mut impl Iterator<Item = &'t str>) -> Option<[&'t str; N]> {
    let mut columns = [""; N];
    for column in &mut columns {
        *column = cells.next()?;
    }
    Some(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_empty_lines_are_not_rows() {
        let keys: Vec<&str> = rows("# a\n\nb\tc\r\n#d\ne").map(|row| row.key()).collect();
        assert_eq!(keys, ["b", "e"]);
        assert_eq!(rows("b\tc\r\n").next().and_then(|row| row.columns()), Some(["b", "c"]));
    }

    #[test]
    fn columns_are_counted() {
        let row = rows("a\t\tc").next().unwrap();
        assert_eq!(row.columns(), Some(["a", "", "c"]));
        assert_eq!(row.columns::<2>(), None);
        assert_eq!(row.columns::<4>(), None);
        assert_eq!(row.first_columns(), Some(["a", ""]));
        assert_eq!(row.first_columns::<4>(), None);
    }
}
