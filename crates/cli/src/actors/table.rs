//! Actors as a table for programs: comma-separated as RFC 4180 has it, or tab-separated.

use super::row::{Decision, Row};

/// The columns; with explanations `decided` follows.
const COLUMNS: [&str; 11] = [
    "code",
    "name",
    "kind",
    "country",
    "sectors",
    "titles",
    "documents",
    "mentions",
    "statements",
    "source",
    "target",
];

pub(super) fn csv(rows: &[Row], explained: bool) -> String {
    lines(rows, explained, ",", "\r\n", |cell| {
        if cell.contains([',', '"', '\r', '\n']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    })
}

/// Tabs and line breaks in a cell, which a tab-separated table cannot hold, become blanks.
pub(super) fn tsv(rows: &[Row], explained: bool) -> String {
    lines(rows, explained, "\t", "\n", |cell| cell.replace(['\t', '\r', '\n'], " "))
}

fn lines(
    rows: &[Row],
    explained: bool,
    between: &str,
    end: &str,
    written: impl Fn(&str) -> String,
) -> String {
    let mut head: Vec<String> = COLUMNS.map(str::to_owned).to_vec();
    if explained {
        head.push("decided".to_owned());
    }
    let mut out = head.join(between) + end;
    for row in rows {
        let sectors: Vec<&str> = row.sectors.iter().map(|sector| sector.as_str()).collect();
        let counts = row.counts;
        let mut cells = vec![
            row.code.clone().unwrap_or_default(),
            row.name.clone(),
            row.kind_name().to_owned(),
            row.country.map(|country| country.to_string()).unwrap_or_default(),
            sectors.join(" "),
            row.titles.join("|"),
            counts.documents.to_string(),
            counts.mentions.to_string(),
            counts.statements.to_string(),
            counts.source.to_string(),
            counts.target.to_string(),
        ];
        if explained {
            cells.push(row.decisions.iter().map(decided).collect::<Vec<_>>().join(" | "));
        }
        let cells: Vec<String> = cells.iter().map(|cell| written(cell)).collect();
        out.push_str(&cells.join(between));
        out.push_str(end);
    }
    out
}

/// A decision in a cell: `country KEN by country-named from "Kenyan" (a.txt:3)`.
fn decided(decision: &Decision) -> String {
    let Decision { field, value, rule, words, file, line } = decision;
    let words = words.as_ref().map(|words| format!(" from \"{words}\"")).unwrap_or_default();
    format!("{field} {value} by {rule}{words} ({file}:{line})")
}

#[cfg(test)]
mod tests {
    use dateline_core::EntityKind;

    use super::*;
    use crate::actors::row::Counts;

    #[test]
    fn cells_that_would_break_the_table_are_quoted_or_blanked() {
        let row = Row {
            code: None,
            name: "\"Ann, the\tRed\"".to_owned(),
            kind: EntityKind::Person,
            country: None,
            sectors: Vec::new(),
            titles: vec!["King".to_owned(), "Duke".to_owned()],
            counts: Counts::default(),
            decisions: Vec::new(),
        };
        let rows = [row];
        let last = |table: String| table.lines().last().unwrap().to_owned();
        assert_eq!(
            last(csv(&rows, false)),
            ",\"\"\"Ann, the\tRed\"\"\",person,,,King|Duke,0,0,0,0,0"
        );
        assert_eq!(
            last(tsv(&rows, true)),
            "\t\"Ann, the Red\"\tperson\t\t\tKing|Duke\t0\t0\t0\t0\t0\t"
        );
    }
}
