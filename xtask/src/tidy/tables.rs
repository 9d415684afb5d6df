//! Tables of tab-separated values: described at the top, sorted, without duplicates.

use std::path::Path;

use super::Findings;

/// Reports a missing comment on top, empty lines, rows out of order, and rows that occur twice.
pub(super) fn check(name: &Path, text: &str, findings: &mut Findings) {
    if !text.starts_with('#') {
        findings.add(name, 1, "no comment on top; describe the columns and the source");
    }
    let rows = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    let mut last: Option<(&str, &str)> = None;
    for (number, row) in rows {
        if row.is_empty() {
            findings.add(name, number + 1, "empty line; remove it");
            continue;
        }
        let key = row.split('\t').next().unwrap_or_default();
        // Sorted by whole lines or by the first column: the two differ for codes such as `01` and `010`.
        if last.is_some_and(|(last_row, last_key)| last_row > row && last_key > key) {
            findings.add(name, number + 1, "out of order; sort the rows by their bytes");
        }
        if last.is_some_and(|(last_row, _)| last_row == row) {
            findings.add(name, number + 1, "the row occurs twice; remove one");
        }
        last = Some((row, key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_table(text: &str, expected: &[&str]) {
        let mut findings = Findings::default();
        check(Path::new("data/a.tsv"), text, &mut findings);
        assert_eq!(findings.lines(), expected);
    }

    #[test]
    fn a_table_is_sorted_under_its_comment() {
        check_table("# Words.\nabide\tx\nbring\tx\n", &[]);
        check_table(
            "# Words.\nbring\tx\nabide\tx\nabide\tx\n",
            &[
                "data/a.tsv:3: out of order; sort the rows by their bytes",
                "data/a.tsv:4: the row occurs twice; remove one",
            ],
        );
    }
}
