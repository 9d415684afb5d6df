//! `CountryInfo`: heads of state and government since about 1960 by day, cabinets of 2003 to 2010 by month.

use std::{collections::BTreeMap, path::Path};

use anyhow::Result;

use super::{End, Term, role};
use crate::lexicon::read_lossy;

/// Content of the file.
#[derive(Default)]
pub(super) struct Info {
    pub(super) terms: Vec<Term>,
    /// ISO 3166 codes by Correlates of War abbreviation.
    pub(super) cow: BTreeMap<String, String>,
}

/// Reads the file: tags open and close the parts of a country, each with one name a line.
pub(super) fn read(data: &Path) -> Result<Info> {
    let text = read_lossy(&data.join("event-dictionaries/CountryInfo.120116.txt"))?;
    let mut info = Info::default();
    let (mut cow, mut cameo, mut country) = ("", "", String::new());
    // The office inside the list of heads; empty inside the cabinets.
    let mut part: Option<Option<String>> = None;
    for line in text.lines().map(str::trim) {
        let between = |tag: &str| line.strip_prefix(tag)?.split('<').next().map(str::trim);
        if let Some(short) = between("<COW-Alpha>") {
            cow = short;
        } else if let Some(code) = between("<CountryCode>") {
            cameo = code;
            country.clear();
        } else if let Some(code) = between("<ISO3166-alpha3>").filter(|_| country.is_empty()) {
            // One country has a two-letter code there, and Japan is misspelled; the CAMEO codes of both are the ISO codes.
            let code = if code.len() == 2 || code == "JON" { cameo } else { code };
            // Kosovo's entry is skipped: it repeats the leaders of Kiribati.
            if code == "KSV" {
                continue;
            }
            code.clone_into(&mut country);
            info.cow.entry(cow.to_owned()).or_insert_with(|| country.clone());
        } else if line.starts_with("<Leaders>") || line.starts_with("<Government>") {
            part = Some(None);
        } else if line.starts_with("</Leaders>")
            || line.starts_with("</Government>")
            || line.starts_with("</Country>")
        {
            part = None;
        } else if let (Some(heading), Some(_)) =
            (line.strip_prefix('<').filter(|rest| !rest.starts_with('/')), &part)
        {
            part = Some(Some(office(heading)));
        } else if let Some(heading) = &part
            && !line.starts_with(['#', '<'])
            && country.len() == 3
        {
            entry(line, heading.as_deref(), &country, &mut info.terms);
        }
    }
    Ok(info)
}

/// The role noun of a heading: *prime minister* for *Prime ministers*.
fn office(heading: &str) -> String {
    let lower = heading.to_lowercase();
    let lower = lower.trim_end_matches('>').trim().replace('_', " ");
    if lower.starts_with("presidents of the") || lower.starts_with("president of the") {
        return "-".to_owned();
    }
    role(lower.split('/').next().unwrap_or_default().trim_end_matches('s'))
}

/// Reads a person and the terms in brackets behind the name.
fn entry(line: &str, heading: Option<&str>, country: &str, terms: &mut Vec<Term>) {
    let (facts, note) = line.split_once('#').unwrap_or((line, ""));
    let Some((names, brackets)) = facts.split_once('[') else { return };
    let ranges: Vec<&str> =
        brackets.split('[').filter_map(|bracket| bracket.split(']').next()).collect();
    let is_minister = ["Minister", "Secretary"].iter().any(|word| note.contains(word));
    if heading.is_none() && !is_minister {
        return;
    }
    let note = note.trim();
    let single = ranges.len() == 1 && !note.contains('&');
    let office =
        heading.map_or_else(|| if single { role(note) } else { "-".to_owned() }, str::to_owned);
    for name in names.split(['{', '}']).map(|name| name.trim().trim_end_matches('_')) {
        if name.is_empty() {
            continue;
        }
        for range in &ranges {
            let code = range.split(' ').next().unwrap_or_default();
            // Dependencies list ministers of the country they belong to.
            let is_government = code.get(3..6) == Some("GOV") && code.get(..3) == Some(country);
            if range.starts_with(['B', 'D']) && range.get(1..2) == Some(":")
                || heading.is_none() && !is_government
            {
                continue;
            }
            let days =
                if heading.is_none() { range.get(code.len()..).unwrap_or_default() } else { range };
            let Some((from, to)) = bounds(days.trim()) else { continue };
            terms.push(Term {
                name: cased(name),
                country: country.to_owned(),
                from,
                to,
                // Lieutenant governors and leaders of a party or chamber are not heads.
                kind: if heading.is_some() && office != "-" { "head" } else { "minister" },
                office: office.clone(),
                sectors: "GOV",
                gender: "-",
                id: "-".to_owned(),
                source: "country-info",
            });
        }
    }
}

/// Reads a term: `20010203 - 20050401`, or `>20050401` if it had not ended in 2009.
fn bounds(days: &str) -> Option<(String, End)> {
    if let Some(from) = days.strip_prefix('>') {
        let from = iso(from)?;
        let year = from.get(..4)?.max("2010").to_owned();
        return Some((from, End::AtLeast(year)));
    }
    if let Some(to) = days.strip_prefix('<') {
        let to = iso(to)?;
        return Some((to.get(..4)?.to_owned(), End::On(to)));
    }
    let (from, to) = days.split_once('-')?;
    Some((iso(from.trim())?, End::On(iso(to.trim())?)))
}

/// Reads a day without separators; a day its month does not have is read as the month.
fn iso(day: &str) -> Option<String> {
    let (year, month, day) = (day.get(..4)?, day.get(4..6)?, day.get(6..8)?);
    let number = |part: &str| part.parse::<u16>().ok();
    let (number_of_year, number_of_month, number_of_day) =
        (number(year)?, number(month)?, number(day)?);
    if !(1900..2013).contains(&number_of_year) || !(1..=12).contains(&number_of_month) {
        return None;
    }
    let longest = match number_of_month {
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    Some(if (1..=longest).contains(&number_of_day) {
        format!("{year}-{month}-{day}")
    } else {
        format!("{year}-{month}")
    })
}

/// The name in ordinary case: *Omar al-Bashir* for `OMAR_AL-BASHIR`.
fn cased(name: &str) -> String {
    const SMALL: [&str; 14] =
        ["AL", "BIN", "DA", "DE", "DEL", "DER", "DI", "DOS", "DU", "EL", "IBN", "LA", "VAN", "VON"];
    let words =
        name.split(['_', ' ']).filter(|word| !word.is_empty()).enumerate().map(|(at, word)| {
            if at > 0 && SMALL.contains(&word) {
                return word.to_lowercase();
            }
            if at > 0 && word.chars().all(|c| matches!(c, 'I' | 'V')) {
                return word.to_owned();
            }
            let parts = word.split('-').enumerate().map(|(number, part)| {
                let small = at > 0
                    && number == 0
                    && matches!(part, "AL" | "EL" | "AS" | "ASH" | "AN" | "AD" | "AR");
                if small && word.contains('-') {
                    return part.to_lowercase();
                }
                let mut upper = true;
                let letters = part.chars().map(|c| {
                    let cased = if upper { c.to_string() } else { c.to_lowercase().collect() };
                    upper = matches!(c, '\'' | '.');
                    cased
                });
                let whole: String = letters.collect();
                match whole.strip_prefix("Mc") {
                    Some(rest) if rest.len() > 2 => {
                        format!("Mc{}{}", rest[..1].to_uppercase(), &rest[1..])
                    }
                    _ => whole,
                }
            });
            parts.collect::<Vec<_>>().join("-")
        });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cased_as_news_has_them() {
        assert_eq!(cased("IAN_MCCARTNEY"), "Ian McCartney");
        assert_eq!(cased("OMAR_AL-BASHIR"), "Omar al-Bashir");
        assert_eq!(cased("ROH_MOO-HYUN"), "Roh Moo-Hyun");
        assert_eq!(cased("ELIZABETH_II"), "Elizabeth II");
    }

    #[test]
    fn a_line_may_hold_several_terms() {
        let mut terms = Vec::new();
        entry(
            "ANA_RUIZ_ [20010203 - 20050401] [>20070901] [B:19400101]",
            Some("president"),
            "XXA",
            &mut terms,
        );
        let days: Vec<_> = terms.iter().map(|term| term.from.as_str()).collect();
        assert_eq!(days, ["2001-02-03", "2007-09-01"]);
    }

    #[test]
    fn months_of_too_many_days_are_months() {
        assert_eq!(iso("20040931").as_deref(), Some("2004-09"));
    }
}
