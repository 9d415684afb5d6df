//! Vocabulary in the wrong place: words compared with tokens in code, and rows that are in two tables.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

/// Number of comparisons `is(token, "word")` in a file.
pub(super) fn words_in_code(text: &str) -> usize {
    let comparisons = text.match_indices("is(").filter(|(at, _)| {
        let before = text[..*at].chars().next_back();
        let is_call = !before.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let arguments = text[at + 3..].split([';', '{', '}']).next().unwrap_or_default();
        is_call && names_a_word(arguments)
    });
    comparisons.count()
}

/// Whether the second of some arguments is a string.
fn names_a_word(arguments: &str) -> bool {
    let mut depth = 0;
    for (at, c) in arguments.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' if depth == 0 => return false,
            ')' | ']' => depth -= 1,
            ',' if depth == 0 => return arguments[at + 1..].trim_start().starts_with('"'),
            _ => {}
        }
    }
    false
}

/// The tables of the project and their rows.
#[derive(Debug, Default)]
pub(super) struct Tables(BTreeMap<PathBuf, BTreeSet<String>>);

impl Tables {
    /// Adds a table. Only rows of at least three cells count: two lists of words with their source may share words.
    pub(super) fn add(&mut self, name: &Path, text: &str) {
        let rows =
            text.lines().filter(|row| !row.starts_with('#') && row.matches('\t').count() > 1);
        self.0.insert(name.to_owned(), rows.map(str::to_owned).collect());
    }

    /// Pairs of tables that share more rows than a limit, with the number of rows.
    pub(super) fn duplicates(&self, limit: usize) -> Vec<(&Path, &Path, usize)> {
        let mut tables_of: BTreeMap<&str, Vec<&Path>> = BTreeMap::new();
        for (name, rows) in &self.0 {
            for row in rows {
                tables_of.entry(row).or_default().push(name);
            }
        }
        let mut shared: BTreeMap<(&Path, &Path), usize> = BTreeMap::new();
        for tables in tables_of.values() {
            for (at, first) in tables.iter().enumerate() {
                for second in &tables[at + 1..] {
                    *shared.entry((first, second)).or_default() += 1;
                }
            }
        }
        let pairs = shared.into_iter().filter(|(_, n_rows)| *n_rows > limit);
        pairs.map(|((first, second), n_rows)| (first, second, n_rows)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_with_a_word_are_counted() {
        let check = |code: &str, n: usize| assert_eq!(words_in_code(code), n, "{code}");
        check(r#"is(token, "tit") || clause::is(a.head(), "by")"#, 2);
        check("is(\n    token.head(),\n    \"to\",\n)", 1);
        check(r#"is(token, word); f("x")"#, 0);
        check(r#"this(a, "b"); is(x); it.is("c")"#, 0);
    }

    #[test]
    fn two_tables_with_the_same_rows_are_named() {
        let mut tables = Tables::default();
        let (a, b, c) = (Path::new("a.tsv"), Path::new("b.tsv"), Path::new("c.tsv"));
        tables.add(a, "# Words.\nbring\tx\town\nput\tx\town\ntake\ty\town\n");
        tables.add(b, "# Others.\nbring\tx\town\ntake\ty\town\nput\tx\n");
        tables.add(c, "bring\tx\town\ntake\tz\town\nput\tx\n");
        assert_eq!(tables.duplicates(1), [(a, b, 2)]);
        assert!(tables.duplicates(2).is_empty());
    }
}
