//! The news agency a text comes from: named in the dateline, or in a credit line at the end.
//!
//! - fires: *MOSCOW, May 8 (Reuters) - …*, *(AP) — …*, *(With ANI Inputs)*, *— AFP*
//! - silent: *He told Reuters that …*, *(AP Moller) - …*

use std::sync::LazyLock;

use crate::table::{Lower, Table};

static AGENCIES: LazyLock<Table<&'static str>> = LazyLock::new(|| {
    Table::read(include_str!("../../data/en/document/agencies.tsv"), |columns| columns[1])
});
static CREDIT_WORDS: LazyLock<Table<()>> =
    LazyLock::new(|| Table::read(include_str!("../../data/en/document/credit_words.tsv"), |_| ()));

/// Maximum length of a dateline, in bytes.
const DATELINE: usize = 160;
/// Maximum length of a credit line, in bytes.
const CREDIT: usize = 80;
/// Maximum number of paragraphs above the dateline: headline, byline, date.
const ABOVE: usize = 6;

/// Returns the short name of the agency that a body names as its source.
pub(super) fn read(body: &str) -> Option<&'static str> {
    let lines = || body.lines().map(str::trim).filter(|line| !line.is_empty());
    let dateline = || lines().take(ABOVE).find_map(dateline);
    let credit = || lines().rev().take(3).find_map(credit);
    dateline().or_else(credit)
}

/// Returns the short name of the agency that a string names in full.
pub(super) fn named(name: &str) -> Option<&'static str> {
    AGENCIES.get(name.trim())
}

/// Reads the agency of a dateline: *PLACE, May 8 (Reuters) - text*.
fn dateline(line: &str) -> Option<&'static str> {
    let open = line.find('(').filter(|&at| at <= DATELINE)?;
    let close = open + line[open..].find(')').filter(|&len| len <= 40)?;
    let after = line[close + 1..].trim_start();
    after.starts_with(['-', '–', '—', '―', ':']).then_some(())?;
    // "(Reuters/AFP)", "(AP, UPI)": the first counts.
    line[open + 1..close].split(['/', ',', ';']).find_map(named)
}

/// Reads a credit line: a short line with an agency and nothing else but words of credit.
fn credit(line: &str) -> Option<&'static str> {
    if line.len() > CREDIT {
        return None;
    }
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.len() == line.len() && bare.split_whitespace().count() == 1 {
        // A bare word may be a heading; all capitals, or an agency's name between marks, is a credit.
        return named(bare);
    }
    let mut found = None;
    let mut rest = bare;
    while !rest.is_empty() {
        let (agency, len) = agency_at_front(rest);
        let (word, after) = match agency {
            Some(_) => ("", &rest[len..]),
            None => rest.split_at(rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())),
        };
        found = found.or(agency);
        if !word.is_empty() && !CREDIT_WORDS.has(Lower::of(word).as_str()) {
            return None;
        }
        rest = after.trim_start_matches(|c: char| !c.is_alphanumeric());
    }
    found
}

/// Returns the agency with the longest name a string starts with, and the length of the name in bytes.
fn agency_at_front(text: &str) -> (Option<&'static str>, usize) {
    let ends = text
        .char_indices()
        .filter(|(_, c)| !c.is_alphanumeric() && *c != '-')
        .map(|(at, _)| at)
        .chain([text.len()])
        .take(6);
    let mut longest = (None, 0);
    for end in ends {
        if let Some(agency) = AGENCIES.get(&text[..end]) {
            longest = (Some(agency), end);
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_name_their_agency() {
        assert_eq!(read("OSLO, May 8 (Reuters) - Talks resumed."), Some("Reuters"));
        assert_eq!(read("Dam talks resume\n\nOSLO (AP) — Talks resumed."), Some("AP"));
        assert_eq!(read("Talks (see below) - resumed."), None);
    }

    #[test]
    fn credit_lines_name_their_agency() {
        for (line, agency) in [
            ("(With ANI Inputs)", Some("ANI")),
            ("— AFP", Some("AFP")),
            ("With inputs from PTI", Some("PTI")),
            ("(Additional reporting by The Associated Press)", Some("AP")),
            ("Xinhua", Some("Xinhua")),
            ("He spoke to AFP.", None),
            ("(With regrets)", None),
        ] {
            assert_eq!(read(&format!("Talks resumed.\n\n{line}\n")), agency, "{line}");
        }
    }

    #[test]
    fn an_agency_in_prose_is_not_a_credit() {
        assert_eq!(read("The minister told Reuters that talks had resumed."), None);
    }
}
