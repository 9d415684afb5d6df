//! Actors as a table for CSV and TSV.

use super::row::{ActorRow, Decision};

/// Columns; with explanations, `decided` follows.
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

/// Builds the rows of the table, header first.
pub(super) fn rows(rows: &[ActorRow], explained: bool) -> impl Iterator<Item = Vec<String>> {
    let mut head: Vec<String> = COLUMNS.map(str::to_owned).to_vec();
    if explained {
        head.push("decided".to_owned());
    }
    std::iter::once(head).chain(rows.iter().map(move |row| cells(row, explained)))
}

fn cells(row: &ActorRow, explained: bool) -> Vec<String> {
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
    cells
}

/// Formats a decision, such as `country KEN by country-named from "Kenyan" (a.txt:3)`.
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
    fn titles_and_counts_have_a_cell_each() {
        let row = ActorRow {
            code: None,
            name: "Ann".to_owned(),
            kind: EntityKind::Person,
            country: None,
            sectors: Vec::new(),
            titles: vec!["King".to_owned(), "Duke".to_owned()],
            counts: Counts::default(),
            decisions: Vec::new(),
        };
        let found: Vec<Vec<String>> = rows(&[row], true).collect();
        assert_eq!(found[0].len(), found[1].len());
        assert_eq!(found[1].join(","), ",Ann,person,,,King|Duke,0,0,0,0,0,");
    }
}
