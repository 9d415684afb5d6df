//! Actor files in Dateline's own format: tab-separated, one row for each actor or each of its offices.
//!
//! ```text
//! # name             aliases           country  sectors  from        to
//! Alice Mwangi        A. Mwangi         KEN      GOV      2019-03-01  2023-08-31
//! Kivu Relief Network KRN|Kivu Network  COD      NGO
//! ```

use dateline_core::codes::{Country, Sector};
use jiff::civil::Date;

use super::{Actors, BadLine, Builder, Codes, DatedCodes, Writing, cameo::Letters};

/// Column names, as in a header row.
const COLUMNS: [&str; 6] = ["name", "aliases", "country", "sectors", "from", "to"];

impl Actors {
    /// Reads a tab-separated list with the columns name, aliases, country, sectors, from, to.
    ///
    /// Returns the list, and the lines that could not be used.
    ///
    /// Aliases are separated by `|`, sectors by spaces. Dates are ISO 8601, and both ends are included. Cells may be
    /// empty or `-`, and trailing cells may be missing. A header row, blank lines and lines that start with `#` are
    /// skipped. `country` may hold PLOVER's code of an international organization instead (`UNO`, `EUR`, `IGONATO`).
    /// Rows with the same name describe one actor, with the codes of each row on its dates.
    ///
    /// ```
    /// use dateline_extract::{Actors, Extractor, read_document};
    ///
    /// let (actors, bad) = Actors::read_tsv("Kivu Relief Network\tKRN\tCOD\tNGO\n");
    /// assert!(bad.is_empty());
    /// let extractor = Extractor::new().with_actors(actors);
    /// let record = extractor.extract(&read_document("Envoys met KRN in Goma.\n"));
    /// assert!(record.entities.iter().any(|entity| entity.code.as_deref() == Some("CODNGO")));
    /// ```
    pub fn read_tsv(text: &str) -> (Self, Vec<BadLine>) {
        let letters = Letters::new();
        let mut builder = Builder::default();
        let mut bad = Vec::new();
        let mut is_first = true;
        for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            let is_header = is_first && cells.len() > 1 && COLUMNS.starts_with(&cells);
            is_first = false;
            if !is_header {
                row(&cells, at + 1, &letters, &mut builder, &mut bad);
            }
        }
        (builder.finish(), bad)
    }
}

/// Reads a row. A row with a bad cell is left out: half an actor would be worse than none.
fn row(
    cells: &[&str],
    line: usize,
    letters: &Letters,
    builder: &mut Builder,
    bad: &mut Vec<BadLine>,
) {
    const CURE: &str = "the row is left out";
    let cell = |column: usize| {
        Some(cells.get(column).copied().unwrap_or("-")).filter(|it| *it != "-" && !it.is_empty())
    };
    let mut refuse = |read: &str, expected| bad.push(BadLine::new(line, read, expected, CURE));
    if let Some(extra) =
        cells.get(COLUMNS.len()..).and_then(|extra| extra.iter().find(|it| !it.is_empty()))
    {
        return refuse(
            extra,
            "six columns parted by tabs: name, aliases, country, sectors, from, to",
        );
    }
    let Some(name) = cell(0).filter(|name| name.contains(char::is_alphanumeric)) else {
        return refuse(cells[0], "a name in the first column");
    };
    if cells.len() == 1 {
        return refuse(
            name,
            "columns parted by tabs, not blanks: name, aliases, country, sectors, from, to",
        );
    }
    let mut codes = Codes::default();
    if let Some(place) = cell(2) {
        match code_of(place, letters) {
            Some(Ok(country)) => codes.country = Some(country),
            Some(Err(body)) => codes.international = Some(body),
            None => {
                return refuse(
                    place,
                    "a country by ISO 3166-1 alpha-3 such as KEN, or UNO, EUR or IGO and a short name",
                );
            }
        }
    }
    for word in cell(3).unwrap_or_default().split_ascii_whitespace() {
        match word.parse::<Sector>() {
            Ok(sector) => codes.sectors.push(sector),
            Err(_) => {
                return refuse(
                    word,
                    "PLOVER sectors of three letters, such as GOV or MIL, parted by blanks",
                );
            }
        }
    }
    let mut days = [None; 2];
    for (day, column) in days.iter_mut().zip([4, 5]) {
        if let Some(text) = cell(column) {
            let Ok(date) = text.parse::<Date>() else {
                return refuse(text, "a date as YYYY-MM-DD");
            };
            *day = Some(date);
        }
    }
    let [from, to] = days;
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return refuse(cell(5).unwrap_or_default(), "a last day that is not before the first");
    }
    let aliases = cell(1).unwrap_or_default().split('|').map(str::trim).filter(|it| !it.is_empty());
    let actor = builder.named(name);
    for alias in std::iter::once(name).chain(aliases) {
        builder.spell(actor, alias, Writing::Normal);
    }
    builder.code(actor, DatedCodes { codes, from, to });
}

/// Reads a country, or the code of an international organization.
fn code_of(text: &str, letters: &Letters) -> Option<Result<Country, String>> {
    if let Some(country) = letters.country(text) {
        return Some(Ok(country));
    }
    let is_short = |name: &str| {
        !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    let is_body = matches!(text, "UNO" | "EUR") || text.strip_prefix("IGO").is_some_and(is_short);
    is_body.then(|| Err(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the number of names, and each bad line as `LINE read EXPECTED`.
    fn check(text: &str, n_names: usize, expected: &[&str]) {
        let (actors, bad) = Actors::read_tsv(text);
        assert_eq!(actors.n_names(), n_names, "{text}");
        let bad: Vec<String> = bad.iter().map(|bad| format!("{} {}", bad.line, bad.read)).collect();
        assert_eq!(bad, expected, "{text}");
    }

    #[test]
    fn rows_may_lack_trailing_cells_and_a_header_is_skipped() {
        check(
            "name\taliases\tcountry\n# a comment\n\nAna Ruiz\t\tCHL\r\nOmo Club\t-\t-\tLAB\n",
            2,
            &[],
        );
        check("Ana Ruiz\tA. Ruiz | Ruiz\tCHL\tGOV OPP\t2020-01-01\t2021-12-31\n", 3, &[]);
        check("Ruiz Bank\tRB\tIGORB\tIGO\n", 2, &[]);
    }

    #[test]
    fn a_bad_row_is_reported_and_the_rest_is_read() {
        let text = "Ana Ruiz\t\tCL\tGOV\nBo Ruiz\t\tCHL\tGVT\nCy Ruiz\t\tCHL\tGOV\t3 May\nDi Ruiz\t\tCHL\n";
        check(text, 1, &["1 CL", "2 GVT", "3 3 May"]);
        check("Ana Ruiz  CHL  GOV\n\t\tCHL\n", 0, &["1 Ana Ruiz  CHL  GOV", "2 "]);
        check("Ana Ruiz\t\tCHL\tGOV\t2021-01-01\t2020-01-01\n", 0, &["1 2020-01-01"]);
        check("Ana Ruiz\t\tCHL\tGOV\t\t\tx\n", 0, &["1 x"]);
    }
}
