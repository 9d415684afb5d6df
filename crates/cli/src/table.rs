//! Tables for programs: CSV (RFC 4180) or tab-separated.

/// Formats rows as CSV; cells are quoted where needed.
pub(crate) fn csv(rows: impl Iterator<Item = Vec<String>>) -> String {
    written(rows, ",", "\r\n", |cell| {
        if cell.contains([',', '"', '\r', '\n']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    })
}

/// Formats rows with tabs between cells. Tabs and line breaks within cells become spaces.
pub(crate) fn tsv(rows: impl Iterator<Item = Vec<String>>) -> String {
    written(rows, "\t", "\n", |cell| cell.replace(['\t', '\r', '\n'], " "))
}

fn written(
    rows: impl Iterator<Item = Vec<String>>,
    between: &str,
    end: &str,
    cell: impl Fn(&str) -> String,
) -> String {
    let line = |row: Vec<String>| {
        let cells: Vec<String> = row.iter().map(|text| cell(text)).collect();
        cells.join(between) + end
    };
    rows.map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_would_break_the_table_are_quoted_or_blanked() {
        let rows = || std::iter::once(vec!["\"Ann, the\tRed\"".to_owned(), "King".to_owned()]);
        assert_eq!(csv(rows()), "\"\"\"Ann, the\tRed\"\"\",King\r\n");
        assert_eq!(tsv(rows()), "\"Ann, the Red\"\tKing\n");
    }
}
